"""The page of numbers and its forms: what stands there, and that anything people write fits."""

from dataclasses import replace
from datetime import date

from hypothesis import given

from handlers.blocks import measured, metric_forms
from handlers.blocks.numbers_page import numbers_page
from handlers.blocks.words import limit_words
from models.domain.benchmark import Side
from models.domain.confusion import Counts
from models.domain.experiment import Split
from models.domain.facts_metrics import (
    BenchmarkFacts,
    MeasuredFacts,
    MeasuredList,
    MetricChoice,
    MetricFacts,
    NumberFormFacts,
    NumbersPage,
    Signature,
)
from models.domain.guardrail import Broken
from models.domain.metric import Goal, MetricKind
from tests.handlers.facts import JONAS, SOFIA
from tests.handlers.test_any_text import endless, many, modest, showable, spoiled
from tests.stories.reading import elements, shown

ON = date(2026, 10, 5)
MARK = BenchmarkFacts(3, 2, ON, 0.41, "rules", 0.6, 0.62, "the call centre", {}, beyond=False)
PRIMARY = MetricFacts(
    1,
    "Fraud caught",
    MetricKind.PRIMARY,
    Goal.MAX,
    "share",
    "Out of 100 frauds, how many we stop",
    0.01,
    assumed=False,
    mark=MARK,
    ahead=None,
    best=0.54,
    since=ON,
)
LATENCY = replace(
    PRIMARY,
    metric_id=2,
    name="Answer time",
    kind=MetricKind.GUARDRAIL,
    goal=Goal.MIN,
    unit="ms",
    mark=replace(MARK, acceptance=60, baseline=20, ceiling=None),
    best=72,
)
COST = replace(LATENCY, metric_id=3, kind=MetricKind.BUSINESS, mark=None, best=None, since=None)
PAGE = NumbersPage(5, "FRAUD", "Card fraud", (PRIMARY, LATENCY, COST), True, True, frozenset(Side))
BROKEN = Broken("Answer time", "ms", Goal.MIN, 72, 60)
ROW = MeasuredFacts(
    9,
    ON,
    "Fraud caught",
    "share",
    0.54,
    0.5,
    0.58,
    3,
    Split.TEST,
    2,
    "https://runs/7",
    BROKEN,
    None,
    None,
    None,
    to_confirm=True,
    confirmed_by=None,
)
ASIDE = replace(
    ROW, measurement_id=10, excluded="leak", excluded_on=ON, note="seen", to_confirm=False
)
HELD = replace(
    ROW,
    measurement_id=11,
    to_confirm=False,
    confirmed_by=SOFIA,
    breaks=None,
    counts=Counts(50, 10, 25, 915),
)


def said(view: dict[str, object]) -> str:
    return shown(view["blocks"])  # type: ignore[arg-type]


def test_each_kind_says_what_it_is_compared_with() -> None:
    words = said(numbers_page(PAGE))
    assert "baseline 41, best 54, needed 60 of 100 (proposed)" in words
    assert "72 ms on 5 Oct, limit 60 ms: beyond it" in words
    assert "nothing measured yet" in words
    assert "ceiling 62 of 100" in words
    aimed = replace(COST, mark=LATENCY.mark, best=50.0, since=ON)
    assert "50 ms on 5 Oct, aim 60 ms" in said(numbers_page(replace(PAGE, metrics=(aimed,))))
    known = replace(COST, best=50.0, since=ON)
    assert "last 50 ms on 5 Oct" in said(numbers_page(replace(PAGE, metrics=(known,))))


def test_who_has_agreed_is_named_and_nobody_is_asked_twice() -> None:
    half = replace(MARK, signed={Side.BUSINESS: Signature(JONAS, ON)})
    page = numbers_page(replace(PAGE, metrics=(replace(PRIMARY, mark=half),)))
    assert "to be agreed by makers; Jonas Brandt (business, 5 Oct) signed" in said(page)
    assert [one.label for one in elements(page["blocks"]) if "Agree" in one.label] == [
        "Agree as a maker"
    ]
    whole = replace(half, signed={**half.signed, Side.MAKERS: Signature(SOFIA, ON)})
    page = numbers_page(replace(PAGE, metrics=(replace(PRIMARY, mark=whole),)))
    assert "agreed by Jonas Brandt (business, 5 Oct) and Sofía Álvarez (makers, 5 Oct)" in said(
        page
    )
    assert "(proposed)" not in said(page)


