"""Facts of a decision, as it is announced and listed, and of the form that records one."""

from dataclasses import dataclass
from datetime import date

from models.domain.advice import Advice
from models.domain.decision import DecisionKind
from models.domain.facts import Numbers, Person
from models.domain.project import ProjectStatus, Stage
from models.domain.review import ReviewKind


@dataclass(frozen=True)
class ConditionFacts:
    """What a go still depends on; `met_on` with the `evidence` that was given."""

    condition_id: int
    text: str
    owner: Person
    due: date
    met_on: date | None = None
    evidence: str | None = None


@dataclass(frozen=True)
class Replacement:
    """The decision that has taken the place of another one; `link` leads to where it was announced."""

    kind: DecisionKind
    on: date
    link: str | None = None


@dataclass(frozen=True)
class DecisionFacts:
    """What was decided about a project. `next_on`: when it is looked at again; `link`: where it was said.

    `of` is the review that it was decided in. It `differs` from the checklist, or from what is recommended
    by rule (`recommended`); `lacking` are must-haves that were not met; it `replaces` an earlier decision, or
    is `replaced_by` a later one. `waits_for` is the other review whose go a launch needs as well.
    """

    project_name: str
    kind: DecisionKind
    reason: str
    by: Person
    on: date
    next_on: date | None
    link: str | None
    decision_id: int = 0
    of: ReviewKind | None = None
    differs: bool = False
    recommended: DecisionKind | None = None
    lacking: tuple[str, ...] = ()
    evidence: str | None = None
    dissent: str | None = None
    replaces: tuple[DecisionKind, date] | None = None
    replaced_by: Replacement | None = None
    waits_for: ReviewKind | None = None
    conditions: tuple[ConditionFacts, ...] = ()


@dataclass(frozen=True)
class ToDecide:
    """A project that something can be decided about."""

    project_id: int
    key: str
    name: str
    stage: Stage
    status: ProjectStatus


@dataclass(frozen=True)
class DecisionForm:
    """What a form for a decision shows: the projects, the chosen one with what is recommended.

    `leads_to` is the stage that a go leads to; `standing` are decisions that a new one may replace.
    """

    projects: tuple[ToDecide, ...]
    chosen: ToDecide
    numbers: Numbers | None
    advice: Advice
    leads_to: Stage | None
    standing: tuple[DecisionFacts, ...] = ()


@dataclass(frozen=True)
class DecisionsPage:
    """A project's decisions, the newest first; `more` are left out."""

    project_id: int
    key: str
    name: str
    decisions: tuple[DecisionFacts, ...]
    more: int = 0
