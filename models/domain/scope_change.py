"""A scope change: why the scope of a project moves (S3-21), who is told, and when they are asked again."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from models.domain.absence import HORIZON, WORK_BEGINS, Week
from models.domain.benchmark import Moved
from models.domain.cadence import local_moment
from models.domain.project import Role
from models.domain.working_days import MONDAY_TO_FRIDAY, ONE_DAY

CHASED_AFTER = 3
"""Working days of the addressee's after which they are asked again (S0-36)."""
CHASED_AGAIN = timedelta(days=7)
"""At most once a week."""
MOST_CHASES = 12
"""Weeks after which only the digest still says so."""
SHOWN_FOR = timedelta(days=14)
"""How long summaries list what is safe to build now."""
MOST_SAFE = 20
"""Things that are safe to build which one scope change lists."""
ENGINEERS = (
    Role.ML_ENGINEER,
    Role.DATA_ENGINEER,
    Role.DEVOPS,
    Role.SOFTWARE_ENGINEER,
    Role.DESIGNER,
)
"""Those whose work bends when a model changes (S4-2)."""
TOLD = (*ENGINEERS, Role.PM, Role.STAKEHOLDER)
"""Those who are told of a scope change unless somebody chooses otherwise."""


class ScopeReason(StrEnum):
    """The four reasons."""

    REQUIREMENTS = "requirements"
    DATA = "data"
    LONGER_SEARCH = "longer_search"
    GOOD_ENOUGH = "good_enough"

    @property
    def label(self) -> str:
        """As people choose it."""
        return {
            ScopeReason.REQUIREMENTS: "Requirements changed",
            ScopeReason.DATA: "Data is missing or not good enough",
            ScopeReason.LONGER_SEARCH: "The search takes longer",
            ScopeReason.GOOD_ENOUGH: "It is good enough as it is",
        }[self]


def moved_by(reason: ScopeReason) -> Moved:
    """What has moved, so that a new benchmark version begins with the scope change."""
    return Moved.DATA if reason is ScopeReason.DATA else Moved.POPULATION


def chase_moment(asked_on: date, week: Week) -> datetime:
    """When somebody who has not confirmed is asked again: three of their working days are over.

    Working days are Monday to Friday without their leave and their public holidays; leave without an end in
    sight is looked at again after it.
    """
    day, worked = asked_on, 0
    for _ in range(HORIZON):
        if worked == CHASED_AFTER:
            break
        off = week.is_away(day) or day in week.holidays
        worked += day.weekday() in MONDAY_TO_FRIDAY and not off
        day += ONE_DAY
    return local_moment(day, WORK_BEGINS, week.zone)


def listed(text: str) -> tuple[str, ...]:
    """One thing a line, without the marks that people put before it; empty lines are none."""
    lines = (line.strip().lstrip("-•*–").strip() for line in text.splitlines())
    return tuple(line for line in lines if line)


def still_safe(on: date, today: date) -> bool:
    """Whether a summary of `today` still lists what a change of `on` left safe to build."""
    return on <= today <= on + SHOWN_FOR
