"""The best so far as a step line: no smoothing, nothing beyond today (domain §5.5-1)."""

from datetime import timedelta
from typing import Any

from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter, MaxNLocator, NullLocator

from models.analytics.card import (
    BAND,
    BLUE,
    GREY,
    INK,
    LINE,
    PAPER,
    SMALL,
    VERMILION,
    card,
)
from models.analytics.notes import at, name_points
from models.domain.charts import Dot, ProgressChart, Shape, Stretch
from models.domain.metric import Goal, amount, gain

MARKS: dict[Shape, dict[str, Any]] = {
    Shape.SUPPORTED: {"marker": "o", "markerfacecolor": BLUE, "markeredgecolor": BLUE},
    Shape.RULED_OUT: {"marker": "o", "markerfacecolor": PAPER, "markeredgecolor": BLUE},
    Shape.CANT_TELL: {"marker": "o", "markerfacecolor": "#B4B8BC", "markeredgecolor": "#8B9095"},
    Shape.ASIDE: {"marker": "x", "markeredgecolor": GREY},
    Shape.OPEN: {"marker": "D", "markerfacecolor": PAPER, "markeredgecolor": GREY},
}
NAMES = {
    Shape.SUPPORTED: "held",
    Shape.RULED_OUT: "ruled out",
    Shape.CANT_TELL: "can't tell",
    Shape.ASIDE: "dropped or set aside",
    Shape.OPEN: "still open",
}
APART = 0.13
"""Of the height: what two names beside the axes keep between them."""
MAGNITUDES = 8
"""Times the smallest value: from there on the axis doubles instead of adding."""
CROWD = 40
"""Points from which on they are drawn smaller."""
ROOM = timedelta(days=2)


def drawn(chart: ProgressChart) -> Figure:
    """The picture of one project."""
    better = "higher is better" if chart.goal is Goal.MAX else "lower is better"
    wide = _spans_magnitudes(chart)
    scale = "; doubling scale" if wide else ""
    figure, axes = card(chart.name, f"Best so far, {_unit(chart.unit)}{better}{scale}", right=0.155)
    if wide:
        axes.set_yscale("log", base=2)
    for span in chart.flat:
        axes.axvspan(at(span.start), at(span.end), color=BAND, linewidth=0, zorder=0)
    for place, stretch in enumerate(chart.stretches):
        _line(axes, stretch, begins_anew=place > 0)
    for dot in chart.dots:
        _dot(axes, dot, small=len(chart.dots) > CROWD)
    if chart.stop is not None:
        _stop(axes, chart)
    _scales(axes, chart)
    _marks_named(axes, chart)
    name_points(axes, chart)
    _struck(figure, axes, chart)
    _legend(figure, chart)
    return figure


def _spans_magnitudes(chart: ProgressChart) -> bool:
    """Whether a plain axis would press everything but the first steps to its edge."""
    values = [dot.value for dot in chart.dots] + [value for value, _ in _named(chart)]
    return min(values) > 0 and max(values) >= MAGNITUDES * min(values)


def _unit(unit: str) -> str:
    unit = unit.strip()
    if not unit:
        return ""
    return f"{'of 100' if unit.lower() == 'share' else unit}; "


def _line(axes: Axes, stretch: Stretch, *, begins_anew: bool) -> None:
    """One version: its steps, its baseline (dashed), its acceptance (dotted)."""
    days = [at(on) for on, _ in stretch.steps] + [at(stretch.until)]
    values = [value for _, value in stretch.steps]
    axes.step(days, [*values, values[-1]], where="post", color=BLUE, linewidth=1.7, zorder=3)
    ends = (at(stretch.effective), at(stretch.until))
    axes.plot(ends, (stretch.baseline,) * 2, color=GREY, linewidth=0.9, linestyle=(0, (5, 3)))
    if stretch.acceptance is not None:
        axes.plot(
            ends, (stretch.acceptance,) * 2, color=INK, linewidth=1.1, linestyle=(0, (1, 1.6))
        )
    if begins_anew:
        axes.axvline(at(stretch.effective), color=GREY, linewidth=0.8)
        axes.annotate(
            f" v{stretch.version}",
            (at(stretch.effective), 1.0),
            xycoords=("data", "axes fraction"),
            va="top",
            size=SMALL,
            color=GREY,
        )


def _dot(axes: Axes, dot: Dot, *, small: bool) -> None:
    size = {Shape.OPEN: 3.2, Shape.ASIDE: 4.2}.get(dot.shape, 4.6) * (0.6 if small else 1)
    axes.plot(
        [at(dot.on)],
        [dot.value],
        linestyle="",
        markersize=size,
        markeredgewidth=1.0,
        zorder=4,
        **MARKS[dot.shape],
    )


