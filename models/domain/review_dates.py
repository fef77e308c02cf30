"""When reviews are due (domain §4.1), as dates of the workspace.

Working days are Monday to Friday, less public holidays.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from models.domain.project import Stage
from models.domain.working_days import ONE_DAY, Span, elapsed

PEER_AFTER = 10
"""Working days after the first prototype measurement (S3-23)."""
PEER_LATE_AFTER = 20
PEER_LATE_EXPERIMENTS = 6
STAKEHOLDER_EVERY = timedelta(weeks=4)
OPEN_FOR = 5
"""Working days in which a review is answered."""
BRIEF_BEFORE = 2
"""Working days."""
DEPRECATION_NOTICE = timedelta(days=30)
LONG_IN_WORK = timedelta(days=90)
"""Since its prototype; a model that is in work for longer and not in use is a hard decision (S3-25)."""
SINCE_PROTOTYPE = (Stage.PROTOTYPE, Stage.DEVELOPMENT, Stage.READINESS, Stage.DEPLOYMENT)
WEDNESDAY = 2


def working_day_after(start: date, days: int, off: Iterable[Span] = ()) -> date:
    """The first day by which `days` working days have passed since `start`."""
    spans = tuple(off)
    day = start
    while elapsed(start, day, spans) < days or elapsed(day, day + ONE_DAY, spans) == 0:
        day += ONE_DAY
    return day


def working_day_before(end: date, days: int, off: Iterable[Span] = ()) -> date:
    """The last working day from which on `days` working days pass until `end`."""
    spans = tuple(off)
    day = end
    while elapsed(day, end, spans) < days:
        day -= ONE_DAY
    return day


def last_wednesday(month: date) -> date:
    """Of the month that `month` lies in: the project review's day (S3-25)."""
    last = month.replace(day=monthrange(month.year, month.month)[1])
    return last - timedelta(days=(last.weekday() - WEDNESDAY) % 7)


def next_project_review(after: date) -> date:
    """The first last-Wednesday-of-a-month later than `after`."""
    day = last_wednesday(after)
    if day > after:
        return day
    return last_wednesday((after.replace(day=1) + timedelta(days=32)).replace(day=1))


def long_in_work(prototype: date, stage: Stage, day: date) -> int | None:
    """Days since its prototype began, where they are many and the model is not in use yet."""
    if stage not in SINCE_PROTOTYPE or day - prototype <= LONG_IN_WORK:
        return None
    return (day - prototype).days


@dataclass(frozen=True)
class Prototype:
    """How far a project's prototype is: its first measurement, and experiments concluded since then."""

    measured_on: date
    concluded: int


def peer_due(prototype: Prototype, off: Iterable[Span] = ()) -> date:
    """When the peer review is due: 10 working days after the first prototype measurement."""
    return working_day_after(prototype.measured_on, PEER_AFTER, off)


def peer_is_late(prototype: Prototype, today: date, off: Iterable[Span] = ()) -> bool:
    """Whether feedback gets dear: six concluded experiments, or 20 working days, without a peer review."""
    return (
        prototype.concluded >= PEER_LATE_EXPERIMENTS
        or elapsed(prototype.measured_on, today, off) >= PEER_LATE_AFTER
    )


def stakeholder_due(last_held: date | None, started: date, events: Iterable[date] = ()) -> date:
    """Every four weeks; at once on an acceptance met, a scope change or a stage move since the last one."""
    since = last_held or started
    regular = since + STAKEHOLDER_EVERY
    return min([regular, *(event for event in events if event > since)])


def opens_on(due: date, off: Iterable[Span] = ()) -> date:
    """Its checklist is asked from five working days before it is to be decided."""
    return working_day_before(due, OPEN_FOR, off)


def half_time(opened: date, due: date) -> date:
    """When those who owe open items are told: half-way, the day after the opening at the earliest."""
    return max(opened + ONE_DAY, opened + (due - opened) // 2)