def test_a_version_to_come_is_the_one_to_agree_to() -> None:
    ahead = replace(MARK, benchmark_id=4, version=3, acceptance=0.7)
    page = numbers_page(replace(PAGE, metrics=(replace(PRIMARY, ahead=ahead),)))
    assert "version 3 from 5 Oct 2026: baseline 41, needed 70 of 100" in said(page)
    values = [one.what["value"] for one in elements(page["blocks"]) if "Agree" in one.label]
    assert values == ["4|0.7", "4|0.7"]


def test_who_only_reads_sees_no_buttons() -> None:
    reader = replace(PAGE, may_change=False, may_measure=False, may_sign=frozenset())
    assert list(elements(numbers_page(reader)["blocks"])) == []
    empty = numbers_page(replace(reader, metrics=()))
    assert "No metric yet." in said(empty)


def test_a_list_shows_what_was_set_aside_and_why() -> None:
    page = measured.list_page(MeasuredList(7, "FRAUD-1", "x", (ROW, ASIDE, HELD), 4))
    words = said(page)
    assert "5 Oct: 54 of 100 (50 of 100 to 58 of 100) Fraud caught" in words
    assert "Beyond a guardrail: Answer time 72 ms (at most 60 ms)." in words
    assert "set aside on 5 Oct, a leak: seen" in words
    assert "test · 3 runs · version 2 · confirmed by Sofía Álvarez" in words
    assert (
        "From the four counts: accuracy 96.5 of 100, precision 83.3 of 100, recall 66.7 of 100, "
        "false positive rate 1.1 of 100 and F1 74.1 of 100."
    ) in words
    assert "4 older numbers not shown" in words
    labels = [one.label for one in elements(page["blocks"])]
    assert labels == ["Confirm", "Set aside", "Set aside", "Add a number"]
    fair = Broken("Equal treatment", "share", Goal.MAX, 0.7, 0.8)
    assert limit_words(fair) == "at least 80 of 100"
    assert "No number yet." in said(measured.list_page(MeasuredList(7, "F-1", "x", (), 0)))


@modest
@given(many)
def test_whatever_people_write_fits(words: list[str]) -> None:
    text = endless(words)
    whole = replace(MARK, signed={side: Signature(JONAS, ON) for side in Side}, beyond=True)
    metrics = tuple(
        replace(spoiled(one, text), metric_id=number, unit="share", live=0.5, live_on=ON, live_id=8)
        for number, one in enumerate([replace(PRIMARY, mark=whole, ahead=MARK, assumed=True)] * 20)
    )
    showable(numbers_page(replace(PAGE, name=next(text), metrics=metrics)))
    rows = tuple(
        replace(
            spoiled(one, text),
            measurement_id=number,
            unit="share",
            excluded=one.excluded,
            excluded_on=one.excluded_on,
        )
        for number, one in enumerate([ROW, ASIDE] * 10)
    )
    showable(measured.list_page(MeasuredList(7, "FRAUD-1", next(text), rows, 99)))
    choices = tuple(MetricChoice(n, next(text), MetricKind.GUARDRAIL, "ms") for n in range(20))
    showable(measured.full_form(NumberFormFacts(next(text), choices, 3), "5|live", 0.5))
    showable(measured.full_form(NumberFormFacts("x", choices, 3, 4, "F-1", next(text)), "4"))
    showable(measured.aside_form("54 of 100", next(text), "4|5"))
    showable(metric_forms.add_form("5"))
    name, phrase = next(text), next(text)
    showable(metric_forms.change_form(name, phrase, "share", (0.01, True), "5|1"))
    for kind in MetricKind:
        mark = spoiled(MARK, text)
        showable(metric_forms.acceptance_form(name, "share", kind, mark, "5|1"))
        for known in (mark, None):
            form = metric_forms.version_form(name, "share", kind, known, today=ON, metadata="5|1")
            showable(form)
