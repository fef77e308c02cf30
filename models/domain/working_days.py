"""Working days: Monday to Friday, minus days off (domain §2.5)."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

MONDAY_TO_FRIDAY = frozenset(range(5))
ONE_DAY = timedelta(days=1)


class Span(NamedTuple):
    """Days from `start` to `end`; both ends belong to it."""

    start: date
    end: date

    def holds(self, day: date) -> bool:
        """Whether `day` belongs to it."""
        return self.start <= day <= self.end


def single_days(days: Iterable[date]) -> tuple[Span, ...]:
    """Public holidays, say, as spans of one day."""
    return tuple(Span(day, day) for day in days)


def elapsed(
    start: date,
    end: date,
    off: Iterable[Span] = (),
    weekdays: frozenset[int] = MONDAY_TO_FRIDAY,
) -> int:
    """The working days in [start, end): the day it began counts, today does not yet; 0 when it is over.

    Days off may overlap; one on a weekend takes nothing away. `weekdays` are numbered from Monday, 0. The
    work grows with the number of spans, not with their length.
    """
    days = _count(start, end, weekdays)
    covered = start
    for first, last in sorted([one for one in off if one[1] >= start and one[0] < end]):
        after = min(last, end - ONE_DAY) + ONE_DAY
        days -= _count(max(first, covered), after, weekdays)
        covered = max(covered, after)
    return days


def _count(start: date, end: date, weekdays: frozenset[int]) -> int:
    """How many days in [start, end) fall on one of `weekdays`."""
    if end <= start:
        return 0
    weeks, rest = divmod((end - start).days, 7)
    return weeks * len(weekdays) + _in_part_of_a_week(start.weekday(), rest, weekdays)


@cache
def _in_part_of_a_week(first: int, days: int, weekdays: frozenset[int]) -> int:
    """Asked for thousands of times a digest; there are few answers."""
    return sum((first + n) % 7 in weekdays for n in range(days))
