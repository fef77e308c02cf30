"""Lines of a log: what is understood, what can't be, and which lines belong together."""

from datetime import date

import pytest
from pydantic import ValidationError

from models.domain.errors import LogRefused, Problem
from models.domain.experiment import AbandonReason, Category, Outcome, Split
from models.domain.log_fields import Kept
from models.domain.log_problems import leads_nowhere, problems
from models.domain.logbook import (
    FIELDS,
    Entry,
    Line,
    LogLine,
    are_numbers,
    entries,
    in_order,
)
from models.domain.metric import Goal

TODAY = date(2026, 2, 3)


def line(**said: str) -> LogLine:
    return LogLine.model_validate({"hypothesis": "more data helps", **said})


@pytest.mark.parametrize(
    ("field", "said", "understood"),
    [
        ("hypothesis", " two\nlines\x00 ", "two\nlines"),
        ("hypothesis", "half of an emoji \ud83d", "half of an emoji"),
        ("learning", "  ", None),
        ("outcome", "supported", Outcome.SUPPORTED),
        ("outcome", "Ruled out", Outcome.REFUTED),
        ("outcome", "can't tell", Outcome.INCONCLUSIVE),
        ("outcome", "ruled_out", Outcome.REFUTED),
        ("abandon_reason", "out_of_time", AbandonReason.OUT_OF_TIME),
        ("category", "Quality check", Category.QUALITY_CHECK),
        ("category", "optimiser", Category.MODELING),
        ("category", "systems", Category.PRODUCTIONIZATION),
        ("category", "", None),
        ("goal", "MIN", Goal.MIN),
        ("split", "val", Split.VALIDATION),
        ("value", "3.04", 3.04),
        ("value", "-1e-3", -0.001),
        ("value", "", None),
        ("started_on", "2026-01-08", date(2026, 1, 8)),
        ("never_started", "yes", Kept.YES),
        ("started_on", "2026-01-08T09:30:00Z", date(2026, 1, 8)),
        ("started_on", "", None),
        ("key", "NC-1", "NC-1"),
    ],
)
def test_words_are_understood(field: str, said: str, understood: object) -> None:
    assert getattr(line(**{field: said}), field) == understood


@pytest.mark.parametrize(
    ("field", "said", "why"),
    [
        ("value", "abc", "“abc” is not a number; one looks like 3.04"),
        ("value", "3,04", "“3,04” is not a number"),
        ("value", "nan", "“nan” is not a number"),
        ("value", "1e999", "“1e999” is not a number"),
        ("value", "1_000", "“1_000” is not a number"),
        ("started_on", "8.1.2026", "“8.1.2026” is not a date; one looks like 2026-01-08"),
        ("started_on", "2026-02-30", "“2026-02-30” is not a date"),
        ("started_on", "20260108", "“20260108” is not a date"),
        ("outcome", "failed", "“failed” is none of supported, refuted, inconclusive, abandoned"),
        ("category", "x" * 50, f"“{'x' * 39}…” is none of problem, data, modeling"),
        ("timebox", "a week", "“a week” is not a number of days; one looks like 8"),
        ("seeds", "three", "“three” is not a whole number"),
        ("key", "k" * 81, "has 81 characters; 80 are allowed"),
    ],
)
def test_what_is_not_understood_is_said(field: str, said: str, why: str) -> None:
    with pytest.raises(ValidationError) as refused:
        line(**{field: said})
    (problem,) = refused.value.errors()
    assert problem["loc"] == (field,)
    assert str(problem["ctx"]["error"]).startswith(why)


def test_values_are_taken_as_they_are() -> None:
    whole = LogLine(
        key=None,
        outcome=Outcome.REFUTED,
        value=1.5,
        started_on=TODAY,
        learning="so",
        seeds=3,
    )
    assert LogLine.model_validate(whole.model_dump()) == whole


