"""A review's card fits a phone, and its lines say what was answered and what only stands on record."""

from handlers.blocks import review_card
from models.checklists import packaged
from models.domain.facts_reviews import Line, ReviewFacts
from models.domain.gate import verdict
from models.domain.review import Answer, ReviewKind
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
    shown = str(review_card.whole(facts(asked, lines=lines), "U1"))
    assert "✓" not in shown
    assert ": unanswered" in shown
    assert ". On record: Baseline 28" in shown
