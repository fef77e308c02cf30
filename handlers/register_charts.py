"""The part of the table of contents that is about scores, money and charts."""

from handlers import chart, rank, scores, value
from handlers.doors import Doors
from handlers.ids import Click, Form


def charts(on: Doors) -> None:
    """Scores, worth, rank and pictures of projects."""
    on.click(Click.SCORE_PAGE, opens=scores.open_page)
    on.modal(Click.SCORE_AGAIN, updates=scores.again)
    on.click(Click.SCORE_REVEAL, stores=scores.reveal, then=scores.after)
    on.click(Click.SCORE_LIST, opens=rank.open_page)
    on.click(Click.CONFIDENCE, opens=scores.open_confidence)
    on.submit(Form.SCORE, stores=scores.give)
    on.submit(Form.CONFIDENCE, stores=scores.say_confidence)

    on.modal(Click.CHART, prepares=chart.of_project)
    on.modal(Click.PORTFOLIO_CHART, prepares=chart.of_portfolio)
    on.click(Click.WORTH, opens=value.open_page)
    on.click(Click.WORTH_POINTS, opens=value.open_points)
    on.click(Click.WORTH_CASES, opens=value.open_cases)
    on.submit(Form.WORTH_POINTS, stores=value.say_points, then=value.page)
    on.submit(Form.WORTH_CASES, stores=value.say_cases, then=value.page)
