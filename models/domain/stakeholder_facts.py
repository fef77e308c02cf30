"""Facts of what stakeholders are told in their channel, once a change."""

from dataclasses import dataclass
from datetime import date

from models.domain.metric import Goal
from models.domain.project import Stage


@dataclass(frozen=True)
class StageNow:
    """A project is in another stage, for a reason where one was given."""

    stage: Stage
    reason: str | None


@dataclass(frozen=True)
class ScopeNow:
    """A project is to do something else from now on."""

    before: str
    after: str
    because: str


@dataclass(frozen=True)
class NeededNow:
    """Another value is needed from now on, or from a day on from which results are measured anew."""

    phrase: str
    unit: str
    goal: Goal
    before: float
    after: float
    reason: str
    anew_on: date | None = None


@dataclass(frozen=True)
class ToldStakeholders:
    """A change of a project."""

    name: str
    change: StageNow | ScopeNow | NeededNow
