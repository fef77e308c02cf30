"""An experiment's page, its forms and the lists: what they say, and that Slack takes whatever there is."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given

from handlers.blocks import course_forms, experiment_page, listing, move_forms
from handlers.blocks.history import happened
from handlers.forms_course import experiment_of, of_experiment
from handlers.forms_moves import MoveRef
from handlers.listing import wanted_by
from models.domain.course_facts import CourseFacts, MetricChoice, ShiftChoices
from models.domain.errors import Unknown
from models.domain.experiment import Category, Outcome, Status
from models.domain.experiment_facts import ExperimentList, Happened, ProjectList, Wanted
from models.domain.moves import EVENTS, Move, possible
from models.domain.shifts import name_of
from tests.handlers.facts import (
    DAY,
    FRAUD,
    JONAS,
    NEEDS_55,
    full_page,
    page,
    project_page,
    row,
)
from tests.handlers.test_any_text import endless, many, modest, sendable, showable, spoiled
from tests.handlers.views import fields

FACTS = CourseFacts(
    experiment_id=11,
    key="FRAUD-11",
    title="18 months of history",
    day=5,
    timebox=8,
    criterion=NEEDS_55,
    numbers=FRAUD,
    measures=FRAUD.phrase,
    extended=False,
    category=Category.DATA,
    owner=JONAS,
    measured=False,
    suggested=Outcome.REFUTED,
)
METRICS = (
    MetricChoice(1, "Recall", "share", is_its=True),
    MetricChoice(2, "Latency", "ms", is_its=False),
)


@modest
@given(many)
def test_slack_takes_any_page_and_form_of_an_experiment(words: list[str]) -> None:
    said = endless(words)
    running = page(status=Status.RUNNING, outcome=None, criterion=None)
    for one in (page(), full_page(), running):
        sendable(experiment_page.experiment(spoiled(one, said)))
    some = ExperimentList(Wanted(mine=True), (row(),) * 25, 200)
    sendable(listing.experiments(spoiled(some, said), "/lab"))
    facts = spoiled(FACTS, said)
    for move in Move:
        if move in move_forms.FORMS:
            showable(move_forms.form(move, facts, spoiled(METRICS, said)))
    showable(course_forms.conclude_form(facts, of_experiment(11)))
    showable(move_forms.which([(str(n), next(said) or "x") for n in range(100)], 7))


def test_every_move_has_a_form_or_one_of_its_own_elsewhere() -> None:
    elsewhere = {Move.NUMBER, Move.CONCLUDE, Move.EXTEND, Move.FOLLOW_UP}
    assert set(move_forms.FORMS) == set(Move) - elsewhere
    assert set(experiment_page.LABELS) == set(Move)


def test_the_page_says_what_stands_beside_the_numbers() -> None:
    text = experiment_page.experiment(full_page()).text
    for said in (
        "paused, goes on 20 Oct",
        "By its criterion so far: ruled out · The criterion was changed after the first number",
        "*In the way*\n• Invoices before 2024 (data access), with Sofía Álvarez, for 8 working days",
        "• Run 42: <https://example.org/run?a=1&amp;b=2|https://example.org/run?a=1&amp;b=2>\n• ftp://x",
        "*Follows*\n• FRAUD-9 6 months: ruled out",
        "*Followed by*\n• FRAUD-12 Recent weights: for later",
        "• 15 Oct: paused until 20 Oct: “The cluster” (Jonas)",
        "• 15 Oct: went on, as planned.",
        "• 15 Oct: needs 55 of 100 (Recall), before 50 of 100, after the first number (Jonas)",
        "30 more before that",
        "[Go on] [Add a number] [Conclude]",
    ):
        assert said in text, text


def test_only_web_addresses_are_links() -> None:
    blocks = str(experiment_page.experiment(full_page()).blocks)
    assert blocks.count("'type': 'link'") == 1


@pytest.mark.parametrize(
    ("kind", "data", "said"),
    [
        ("experiment_proposed", {}, "written down for later"),
        ("experiment_started", {}, "started"),
        ("experiment_paused", {"until": None}, "paused"),
        ("experiment_resumed", {}, "went on"),
        ("timebox_extended", {"days": 1, "reason": "x"}, "1 working day more: “x”"),
        ("experiment_categorised", {"after": "data"}, "is data exploration and quality now"),
        ("experiment_replays", {"replays": True}, "replays a change in the data"),
        ("experiment_replays", {"replays": False}, "replays no change in the data"),
        ("experiment_linked", {"text": "Run 42"}, "link added: Run 42"),
        ("experiment_adopted", {"adopted": True}, "the change is kept"),
        ("experiment_adopted", {"adopted": False}, "the change is not kept"),
        (
            "experiment_concluded",
            {"outcome": "supported", "suggested": "refuted"},
            "supported, by its criterion ruled out",
        ),
        ("experiment_concluded", {"outcome": "refuted", "suggested": "refuted"}, "ruled out"),
        ("experiment_concluded", {"outcome": "abandoned", "suggested": "refuted"}, "dropped"),
        ("owner_asked", {}, ""),
    ],
)
def test_one_line_an_event(kind: str, data: dict[str, Any], said: str) -> None:
    assert happened(Happened(DAY, kind, data, None)) == said


def test_every_kind_of_event_has_a_sentence() -> None:
    known = {one.kind for one in full_page().history}
    for kind in set(EVENTS) - known:
        data = {"outcome": "refuted", "days": 1, "after": "data", "what": "x", "adopted": True}
        assert happened(Happened(DAY, kind, data, None)), kind


def test_concluding_asks_why_there_is_no_number() -> None:
    asked = fields(course_forms.conclude_form(FACTS, ""))
    assert "unmeasured" in asked
    assert "By its criterion: ruled out." in asked["outcome"]["hint"]["text"]
    plain = fields(course_forms.conclude_form(replace(FACTS, measured=True, suggested=None), ""))
    assert "unmeasured" not in plain
    assert "hint" not in plain["outcome"]


def test_a_criterion_begins_as_it_is() -> None:
    form = fields(move_forms.form(Move.CRITERION, replace(FACTS, measured=True), METRICS))
    assert form["threshold"]["element"]["initial_value"] == "55"
    assert "kept as such" in form["threshold"]["hint"]["text"]
    one = fields(move_forms.form(Move.CRITERION, replace(FACTS, criterion=None), METRICS[:1]))
    assert "metric" not in one
    assert "threshold" in fields(move_forms.form(Move.START, replace(FACTS, criterion=None)))
    assert "threshold" not in fields(move_forms.form(Move.START, FACTS))


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ([], Wanted()),
        (["mine"], Wanted(mine=True)),
        (["Running", "fraud"], Wanted(status=Status.RUNNING, project="FRAUD")),
        (["mine", "later"], Wanted(mine=True, status=Status.PROPOSED)),
        (["x" * 80], Wanted(project="X" * 12)),
    ],
)
def test_what_a_list_is_asked_for(words: list[str], wanted: Wanted) -> None:
    assert wanted_by(words) == wanted
    assert wanted_by(wanted.words.split()) == wanted, "a button asks for the same again"
    assert wanted_by(words, "ten").offset == 0


def test_lists_turn_their_pages() -> None:
    some = ExperimentList(Wanted(mine=True, offset=25), (row(), row(on=date(2026, 10, 16))), 27)
    text = listing.experiments(some, "/lab").text
    assert text.startswith("*Experiments: open, yours (27)*")
    assert "[Back to the first]" in text
    empty = listing.experiments(ExperimentList(Wanted(status=Status.PAUSED), (), 0), "/lab").text
    assert "Experiments: paused, of everybody (0). None here." in empty
    one = ProjectList((project_page(row(), more=4),), 0)
    assert "[Show 4 more experiments]" in listing.projects(one, "/lab", "FRAUD").text
    assert "That was the last project." in listing.projects(ProjectList((), 0, 8), "/lab").text


@pytest.mark.parametrize("value", ["", "pause", "pause:", "pause:x", "fly:1", "pause:-1"])
def test_a_move_that_we_did_not_make_is_unknown(value: str) -> None:
    with pytest.raises(Unknown):
        MoveRef.of(value)


def test_what_a_form_is_about() -> None:
    assert experiment_of(of_experiment(11)) == 11
    assert experiment_of("hand_on:12") == 12
    assert MoveRef.of("hand_on:12").value == "hand_on:12"
    for metadata in ("", "0|project:3|idle", "x"):
        with pytest.raises(Unknown):
            experiment_of(metadata)
    assert possible(Status.RUNNING)[0] is Move.CONCLUDE


@modest
@given(many)
def test_slack_takes_any_change_in_the_data(words: list[str]) -> None:
    lines = tuple(dict.fromkeys(word for word in words if word.strip()))[:20]
    chosen = lines[0] if lines else None
    showable(move_forms.kind_of_work(FACTS, ShiftChoices(lines, chosen)))


def test_what_a_quality_check_replays_is_asked_where_something_is_expected() -> None:
    asked = fields(
        move_forms.kind_of_work(FACTS, ShiftChoices(("winter", "a lost input"), "winter"))
    )
    names = [option["value"] for option in asked["replays"]["element"]["options"]]
    assert names == [name_of("winter"), name_of("a lost input")]
    assert asked["replays"]["element"]["initial_option"]["value"] == name_of("winter")
    gone = fields(move_forms.kind_of_work(FACTS, ShiftChoices(("winter",), "no longer there")))
    assert "initial_option" not in gone["replays"]["element"]
    assert "replays" not in fields(move_forms.kind_of_work(FACTS, ShiftChoices()))
    shown = experiment_page.experiment(replace(full_page(), replays="a lost input"))
    assert "Replays a change in the data: a lost input" in shown.text


def test_a_list_opens_each_of_its_experiments() -> None:
    rows = tuple(row(key=f"FRAUD-{n}", title="x" * 100) for n in range(40))
    blocks = listing.experiments(ExperimentList(Wanted(), rows, 40), "/lab").blocks
    (menu,) = [one for block in blocks for one in block.get("elements", []) if "options" in one]
    assert menu["action_id"] == "show_experiment"
    assert [one["value"] for one in menu["options"]] == [row.key for row in rows[: listing.MOST]]
    assert listing.experiments(ExperimentList(Wanted(), (), 0), "/lab").blocks[-1]["type"] == (
        "context"
    )
