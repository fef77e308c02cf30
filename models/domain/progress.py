"""Best-so-far walk (domain §2.5): all plateau logic and charts come from it.

As in Keras' EarlyStopping the reference moves only on a counted improvement, so slow creep adds up and
eventually counts; `wait` is Vizier's trials without progress.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from models.domain.experiment import Split
from models.domain.metric import TOLERANCE, Goal, gain


class Measured(NamedTuple):
    """A measurement of one metric, as far as it matters here. Without an experiment it stands alone."""

    experiment_id: int | None
    on: date
    value: float
    benchmark_version: int
    split: Split = Split.VALIDATION
    excluded_on: date | None = None


@dataclass(frozen=True)
class Point:
    """The best valid measurement of one experiment under one benchmark version, and its date."""

    on: date
    value: float


@dataclass(frozen=True)
class Progress:
    """Where a project stands. `since` is the date of `best`; the baseline has the benchmark's date."""

    best: float
    since: date
    reference: float
    last_gain: date
    wait: int
    measured: int


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
        excluded = one.excluded_on is not None and one.excluded_on <= today
        if excluded or one.on > today or (one.benchmark_version, one.split) != (version, split):
            continue
        owner = ("alone", place) if one.experiment_id is None else one.experiment_id
        known = best.get(owner)
        if known is None or gain(goal, one.value, known[1].value) > 0:
            best[owner] = (place, one)
    return [Point(one.on, one.value) for _, one in sorted(best.values(), key=lambda row: row[0])]


def walk(
    points: Iterable[Point], *, goal: Goal, baseline: float, effective: date, min_delta: float
) -> Progress:
    """Walk the points in time order (ties in recording order) from the baseline.

    A counted improvement is at least `min_delta` better than the last counted one.
    """
    best = reference = baseline
    since = last = effective
    wait = measured = 0
    for point in points:
        measured += 1
        if gain(goal, point.value, best) > TOLERANCE:
            best, since = point.value, point.on
        if gain(goal, point.value, reference) >= min_delta - TOLERANCE:
            reference, last, wait = point.value, point.on, 0
        else:
            wait += 1
    return Progress(best, since, reference, last, wait, measured)
