"""Points of a step line that are named beside them: the last gain that counts, and leaps."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.dates import date2num
from matplotlib.patheffects import withStroke
from matplotlib.text import Annotation

from models.analytics.card import INK, LABEL, PAPER
from models.domain.charts import Note, ProgressChart, Stretch
from models.domain.metric import Goal, amount

DOT = 5
"""Pixels around a dot that words keep off."""


def at(day: date) -> float:
    """Where a day is on the axis."""
    return float(date2num(day))


def name_points(axes: Axes, chart: ProgressChart) -> None:
    """The newest first; one that would lie on it is left to the alternative text."""
    placed: list[Any] = []
    for note in sorted(chart.notes, key=lambda note: note.on, reverse=True):
        text = _note(axes, note, chart)
        _kept_off(axes, text, _others(axes, note, chart), chart)
        box = _extent(axes, text)
        if any(box.overlaps(other) for other in placed):
            text.remove()
        placed.append(box)


def _extent(axes: Axes, text: Annotation) -> Any:
    return text.get_window_extent(axes.figure.canvas.get_renderer())  # type: ignore[attr-defined]


def _others(axes: Axes, note: Note, chart: ProgressChart) -> list[Any]:
    """Where the dots are on the screen, without the one that is named."""
    dots = [dot for dot in chart.dots if (dot.on, dot.value) != (note.on, note.value)]
    return [axes.transData.transform((at(dot.on), dot.value)) for dot in dots]


class _Place(NamedTuple):
    """Where words stand: beside which point, on which side of it, and how far off."""

    xy: tuple[float, float]
    sideways: str
    upright: str
    offset: tuple[float, float]

    def take(self, text: Annotation) -> None:
        """The words stand there."""
        text.xy = self.xy
        text.set(ha=self.sideways, va=self.upright, position=self.offset)


def _kept_off(axes: Axes, text: Annotation, dots: Sequence[Any], chart: ProgressChart) -> None:
    """Words that would cover dots go above the middle of their point, or behind it below the line.

    They stay where they are if nothing is better. Where lower is better the other way round.
    """
    up = chart.goal is Goal.MAX
    x, y = text.xy
    where = _Place((x, y), text.get_horizontalalignment(), text.get_verticalalignment(), text.xyann)
    above = _Place((x, y), "center", "bottom" if up else "top", (0, 6 if up else -6))
    below = _Place((x, y), "left", "top" if up else "bottom", (5, -6 if up else 6))
    fits = [where, *(one for one in (above, below) if _inside(axes, text, one))]
    min(fits, key=lambda place: _covered(axes, text, place, dots)).take(text)


def _inside(axes: Axes, text: Annotation, place: _Place) -> bool:
    place.take(text)
    box, room = _extent(axes, text), axes.bbox
    across = room.x0 <= box.x0 and box.x1 <= room.x1
    return bool(across and room.y0 <= box.y0 and box.y1 <= room.y1)


def _covered(axes: Axes, text: Annotation, place: _Place, dots: Sequence[Any]) -> int:
    """How many dots lie under the words."""
    place.take(text)
    box = _extent(axes, text).padded(DOT)
    return sum(bool(box.contains(*dot)) for dot in dots)


def _note(axes: Axes, note: Note, chart: ProgressChart) -> Annotation:
    """“64.8, 5 Nov”, left of its point, where the line is not; to the right only where there is no room."""
    said = f"{amount(note.value, chart.unit)}, {note.on.day} {note.on:%b}"
    if note.leap or note.doubt:
        said += "\nconfirmed leap" if note.leap else "\nto be confirmed"
    up = chart.goal is Goal.MAX
    text = axes.annotate(
        said,
        (at(note.on), note.value),
        xytext=(-5, 5 if up else -5),
        textcoords="offset points",
        ha="right",
        va="bottom" if up else "top",
        size=LABEL,
        color=INK,
        weight="bold",
        linespacing=1.1,
        zorder=6,
        path_effects=[withStroke(linewidth=2.5, foreground=PAPER)],
    )
    box = _extent(axes, text)
    begins = max(axes.get_xlim()[0], at(_version_of(note, chart).effective))
    if box.x0 < axes.transData.transform((begins, 0))[0]:
        last = at(note.on) + _days_of(axes, box.width)
        text.xy = (at(note.on), _best_by(_version_of(note, chart), last))
        text.set(ha="left", position=(5, 5 if up else -5))
    return text


def _version_of(note: Note, chart: ProgressChart) -> Stretch:
    """The line that the point is on."""
    return next(one for one in reversed(chart.stretches) if one.effective <= note.on)


def _days_of(axes: Axes, pixels: float) -> float:
    start, end = axes.get_xlim()
    return float(pixels / axes.bbox.width * (end - start))


def _best_by(stretch: Stretch, day: float) -> float:
    """The best so far on a day: above it, or below where lower is better, there is room for words."""
    return [value for on, value in stretch.steps if at(on) <= day][-1]
