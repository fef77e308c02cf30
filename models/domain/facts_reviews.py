"""Facts of reviews: what a card, a page and a form are made of."""

from dataclasses import dataclass
from datetime import date, datetime

from models.domain.checklist import Gate, Item
from models.domain.decision import DecisionKind
from models.domain.facts import Numbers, Person
from models.domain.gate import REFUSING, Given, Verdict, passes
from models.domain.review import Answer, ReviewKind, ReviewState, Side
from models.domain.review_entry import OUTSIDER
from models.domain.review_known import BY_RULE


@dataclass(frozen=True)
class Line:
    """One item with its answer. `owed_by` are those it is asked of; `known`: filled in by what is known."""

    item: Item
    owed_by: tuple[Person, ...]
    answer: Answer | None = None
    note: str | None = None
    evidence: str | None = None
    by: Person | None = None
    known: bool = False

    @property
    def given(self) -> Given:
        """As the gate reads it."""
        return Given(self.answer, self.note)

    @property
    def is_open(self) -> bool:
        """Whether nobody has answered it."""
        return self.answer is None and not self.note

    @property
    def by_rule(self) -> bool:
        """Whether the numbers answer it, so that nobody has to."""
        return self.known and self.item.key in BY_RULE

    @property
    def met(self) -> bool:
        """Whether it passes; what only informs always does."""
        return passes(self.item, self.given)


@dataclass(frozen=True)
class Condition:
    """What a go still depends on."""

    text: str
    owner: Person
    due: date
    met_on: date | None = None


@dataclass(frozen=True)
class Decided:
    """What was decided; `differs` from what the checklist said."""

    kind: DecisionKind
    reason: str
    by: Person
    on: date
    differs: bool = False
    dissent: str | None = None
    next_on: date | None = None
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class ReviewFacts:
    """One review in full. `leads` are the Slack ids of those who may steer it by their part in it.

    `lacking` is what is missing before it can be held (domain §4.1); `proposed` are people whom the bot
    would like to take part, and who have not said so.
    """

    review_id: int
    kind: ReviewKind
    title: str
    state: ReviewState
    due: date
    project_id: int
    project_key: str
    project_name: str
    goal: str
    chair: Person | None
    lines: tuple[Line, ...]
    verdict: Verdict
    signed: dict[Side, Person]
    participants: tuple[Person, ...] = ()
    numbers: Numbers | None = None
    decided: Decided | None = None
    reason: str | None = None
    leads: frozenset[str] = frozenset()
    lacking: tuple[str, ...] = ()
    proposed: tuple[Person, ...] = ()
    channel_id: str | None = None

    @property
    def open_lines(self) -> tuple[Line, ...]:
        """What nobody has answered, without what only informs."""
        return tuple(
            line for line in self.lines if line.is_open and line.item.gate is not Gate.INFO
        )

    @property
    def seeks_a_peer(self) -> bool:
        """Whether a scientist from another project is still looked for."""
        return self.kind is ReviewKind.PEER and OUTSIDER in self.lacking

    @property
    def wants_conditions(self) -> bool:
        """Whether a go with failing should-haves names who sees to them."""
        return self.kind in REFUSING and bool(self.verdict.failing_should)

    @property
    def wants_signatures(self) -> bool:
        """Whether two technical people sign it (S3-27)."""
        return self.kind is ReviewKind.DEPLOYMENT

    def owed(self, slack_id: str) -> tuple[Line, ...]:
        """The lines that are asked of this person; all of them for the chair."""
        if self.chair is not None and self.chair.slack_id == slack_id:
            return self.lines
        return tuple(
            line for line in self.lines if any(one.slack_id == slack_id for one in line.owed_by)
        )


@dataclass(frozen=True)
class ReviewRow:
    """A review in a list."""

    review_id: int
    kind: ReviewKind
    state: ReviewState
    due: date
    project_key: str
    project_name: str
    chair: Person | None
    decided: DecisionKind | None = None


@dataclass(frozen=True)
class MonthFacts:
    """The project reviews of a month, all on the same day."""

    day: date
    rows: tuple[ReviewRow, ...]


@dataclass(frozen=True)
class Appointment:
    """A review in a calendar: in the morning of its day, on the workspace's wall (`tz`).

    A calendar knows it by `workspace` and `review_id`, and takes the highest `sequence`.
    """

    review_id: int
    workspace: str
    name: str
    project_name: str
    reason: str | None
    chair: Person | None
    day: date
    tz: str
    sequence: int
    cancelled: bool
    planned_at: datetime