def _stop(axes: Axes, chart: ProgressChart) -> None:
    """The stop mark is a thin line that ends at its date."""
    stop = chart.stop
    if stop is None or not chart.stretches:
        return
    start = chart.stretches[-1].effective
    axes.plot((at(start), at(stop.by)), (stop.threshold,) * 2, color=VERMILION, linewidth=1.0)
    axes.plot([at(stop.by)], [stop.threshold], marker="|", markersize=7, color=VERMILION)


def _scales(axes: Axes, chart: ProgressChart) -> None:
    first = min(stretch.steps[0][0] for stretch in chart.stretches)
    first = min([first, *(dot.on for dot in chart.dots)])
    last = max([chart.today, *([chart.stop.by] if chart.stop else [])])
    room = max(ROOM, (last - first) * 0.03)
    axes.set_xlim(at(first - room), at(last + room))
    _room_for_notes(axes, chart)
    dates = AutoDateLocator(minticks=3, maxticks=6)
    axes.xaxis.set_major_locator(dates)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(dates, offset_formats=["", *["%Y"] * 5]))
    axes.xaxis.get_offset_text().set(size=SMALL, color=GREY)
    if axes.get_yscale() == "linear":
        axes.yaxis.set_major_locator(MaxNLocator(5))
    else:
        axes.yaxis.set_minor_locator(NullLocator())
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: amount(value, chart.unit)))
    axes.grid(axis="y", color=LINE, linewidth=0.5, zorder=0)
    axes.set_axisbelow(True)


def _room_for_notes(axes: Axes, chart: ProgressChart) -> None:
    """Above the line where higher is better, below it where lower is."""
    low, high = (axes.yaxis.get_transform().transform(end) for end in axes.get_ylim())
    room = 0.17 if any(note.leap or note.doubt for note in chart.notes) else 0.1
    less, more = (0.03, room) if chart.goal is Goal.MAX else (room, 0.03)
    ends = (low - (high - low) * less, high + (high - low) * more)
    back = axes.yaxis.get_transform().inverted()
    axes.set_ylim(*(float(back.transform(end)) for end in ends))


def _named(chart: ProgressChart) -> list[tuple[float, tuple[str, str]]]:
    """Baseline, needed and stop mark of today's version, each with its name and colour."""
    now = chart.stretches[-1]
    named = [(now.baseline, ("baseline", GREY))]
    if now.acceptance is not None:
        named.append((now.acceptance, ("needed", INK)))
    if chart.stop is not None:
        named.append((chart.stop.threshold, ("stop mark", VERMILION)))
    return sorted(named)


def _marks_named(axes: Axes, chart: ProgressChart) -> None:
    """Today's marks by their names, beside the axes, kept apart."""
    lowest = -1.0
    for value, (words, color) in _named(chart):
        on_screen = axes.transData.transform((axes.get_xlim()[0], value))
        place = max(float(axes.transAxes.inverted().transform(on_screen)[1]), lowest + APART)
        lowest = place
        axes.annotate(
            f"{words}\n{amount(value, chart.unit)}",
            (1.0, place),
            xycoords="axes fraction",
            xytext=(3, 0),
            textcoords="offset points",
            va="center",
            size=SMALL,
            color=color,
            linespacing=1.0,
            annotation_clip=False,
        )


def _struck(figure: Figure, axes: Axes, chart: ProgressChart) -> None:
    """The best of the numbers that were set aside is named, and struck through."""
    base = chart.stretches[-1].baseline
    aside = [dot for dot in chart.dots if dot.struck]
    aside.sort(key=lambda dot: -gain(chart.goal, dot.value, base))
    for dot in aside[:1]:
        text = axes.annotate(
            amount(dot.value, chart.unit),
            (at(dot.on), dot.value),
            xytext=(0, 4),
            textcoords="offset points",
            ha="center",
            va="bottom",
            size=SMALL,
            color=GREY,
            zorder=5,
        )
        box = text.get_window_extent(figure.canvas.get_renderer())  # type: ignore[attr-defined]
        middle = (box.y0 + box.y1) / 2
        figure.add_artist(
            Line2D(
                (box.x0 - 2, box.x1 + 2),
                (middle, middle),
                transform=None,
                color=GREY,
                linewidth=0.8,
            )
        )


def _legend(figure: Figure, chart: ProgressChart) -> None:
    """Only the shapes that are there, below the axes."""
    there = {dot.shape for dot in chart.dots}
    handles: list[Line2D | Patch] = [
        Line2D([], [], linestyle="", markersize=4.4, label=NAMES[shape], **MARKS[shape])
        for shape in Shape
        if shape in there
    ]
    if chart.flat:
        handles.append(Patch(color=BAND, label="flat stretch"))
    figure.legend(
        handles=handles,
        loc="lower left",
        bbox_to_anchor=(0.03, 0.005),
        ncols=3,
        frameon=False,
        fontsize=SMALL,
        labelcolor=GREY,
        handletextpad=0.3,
        columnspacing=1.0,
        labelspacing=0.25,
        handlelength=1.4,
    )
