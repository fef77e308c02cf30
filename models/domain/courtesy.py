"""When a person may be told something outside the standup (domain §10): in working hours, once a day."""

from datetime import date, datetime, timedelta

from models.domain.absence import HORIZON, WORK_BEGINS, WORK_ENDS, Week
from models.domain.cadence import local_date, local_moment

NUDGES = (
    "asked_about",
    "review_items",
    "scope_still_open",
    "end_still_open",
    "condition_is_due",
    "likely_wanted",
)
"""Kinds of notices that only remind or ask: not sent to who has muted nudges (domain §10)."""


def may_tell(now: datetime, week: Week, last_told: date | None) -> datetime:
    """The first moment from `now` on at which the person may be told something.

    It lies in their working hours, on a day that they work, and later than the day of `last_told`: at most
    one message a person and working day. Whoever works on no day in sight is looked at again after that.
    """
    after = now
    if last_told is not None and last_told >= local_date(now, week.zone):
        after = local_moment(last_told + timedelta(days=1), WORK_BEGINS, week.zone)
    return week.first_working_moment(after) or after + timedelta(days=HORIZON)


def day_is_over(now: datetime, on: date, week: Week) -> bool:
    """Whether the working hours of a date of the person's are over."""
    return now >= local_moment(on, WORK_ENDS, week.zone)
