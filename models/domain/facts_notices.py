"""Facts of what a person is told outside the standup (domain §10): one direct message, several parts."""

from dataclasses import dataclass
from datetime import date

from models.domain.decision_facts import ConditionFacts
from models.domain.facts import Blocker, Person
from models.domain.facts_live import EndTold, Fell, LateTold
from models.domain.facts_scope import Adopted, ScopeTold
from models.domain.facts_scores import LikelyAsked
from models.domain.facts_trouble import TroubleFacts
from models.domain.leadership_gaps import Lacks


@dataclass(frozen=True)
class BlockerFacts:
    """Something in the way of an experiment or a project, as its owner or who raised it reads about it.

    `mine` is false from when somebody else is to clear it. It is open `since` a date, for so many working
    `days`; `said` is the latest that was said about it. A `risk` is not in the way yet.
    """

    blocker_id: int
    key: str
    title: str
    project_name: str
    blocker: Blocker
    raised_by: Person
    acknowledged: bool
    resolved: bool
    mine: bool = True
    risk: bool = False
    since: date | None = None
    days: int = 0
    said: str | None = None


@dataclass(frozen=True)
class NumberFacts:
    """A number that surprises, as a second person or its experiment's owner reads about it.

    `excluded` says why it doesn't count, `confirmed_by` who looked and found it right. `open` while a
    second look is still wanted.
    """

    measurement_id: int
    key: str
    title: str
    project_name: str
    who: Person
    metric_name: str
    value: float
    unit: str
    baseline: float | None
    acceptance: float | None
    on: date
    confirmed_by: Person | None
    excluded: str | None
    note: str | None = None

    @property
    def open(self) -> bool:
        """Whether a second look is still wanted."""
        return self.confirmed_by is None and self.excluded is None


@dataclass(frozen=True)
class ToClear:
    """Somebody needs this person to clear the way."""

    about: BlockerFacts


@dataclass(frozen=True)
class Cleared:
    """What this person raised is cleared; or what they were asked to clear (`mine`) isn't needed any more."""

    about: BlockerFacts


@dataclass(frozen=True)
class NewsOf:
    """Something was said about what this person raised, and by whom."""

    about: BlockerFacts
    by_name: str


@dataclass(frozen=True)
class ToConfirm:
    """A second look at a number is wanted."""

    about: NumberFacts


@dataclass(frozen=True)
class NobodyLooks:
    """A second look at a number is wanted, and nobody in the project can give one."""

    about: NumberFacts


@dataclass(frozen=True)
class SetAside:
    """A number of this person's doesn't count any more."""

    about: NumberFacts


@dataclass(frozen=True)
class Wondered:
    """Somebody would like to know how an experiment stands; `answered` once something was heard."""

    experiment_id: int
    key: str
    title: str
    project_name: str
    asker: Person
    wants_number: bool
    answered: bool


@dataclass(frozen=True)
class Called:
    """Somebody asks for help with what is in the way. `taken` once this person has taken it on.

    Without an `asker` it is the project's leader who is asked, since it has waited for so long.
    """

    about: BlockerFacts
    asker: Person | None
    ask: str
    taken: bool


@dataclass(frozen=True)
class Expected:
    """What a stakeholder may expect of a project; `acknowledged` once they said that they have read it."""

    project_id: int
    project_name: str
    business_goal: str
    acknowledged: bool


@dataclass(frozen=True)
class ItemsOwed:
    """Items of a review are asked of this person; `left` of them are open, none once it is over."""

    review_id: int
    title: str
    project_name: str
    due: date
    left: int


@dataclass(frozen=True)
class ToClose:
    """A review that this person leads is to be decided today."""

    review_id: int
    title: str
    project_name: str
    over: bool


@dataclass(frozen=True)
class ReviewComing:
    """A review that this person leads, or for which the bot has `proposed` them; `over` once it is."""

    review_id: int
    name: str
    project_name: str
    due: date
    leads: bool
    proposed: bool
    over: bool


@dataclass(frozen=True)
class ReviewHomeless:
    """The channel of a review that this person leads takes nothing; `settled` once it has another."""

    review_id: int
    name: str
    project_name: str
    channel_id: str
    settled: bool


@dataclass(frozen=True)
class ReviewDone:
    """How a review ended, in the word of its decision."""

    review_id: int
    name: str
    project_name: str
    decided: str
    reason: str


@dataclass(frozen=True)
class ValueAsked:
    """What a project is worth is asked for until a day; `said` once it is known."""

    project_id: int
    name: str
    by: date
    said: bool


@dataclass(frozen=True)
class DraftTold:
    """What leaders will read on a day of these projects, each with what it lacks."""

    ceremony_id: int
    on: date
    projects: tuple[tuple[str, tuple[Lacks, ...]], ...]


@dataclass(frozen=True)
class Untold:
    """Leaders have heard nothing of a project since a day; `posted`: there is a digest for them."""

    project_id: int
    name: str
    since: date
    posted: bool = True


@dataclass(frozen=True)
class ToMeet:
    """A condition of a go that this person sees to; it is due `today`, or they are told of it first.

    Nothing is to be done for it where the go was `replaced`.
    """

    condition: ConditionFacts
    project_name: str
    replaced: bool = False
    today: bool = False


@dataclass(frozen=True)
class Handed:
    """An experiment that was handed on to this person, with the next step; `mine` while they have it."""

    key: str
    title: str
    project_name: str
    by: Person
    planned: str | None
    mine: bool


Told = (
    ToClear
    | Cleared
    | NewsOf
    | ToConfirm
    | NobodyLooks
    | SetAside
    | Wondered
    | Called
    | ItemsOwed
    | ToClose
    | ReviewComing
    | ReviewHomeless
    | ReviewDone
    | ToMeet
    | Expected
    | ScopeTold
    | Adopted
    | ValueAsked
    | DraftTold
    | Untold
    | LikelyAsked
    | Fell
    | LateTold
    | EndTold
    | Handed
    | TroubleFacts
)


@dataclass(frozen=True)
class NoticesFacts:
    """Everything that one person is told on one day, oldest first."""

    person: Person
    parts: tuple[Told, ...]
