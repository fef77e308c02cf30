"""Facts of the leadership digest: what is decided, at risk, worth what, a project (domain §5.1).

They are kept as they were posted: every field is one that JSON can hold, and fields are only ever added.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import AliasChoices, Field

from models.domain.metric import Goal
from models.domain.project import ProjectStatus, Stage


class Place(StrEnum):
    """Where a project stands for its leaders; the order is that of the digest's blocks."""

    NEEDS_DECISION = "needs_decision"
    NEEDS_ATTENTION = "needs_attention"
    READY = "ready"
    IN_SEARCH = "in_search"
    LIVE = "live"
    IDLE = "idle"


Range = tuple[float, float]
"""From–to, the smaller end first."""
ORDER = {place: n for n, place in enumerate(Place)}


@dataclass(frozen=True)
class What:
    """The result beside today's way and what is needed: never one of them alone.

    `value` is None while nothing beats today's way. `last` is what was said last time, where it was another.
    A `live` model's value is the product's; `bad_since`: it has been worse than needed from that day on.
    `proposed`: what is needed is not agreed yet.
    """

    phrase: str
    unit: str
    goal: Goal
    today: float
    needed: float
    value: float | None
    reached: bool
    proposed: bool = False
    live: bool = False
    bad_since: date | None = None
    last: float | None = None


@dataclass(frozen=True)
class Worth:
    """Money a month over today's way: `now` with the result so far, `needed` if that were reached.

    `now` is None while nothing beats today's way; `needed` is None once it is reached. `costs` is what
    running it takes a month, where that is known.
    """

    currency: str
    now: Range | None
    needed: Range | None = None
    costs: Range | None = None


@dataclass(frozen=True)
class Asked:
    """A decision that is due since a day, for the missed stop mark if it is one; `effort` in person-weeks."""

    since: date
    stop: float | None
    effort: float | None


@dataclass(frozen=True)
class Open:
    """A condition of an approval that is still open: what, until when, and whom to talk to."""

    what: str
    due: date
    owner: str


@dataclass(frozen=True)
class Waiting:
    """What has been in the way for so many working days."""

    what: str
    days: int


@dataclass(frozen=True)
class Coming:
    """The next review that is planned."""

    what: str
    due: date


@dataclass(frozen=True)
class Since:
    """What a project is about from a day on: its scope was changed then."""

    what: str
    on: date


@dataclass(frozen=True)
class Still:
    """A flat stretch: no gain that counts since a day, in so many tries; `enough`: good enough since then."""

    since: date
    tries: int
    enough: bool = False


@dataclass(frozen=True)
class ProjectFacts:
    """One project's block.

    `overrun`: the latest date is over, and no other is said. Without `worth` its PM is asked for it
    until `asked_by`, None where there is no PM. `likely` is 1 to 10, `likely_before` what it was four
    weeks before, where it moved by three or more. `spot` is where its channel last heard of it, `link` the
    whole address; `held`: its PM holds it back. `suspected` is what was said about a live model that
    does worse, `still` a flat stretch that it is in. `story` is a sentence that the PM wrote. `unchanged`
    since the last digest: one line is enough.
    """

    project_id: int
    key: str
    name: str
    channel_id: str | None
    place: Place
    stage: Stage
    status: ProjectStatus
    what: What | None = None
    earliest: date | None = None
    latest: date | None = None
    overrun: bool = False
    coming: Coming | None = None
    worth: Worth | None = None
    asked_by: date | None = None
    likely: int | None = None
    likely_before: int | None = None
    decision: Asked | None = None
    approved: bool = False
    conditions: tuple[Open, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    suspected: str | None = None
    scope: Since | None = None
    touchpoint: date | None = None
    effort: float | None = None
    running: int = 0
    story: str | None = None
    unchanged: bool = False
    spot: str | None = None
    link: str | None = None
    held: bool = False
    still: Still | None = None


@dataclass(frozen=True)
class Learned:
    """What was learned in four weeks, all projects together; `days` is None for fewer than three.

    In what was posted long ago `cant_tell` is still called unclear.
    """

    held: int
    ruled_out: int
    cant_tell: Annotated[int, Field(validation_alias=AliasChoices("cant_tell", "unclear"))]
    dropped: int
    days: float | None

    @property
    def answered(self) -> int:
        """Questions that were worked on to an end; what was dropped is not answered."""
        return self.held + self.ruled_out + self.cant_tell


@dataclass(frozen=True)
class Bet:
    """A project's part of all effort, in whole percent; without a name where its PM holds it back."""

    name: str
    share: int


@dataclass(frozen=True)
class LeadershipFacts:
    """The digest as of a day, the most important first.

    Without `learned` or `bets` that part is left out by whoever scheduled it.
    """

    as_of: date
    projects: tuple[ProjectFacts, ...]
    learned: Learned | None
    bets: tuple[Bet, ...] | None
    late: bool = False
    before: date | None = None

    @property
    def decisions(self) -> tuple[ProjectFacts, ...]:
        """The projects that a decision is wanted for."""
        return tuple(one for one in self.projects if one.decision is not None)


def spot(channel: str, ts: str) -> str:
    """A message as Slack's permalinks name it."""
    return f"{channel}/p{ts.replace('.', '')}"


def archived(address: str, spot: str) -> str:
    """The link to a message, in the workspace that is found at this address."""
    return f"{address.rstrip('/')}/archives/{spot}"


def linked(facts: LeadershipFacts, address: str) -> LeadershipFacts:
    """The same with links to where each project is talked about; none where the address is not known."""
    if not address:
        return facts
    projects = tuple(
        replace(one, link=one.spot and archived(address, one.spot)) for one in facts.projects
    )
    return replace(facts, projects=projects)
