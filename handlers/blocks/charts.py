"""Words for charts: what stands beside one, what a screen reader says, and the line that replaces it."""

from collections.abc import Sequence
from datetime import date
from typing import assert_never

from handlers.blocks import words
from handlers.blocks.document import Document, Rendered
from handlers.blocks.lab import note
from handlers.blocks.text import shortened
from models.domain.charts import (
    Chart,
    Note,
    OutcomesChart,
    PortfolioChart,
    ProgressChart,
    Shape,
    Stretch,
)
from models.domain.metric import Goal, amount, gain, written
from models.domain.sparkline import sparkline

ALT = 1_000
"""Characters of an alternative text (contract §8)."""
SHAPES = {
    Shape.SUPPORTED: "held",
    Shape.RULED_OUT: "ruled out",
    Shape.CANT_TELL: "can't tell",
    Shape.ASIDE: "dropped or set aside",
    Shape.OPEN: "still open",
}
OUTCOMES = {
    "supported": "held",
    "refuted": "ruled out",
    "inconclusive": "can't tell",
    "abandoned": "dropped",
}
NO_CHART = "There is nothing to draw yet: "


def title(chart: Chart) -> str:
    """What the picture is called."""
    match chart:
        case ProgressChart():
            return f"{shortened(chart.name, 80)}: best so far"
        case PortfolioChart():
            return "Where to put the effort"
        case OutcomesChart():
            return "Experiments concluded, by week"
        case _:
            assert_never(chart)


def alt(chart: Chart) -> str:
    """The picture in words: everything that it says, as far as a thousand characters go."""
    match chart:
        case ProgressChart():
            said = _progress(chart)
        case PortfolioChart():
            said = [
                f"{shortened(one.name, 60)}: {_bet(one.benefit, one.complexity)}"
                for one in chart.bets
            ]
        case OutcomesChart():
            said = [
                _week(one.monday, {str(k): n for k, n in one.outcomes.items()})
                for one in chart.weeks
            ]
        case _:
            assert_never(chart)
    sentences = [title(chart), *(f"{one[:1].upper()}{one[1:]}" for one in said)]
    return shortened(f"{'. '.join(sentences)}.", ALT)


def line(chart: ProgressChart) -> str:
    """“41 ▁▃▅▅▅▅▅▅▆█ 65 of 100 | needed 60 of 100”: stands wherever the picture would (domain §5.5-4)."""
    now = chart.stretches[-1]
    best = now.steps[-1][1]
    if best == now.baseline:
        said = f"{written(now.baseline, chart.unit)} today, nothing better yet"
    else:
        drawn = sparkline(_series(chart, now), goal=chart.goal)
        said = (
            f"{amount(now.baseline, chart.unit)} {drawn} {written(best, chart.unit)}{_doubt(chart)}"
        )
    return (
        said if now.acceptance is None else f"{said} | needed {written(now.acceptance, chart.unit)}"
    )


def _doubt(chart: ProgressChart) -> str:
    """Behind a best that a second person has not confirmed yet (S0-21)."""
    best = chart.stretches[-1].steps[-1][1]
    in_doubt = any(note.doubt and note.value == best for note in chart.notes)
    return " (to be confirmed)" if in_doubt else ""


def _series(chart: ProgressChart, now: Stretch) -> list[float]:
    """The best so far after each try under today's version."""
    series = [now.baseline]
    for dot in chart.dots:
        if not dot.struck and dot.on >= now.effective:
            better = gain(chart.goal, dot.value, series[-1]) > 0
            series.append(dot.value if better else series[-1])
    return series if series[-1] == now.steps[-1][1] else [value for _, value in now.steps]


def _progress(chart: ProgressChart) -> list[str]:
    now = chart.stretches[-1]
    better = "higher" if chart.goal is Goal.MAX else "lower"
    said = [
        f"A step line from {words.full_day(chart.stretches[0].effective)} to {words.full_day(chart.today)}"
    ]
    said.append(f"{better} is better")
    said += [
        f"version {one.version} of the benchmark begins on {words.full_day(one.effective)}"
        for one in chart.stretches[1:]
    ]
    said.append(
        f"baseline {written(now.baseline, chart.unit)}, "
        f"best {written(now.steps[-1][1], chart.unit)}{_doubt(chart)}"
    )
    if now.acceptance is not None:
        said.append(f"needed {written(now.acceptance, chart.unit)}")
    if chart.stop is not None:
        said.append(
            f"stop mark {written(chart.stop.threshold, chart.unit)} by {words.full_day(chart.stop.by)}"
        )
    said += [_named(one, chart) for one in chart.notes]
    said += [
        f"flat from {words.short_day(one.start, one.end)} to {words.short_day(one.end, chart.today)}"
        for one in chart.flat
    ]
    counts = {shape: sum(dot.shape is shape for dot in chart.dots) for shape in Shape}
    said.append(words.listed([f"{n} {SHAPES[shape]}" for shape, n in counts.items() if n]))
    return [one for one in said if one]


def _named(one: Note, chart: ProgressChart) -> str:
    what = "a confirmed leap" if one.leap else "the last gain that counts"
    if one.doubt:
        what = "a leap that is still to be confirmed"
    on = words.short_day(one.on, chart.today)
    return f"{written(one.value, chart.unit)} on {on} is {what}"


def _bet(benefit: float, complexity: float) -> str:
    return f"benefit {benefit:g}, complexity {complexity:g}"


def _week(monday: date, counts: dict[str, int]) -> str:
    said = [f"{counts[key]} {name}" for key, name in OUTCOMES.items() if counts.get(key)]
    return (
        f"Week of {words.short_day(monday)}: {words.listed(said) if said else 'nothing concluded'}"
    )


def beside(charts: Sequence[Chart]) -> Rendered:
    """The words in the message that shows pictures."""
    document = Document()
    for chart in charts:
        if isinstance(chart, ProgressChart):
            document.paragraph(f"{shortened(chart.name, 80)}: {line(chart)}")
        else:
            document.paragraph(title(chart))
    return document.rendered()


def instead(charts: Sequence[Chart]) -> Rendered:
    """What is said where no picture could be drawn."""
    if not charts:
        return Document().paragraph(f"{NO_CHART}nothing was measured or scored so far.").rendered()
    document = Document().paragraph("The picture could not be drawn this time. In words:")
    for chart in charts:
        document.paragraph(alt(chart))
    return document.rendered()


def on_its_way() -> dict[str, object]:
    """After the button “Chart”."""
    return note("Chart", ["The picture is on its way: it comes as a message from me."])
