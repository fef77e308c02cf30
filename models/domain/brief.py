"""The decision brief (domain §5.4): what it holds, when it is posted, what the next weeks would tell."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import NamedTuple
from zoneinfo import ZoneInfo

from models.domain.advice import NEXT_LOOK, Advice
from models.domain.cadence import local_date, local_moment
from models.domain.facts import Numbers
from models.domain.findings.state import Blocker, Condition
from models.domain.review import ReviewKind
from models.domain.review_dates import BRIEF_BEFORE, working_day_before
from models.domain.value import Money
from models.domain.working_days import elapsed

MORNING = time(9)
"""On the workspace's wall."""
DAYS_A_WEEK = 5
IDEAS = 3
"""Untried ideas that a brief names, the cheapest first."""


@dataclass(frozen=True)
class Idea:
    """A hypothesis that nobody has tried yet; `days` of work, its timebox."""

    key: str
    title: str
    days: int


@dataclass(frozen=True)
class Uplift:
    """What the model is worth a month over today, in one currency: at acceptance, and at the best so far."""

    currency: str
    needed: Money
    best: Money | None


@dataclass(frozen=True)
class NotHeld:
    """A review that was due on a day that is over."""

    kind: ReviewKind
    due: date


@dataclass(frozen=True)
class InTheWay:
    """What holds a project up, the oldest first: open blockers, reviews and conditions that are overdue."""

    blockers: tuple[Blocker, ...] = ()
    reviews: tuple[NotHeld, ...] = ()
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class BriefFacts:
    """One screen to decide on. `on` is the day of the decision, None where somebody just looks.

    `promised` are the stop mark and its date, and the estimate's two ends; `effort` is in person-weeks a
    week; `series` the best so far. Without a `worth`, it is not yet estimated.
    """

    project_id: int
    key: str
    name: str
    on: date | None
    today: date
    numbers: Numbers | None
    series: tuple[float, ...]
    stop: tuple[float, date] | None
    estimate: tuple[date, date] | None
    ruled_out: tuple[str, ...]
    ruled_out_more: int
    ideas: tuple[Idea, ...]
    ideas_more: int
    effort: float | None
    worth: Uplift | None
    gaps: tuple[str, ...]
    advice: Advice
    gaps_more: int = 0
    in_the_way: InTheWay = InTheWay()

    @property
    def horizon(self) -> date:
        """Until when the next person-weeks are counted: the next look, or four weeks."""
        return self.advice.until or max(self.on or self.today, self.today) + NEXT_LOOK

    @property
    def person_weeks(self) -> float:
        """How much work there is until then; where nobody has said, as much as the ideas take."""
        if self.effort is None:
            return sum(one.days for one in self.ideas) / DAYS_A_WEEK
        return round(self.effort * elapsed(self.today, self.horizon) / DAYS_A_WEEK, 1)

    @property
    def would_tell(self) -> tuple[Idea, ...]:
        """The ideas that these person-weeks would give an answer to, the cheapest first."""
        return affordable(self.ideas, self.person_weeks * DAYS_A_WEEK)


def affordable(ideas: Sequence[Idea], days: float) -> tuple[Idea, ...]:
    """As many of the ideas, in their order, as so many days of work are enough for."""
    found: list[Idea] = []
    for one in ideas:
        days -= one.days
        if days < 0:
            break
        found.append(one)
    return tuple(found)


def brief_moment(on: date, zone: ZoneInfo) -> datetime:
    """When the brief for a decision `on` that day is posted: two working days before, at nine."""
    return local_moment(working_day_before(on, BRIEF_BEFORE), MORNING, zone)


class Coming(NamedTuple):
    """A brief: the day of the decision, and when it is posted."""

    on: date
    at: datetime


def next_brief(
    days: Iterable[date], briefed_for: date | None, *, now: datetime, zone: ZoneInfo
) -> Coming | None:
    """The next brief of these days of decision, due where its moment has come; None where there is none.

    Days that are close together have one brief, and one that is late is still posted on the day itself.
    """
    today = local_date(now, zone)
    for day in sorted(days):
        covered = briefed_for is not None and elapsed(briefed_for, day) <= BRIEF_BEFORE
        if day >= today and not covered:
            return Coming(day, brief_moment(day, zone))
    return None
