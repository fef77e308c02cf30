"""The scored projects: benefit to the right, complexity upwards; bottom right is where to start (S1-11)."""

from itertools import product

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.offsetbox import AnchoredText
from matplotlib.text import Annotation
from matplotlib.transforms import Bbox

from models.analytics.card import BLUE, DOTS, GREY, INK, LABEL, LINE, PAPER, SMALL, card, short
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
LINES_AWAY = (0, -1, 1, -2, 2, -3, 3)
"""How far from its bubble a name may stand, the nearest first; on its height where all are taken."""
A_LINE = SMALL * 1.35
"""Points from one name to the next."""
POINTS = 72
"""An inch."""


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
    taken = [_corner(axes, corner, words) for corner, words in CORNERS.items()]
    for bet in chart.bets:
        _bubble(axes, bet)
        taken.append(_box(axes, bet))
    for bet in chart.bets[:NAMED]:
        taken.append(_name(axes, bet, taken))
    figure.text(
        0.04,
        0.015,
        "Filled: in use, or good enough and confirmed. Size: effort a week.",
        size=SMALL,
        color=GREY,
    )
    return figure


def _corner(axes: Axes, corner: str, words: str) -> Bbox:
    """The words in a corner; where they stand."""
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
    return said.get_window_extent()


def _bubble(axes: Axes, bet: Bet) -> None:
    axes.scatter(
        [bet.benefit],
        [bet.complexity],
        s=_area(bet),
        facecolor=BLUE if bet.proven else PAPER,
        edgecolor=BLUE,
        linewidth=1.4,
        zorder=3,
    )


def _area(bet: Bet) -> float:
    """Of its bubble, in points."""
    return LEAST + A_WEEK * (bet.effort or 0)


def _name(axes: Axes, bet: Bet, taken: list[Bbox]) -> Bbox:
    """Its name beside the bubble, where nothing else stands; where that is."""
    name: Annotation = axes.annotate(
        short(bet.name, NAME),
        (bet.benefit, bet.complexity),
        xytext=(0, 0),
        textcoords="offset points",
        va="center",
        size=SMALL,
        color=INK,
        zorder=4,
        parse_math=False,
    )
    own = bet.benefit <= MIDDLE
    for lines, right in [*product(LINES_AWAY, (own, not own)), (0, own)]:
        away = 3 + _area(bet) ** 0.5 / 2
        name.set_position((away if right else -away, lines * A_LINE))
        name.set_horizontalalignment("left" if right else "right")
        box: Bbox = name.get_window_extent()
        inside = axes.bbox.x0 <= box.x0 and box.x1 <= axes.bbox.x1
        if inside and not any(box.overlaps(other) for other in taken):
            break
    return box


def _box(axes: Axes, bet: Bet) -> Bbox:
    """Where its bubble stands."""
    x, y = axes.transData.transform((bet.benefit, bet.complexity))
    radius = _area(bet) ** 0.5 / 2 * DOTS / POINTS
    return Bbox.from_extents(x - radius, y - radius, x + radius, y + radius)
