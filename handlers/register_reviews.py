"""The part of the table of contents that is about when reviews are, and who takes part."""

from handlers import review_plan
from handlers.doors import Doors
from handlers.ids import Click, Form


def reviews(on: Doors) -> None:
    """Lists, planning, moving, calendars."""
    on.click(Click.REVIEW_LIST, opens=review_plan.open_all)
    on.click(Click.REVIEW_MINE, opens=review_plan.open_mine)
    on.click(Click.REVIEW_NEW, opens=review_plan.open_plan)
    on.click(Click.REVIEW_MOVE, opens=review_plan.open_move)
    on.click(Click.REVIEW_CANCEL, opens=review_plan.open_cancel)
    on.click(Click.REVIEW_JOIN, stores=review_plan.join)
    on.click(Click.REVIEW_NOT_ME, stores=review_plan.not_me)
    on.click(Click.REVIEW_CALENDAR, stores=review_plan.calendar)
    on.click(Click.REVIEW_SWITCH, stores=review_plan.switch, then=review_plan.open_all)
    on.submit(Form.REVIEW, stores=review_plan.plan)
    on.submit(Form.REVIEW_MOVE, stores=review_plan.move)
    on.submit(Form.REVIEW_CANCEL, stores=review_plan.cancel)
