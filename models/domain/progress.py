"""Best-so-far walk (domain §2.5): all plateau logic and charts come from it.

As in Keras' EarlyStopping the reference moves only on a counted improvement, so slow creep adds up and counts
in the end; `wait` is Vizier's trials without progress. Everything is answered as of a date: a measurement,
its confirmation and its exclusion take effect on theirs.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from models.domain.experiment import Split
from models.domain.metric import TOLERANCE, Goal, gain

SURPRISE = 10
"""A gain of so many smallest changes at once is to be confirmed first (S0-21)."""


class Measured(NamedTuple):
    """A measurement of one metric, as far as it matters here. Without an experiment it stands alone."""

    experiment_id: int | None
    on: date
    value: float
    benchmark_version: int
    split: Split = Split.VALIDATION
    excluded_on: date | None = None
    confirmed_on: date | None = None


class Point(NamedTuple):
    """The best valid measurement of one experiment under one benchmark version, and its date."""

    on: date
    value: float
    experiment_id: int | None = None
    confirmed: bool = False


@dataclass(frozen=True)
class Mark:
    """One benchmark version: what is used today, and what is good enough."""

    version: int
    effective: date
    baseline: float
    acceptance: float | None


@dataclass(frozen=True)
class Yardstick:
    """How a metric is compared: which way is better, the smallest change that counts, on which data."""

    goal: Goal
    min_delta: float
    split: Split = Split.VALIDATION


@dataclass(frozen=True)
class Surprise:
    """A point that somebody else has to confirm: is it a leak, the same data, another seed?

    It is the first past acceptance, or `gain` over the reference of its moment is SURPRISE smallest
    changes or more.
    """

    experiment_id: int | None
    on: date
    value: float
    gain: float
    first_past_acceptance: bool
    confirmed: bool


class Counted(NamedTuple):
    """A counted improvement; `place` numbers the points from 1, so that tries can be counted (S1-20)."""

    on: date
    value: float
    place: int


@dataclass(frozen=True)
class Progress:
    """Where a project stands under one benchmark version.

    `since` is the date of `best`; the baseline has the benchmark's date. `reference` is the last counted
    improvement, `wait` the points since. `accepted_on` is when acceptance was first met, None while it is
    not. `counted` are the counted improvements.
    """

    best: float
    since: date
    reference: float
    last_gain: date
    wait: int
    measured: int
    best_from: int | None
    mark: Mark
    accepted_on: date | None
    counted: tuple[Counted, ...]
    surprises: tuple[Surprise, ...]

    @property
    def gains(self) -> tuple[date, ...]:
        """The dates of the counted improvements."""
        return tuple(one.on for one in self.counted)

    @property
    def to_confirm(self) -> tuple[Surprise, ...]:
        """The surprises that nobody has confirmed; leadership text waits for them (S0-21)."""
        return tuple(one for one in self.surprises if not one.confirmed)

    @property
    def ground_covered(self) -> float | None:
        """The share of the way from baseline to acceptance, uncapped (domain §2.7); None without a way."""
        baseline, acceptance = self.mark.baseline, self.mark.acceptance
        if acceptance is None or abs(acceptance - baseline) <= TOLERANCE:
            return None
        return (self.best - baseline) / (acceptance - baseline)

    @property
    def longest_wait(self) -> int:
        """The most days that this version waited for a counted improvement, from its effective date."""
        return longest_wait((self.mark.effective, *self.gains))

    def flat_days(self, today: date) -> int:
        """Days (of the calendar) since the last counted improvement."""
        return (today - self.last_gain).days


def current(marks: Iterable[Mark], today: date) -> Mark | None:
    """The latest benchmark version effective on `today`; None while there is none."""
    begun = (mark for mark in marks if mark.effective <= today)
    return max(begun, key=lambda mark: (mark.effective, mark.version), default=None)


def points(
    measured: Iterable[Measured],
    *,
    goal: Goal,
    version: int,
    today: date,
    split: Split = Split.VALIDATION,
) -> list[Point]:
    """The best valid measurement of each experiment, in the order of `measured`, which is time's.

    Valid are those of this benchmark version and this split, measured up to `today` and not excluded by
    then: an exclusion takes effect on its date.
    """
    best: dict[object, tuple[int, Measured]] = {}
    for place, one in enumerate(measured):
        is_other = (one.benchmark_version, one.split) != (version, split)
        if is_other or one.on > today or _by(one.excluded_on, today):
            continue
        owner = ("alone", place) if one.experiment_id is None else one.experiment_id
        known = best.get(owner)
        if known is None or gain(goal, one.value, known[1].value) > 0:
            best[owner] = (place, one)
    return [
        Point(one.on, one.value, one.experiment_id, _by(one.confirmed_on, today))
        for _, one in sorted(best.values(), key=lambda row: row[0])
    ]


def _by(day: date | None, today: date) -> bool:
    return day is not None and day <= today


def standing(
    measured: Iterable[Measured],
    yardstick: Yardstick,
    mark: Mark,
    *,
    today: date,
    confirmed_only: bool = False,
) -> Progress:
    """Where a project stood on `today` under `mark`, from all its measurements in time order.

    With `confirmed_only`, as leadership is told, a surprise that nobody has confirmed does not count at
    all: neither as the best nor as the end of a flat stretch (domain §2.5).
    """
    goal, split = yardstick.goal, yardstick.split
    found = points(measured, goal=goal, version=mark.version, today=today, split=split)
    return _walked(found, yardstick, mark, confirmed_only=confirmed_only)


def walk(
    points: Iterable[Point],
    *,
    goal: Goal,
    baseline: float,
    effective: date,
    min_delta: float,
    acceptance: float | None = None,
) -> Progress:
    """Walk the points in time order (ties in recording order) from the baseline.

    A counted improvement is at least `min_delta` better than the last counted one.
    """
    mark = Mark(0, effective, baseline, acceptance)
    return _walked(points, Yardstick(goal, min_delta), mark, confirmed_only=False)


def all_gains(
    measured: Sequence[Measured], yardstick: Yardstick, marks: Iterable[Mark], *, today: date
) -> list[date]:
    """The dates of the counted improvements under every version in turn, up to `today`."""
    return [
        day
        for mark in sorted(marks, key=lambda mark: (mark.effective, mark.version))
        for day in standing(measured, yardstick, mark, today=today).gains
    ]


def longest_wait(days: Iterable[date]) -> int:
    """The most days between one date and the next; 0 when there are fewer than two."""
    return max(((after - before).days for before, after in pairwise(days)), default=0)


def _walked(
    points: Iterable[Point], yardstick: Yardstick, mark: Mark, *, confirmed_only: bool
) -> Progress:
    walker = Walker(yardstick, mark)
    for point in points:
        surprise = walker.surprise(point)
        if confirmed_only and surprise is not None and not surprise.confirmed:
            continue
        walker.step(point, surprise)
    return walker.progress()


class Walker:
    """The state of one walk; its reference is the best of the counted improvements."""

    def __init__(self, yardstick: Yardstick, mark: Mark) -> None:
        self.mark = mark
        self.sign = 1 if yardstick.goal is Goal.MAX else -1
        self.counts = yardstick.min_delta - TOLERANCE
        self.surprises_from = SURPRISE * yardstick.min_delta - TOLERANCE
        self.best = self.reference = mark.baseline
        self.since = self.last = mark.effective
        self.best_from: int | None = None
        self.wait = self.measured = 0
        self.accepted_on: date | None = None
        self.accepted_on = mark.effective if self._is_first(mark.baseline) else None
        self.counted: list[Counted] = []
        self.surprises: list[Surprise] = []

    def surprise(self, point: Point) -> Surprise | None:
        """What is to be confirmed about the next point, before the step is made; mostly nothing."""
        gained = self.sign * (point.value - self.reference)
        first = self._is_first(point.value)
        if not first and gained < self.surprises_from:
            return None
        owner, confirmed = point.experiment_id, point.confirmed
        return Surprise(owner, point.on, point.value, gained, first, confirmed=confirmed)

    def step(self, point: Point, surprise: Surprise | None) -> None:
        """Take the next point in."""
        self.measured += 1
        if surprise is not None:
            self.surprises.append(surprise)
        if self._is_first(point.value):
            self.accepted_on = point.on
        if self.sign * (point.value - self.best) > TOLERANCE:
            self.best, self.since, self.best_from = point.value, point.on, point.experiment_id
        if self.sign * (point.value - self.reference) >= self.counts:
            self.reference, self.last, self.wait = point.value, point.on, 0
            self.counted.append(Counted(point.on, point.value, self.measured))
        else:
            self.wait += 1

    def tried(self, points: int) -> None:
        """Take in so many points that change nothing but the count of tries."""
        self.measured += points
        self.wait += points

    def progress(self) -> Progress:
        """Where the walk has come to."""
        return Progress(
            best=self.best,
            since=self.since,
            reference=self.reference,
            last_gain=self.last,
            wait=self.wait,
            measured=self.measured,
            best_from=self.best_from,
            mark=self.mark,
            accepted_on=self.accepted_on,
            counted=tuple(self.counted),
            surprises=tuple(self.surprises),
        )

    def _is_first(self, value: float) -> bool:
        """Whether it is the first at acceptance or past it."""
        needed = self.mark.acceptance if self.accepted_on is None else None
        return needed is not None and self.sign * (value - needed) >= -TOLERANCE
