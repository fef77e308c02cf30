"""The scored projects: benefit to the right, complexity upwards; bottom right is where to start (S1-11)."""

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.offsetbox import AnchoredText

from models.analytics.card import BLUE, GREY, INK, LABEL, LINE, PAPER, SMALL, card, short
from models.domain.charts import Bet, PortfolioChart
from models.domain.scoring import MIDDLE

CORNERS = {
    "lower right": "start here",
    "lower left": "confidence builder",
    "upper right": "big bet",
    "upper left": "avoid for now",
}
NAME = 24
LEAST = 26.0
"""Area of a bubble with no effort, in points."""
A_WEEK = 90.0
"""Area of a person-week a week."""
NAMED = 12
"""Bubbles with a name; the list beside the picture has them all."""


def drawn(chart: PortfolioChart) -> Figure:
    """The picture of the portfolio."""
    figure, axes = card(
        "Where to put the effort", "Benefit and complexity, scored 1 to 10", height=3.7
    )
    axes.set(xlim=(0.5, 10.5), ylim=(0.5, 10.5), xticks=range(1, 11), yticks=range(1, 11))
    axes.axhline(MIDDLE, color=LINE, linewidth=1.0, zorder=1)
    axes.axvline(MIDDLE, color=LINE, linewidth=1.0, zorder=1)
    axes.set_xlabel("benefit", size=LABEL, color=INK, labelpad=1)
    axes.set_ylabel("complexity", size=LABEL, color=INK, labelpad=1)
    for corner, words in CORNERS.items():
        _corner(axes, corner, words)
    for place, bet in enumerate(chart.bets):
        _bubble(axes, bet, named=place < NAMED)
    figure.text(
        0.04,
        0.015,
        "Filled: in use, or good enough and confirmed. Size: effort a week.",
        size=SMALL,
        color=GREY,
    )
    return figure


def _corner(axes: Axes, corner: str, words: str) -> None:
    bold = corner == "lower right"
    said = AnchoredText(
        words,
        loc=corner,
        frameon=False,
        pad=0.2,
        prop={
            "size": SMALL,
            "color": INK if bold else GREY,
            "weight": "bold" if bold else "normal",
        },
    )
    axes.add_artist(said)


def _bubble(axes: Axes, bet: Bet, *, named: bool) -> None:
    axes.scatter(
        [bet.benefit],
        [bet.complexity],
        s=LEAST + A_WEEK * (bet.effort or 0),
        facecolor=BLUE if bet.proven else PAPER,
        edgecolor=BLUE,
        linewidth=1.4,
        zorder=3,
    )
    if named:
        right = bet.benefit <= MIDDLE
        away = 3 + ((LEAST + A_WEEK * (bet.effort or 0)) ** 0.5) / 2
        axes.annotate(
            short(bet.name, NAME),
            (bet.benefit, bet.complexity),
            xytext=(away if right else -away, 0),
            textcoords="offset points",
            ha="left" if right else "right",
            va="center",
            size=SMALL,
            color=INK,
            zorder=4,
            parse_math=False,
        )
