"""Charts as facts: what is drawn, before anything is (domain §5.5).

They travel as JSON to the process that draws; a shape carries the meaning, its colour only repeats it.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from models.domain.experiment import Outcome
from models.domain.findings.kinds import Thresholds
from models.domain.metric import TOLERANCE, Goal, gain
from models.domain.progress import Mark, Measured, Point, Walker, Yardstick, points, standing
from models.domain.working_days import Span

MOST_DOTS = 240
"""Points of a picture; of more, those that set a record are kept, and the newest."""
MOST_LABELS = 3
"""Numbers set aside that are named in the picture."""


class Shape(StrEnum):
    """How an experiment's point looks."""

    SUPPORTED = "supported"
    RULED_OUT = "ruled_out"
    CANT_TELL = "cant_tell"
    ASIDE = "aside"
    OPEN = "open"


SHAPES = {
    Outcome.SUPPORTED: Shape.SUPPORTED,
    Outcome.REFUTED: Shape.RULED_OUT,
    Outcome.INCONCLUSIVE: Shape.CANT_TELL,
    Outcome.ABANDONED: Shape.ASIDE,
    None: Shape.OPEN,
}


class _Fact(BaseModel):
    model_config = ConfigDict(frozen=True)


class Dot(_Fact):
    """A measured experiment. `struck`: its number was set aside, and the label is struck through."""

    on: date
    value: float
    shape: Shape
    struck: bool = False


class Stretch(_Fact):
    """The best so far under one benchmark version: (day, value) from the baseline on."""

    version: int
    effective: date
    until: date
    baseline: float
    acceptance: float | None
    steps: tuple[tuple[date, float], ...]


class Stop(_Fact):
    """The stop mark: a value, and the day by which it had to be reached."""

    threshold: float
    by: date


class Note(_Fact):
    """A point that is named in the picture: a confirmed `leap`, or one that is still in `doubt`, says so."""

    on: date
    value: float
    leap: bool = False
    doubt: bool = False


class ProgressChart(_Fact):
    """The best so far of one project as a step line. `flat` are the days on which a plateau was a finding."""

    kind: Literal["progress"] = "progress"
    name: str
    unit: str
    goal: Goal
    today: date
    stretches: tuple[Stretch, ...]
    dots: tuple[Dot, ...]
    notes: tuple[Note, ...] = ()
    flat: tuple[Span, ...] = ()
    stop: Stop | None = None


class Bet(_Fact):
    """A scored project. `proven`: it is in use, or its acceptance was reached and confirmed."""

    name: str
    benefit: float
    complexity: float
    effort: float | None
    proven: bool = False


class PortfolioChart(_Fact):
    """The scored projects by benefit and complexity."""

    kind: Literal["portfolio"] = "portfolio"
    bets: tuple[Bet, ...]


class Week(_Fact):
    """What was concluded in the seven days from a Monday."""

    monday: date
    outcomes: dict[Outcome, int]


class OutcomesChart(_Fact):
    """Concluded experiments by outcome, week by week."""

    kind: Literal["outcomes"] = "outcomes"
    weeks: tuple[Week, ...]


Chart = Annotated[ProgressChart | PortfolioChart | OutcomesChart, Field(discriminator="kind")]


class Drawn(NamedTuple):
    """What is known of a metric when its chart is made."""

    yardstick: Yardstick
    marks: Sequence[Mark]
    measured: Sequence[Measured]
    outcomes: Mapping[int, Outcome]
    thresholds: Thresholds = Thresholds()


def progress_chart(
    name: str, unit: str, of: Drawn, today: date, stop: Stop | None
) -> ProgressChart:
    """The picture of a project as of a day."""
    return ProgressChart(
        name=name,
        unit=unit,
        goal=of.yardstick.goal,
        today=today,
        stretches=_stretches(of, today),
        dots=_dots(of, today),
        notes=_notes(of, today),
        flat=_flat(of, today),
        stop=stop,
    )


