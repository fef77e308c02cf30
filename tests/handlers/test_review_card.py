"""A review's card fits a phone, and its lines say what was answered and what only stands on record."""

from dataclasses import replace
from datetime import date

from handlers.blocks import review_card, review_forms, review_planned
from handlers.ids import Click
from models.checklists import packaged
from models.closing import DECISIONS
from models.domain.checklist import for_project
from models.domain.decision import DecisionKind
from models.domain.decision_facts import Replacement
from models.domain.facts_reviews import Before, Decided, Line, ReviewFacts
from models.domain.gate import verdict
from models.domain.project import RiskTier
from models.domain.review import Answer, ReviewKind, ReviewState
from models.domain.review_plan import LATE
from tests.handlers.facts import JONAS
from tests.handlers.test_any_review import facts

ACROSS, DOWN = 38, 26
"""Characters of a line on a phone, and lines between a channel's head and its composer."""


def lines_down(found: ReviewFacts) -> int:
    """How many lines a phone needs for the card, its buttons two in a row."""
    said = review_card.card(found)
    buttons = sum(len(one["elements"]) for one in said.blocks if one["type"] == "actions")
    return sum(-(-len(line) // ACROSS) or 1 for line in said.text.splitlines()) + -(-buttons // 2)


def test_a_card_with_everything_in_the_way_fits_a_phone() -> None:
    asked = packaged(ReviewKind.DEPLOYMENT)
    said = "Ticket text holds health data; to be settled with the privacy office"
    lines = tuple(Line(item, (JONAS,), Answer.NO, said, by=JONAS) for item in asked.items)
    judged = verdict(asked.items, {})
    found = facts(asked, lines=lines, verdict=judged, project_name="Churn early warning")
    assert len(judged.failing_must) == 10
    assert lines_down(found) <= DOWN
    assert "6 more behind “See all”" in review_card.card(found).text


def test_what_was_said_stands_beside_the_only_thing_in_the_way() -> None:
    asked = packaged(ReviewKind.DEPLOYMENT)
    first, *rest = asked.items
    lines = (
        Line(first, (JONAS,), Answer.NO, "No ticket", by=JONAS),
        *(Line(item, (JONAS,), Answer.YES, by=JONAS) for item in rest),
    )
    assert "no: No ticket (Jonas" in review_card.card(facts(asked, lines=lines)).text


def test_what_the_record_says_beside_an_item_is_no_answer() -> None:
    asked = packaged(ReviewKind.PEER)
    said = "Baseline 28 of 100: Contract-end list used today"
    lines = tuple(Line(item, (JONAS,), note=said, known=True) for item in asked.items)
    shown = str(review_card.whole(facts(asked, lines=lines), "U1", steers=False))
    assert "✓" not in shown
    assert ": unanswered" in shown
    assert ". On record: Baseline 28" in shown


def test_what_was_said_at_the_last_go_waits_for_a_word() -> None:
    asked = packaged(ReviewKind.DEPLOYMENT)
    before = Before(Answer.YES, None, None, JONAS, date(2026, 1, 5))
    lines = tuple(Line(item, (JONAS,), before=before) for item in asked.items)
    shown = str(review_card.whole(facts(asked, lines=lines), "U1", steers=False))
    assert "': to confirm, yes at the last go (Jonas" in shown
    assert "': to confirm, settled at the last go" not in shown, "nothing was written down"


def test_conditions_are_asked_for_where_a_go_can_be_stored() -> None:
    asked = packaged(ReviewKind.DEPLOYMENT)
    kinds = DECISIONS[ReviewKind.DEPLOYMENT]
    refused = str(review_forms.close_form(facts(asked), kinds, date(2026, 1, 5)))
    assert "A go can be stored once they are met" in refused
    assert "who_parity" not in refused
    met = tuple(item for item in asked.items if item.key == "parity")
    may = facts(asked, verdict=verdict(met, {}))
    form = str(review_forms.close_form(may, kinds, date(2026, 1, 5)))
    assert "A go can be stored once" not in form
    assert "who_parity" in form


def test_whose_own_word_it_is_and_whom_it_falls_to_is_said() -> None:
    asked = packaged(ReviewKind.HANDOVER)
    items = for_project(asked.items, risk=RiskTier.LOW, explainability_required=False)
    engineers, scientists = (
        Line(items[0], (JONAS,)),
        Line(items[1], (JONAS,), nobodys=True),
    )
    found = facts(asked, lines=(engineers, scientists))
    form = str(review_forms.answers_form(found, [scientists], [engineers]))
    assert "Only they can say: Explained both ways: ML engineer (Jonas" in form
    assert "Data scientist: nobody in this project, so it falls to you." in form
    assert "Only they can say" not in str(review_forms.answers_form(found, [engineers]))


def test_a_decision_that_was_replaced_says_so_first() -> None:
    day = date(2026, 2, 3)
    decided = Decided(
        DecisionKind.GO, "It holds", JONAS, day, replaced_by=Replacement(DecisionKind.HOLD, day)
    )
    found = facts(lines=(), state=ReviewState.HELD, decided=decided)
    for said in (review_card.card(found), review_planned.result(found)):
        assert "Replaced on 3 Feb: hold." in said.text


def test_a_late_peer_review_says_so_while_it_is_open() -> None:
    late = facts(kind=ReviewKind.PEER, reason=LATE)
    assert LATE in review_card.card(late).text
    assert LATE not in review_card.card(facts(reason=LATE)).text, "a launch check fits a phone"


def test_only_who_may_steer_a_review_sees_how() -> None:
    for state in (ReviewState.SCHEDULED, ReviewState.OPEN):
        about = replace(facts(packaged(ReviewKind.PEER)), state=state, leads=frozenset({"U2"}))
        others = str(review_card.whole(about, "U1", steers=False))
        for reader, is_admin in (("U2", False), ("U1", True)):
            steering = str(review_card.whole(about, reader, steers=is_admin))
            for click in (Click.REVIEW_MOVE, Click.REVIEW_CANCEL):
                assert (click.value in steering, click.value in others) == (True, False)
        assert Click.REVIEW_CALENDAR.value in others
