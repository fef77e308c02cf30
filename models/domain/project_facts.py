"""Facts of a project's page and of the forms behind it."""

from dataclasses import dataclass, field
from datetime import date

from models.domain.charter import Share
from models.domain.decision_facts import DecisionFacts
from models.domain.facts import Numbers, Person
from models.domain.findings.kinds import Thresholds
from models.domain.gaps import Gap
from models.domain.permissions import Action
from models.domain.project import (
    GovernanceKind,
    GovernanceState,
    ProjectStatus,
    Role,
    Stage,
)


@dataclass(frozen=True)
class Held:
    """A role, and who holds it; nobody where `people` is empty."""

    role: Role
    people: tuple[Person, ...] = ()


@dataclass(frozen=True)
class GovernanceFacts:
    """One governance track."""

    kind: GovernanceKind
    state: GovernanceState = GovernanceState.NOT_STARTED
    owner: Person | None = None
    link: str | None = None


@dataclass(frozen=True)
class Plan:
    """When, how much, and when to stop (S0-25). The estimate has both ends or none, the stop mark too.

    `effort` is in person-weeks a week; `stop` is a value of the primary metric, as it is stored; `repair` is
    within how many hours an incident of the live model is to be over (S3-19).
    """

    earliest: date | None = None
    latest: date | None = None
    stop: float | None = None
    stop_by: date | None = None
    touchpoint: date | None = None
    effort: float | None = None
    repair: int | None = None


@dataclass(frozen=True)
class ProjectFacts:
    """Where a project stands. `may_change`: the reader may change it; `reads_only`: they are a guest.

    `may` is what the reader may do in it.

    `agreed` is None without a benchmark. `missing` is what the next move lacks; `waiting_for` are the
    stakeholders who have not acknowledged the expectations note, None while it was not sent.
    """

    project_id: int
    key: str
    name: str
    business_goal: str
    channel_id: str | None
    stage: Stage
    status: ProjectStatus
    numbers: Numbers | None
    agreed: bool | None
    plan: Plan
    roles: tuple[Held, ...]
    blockers: int
    risks: int
    charter: Share
    production: Share
    governance: tuple[GovernanceFacts, ...]
    missing: tuple[str, ...]
    gaps: tuple[Gap, ...]
    waiting_for: tuple[Person, ...] | None
    may_change: bool
    answered: frozenset[str] = frozenset()
    thresholds: Thresholds = field(default_factory=Thresholds)
    decided: DecisionFacts | None = None
    stakeholders_channel_id: str | None = None
    reads_only: bool = False
    may: frozenset[Action] = frozenset(Action)

    def holders(self, role: Role) -> tuple[Person, ...]:
        """Who holds the role."""
        return next((one.people for one in self.roles if one.role is role), ())


@dataclass(frozen=True)
class ProjectRow:
    """A project among others."""

    project_id: int
    key: str
    name: str
    stage: Stage
    status: ProjectStatus


@dataclass(frozen=True)
class ProjectRows:
    """Projects to choose from; `more` are left out."""

    rows: tuple[ProjectRow, ...]
    more: int


@dataclass(frozen=True)
class GapsFacts:
    """What a project still lacks."""

    project_id: int
    key: str
    name: str
    stage: Stage
    gaps: tuple[Gap, ...]


@dataclass(frozen=True)
class Overview:
    """The gaps of several projects; `more` projects are left out."""

    projects: tuple[GapsFacts, ...]
    more: int


@dataclass(frozen=True)
class Moved:
    """A project has moved from stage to stage, and what was still missing then."""

    name: str
    before: Stage
    after: Stage
    missing: tuple[str, ...] = ()
    reason: str | None = None
    by: Person | None = None
    first: str | None = None
    """The key of the first hypothesis, where that has moved it."""
