"""Facts of experiments as they are looked at: the lists, and one in full with what can be done about it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from models.domain.experiment import Category, Outcome, Status
from models.domain.facts import Blocker, Criterion, Person, ProjectChoice
from models.domain.guardrail import Broken
from models.domain.moves import Move


@dataclass(frozen=True)
class ExperimentRow:
    """One line of `/lab list`; `on` is the day of its conclusion."""

    key: str
    title: str
    who: str
    status: Status
    outcome: Outcome | None
    day: int | None
    timebox: int
    on: date | None


@dataclass(frozen=True)
class ProjectPage:
    """A project with its experiments, open ones first, then the newest; `more` are left out."""

    project: ProjectChoice
    rows: tuple[ExperimentRow, ...]
    more: int


@dataclass(frozen=True)
class ProjectList:
    """Some of the projects, from `offset` on; `more` come after them."""

    pages: tuple[ProjectPage, ...]
    more: int
    offset: int = 0


@dataclass(frozen=True)
class Wanted:
    """What a list is to show: somebody's own, those in some states, those of one project."""

    mine: bool = False
    status: Status | None = None
    project: str | None = None
    offset: int = 0

    @property
    def words(self) -> str:
        """As it is typed behind `/lab list`."""
        parts = ("mine" if self.mine else "", self.status or "", self.project or "")
        return " ".join(part for part in parts if part)


@dataclass(frozen=True)
class ExperimentList:
    """Experiments of all projects that are `wanted`, from its offset on, of `total`."""

    wanted: Wanted
    rows: tuple[ExperimentRow, ...]
    total: int


@dataclass(frozen=True)
class NumberLine:
    """A measurement as it is shown."""

    on: date
    value: float
    low: float | None
    high: float | None
    metric_name: str
    unit: str
    excluded: str | None


@dataclass(frozen=True)
class Relative:
    """An experiment that comes before or after another one in a chain of follow-ups."""

    experiment_id: int
    key: str
    title: str
    status: Status
    outcome: Outcome | None
    before: bool


@dataclass(frozen=True)
class Happened:
    """One line of an experiment's history: an event of the chronicle; `who` is None where nobody did it."""

    on: date
    kind: str
    data: dict[str, Any]
    who: str | None


@dataclass(frozen=True)
class InTheWay:
    """An open blocker of an experiment; `days` are working days."""

    blocker: Blocker
    raised_by: str
    days: int


@dataclass(frozen=True)
class Link:
    """An address, and what is found there."""

    address: str
    what: str


@dataclass(frozen=True)
class ExperimentPage:
    """Everything about one experiment.

    `suggested` is what its criterion says of the best number so far. `moves` are what this reader may do with
    it now. `replays` is the expected change in the data that it tries out. `criterion_edited`: it was changed
    after it was first measured. The newest of `history` is first.
    """

    experiment_id: int
    project_id: int
    key: str
    title: str
    project_name: str
    who: Person
    category: Category
    change: str
    expected: str
    because: str
    status: Status
    outcome: Outcome | None
    day: int | None
    timebox: int
    criterion: Criterion | None
    numbers: tuple[NumberLine, ...]
    learning: str | None
    planned: str | None
    started: date | None
    concluded: date | None
    adopted: bool | None = None
    paused_until: date | None = None
    criterion_edited: bool = False
    suggested: Outcome | None = None
    links: tuple[Link, ...] = ()
    in_the_way: tuple[InTheWay, ...] = ()
    relatives: tuple[Relative, ...] = ()
    history: tuple[Happened, ...] = ()
    history_more: int = 0
    moves: tuple[Move, ...] = ()
    breaks: tuple[Broken, ...] = ()
    replays: str | None = None
