"""The answer form and the view that concludes."""

from dataclasses import replace
from typing import Any

import pytest

from handlers.blocks.standup_form import answer_form, conclusion_form
from handlers.forms import InvalidForm, parse
from handlers.forms_course import ConclusionForm
from models.domain.experiment import Outcome
from models.domain.facts import Answer, ExperimentCard, FormFacts, Pending
from models.domain.guardrail import Broken
from models.domain.metric import Goal
from models.domain.questions import Question, Questions
from models.domain.standup import EntryStatus
from tests.handlers.facts import LATENCY, NEEDS_DATA, NO_CHANGE, STILL, card
from tests.handlers.views import chosen, fields


def form(known: ExperimentCard, *, concluding: bool = False) -> dict[str, dict[str, Any]]:
    return fields(answer_form(FormFacts(7, known), "{}", concluding=concluding))


def test_three_taps_are_enough() -> None:
    asked = form(card())
    assert list(asked) == [
        "learned",
        "status",
        "value",
        "next_step",
        "blocker_kind",
        "blocker_text",
        "blocker_owner",
    ]
    assert [name for name, block in asked.items() if not block.get("optional")] == [
        "learned",
        "status",
        "blocker_kind",
    ]
    assert (chosen(asked["status"]), chosen(asked["blocker_kind"])) == ("still_testing", "none")
    assert asked["learned"]["label"]["text"] == "What did you learn since Tuesday?"
    assert asked["value"]["label"]["text"] == "Latest number: Out of 100 frauds, how many we stop"
    assert asked["value"]["hint"]["text"] == "baseline 41, best 53.8, needed 60 of 100"


def test_concluding_offers_outcomes_only_and_goes_on() -> None:
    view = answer_form(FormFacts(7, card()), "{}", concluding=True)
    asked = fields(view)
    offered = [option["value"] for option in asked["status"]["element"]["options"]]
    assert offered == ["supported", "refuted", "inconclusive", "abandoned"]
    assert chosen(asked["status"]) is None
    assert (view["title"]["text"], view["submit"]["text"]) == ("Conclude", "Next")


def test_a_number_of_another_metric_is_asked_for_by_its_own_name_and_mark() -> None:
    asked = form(card(criterion=LATENCY))["value"]
    assert asked["label"]["text"] == "Latest number: Latency"
    assert asked["hint"]["text"] == "needs 60 ms or less (Latency)"


def test_without_a_metric_it_is_just_a_number() -> None:
    asked = form(card(criterion=None, numbers=None, last_heard=None, planned=None))
    assert asked["value"]["label"]["text"] == "Latest number"
    assert "hint" not in asked["value"]
    assert asked["learned"]["label"]["text"] == "What did you learn?"


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (0.53812345, "share", "53.812345"),
        (1234567.25, "ms", "1234567.25"),
        (0.000001, "", "0.000001"),
        (40.0, "ms", "40"),
        (-3.0, "%", "-3"),
        (1e12, "", "1000000000000"),
    ],
)
def test_an_answer_that_is_opened_again_shows_what_was_said(
    value: float, unit: str, shown: str
) -> None:
    said = replace(STILL, value=value, unit=unit, next_step="compare", blocker=NEEDS_DATA)
    asked = form(card(answer=said))
    assert asked["value"]["element"]["initial_value"] == shown
    assert asked["learned"]["element"]["initial_value"] == "More history hurts"
    assert asked["next_step"]["element"]["initial_value"] == "compare"
    assert chosen(asked["blocker_kind"]) == "data_access"
    assert asked["blocker_text"]["element"]["initial_value"] == "Invoices before 2024"
    assert asked["blocker_owner"]["element"]["initial_user"] == "U3"


def test_a_blocker_of_nobody_is_shown_without_a_person() -> None:
    said = replace(STILL, blocker=replace(NEEDS_DATA, owner=None))
    assert "initial_user" not in form(card(answer=said))["blocker_owner"]["element"]


def test_still_testing_is_no_outcome_to_begin_with() -> None:
    said: Answer = replace(STILL, status=EntryStatus.STILL_TESTING)
    assert chosen(form(card(answer=said), concluding=True)["status"]) is None


