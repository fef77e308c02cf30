"""The part of the table of contents that is about checklists: answering them, and what they ask."""

from handlers import checklists as own
from handlers import ml_score, review
from handlers.doors import Doors
from handlers.ids import Click, Form


def checklists(on: Doors) -> None:
    """Answers, signatures, the ML Test Score."""
    on.click(Click.REVIEW_ANSWER, opens=review.open_answers)
    on.submit(Form.REVIEW_ANSWERS, stores=review.answer)
    on.click(Click.REVIEW_SIGN_SCIENTIST, stores=review.sign_as_scientist)
    on.click(Click.REVIEW_SIGN_ENGINEER, stores=review.sign_as_engineer)
    on.click(Click.REVIEW_UNCHANGED, stores=review.unchanged)
    on.click(Click.REVIEW_TAKE, stores=review.take_item, then=review.see)
    on.modal(Click.ML_SCORE, updates=ml_score.page)
    on.click(Click.ML_SECTION, opens=ml_score.open_section)
    on.submit(Form.ML_SECTION, stores=ml_score.save_section, then=ml_score.page)
    on.click(Click.CHECKLISTS, opens=own.page)
    on.modal(Click.CHECKLIST_KIND, updates=own.page)
    on.click(Click.CHECKLIST_ADD, opens=own.open_item)
    on.click(Click.CHECKLIST_ITEM, opens=own.open_item)
    on.click(Click.CHECKLIST_RESTORE, stores=own.restore, then=own.page)
    on.submit(Form.CHECKLIST_ITEM, stores=own.save_item, then=own.page)
