"""What the clicks and forms of checklists carry, and a review's answers that wait for a word."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.ids import Click, Form
from models.checklists import ml_tests
from models.domain.review import Answer
from models.tables import Member, Review, ReviewAnswer
from tests.clock import MORNING


async def make_answers(session: AsyncSession, review: Review, by: Member) -> None:
    """One answer that was taken over from the last go."""
    session.add(
        ReviewAnswer(
            workspace_id=review.workspace_id,
            review_id=review.id,
            item="sla",
            answer=Answer.YES,
            given=False,
            by_id=by.id,
            at=MORNING,
        )
    )
    await session.flush()


def of_checklists(review_id: int) -> dict[str, dict[str, Any]]:
    """By the review's id."""
    points = {test.key: "0.5" for test in ml_tests().sections["data"]}
    section = f"{review_id}|data"
    item = "deployment|sla"
    words = {"label": "Nights are agreed", "text": "Who is called at night?", "gate": "should"}
    how = {"kind": "confirm", "na_allowed": "no", "asked_of": "pm", "place": "up", "keep": "yes"}
    return {
        Click.REVIEW_TAKE: {"value": f"{review_id}|22"},
        Click.CHECKLISTS: {},
        Click.CHECKLIST_KIND: {"value": "peer"},
        Click.CHECKLIST_ADD: {"value": "peer"},
        Click.CHECKLIST_ITEM: {"value": item},
        Click.CHECKLIST_RESTORE: {"value": "peer"},
        Form.CHECKLIST_ITEM: {"metadata": item, "values": words | how},
        Click.ML_SCORE: {"value": f"{review_id}"},
        Click.ML_SECTION: {"value": section},
        Form.ML_SECTION: {"metadata": section, "values": points},
    }
