"""The portfolio's names stand beside their bubbles, and never on top of each other (domain §5.5-2)."""

from itertools import combinations

from models.analytics import portfolio
from models.domain.charts import Bet, PortfolioChart


def test_names_of_bets_that_are_scored_alike_do_not_overlap() -> None:
    spots = ((7.0, 9.0), (6.75, 9.0), (7.0, 9.0), (9.5, 9.9), (5.5, 2.0), (5.0, 3.0))
    bets = tuple(
        Bet(name=f"A project called {n}", benefit=benefit, complexity=complexity, effort=2.0)
        for n, (benefit, complexity) in enumerate(spots)
    )
    figure = portfolio.drawn(PortfolioChart(bets=bets))
    (axes,) = figure.axes
    names = [text.get_window_extent() for text in axes.texts]
    assert len(names) == len(bets)
    assert not [pair for pair in combinations(names, 2) if pair[0].overlaps(pair[1])]
    assert all(axes.bbox.x0 <= box.x0 and box.x1 <= axes.bbox.x1 for box in names)


def test_where_every_place_is_taken_a_name_stays_on_its_height() -> None:
    bets = tuple(
        Bet(name="A rather long project name", benefit=9.9, complexity=9.9, effort=None)
        for _ in range(portfolio.NAMED + 3)
    )
    figure = portfolio.drawn(PortfolioChart(bets=bets))
    assert len(figure.axes[0].texts) == portfolio.NAMED, "the list beside it has them all"
