"""Facts of reviews: what a card, a page and a form are made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from models.domain.checklist import Gate, Item, ItemKind
from models.domain.decision import DecisionKind
from models.domain.decision_facts import Replacement
from models.domain.facts import Numbers, Person
from models.domain.gate import REFUSING, Given, Verdict, passes
from models.domain.ml_test_score import Scored
from models.domain.review import Answer, ReviewKind, ReviewState, Side
from models.domain.review_entry import OUTSIDER
from models.domain.review_known import BY_RULE


@dataclass(frozen=True)
class Before:
    """What an item was answered with at the last go; it holds once somebody says that it still does."""

    answer: Answer | None
    note: str | None
    evidence: str | None
    by: Person
    on: date


@dataclass(frozen=True)
class Line:
    """One item with its answer. `owed_by` are those it is asked of; `known`: filled in by what is known.

    `on` is the day on which somebody has answered it.
    A line with what was said `before` is open until that is confirmed. `nobodys`: nobody holds the role that
    it is asked of, so that it waits for the chair and whoever can may answer it.
    """

    item: Item
    owed_by: tuple[Person, ...]
    answer: Answer | None = None
    note: str | None = None
    evidence: str | None = None
    by: Person | None = None
    known: bool = False
    before: Before | None = None
    nobodys: bool = False
    on: date | None = None

    @property
    def given(self) -> Given:
        """As the gate reads it."""
        return Given(self.answer, self.note)

    @property
    def is_open(self) -> bool:
        """Whether nobody has answered it; an open question is once it is settled or said not to be."""
        return self.answer is None and (self.known or not self.note)

    @property
    def is_beside(self) -> bool:
        """Whether the record says something beside an item that asks for a yes, which is no answer yet."""
        return self.known and self.answer is None and self.item.kind is ItemKind.CONFIRM

    @property
    def by_rule(self) -> bool:
        """Whether the numbers answer it, so that nobody has to."""
        return self.known and self.item.key in BY_RULE

    @property
    def lets_chair(self) -> bool:
        """Whether the chair may answer it for those whom it is asked of."""
        return self.nobodys or not self.item.own_word

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
    """What was decided; `differs` from what the checklist said; `replaced_by` a later decision."""

    kind: DecisionKind
    reason: str
    by: Person
    on: date
    differs: bool = False
    dissent: str | None = None
    next_on: date | None = None
    conditions: tuple[Condition, ...] = ()
    replaced_by: Replacement | None = None


@dataclass(frozen=True)
class MlScore:
    """The ML Test Score of a review, and when it was last changed; `missing` sections nobody has filled in.

    `next` are the texts of the cheapest next half-points.
    """

    scored: Scored
    on: date
    next: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReviewFacts:
    """One review in full. `leads` are the Slack ids of those who may steer it by their part in it.

    `lacking` is what is missing before it can be held (domain §4.1); `proposed` are people whom the bot
    would like to take part, and who have not said so. `reason` says why now, `not_held` why it is cancelled.
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
    ml_score: MlScore | None = None
    not_held: str = ""

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
    def unconfirmed(self) -> tuple[Line, ...]:
        """What was answered at the last go, and nobody has confirmed yet."""
        return tuple(line for line in self.lines if line.before is not None)

    @property
    def wants_conditions(self) -> bool:
        """Whether a go can be stored that names who sees to failing should-haves."""
        found = self.verdict
        return not self.refuses_go and self.kind in REFUSING and bool(found.failing_should)

    @property
    def refuses_go(self) -> bool:
        """Whether no go can be stored as it stands: a must-have fails in a review that lets through."""
        return self.kind in REFUSING and bool(self.verdict.failing_must)

    @property
    def wants_signatures(self) -> bool:
        """Whether two technical people sign it (S3-27)."""
        return self.kind is ReviewKind.DEPLOYMENT

    def free_for(self, slack_id: str) -> tuple[int, ...]:
        """The places of open lines that this person could take: shared with others, or for want of a role."""
        chair = self.chair.slack_id if self.chair else None
        return tuple(
            place
            for place, line in enumerate(self.lines)
            if line in self.open_lines
            and line.before is None
            and (owing := [one.slack_id for one in line.owed_by]) != [slack_id]
            and (slack_id in owing or line.nobodys or (slack_id == chair and line.lets_chair))
        )

    def owed(self, slack_id: str) -> tuple[Line, ...]:
        """The lines that are asked of this person; for the chair all but what is others' own word."""
        is_chair = self.chair is not None and self.chair.slack_id == slack_id
        return tuple(
            line
            for line in self.lines
            if (is_chair and line.lets_chair)
            or any(one.slack_id == slack_id for one in line.owed_by)
        )

    def only_others_say(self, slack_id: str) -> tuple[Line, ...]:
        """What is open and would be the chair's to answer, if it were not others' own word."""
        if self.chair is None or self.chair.slack_id != slack_id:
            return ()
        mine = self.owed(slack_id)
        return tuple(line for line in self.open_lines if line not in mine)


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
    """The project reviews of a month, all on the same day.

    `long` are the days since its prototype of each project that is in work for long and not in use, by its
    review's id (S3-25).
    """

    day: date
    rows: tuple[ReviewRow, ...]
    long: Mapping[int, int] = field(default_factory=dict)


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