@pytest.mark.parametrize(
    ("said", "field", "why"),
    [
        ({"hypothesis": ""}, "hypothesis", "is empty, and so is change"),
        (
            {"started_on": "2026-01-09", "concluded_on": "2026-01-08"},
            "concluded_on",
            "2026-01-08 is before started_on, 2026-01-09",
        ),
        ({"outcome": "refuted"}, "concluded_on", "is empty, but there is an outcome"),
        ({"value": "1", "low": "2", "high": "1"}, "low", "2.0 is higher than high, 1.0"),
        ({"low": "1"}, "value", "is empty, but there is an interval"),
        ({"excluded_on": "2026-01-08"}, "excluded_reason", "goes together with excluded_on"),
        ({"excluded_note": "a leak"}, "excluded_note", "is there, but no excluded_on"),
        ({"measured_by": "Ana"}, "measured_by", "is there, but no value"),
        ({"confirmed_by": "Ana"}, "confirmed_by", "is there, but no confirmed_on"),
        ({"excluded_by": "Ana"}, "excluded_by", "is there, but no excluded_on"),
        ({"tp": "1", "fp": "0"}, "tp", "goes together with fp, fn and tn"),
        ({"seeds": "0"}, "seeds", "is 0"),
        (
            {"never_started": "yes", "started_on": "2026-01-08"},
            "never_started",
            "is yes, but it started on 2026-01-08",
        ),
        ({"url": "javascript:x"}, "url", "is no address"),
        ({"criterion_set_on": "2026-02-04"}, "criterion_set_on", "2026-02-04 is in the future"),
        ({"measured_on": "2026-02-04"}, "measured_on", "2026-02-04 is in the future"),
    ],
)
def test_what_can_not_be(said: dict[str, str], field: str, why: str) -> None:
    assert problems(Line(7, line(**said)), TODAY) == [Problem(7, field, why)]


def test_what_can_be() -> None:
    whole = line(
        started_on="2026-02-03", concluded_on="2026-02-03", outcome="won", value="1", low="1"
    )
    assert problems(Line(7, whole), TODAY) == []
    assert problems(Line(7, line(hypothesis="", change="more data")), TODAY) == []


def test_a_problem_says_where_it_is() -> None:
    assert str(Problem(7, "result", "is empty")) == "line 7, result: is empty."
    assert str(Problem(7, "", "is not JSON")) == "line 7: is not JSON."
    many = LogRefused(Problem(number, "", "is not JSON") for number in range(23, 0, -1))
    lines = many.sentence.splitlines()
    assert (lines[0], len(lines), lines[-1]) == ("line 1: is not JSON.", 21, "and 3 more.")
    assert LogRefused([Problem(1, "", "is bad")]).sentence == "line 1: is bad."


def test_lines_with_one_key_are_one_experiment() -> None:
    first = Line(2, line(value="1", metric="recall", category="data", concluded_on="2026-01-08"))
    second = Line(3, line(value="2", metric="latency"))
    other = Line(4, line())
    found = entries([("a", first), ("a", second), ("b", other)])
    assert found == [Entry("a", (first, second)), Entry("b", (other,))]
    assert (found[0].number, found[0].says) == (2, first.says)
    assert found[0].measured == [first.says, second.says]
    assert found[1].measured == []
    assert (first.says.day, other.says.day) == (date(2026, 1, 8), None)


@pytest.mark.parametrize(
    ("said", "field", "why"),
    [
        ({"key": "a"}, "key", "line 2 has the key a already"),
        ({}, "key", "line 2 has the same values"),
        (
            {"key": "a", "hypothesis": "less data helps"},
            "hypothesis",
            "differs from line 2, which has its key too",
        ),
        (
            {"key": "a", "value": "2", "criterion": "3"},
            "criterion",
            "differs from line 2, which has its key too",
        ),
    ],
)
def test_lines_with_one_key_may_not_contradict(said: dict[str, str], field: str, why: str) -> None:
    first = {"value": "1", "criterion": "2", **({"key": "a"} if "key" in said else {})}
    with pytest.raises(LogRefused) as refused:
        entries([("a", Line(2, line(**first))), ("a", Line(3, line(**{**first, **said})))])
    assert refused.value.problems == (Problem(3, field, why),)