def _begun(of: Drawn, today: date) -> list[tuple[Mark, date]]:
    """The versions that have begun, each with the day on which the next one takes over."""
    marks = sorted(
        (mark for mark in of.marks if mark.effective <= today),
        key=lambda mark: (mark.effective, mark.version),
    )
    ends = [later.effective for later in marks[1:]] + [today]
    return list(zip(marks, ends, strict=False))


def _points(of: Drawn, mark: Mark, today: date) -> list[Point]:
    goal, split = of.yardstick.goal, of.yardstick.split
    return points(of.measured, goal=goal, version=mark.version, today=today, split=split)


def _stretches(of: Drawn, today: date) -> tuple[Stretch, ...]:
    """One step line for each version; they are never joined (S0-36)."""
    return tuple(_stretch(of, mark, until, today) for mark, until in _begun(of, today))


def _stretch(of: Drawn, mark: Mark, until: date, today: date) -> Stretch:
    steps = [(mark.effective, mark.baseline)]
    for point in _points(of, mark, today):
        if gain(of.yardstick.goal, point.value, steps[-1][1]) > TOLERANCE:
            steps.append((max(point.on, steps[-1][0]), point.value))
    return Stretch(
        version=mark.version,
        effective=mark.effective,
        until=max(until, steps[-1][0]),
        baseline=mark.baseline,
        acceptance=mark.acceptance,
        steps=tuple(steps),
    )


def _dots(of: Drawn, today: date) -> tuple[Dot, ...]:
    """A point for each experiment and version, and those that were set aside by then; oldest first."""
    found = [
        Dot(on=point.on, value=point.value, shape=SHAPES[of.outcomes.get(point.experiment_id or 0)])
        for mark, _ in _begun(of, today)
        for point in _points(of, mark, today)
    ]
    aside = [
        Dot(on=one.on, value=one.value, shape=Shape.ASIDE, struck=True)
        for one in of.measured
        if one.split is of.yardstick.split
        and one.on <= today
        and one.excluded_on is not None
        and one.excluded_on <= today
    ]
    kept = sorted([*found, *aside], key=lambda dot: dot.on)
    return tuple(kept[-MOST_DOTS:])


def _notes(of: Drawn, today: date) -> tuple[Note, ...]:
    """The last counted improvement, and the last leap, confirmed or still in doubt, under today's version."""
    begun = _begun(of, today)
    if not begun:
        return ()
    where = standing(of.measured, of.yardstick, begun[-1][0], today=today)
    leaps = [
        Note(on=one.on, value=one.value, leap=one.confirmed, doubt=not one.confirmed)
        for one in where.surprises
    ]
    named = {(note.on, note.value) for note in leaps}
    if where.gains and (where.last_gain, where.reference) not in named:
        leaps.append(Note(on=where.last_gain, value=where.reference))
    return tuple(leaps[-2:])


def _flat(of: Drawn, today: date) -> tuple[Span, ...]:
    """The days on which the number had stood still for long enough to ask about it (domain §2.5)."""
    return tuple(
        span for mark, until in _begun(of, today) for span in _flat_under(of, mark, until, today)
    )


def _flat_under(of: Drawn, mark: Mark, until: date, today: date) -> Iterator[Span]:
    walker = Walker(of.yardstick, mark)
    patient_on: date | None = None
    days = timedelta(days=of.thresholds.plateau_days)
    for point in _points(of, mark, today):
        asked = patient_on and max(patient_on, walker.last + days)
        walker.step(point, None)
        if walker.wait == 0:
            if asked and asked < point.on:
                yield Span(asked, point.on)
            patient_on = None
        elif walker.wait == of.thresholds.patience:
            patient_on = point.on
    asked = patient_on and max(patient_on, walker.last + days)
    if asked and asked < until:
        yield Span(asked, until)
