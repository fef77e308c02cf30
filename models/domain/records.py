"""Records: the few points of a walk that are better than all before them say all that it says.

A project with a hundred thousand measurements is walked by a handful of them.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import inf
from typing import NamedTuple

from models.domain.metric import Goal, gain
from models.domain.progress import Mark, Measured, Point, Progress, Walker, Yardstick


class Record(NamedTuple):
    """A point that is better than all before it; `place` counts the points up to it, from 1."""

    point: Point
    place: int


@dataclass
class Tries:
    """What was tried of a metric: its records among `total` points, and its live values in time order."""

    records: list[Record] = field(default_factory=list)
    total: int = 0
    live: list[Measured] = field(default_factory=list)


def record_places(values: Iterable[float], *, goal: Goal) -> list[int]:
    """The places, from 1, of the points whose values in time order are better than all before them."""
    sign = 1 if goal is Goal.MAX else -1
    places: list[int] = []
    top = -inf
    for place, value in enumerate(values, start=1):
        if sign * value > top:
            places.append(place)
            top = sign * value
    return places


def confirmed_records(
    points: Sequence[Point], yardstick: Yardstick, mark: Mark
) -> tuple[list[Record], int]:
    """The records among the points in time order, and how many points count.

    As leadership is told: without the surprises that nobody has confirmed (domain §2.5).
    """
    walker = Walker(yardstick, mark)
    found: list[Record] = []
    kept = 0
    for point in points:
        surprise = walker.surprise(point)
        if surprise is not None and not surprise.confirmed:
            continue
        walker.step(point, surprise)
        kept += 1
        if not found or gain(yardstick.goal, point.value, found[-1].point.value) > 0:
            found.append(Record(point, kept))
    return found, kept


def walk_records(
    records: Iterable[Record], total: int, yardstick: Yardstick, mark: Mark
) -> Progress:
    """The walk over `total` points of which only the records are known: the same as over all of them.

    A point that is no record can neither be the best, nor counted, nor a surprise: it is `min_delta` or more
    behind what the best one before it was counted for. It is a try, whatever its value.
    """
    walker = Walker(yardstick, mark)
    behind = 0
    for point, place in records:
        walker.tried(place - behind - 1)
        walker.step(point, walker.surprise(point))
        behind = place
    walker.tried(total - behind)
    return walker.progress()


def steps(records: Sequence[Record], total: int, *, baseline: float, most: int) -> list[float]:
    """The best so far after each point, the baseline first: a step line, never a trend (S0-13).

    At most `most` values, evenly spaced over the points, the first and the last among them. Records that
    don't beat the baseline are left out by the caller.
    """
    places = [0, *(place for _, place in records)]
    values = [baseline, *(point.value for point, _ in records)]
    count = min(total + 1, most)
    wanted = [round(n * total / max(count - 1, 1)) for n in range(count)]
    return [values[bisect_right(places, place) - 1] for place in wanted]
