"""When a ceremony happens: local wall-clock time on chosen weekdays, in IANA zones.

Every slot is computed from its own local date, never by adding 24 hours: over a change of the clocks
a day has 23 or 25 (S4-1, domain §3.1).
"""

from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WORKDAYS = "mon,tue,wed,thu,fri"
"""Until somebody says otherwise."""
NO_HOLIDAYS = "ZZ"
"""In place of a country (ISO 3166 keeps ZZ free): no public holidays."""


class OwnTime(NamedTuple):
    """When a person is asked: a time of day, on their own clock."""

    at: time
    zone: ZoneInfo


def local_moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The UTC moment of `at` o'clock on `day` in `zone`.

    A time in the gap of a clock change is moved to the first minute after the gap; a time that occurs
    twice is taken the first time.
    """
    moment = datetime.combine(day, at, tzinfo=zone).replace(fold=0).astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) == datetime.combine(day, at):
        return moment
    return _end_of_gap(moment, zone)


def _end_of_gap(moment: datetime, zone: ZoneInfo) -> datetime:
    """The first minute after the gap that swallowed a local time; `moment` reads it with the old offset.

    With fold=0 a time in the gap is read with the offset before the change, so `moment` lies after the
    change by as much as the time lies within the gap: go back by minutes while the offset is the new one.
    """
    after = moment.astimezone(zone).utcoffset()
    while (moment - timedelta(minutes=1)).astimezone(zone).utcoffset() == after:
        moment -= timedelta(minutes=1)
    return moment


def local_date(moment: datetime, zone: ZoneInfo) -> date:
    """The date on the wall in `zone` at `moment`."""
    return moment.astimezone(zone).date()


def next_slot(days: Iterable[str], after: date) -> date:
    """The first date later than `after` that falls on one of `days` (of WEEKDAYS).

    Raises:
        ValueError: `days` is empty or names no weekday.
    """
    wanted = {WEEKDAYS.index(day) for day in days}
    if not wanted:
        raise ValueError("a cadence needs at least one weekday")
    return next(day for n in range(1, 8) if (day := after + timedelta(days=n)).weekday() in wanted)


def first_moment(day: date, times: Iterable[OwnTime]) -> datetime:
    """The first moment at which somebody is asked on `day`.

    Raises:
        ValueError: nobody is asked at all.
    """
    return min(local_moment(day, own.at, own.zone) for own in times)


def upcoming(
    days: Collection[str], times: Collection[OwnTime], *, after: date, not_before: datetime
) -> date:
    """The first slot later than `after` at which nobody's moment is earlier than `not_before`."""
    day = next_slot(days, after)
    while first_moment(day, times) < not_before:
        day = next_slot(days, day)
    return day


def working_days(start: date, end: date) -> int:
    """Working days (Monday to Friday) in [start, end): the day it began counts, today does not yet."""
    if end <= start:
        return 0
    weeks, rest = divmod((end - start).days, 7)
    return weeks * 5 + sum((start.weekday() + n) % 7 < 5 for n in range(rest))


def zone_of(name: str) -> ZoneInfo:
    """The IANA zone of that name.

    Raises:
        zoneinfo.ZoneInfoNotFoundError: there is none.
    """
    return ZoneInfo(name)


def known_zone(name: str, otherwise: str) -> str:
    """The name, if it is an IANA zone that this machine knows; `otherwise` if it isn't."""
    try:
        return zone_of(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return otherwise
