"""Facts of what one person sees: what waits for them, their experiments, their standups, their settings."""

from dataclasses import dataclass
from datetime import date, datetime, time

from models.domain.experiment import Outcome, Status
from models.domain.facts import Criterion, Numbers, Person
from models.domain.project import Stage
from models.domain.review import ReviewKind
from models.domain.standup import BlockerKind, PromptState


@dataclass(frozen=True)
class OpenExperiment:
    """An experiment in somebody's question. `pending`: said, but not yet what the team should remember."""

    experiment_id: int
    key: str
    title: str
    project_name: str
    day: int | None
    timebox: int
    pending: Outcome | None
    answered: bool

    @property
    def waits(self) -> bool:
        """Whether something is still to be said about it."""
        return self.pending is not None or not self.answered


@dataclass(frozen=True)
class Question:
    """One person's place in a run that is not closed, with the experiments that it is about.

    `day` is the run's, `ask_at` the person's own moment; `ahead` while the run holds only early answers.
    """

    prompt_id: int
    ceremony_id: int
    standup: str
    day: date
    ask_at: datetime
    ahead: bool
    state: PromptState
    experiments: tuple[OpenExperiment, ...]

    @property
    def is_due(self) -> bool:
        """Whether it was asked and something is still to be said."""
        if self.state is PromptState.ASKED:
            return not self.experiments or any(one.waits for one in self.experiments)
        return any(one.pending for one in self.experiments)

    @property
    def is_answered(self) -> bool:
        """Whether everything was said, be it early."""
        return bool(self.experiments) and not any(one.waits for one in self.experiments)


@dataclass(frozen=True)
class MyExperiment:
    """One of a person's own experiments; `prompt_id` is where a conclusion that is owed can be finished."""

    experiment_id: int
    key: str
    title: str
    project_name: str
    status: Status
    day: int | None
    timebox: int
    criterion: Criterion | None
    numbers: Numbers | None
    pending: Outcome | None
    prompt_id: int | None
    paused_until: date | None = None


@dataclass(frozen=True)
class MyExperiments:
    """A page of them, those that wait for a conclusion first: from `offset` on, of `total`."""

    rows: tuple[MyExperiment, ...]
    offset: int
    total: int


@dataclass(frozen=True)
class MyStandup:
    """A standup that somebody is asked in, reads along with, or owns.

    `next_at` is their own moment; None where they are not asked, or do not work on that day. `refused` is
    Slack's word for why nothing of it could be posted last, where that is theirs to mend.
    """

    ceremony_id: int
    name: str
    channel_id: str
    days: tuple[str, ...]
    local_time: str
    next_day: date | None
    next_at: datetime | None
    paused: bool
    asked: bool
    works: bool = True
    refused: str | None = None


@dataclass(frozen=True)
class MyProject:
    """A project that somebody has a part in; `running` counts its experiments of everybody."""

    project_id: int
    key: str
    name: str
    stage: Stage
    running: int
    numbers: Numbers | None


@dataclass(frozen=True)
class MyBlocker:
    """What somebody is waiting for, that this person can clear."""

    blocker_id: int
    kind: BlockerKind
    text: str
    raised_by: str
    project_name: str
    days: int
    acknowledged: bool


@dataclass(frozen=True)
class MyNotice:
    """What somebody was asked outside the standup and has not answered.

    With a `measurement_id`, a number of the experiment wants a second look; else how it stands is asked.
    """

    experiment_id: int
    key: str
    title: str
    measurement_id: int | None


@dataclass(frozen=True)
class MyScope:
    """A scope change that somebody was told of, and has not said yet that they know (S0-36)."""

    scope_id: int
    project_name: str
    after: str


@dataclass(frozen=True)
class MyEnd:
    """The end of a live model that somebody was told of, and has not said yet that they know (S3-13)."""

    notice_id: int
    project_name: str
    stops_on: date
    instead: str


@dataclass(frozen=True)
class MyLive:
    """A live model whose values fell: this person was asked whether an input changed (S3-12)."""

    project_id: int
    project_name: str
    since: date


@dataclass(frozen=True)
class MyCondition:
    """A condition of a go that somebody sees to, and that is not met (domain §4.8)."""

    condition_id: int
    project_name: str
    text: str
    due: date


Asked = MyNotice | MyScope | MyEnd | MyLive | MyCondition
"""What somebody was asked in a message, and has not answered or seen to."""


@dataclass(frozen=True)
class MyReview:
    """A review that somebody takes part in, or `leads`; until it is open there is nothing to answer."""

    review_id: int
    kind: ReviewKind
    project_name: str
    due: date
    is_open: bool
    leads: bool


@dataclass(frozen=True)
class MyIncident:
    """An open incident that somebody has reported, or of a model whose PM they are (S3-19)."""

    incident_id: int
    project_name: str
    since: date


@dataclass(frozen=True)
class Settings:
    """A person's own settings; without `ask_time` the standup's counts, without `country` the zone's."""

    tz: str
    ask_time: time | None
    workdays: tuple[str, ...]
    away_from: date | None
    away_to: date | None
    country: str | None
    nudges: bool = True


@dataclass(frozen=True)
class HomeFacts:
    """The App Home of one person; `now` is on their own clock."""

    person: Person
    now: datetime
    questions: tuple[Question, ...]
    mine: MyExperiments
    blockers: tuple[MyBlocker, ...]
    notices: tuple[Asked, ...]
    standups: tuple[MyStandup, ...]
    standups_more: int
    settings: Settings
    projects: tuple[MyProject, ...] = ()
    projects_more: int = 0
    reviews: tuple[MyReview, ...] = ()
    incidents: tuple[MyIncident, ...] = ()

    @property
    def due(self) -> tuple[Question, ...]:
        """What waits for an answer."""
        return tuple(question for question in self.questions if question.is_due)

    @property
    def owed(self) -> tuple[MyExperiment, ...]:
        """Conclusions to finish that no open question holds."""
        held = {one.experiment_id for question in self.due for one in question.experiments}
        return tuple(
            one for one in self.mine.rows if one.prompt_id and one.experiment_id not in held
        )

    @property
    def refused(self) -> tuple[MyStandup, ...]:
        """Standups of this person's that Slack takes nothing of."""
        return tuple(one for one in self.standups if one.refused)

    @property
    def answered_early(self) -> date | None:
        """The day of a run that this person has answered before it opens."""
        days = [one.day for one in self.questions if one.ahead and one.is_answered]
        return min(days, default=None)

    @property
    def next_question(self) -> tuple[datetime, int] | None:
        """When this person is asked next, on their own clock, and by which standup."""
        asked = {(one.ceremony_id, one.day): one for one in self.questions}
        moments = [
            (question.ask_at.astimezone(self.now.tzinfo), question.ceremony_id)
            for question in self.questions
            if question.state is PromptState.WAITING and not question.is_answered
        ]
        moments += [
            (standup.next_at, standup.ceremony_id)
            for standup in self.standups
            if standup.next_at is not None and (standup.ceremony_id, standup.next_day) not in asked
        ]
        return min(moments, default=None)