@pytest.mark.parametrize(
    ("outcome", "kept"),
    [(Outcome.SUPPORTED, "yes"), (Outcome.REFUTED, "no"), (Outcome.INCONCLUSIVE, "no")],
)
def test_a_conclusion_asks_what_to_remember(outcome: Outcome, kept: str) -> None:
    view = conclusion_form(Pending("FRAUD-11", "18 months", outcome, "Old months hurt"), "{}")
    asked = fields(view)
    assert list(asked) == ["learning", "adopted", "follow_up"]
    assert chosen(asked["follow_up"]) == "no"
    assert asked["learning"]["element"]["initial_value"] == "Old months hurt"
    assert not asked["learning"].get("optional")
    assert chosen(asked["adopted"]) == kept
    assert view["close"]["text"] == "Later"


def test_a_dropped_experiment_needs_a_reason_not_a_learning() -> None:
    asked = fields(conclusion_form(Pending("FRAUD-11", "18 months", Outcome.ABANDONED, None), "{}"))
    assert list(asked) == ["learning", "abandon_reason", "follow_up"]
    assert asked["learning"]["optional"] is True
    assert len(asked["abandon_reason"]["element"]["options"]) == 5


def test_a_conclusion_asks_for_a_word_where_one_is_owed() -> None:
    slow = Broken("Latency", "ms", Goal.MIN, 300.0, 250.0)
    owes = Pending("FRAUD-11", "18 months", Outcome.SUPPORTED, None, False, (slow,))
    asked = fields(conclusion_form(owes, "{}"))
    assert list(asked) == ["learning", "adopted", "unmeasured", "despite", "follow_up"]
    assert not asked["unmeasured"].get("optional")
    assert not asked["despite"].get("optional")
    assert "Latency" in asked["despite"]["hint"]["text"]
    asked = fields(conclusion_form(replace(owes, outcome=Outcome.REFUTED), "{}"))
    assert asked["despite"]["optional"] is True, "only if it is kept"
    asked = fields(conclusion_form(replace(owes, outcome=Outcome.ABANDONED), "{}"))
    assert list(asked) == ["learning", "abandon_reason", "follow_up"]


def test_what_is_still_open_stands_in_the_form() -> None:
    for said in (None, NO_CHANGE):
        asked = form(card(in_the_way=NEEDS_DATA, answer=said))
        assert chosen(asked["blocker_kind"]) == "data_access"
        assert asked["blocker_text"]["element"]["initial_value"] == "Invoices before 2024"
    assert chosen(form(card(in_the_way=NEEDS_DATA, answer=STILL))["blocker_kind"]) == "none"


def test_a_third_time_the_same_next_step_asks_what_would_change_it() -> None:
    hint = form(card(stuck_on="compare 6 and 12"))["next_step"]["hint"]["text"]
    assert hint == (
        "Last two times: “compare 6 and 12”. If it is that again: what would change your mind?"
    )


def test_a_team_asks_in_its_own_words_and_leaves_out_what_it_does_not_need() -> None:
    own = Questions(
        learned=Question("What did the data say?", "One surprise"),
        value=Question("Score?", "On Friday's data"),
        next_step=Question(asked=False),
        blocker=Question("Stuck?", "Say who helps"),
    )
    asked = fields(answer_form(FormFacts(7, card(), own), "{}"))
    assert list(asked) == [
        "learned",
        "status",
        "value",
        "blocker_kind",
        "blocker_text",
        "blocker_owner",
    ]
    assert asked["learned"]["label"]["text"] == "What did the data say?"
    assert asked["learned"]["hint"]["text"] == "One surprise"
    assert asked["value"]["label"]["text"] == "Score?"
    assert asked["value"]["hint"]["text"] == (
        "On Friday's data · baseline 41, best 53.8, needed 60 of 100"
    )
    assert (asked["blocker_kind"]["label"]["text"], asked["blocker_kind"]["hint"]["text"]) == (
        "Stuck?",
        "Say who helps",
    )
    without = replace(own, value=Question(asked=False), blocker=Question(asked=False))
    assert list(fields(answer_form(FormFacts(7, card(), without), "{}"))) == ["learned", "status"]


def test_what_is_kept_although_a_guardrail_breaks_needs_a_word() -> None:
    with pytest.raises(InvalidForm) as invalid:
        parse(ConclusionForm, {"learning": "x", "adopted": "yes", "despite": ""})
    assert invalid.value.fields == {"despite": "One line, please: why does it stand all the same?"}


def test_a_dropped_one_needs_no_learning() -> None:
    form = parse(ConclusionForm, {"learning": "", "abandon_reason": "out_of_time"})
    assert (form.learning, form.remembered.adopted) == (None, None)


def test_a_nul_is_dropped() -> None:
    form = parse(ConclusionForm, {"learning": "depth\x00 12", "adopted": "no"})
    assert form.learning == "depth 12"
