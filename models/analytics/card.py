"""The card that every chart stands on: light in a light Slack and in a dark one, readable at 390 px.

Colours are Okabe and Ito's, which colour-blind people tell apart; a shape or a hatch says the same.
"""

from io import BytesIO

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

BLUE, SKY, GREEN, ORANGE = "#0072B2", "#56B4E9", "#009E73", "#E69F00"
VERMILION, PURPLE, INK, GREY = "#D55E00", "#CC79A7", "#22262A", "#6B7278"
PAPER, LINE, BAND = "#FBFAF7", "#D9D8D2", "#EFE7CF"
WIDTH, HEIGHT, DOTS = 3.9, 3.3, 200
"""Inches, and dots an inch: at half its size, 390 px, the letters are those of a phone."""
SMALL, LABEL, TITLE = 7.6, 8.0, 10.0
NAME = 44
"""Characters of a title."""


def card(
    title: str, below: str = "", *, height: float = HEIGHT, right: float = 0.04
) -> tuple[Figure, Axes]:
    """A figure with its title, a line below it, and one pair of axes; `right` of the width stays free."""
    figure = Figure(figsize=(WIDTH, height), dpi=DOTS, facecolor=PAPER)
    FigureCanvasAgg(figure)
    axes = figure.add_axes(
        (0.125, 0.67 / height, 0.875 - right, 0.62 + (height - HEIGHT) * 0.03), facecolor=PAPER
    )
    figure.text(
        0.04,
        0.955,
        short(title, NAME),
        size=TITLE,
        color=INK,
        weight="bold",
        va="top",
        parse_math=False,
    )
    figure.text(0.04, 0.885, below, size=SMALL, color=GREY, va="top", parse_math=False)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        axes.spines[side].set_color(LINE)
    axes.tick_params(colors=GREY, labelsize=SMALL, length=2, width=0.6)
    return figure, axes


def short(words: str, most: int) -> str:
    """On one line, with an ellipsis where it was longer."""
    line = " ".join(words.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def as_png(figure: Figure) -> bytes:
    """The picture as bytes, with a thin frame, so that it ends somewhere on a white page too."""
    figure.patch.set_edgecolor(LINE)
    figure.patch.set_linewidth(1.2)
    to = BytesIO()
    figure.savefig(to, format="png", facecolor=PAPER, edgecolor=LINE)
    return to.getvalue()
