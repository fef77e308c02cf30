"""Facts of a project that the glossary's words are explained with."""

from dataclasses import dataclass
from datetime import date

from models.domain.confusion import Counts
from models.domain.facts import Numbers
from models.domain.metric import Goal


@dataclass(frozen=True)
class LimitFacts:
    """A guardrail and its limit."""

    name: str
    unit: str
    goal: Goal
    limit: float


@dataclass(frozen=True)
class ExplainedFacts:
    """A project's own numbers; what it doesn't have is None."""

    key: str
    name: str
    numbers: Numbers | None
    source: str
    effective: date | None
    ceiling: float | None
    min_delta: float | None
    guardrails: tuple[LimitFacts, ...]
    counts: Counts | None
    patience: int
    plateau_days: int
    flat_days: int | None
    stop: tuple[float, date] | None
    touchpoint: date | None
