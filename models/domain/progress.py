"""Best-so-far walk (domain §2.5): all plateau logic and charts come from it.

As in Keras' EarlyStopping the reference moves only on a counted improvement, so slow creep adds up and
eventually counts; `wait` is Vizier's trials without progress.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from models.domain.metric import TOLERANCE, Goal, gain


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
