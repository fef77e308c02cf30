"""The kinds of findings, in the order in which a reason is shown first, each with its figures.

Figures only: the sentences are made where the message is. All survive JSON, so that a digest can be kept.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from models.domain.facts import Person
from models.domain.incident import OpenIncident
from models.domain.live import Live
from models.domain.metric import Goal, reaches


class Kind(StrEnum):
    """What could use a hand; the order is that of domain §2.5."""

    DECISION_DUE = "decision_due"
    PRODUCTION_BELOW_ACCEPTANCE = "production_below_acceptance"
    BLOCKED = "blocked"
    WAITING_REVIEW = "waiting_review"
    UNMEASURED = "unmeasured"
    OVERDUE = "overdue"
    SILENT = "silent"
    PLATEAU_ABOVE_ACCEPTANCE = "plateau_above_acceptance"
    PLATEAU_BELOW_ACCEPTANCE = "plateau_below_acceptance"
    IDLE = "idle"
    SCOPE_CHANGE_UNACKNOWLEDGED = "scope_change_unacknowledged"
    NOTICE_UNACKNOWLEDGED = "notice_unacknowledged"


ORDER = {kind: place for place, kind in enumerate(Kind)}


@dataclass(frozen=True)
class Thresholds:
    """From when on something is a finding; each is a setting of the project. wd are working days."""

    decision_days: int = 0
    """wd after a stop date or touchpoint."""
    production_values: int = 1
    """Bad values in a row."""
    blocked_days: int = 3
    """wd that a blocker is open."""
    review_days: int = 5
    """wd after a review was due."""
    review_decision_days: int = 2
    """wd after a review was held."""
    unmeasured_days: int = 5
    """wd without a number, or half the timebox if that is more."""
    silent_standups: int = 2
    """Standups missed."""
    patience: int = 5
    """Experiments without a counted improvement, and …"""
    plateau_days: int = 14
    """… days of the calendar without one."""
    idle_days: int = 5
    """wd with nothing running."""
    unacknowledged_days: int = 3
    """wd without an acknowledgement."""


@dataclass(frozen=True)
class StopMark:
    """The value that had to be reached by a date, or the project ends; `best` is the metric's best so far."""

    by: date
    threshold: float
    goal: Goal
    best: float

    @property
    def met(self) -> bool:
        """Whether the best so far reaches it."""
        return reaches(self.goal, self.best, self.threshold)


@dataclass(frozen=True)
class DecisionDue:
    """A stop date (`stop`, missed) or a touchpoint (None) passed without a decision; `days` in wd."""

    since: date
    days: int
    stop: StopMark | None
    kind: Literal[Kind.DECISION_DUE] = Kind.DECISION_DUE


@dataclass(frozen=True)
class ProductionBelow:
    """The live value is worse than accepted, or much worse than at go-live; `incident` is open about it."""

    live: Live
    since: date
    incident: OpenIncident | None = None
    kind: Literal[Kind.PRODUCTION_BELOW_ACCEPTANCE] = Kind.PRODUCTION_BELOW_ACCEPTANCE


@dataclass(frozen=True)
class Blocked:
    """Something has been in the way for `days` wd; `owner` can clear it."""

    days: int
    blocker_id: int
    text: str
    owner: Person | None
    kind: Literal[Kind.BLOCKED] = Kind.BLOCKED


@dataclass(frozen=True)
class WaitingReview:
    """A review was due on `since` and is not held, or was held then and not decided; `days` in wd."""

    days: int
    review_id: int
    review: str
    since: date
    held: bool
    kind: Literal[Kind.WAITING_REVIEW] = Kind.WAITING_REVIEW


@dataclass(frozen=True)
class OverdueCondition:
    """A condition of a go was due on `since` and is not met (domain §4.8); `days` in wd."""

    days: int
    condition_id: int
    text: str
    owner: Person | None
    since: date
    kind: Literal[Kind.WAITING_REVIEW] = Kind.WAITING_REVIEW


@dataclass(frozen=True)
class Unmeasured:
    """Running for `days` wd, no valid number yet."""

    days: int
    kind: Literal[Kind.UNMEASURED] = Kind.UNMEASURED


@dataclass(frozen=True)
class Overdue:
    """Running for `days` wd, `over_by` more than its timebox; it can be extended once (domain §2.3)."""

    days: int
    over_by: int
    timebox: int
    extended: bool = False
    kind: Literal[Kind.OVERDUE] = Kind.OVERDUE


@dataclass(frozen=True)
class Silent:
    """No entry, number or change since `last_word`, and `missed` standups."""

    missed: int
    last_word: date
    kind: Literal[Kind.SILENT] = Kind.SILENT


@dataclass(frozen=True)
class PlateauAbove:
    """Good enough since `accepted_on`; the last tries added `added`, less than one counted improvement."""

    experiments: int
    days: int
    accepted_on: date
    best: float
    added: float
    kind: Literal[Kind.PLATEAU_ABOVE_ACCEPTANCE] = Kind.PLATEAU_ABOVE_ACCEPTANCE


@dataclass(frozen=True)
class PlateauBelow:
    """No counted improvement for so many tries and days. A question, not a failure."""

    experiments: int
    days: int
    baseline: float
    best: float
    acceptance: float | None
    kind: Literal[Kind.PLATEAU_BELOW_ACCEPTANCE] = Kind.PLATEAU_BELOW_ACCEPTANCE


@dataclass(frozen=True)
class Idle:
    """Nothing has been running for `days` wd."""

    days: int
    kind: Literal[Kind.IDLE] = Kind.IDLE


@dataclass(frozen=True)
class Unacknowledged:
    """These people have not acknowledged; `days` in wd is the longest that one of them has had."""

    days: int
    notice_id: int
    raised_on: date
    waiting_for: tuple[Person, ...]
    kind: Literal[Kind.SCOPE_CHANGE_UNACKNOWLEDGED, Kind.NOTICE_UNACKNOWLEDGED]


Reason = (
    DecisionDue
    | ProductionBelow
    | Blocked
    | WaitingReview
    | OverdueCondition
    | Unmeasured
    | Overdue
    | Silent
    | PlateauAbove
    | PlateauBelow
    | Idle
    | Unacknowledged
)
