"""Facts of a live model: its incidents, what is asked when its values fall, and its end."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from models.domain.decision import Cause
from models.domain.deprecation import EndReason
from models.domain.facts import Person
from models.domain.incident import Clock, OpenIncident
from models.domain.live import Live


@dataclass(frozen=True)
class LiveValue:
    """A live value as its users read it: of what, and what was needed."""

    phrase: str
    unit: str
    value: float
    needed: float | None


@dataclass(frozen=True)
class IncidentFacts:
    """One incident. `clock` is in UTC, `zone` the workspace's; `closed_on` is None while it is open.

    `over_time`: it is open for longer than was agreed.
    """

    incident_id: int
    project_id: int
    key: str
    project_name: str
    what: str
    since: date
    by: Person
    opened_on: date
    clock: Clock
    zone: ZoneInfo
    cause: Cause | None = None
    fix: str | None = None
    prevention: str | None = None
    told: str | None = None
    live: LiveValue | None = None
    closed_on: date | None = None
    over_time: bool = False


@dataclass(frozen=True)
class LateTold:
    """An incident that is open for longer than was agreed, as who sees to it reads of it."""

    about: IncidentFacts


@dataclass(frozen=True)
class IncidentLine:
    """An incident in its project's list."""

    incident_id: int
    what: str
    since: date
    opened_on: date
    closed_on: date | None
    cause: Cause | None
    clock: Clock


@dataclass(frozen=True)
class IncidentsPage:
    """A project's incidents, newest first, and how many older ones there are."""

    project_id: int
    key: str
    name: str
    lines: tuple[IncidentLine, ...]
    more: int = 0

    @property
    def is_open(self) -> bool:
        """Whether one of them is open."""
        return any(line.closed_on is None for line in self.lines)


@dataclass(frozen=True)
class Fell:
    """What is asked when live values have fallen, on the spot or in a message (domain §2.5).

    `mended`: they are as they should be again.
    """

    project_id: int
    project_name: str
    phrase: str
    unit: str
    live: Live
    since: date
    incident: OpenIncident | None = None
    mended: bool = False


@dataclass(frozen=True)
class EndFacts:
    """A notice that a model stops, and who has confirmed it. `withdrawn_on`: it stays after all."""

    notice_id: int
    project_id: int
    key: str
    project_name: str
    on: date
    by: Person
    stops_on: date
    why: EndReason
    reason: str
    instead: str
    confirmed: tuple[Person, ...] = ()
    waiting: tuple[Person, ...] = ()
    withdrawn_on: date | None = None
    retired: bool = False

    @property
    def is_ahead(self) -> bool:
        """Whether it still is to stop."""
        return self.withdrawn_on is None and not self.retired


@dataclass(frozen=True)
class EndTold:
    """A model stops, as one addressee reads it; `again` where they are asked once more."""

    about: EndFacts
    confirmed: bool
    again: bool


@dataclass(frozen=True)
class EndFormFacts:
    """What the form for a notice knows beforehand: whom to tell, the first possible day."""

    project_id: int
    key: str
    name: str
    earliest: date
    told: tuple[str, ...] = ()


@dataclass(frozen=True)
class EndPage:
    """How far the end of a model is: its notice if one stands, and what is lacking before it is retired."""

    project_id: int
    key: str
    name: str
    end: EndFacts | None
    lacking: tuple[str, ...]
    may_announce: bool
    retired: bool = False