def test_versions_are_in_the_order_of_their_first_days() -> None:
    said = [
        ("new", "2026-01-20"),
        ("old", "2026-01-10"),
        ("new", "2026-01-11"),
        ("old", "2026-01-12"),
        ("some day", ""),
    ]
    lines = [line(benchmark_version=label, concluded_on=day) for label, day in said]
    found = in_order([Line(2, line()), *(Line(3, one) for one in lines)], TODAY)
    assert list(found) == ["old", "new", "some day"]
    assert found == {
        "old": date(2026, 1, 10),
        "new": date(2026, 1, 11),
        "some day": TODAY,
    }


def test_versions_may_be_numbers_already() -> None:
    assert are_numbers(["1", "12"])
    assert not are_numbers(["1", "bos"])
    assert not are_numbers(["0"])


def test_the_issue_names_these_fields() -> None:
    named = (
        "key hypothesis change because category owner started_on concluded_on outcome learning "
        "metric value low high split criterion link benchmark_version"
    )
    assert set(named.split()) <= set(FIELDS)


def test_follow_ups_lead_somewhere_and_not_in_a_circle() -> None:
    def log(**follows: str) -> list[Entry]:
        return [
            Entry(key, (Line(number, line(follows=before)),))
            for number, (key, before) in enumerate(follows.items(), start=2)
        ]

    assert leads_nowhere(log(a="", b="a", c="b", d="FRAUD-1"), {"FRAUD-1"}) == []
    assert leads_nowhere(log(a="z"), {"y"}) == [
        Problem(2, "follows", "“z” is no experiment of the project, nor in the log")
    ]
    assert leads_nowhere(log(a="a"), ()) == [Problem(2, "follows", "“a” follows this one")]
    # Of a circle each is named; what only hangs on it is not at fault.
    found = leads_nowhere(log(a="c", b="a", c="b", d="a"), ())
    assert [one.line for one in found] == [2, 3, 4]


@pytest.mark.parametrize(
    ("said", "of_project"),
    [
        ({"kind": "guardrail", "metric": "latency", "acceptance": "60"}, True),
        ({"value": "4", "split": "production"}, True),
        ({"value": "4", "split": "test", "kind": "primary"}, False),
        ({"metric": "latency"}, False),
        ({"kind": "guardrail", "key": "NC-1"}, False),
        ({"kind": "guardrail", "change": "more data"}, False),
    ],
)
def test_what_is_of_no_experiment(said: dict[str, str], of_project: bool) -> None:
    says = line(hypothesis="", **said)
    assert says.of_project is of_project
    empty = Problem(7, "hypothesis", "is empty, and so is change")
    needs = not of_project and says.change is None
    assert problems(Line(7, says), TODAY) == ([empty] if needs else [])


def test_whose_marks_a_line_says() -> None:
    kinds = {kind: line(kind=kind).of_primary for kind in ("", "primary", "guardrail", "business")}
    assert kinds == {"": True, "primary": True, "guardrail": False, "business": False}


def test_a_line_about_the_metric_says_when_its_version_begins() -> None:
    lines = [
        line(benchmark_version="1", kind="primary", measured_on="2026-01-12"),
        line(benchmark_version="1", measured_on="2026-01-10"),
        line(benchmark_version="2", kind="primary"),
        line(benchmark_version="2", measured_on="2026-01-20"),
    ]
    found = in_order((Line(n, says) for n, says in enumerate(lines)), TODAY)
    assert found == {"1": date(2026, 1, 12), "2": date(2026, 1, 20)}
