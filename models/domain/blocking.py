"""What an answer does to the blockers of its experiment (domain §3.4); when one is escalated (S3-7)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from models.domain.cadence import local_date, local_moment
from models.domain.repeats import same
from models.domain.standup import BlockerKind
from models.domain.working_days import MONDAY_TO_FRIDAY, ONE_DAY

ESCALATED_AFTER = 5
"""Working days after which the named leader is asked for help, once (S3-7)."""
NEVER_BEFORE = timedelta(days=ESCALATED_AFTER - 2)
"""No blocker is escalated that is younger: so many days of 23 hours and more lie between the two dates."""


@dataclass(frozen=True)
class Known:
    """A blocker of the experiment, open until `resolved_at`; a `risk` is not in the way yet (S3-3)."""

    blocker_id: int
    kind: BlockerKind
    text: str
    raised_by_id: int
    opened_at: datetime
    resolved_at: datetime | None
    risk: bool = False


@dataclass(frozen=True)
class Heard:
    """What an answer says is in the way: `kind` None is “nothing”. `says` is false where it says neither."""

    by_id: int
    at: datetime
    kind: BlockerKind | None
    text: str
    says: bool


class Effect(NamedTuple):
    """The blocker that goes on, those that end, and whether a new one opens."""

    goes_on: int | None = None
    ends: tuple[int, ...] = ()
    opens: bool = False


def effect(heard: Heard, known: Iterable[Known]) -> Effect:
    """What follows from an answer; the same answer looked at again changes nothing more.

    The same kind and text again is the same blocker, which ages; another one, or nothing, ends what this
    person raised before. What was cleared or opened after the answer was given stays as it is, and so do
    risks: an answer is about what is in the way.
    """
    if not heard.says:
        return Effect()
    before = [one for one in known if one.opened_at <= heard.at and not one.risk]
    again = [one for one in before if one.kind is heard.kind and same(one.text, heard.text)]
    goes_on = next((one.blocker_id for one in again if one.resolved_at is None), None)
    cleared_since = any(one.resolved_at and one.resolved_at > heard.at for one in again)
    ends = tuple(
        one.blocker_id
        for one in before
        if one.resolved_at is None and one.raised_by_id == heard.by_id and one.blocker_id != goes_on
    )
    opens = heard.kind is not None and goes_on is None and not cleared_since
    return Effect(goes_on, ends, opens)


def escalation_moment(opened_at: datetime, zone: ZoneInfo, holidays: Collection[date]) -> datetime:
    """From when on a blocker is one for the named leader: five working days are over (S3-7).

    Working days are Monday to Friday in `zone` without its public holidays; the day it was opened on is the
    first. The moment is the beginning of a date on the wall, never so many hours later: over a change of the
    clocks a day has 23 or 25.
    """
    day, worked = local_date(opened_at, zone), 0
    while worked < ESCALATED_AFTER:
        worked += day.weekday() in MONDAY_TO_FRIDAY and day not in holidays
        day += ONE_DAY
    return local_moment(day, time(0), zone)
