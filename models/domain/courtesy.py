"""When a person may be told something outside the standup (domain §10): in working hours, once a day."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from models.domain.cadence import WEEKDAYS, local_date, local_moment

DAY_BEGINS = time(9, 0)
DAY_ENDS = time(18, 0)
"""On the person's own clock."""
LOOK_AHEAD = 366
"""Days. Who doesn't work on any of them is looked at again after that."""

Works = Callable[[date], bool]
"""Whether the person works on a date of their own."""


def works_on(workdays: str, away_from: date | None, away_to: date | None) -> Works:
    """The rule of one person: `workdays` are WEEKDAYS joined by commas; away days include both ends."""
    days = {WEEKDAYS.index(day) for day in workdays.split(",") if day}

    def works(day: date) -> bool:
        away = away_from is not None and away_to is not None and away_from <= day <= away_to
        return day.weekday() in days and not away

    return works


def may_tell(now: datetime, zone: ZoneInfo, works: Works, last_told: date | None) -> datetime:
    """The first moment from `now` on at which the person may be told something.

    It lies in their working hours (DAY_BEGINS to DAY_ENDS, local time), on a day that they work, and later
    than the day of `last_told`: at most one message a person and working day.
    """
    today = local_date(now, zone)
    for ahead in range(LOOK_AHEAD):
        day = today + timedelta(days=ahead)
        if not works(day) or (last_told is not None and day <= last_told):
            continue
        moment = max(now, local_moment(day, DAY_BEGINS, zone))
        if moment < local_moment(day, DAY_ENDS, zone):
            return moment
    return now + timedelta(days=LOOK_AHEAD)
