"""The part of the table of contents that is about one experiment: its page, its moves, their forms."""

from handlers import conclude, course, experiment_page, listing, moves
from handlers.doors import Doors
from handlers.ids import Click, Form


def experiments(on: Doors) -> None:
    """Lists, pages and moves."""
    on.click(Click.LIST_PAGE, says=listing.page)
    on.click(Click.SHOW_EXPERIMENT, opens=experiment_page.open_page)
    on.modal(Click.CONCLUDE_WHICH, updates=conclude.chosen)
    on.click(Click.EXPERIMENT_START, opens=moves.open_form)
    on.click(Click.EXPERIMENT_RESUME, opens=moves.open_form)
    on.click(Click.EXPERIMENT_NUMBER, opens=moves.open_form)
    on.click(Click.EXPERIMENT_CONCLUDE, opens=moves.open_form)
    on.click(Click.EXPERIMENT_FOLLOW_UP, opens=moves.open_form)
    on.click(Click.EXPERIMENT_MORE, opens=moves.open_form)
    on.submit(Form.NUMBER, stores=course.add_number, then=experiment_page.again, once=True)
    on.submit(Form.CONCLUDE_NOW, stores=course.conclude, then=experiment_page.again)
    on.submit(Form.EXTEND, stores=course.extend, then=experiment_page.again)
    on.submit(Form.EXPERIMENT_MOVE, stores=moves.store, then=experiment_page.again)
