"""When somebody works: workdays, leave, public holidays, and nothing outside their hours (domain §10)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from models.domain.cadence import WEEKDAYS, local_date, local_moment

WORK_BEGINS = time(9)
WORK_ENDS = time(18)
"""Local time; outside of it nobody is written to who wasn't to be asked just then."""
REMIND_AFTER = timedelta(hours=3)
REMIND_BEFORE_END = timedelta(hours=1)
LATEST_REMINDER = timedelta(minutes=15)
"""A reminder that could not be sent within this time is dropped: it is never late (design §3)."""
HORIZON = 62
"""Days that are looked through for a working one."""


@dataclass(frozen=True)
class Week:
    """A person's working days: weekdays (of WEEKDAYS), without leave and public holidays.

    Leave includes both of its days; without a first or a last one it is open on that side.
    """

    zone: ZoneInfo
    workdays: frozenset[str]
    away_from: date | None = None
    away_to: date | None = None
    holidays: Collection[date] = ()

    def is_away(self, day: date) -> bool:
        """Whether the person is on leave on this date of theirs."""
        if self.away_from is None and self.away_to is None:
            return False
        begun = self.away_from is None or self.away_from <= day
        return begun and (self.away_to is None or day <= self.away_to)

    def works_on(self, day: date) -> bool:
        """Whether the person works on this date of theirs."""
        weekday = WEEKDAYS[day.weekday()]
        return weekday in self.workdays and day not in self.holidays and not self.is_away(day)

    def first_working_moment(self, after: datetime) -> datetime | None:
        """The first moment from `after` on within the working hours of a working day, in UTC.

        None where there is none within HORIZON days: somebody on leave without an end.
        """
        today = local_date(after, self.zone)
        for day in (today + timedelta(days=n) for n in range(HORIZON)):
            begin = local_moment(day, WORK_BEGINS, self.zone)
            end = local_moment(day, WORK_ENDS, self.zone)
            if after < end and self.works_on(day):
                return max(after, begin)
        return None


def reminder_moment(asked_at: datetime, closes_at: datetime, week: Week) -> datetime | None:
    """When somebody who has not answered is reminded, once; None where there is no good moment.

    Three hours after the question, or at the first working moment after that, if an hour is left then
    (domain §3.1: inside the workday and the window).
    """
    moment = week.first_working_moment(asked_at + REMIND_AFTER)
    if moment is None or moment >= closes_at - REMIND_BEFORE_END:
        return None
    return moment
