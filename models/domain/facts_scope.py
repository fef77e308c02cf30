"""Facts of a scope change, of a change that is kept, and of a project's chronicle."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from models.domain.facts import Person
from models.domain.metric import Goal
from models.domain.scope_change import ScopeReason


@dataclass(frozen=True)
class NewVersion:
    """A benchmark that begins with a scope change; results are never compared across it."""

    version: int
    effective: date
    metric_name: str
    unit: str
    baseline: float
    source: str
    acceptance: float


@dataclass(frozen=True)
class ScopeFacts:
    """A scope change, with who has confirmed it and who is still to."""

    scope_id: int
    project_id: int
    key: str
    project_name: str
    on: date
    by: Person
    before: str
    after: str
    reason: ScopeReason
    because: str
    for_design: str | None
    for_engineering: str | None
    safe_to_build: tuple[str, ...]
    version: NewVersion | None
    confirmed: tuple[Person, ...]
    waiting: tuple[Person, ...]


@dataclass(frozen=True)
class ScopeTold:
    """What one addressee reads of it; `again` when they were told before."""

    about: ScopeFacts
    confirmed: bool
    again: bool


@dataclass(frozen=True)
class ScopeFormFacts:
    """What the form for a scope change knows beforehand; `told` are Slack ids.

    `before` is what the last scope change ended with. Without a `unit` there is no metric.
    """

    project_id: int
    key: str
    name: str
    before: str | None
    told: tuple[str, ...]
    unit: str | None
    baseline: float | None
    acceptance: float | None


@dataclass(frozen=True)
class Effect:
    """What a change did to a metric: the best before it, and its own; both under its benchmark."""

    phrase: str
    unit: str
    goal: Goal
    before: float
    after: float
    baseline: float
    acceptance: float


@dataclass(frozen=True)
class Adopted:
    """A change that is kept from now on, as engineering reads it (S4-2)."""

    key: str
    title: str
    project_name: str
    who: Person
    change: str
    learning: str | None
    effect: Effect | None


@dataclass(frozen=True)
class HistoryLine:
    """One line of a chronicle: the kind of thing that happened, with its figures, and what it is about."""

    kind: str
    on: date
    by: Person | None
    data: Mapping[str, Any]
    subject: str | None = None
    unit: str = ""


@dataclass(frozen=True)
class HistoryPage:
    """A project's chronicle, newest first, from `offset` on."""

    project_id: int
    key: str
    name: str
    lines: tuple[HistoryLine, ...]
    offset: int
    more: bool
