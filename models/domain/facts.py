"""Facts: what a message or a form is made of, read from the rows, worded by `handlers.blocks`."""

from dataclasses import dataclass
from datetime import date, datetime

from models.domain.experiment import Outcome, Status
from models.domain.find_facts import HypothesisWords
from models.domain.guardrail import Broken
from models.domain.metric import Goal
from models.domain.questions import DEFAULT, Questions
from models.domain.standup import BlockerKind, EntryStatus, PromptState


@dataclass(frozen=True)
class Person:
    """A member as messages name them."""

    member_id: int
    slack_id: str
    name: str


@dataclass(frozen=True)
class Numbers:
    """Where a project's primary metric stands: baseline, best so far and acceptance, always all three.

    `since` is the date of the best, None while nothing measured beats the baseline; `tries` counts the
    experiments measured since the last counted gain. `unconfirmed`: the best rests on a surprising number
    that no second person has confirmed yet (S0-21). `assumed_min_delta`: the smallest gain that counts, while
    nobody has said it. `proposed`: the acceptance is not agreed by a PM and somebody technical (S1-18).
    """

    metric_id: int
    name: str
    phrase: str
    unit: str
    goal: Goal
    baseline: float
    best: float
    acceptance: float
    since: date | None
    last_gain: date
    tries: int
    benchmark_version: int
    unconfirmed: bool = False
    assumed_min_delta: float | None = None
    proposed: bool = False


@dataclass(frozen=True)
class Criterion:
    """Which value of which metric would support a hypothesis."""

    threshold: float
    metric_name: str
    unit: str
    goal: Goal
    is_primary: bool


@dataclass(frozen=True)
class ExperimentCard:
    """One open experiment as its owner is asked about it.

    `day` is the working day it is in, from 1; None before it started. `stuck_on` is the next step that was
    said in both of the two standups before; `concluding` what was learned when its outcome was said;
    `in_the_way` the blocker that its owner raised and that is still open.
    """

    experiment_id: int
    key: str
    title: str
    project_name: str
    business_goal: str
    day: int | None
    timebox: int
    criterion: Criterion | None
    numbers: Numbers | None
    planned: str | None
    status: Status
    pending: Outcome | None
    no_changes: int
    last_heard: date | None
    answer: "Answer | None" = None
    stuck_on: str | None = None
    concluding: str | None = None
    in_the_way: "Blocker | None" = None


@dataclass(frozen=True)
class Answer:
    """What somebody said about one experiment in one run.

    `to_confirm`: its number is surprising and nobody has confirmed it yet; `set_aside` says why it doesn't
    count. `late`: after the person's own answering time.
    """

    status: EntryStatus
    no_change: bool
    learned: str | None
    value: float | None
    unit: str
    next_step: str | None
    blocker: "Blocker | None"
    measurement_id: int | None = None
    to_confirm: bool = False
    set_aside: str | None = None
    late: bool = False


@dataclass(frozen=True)
class Pending:
    """An outcome that was said, while it is still open what the team should remember.

    `measured`: the experiment has any number. `breaks` are the guardrails that its numbers break.
    """

    key: str
    title: str
    outcome: Outcome
    learned: str | None
    measured: bool = True
    breaks: tuple[Broken, ...] = ()


@dataclass(frozen=True)
class Blocker:
    """What is in the way, and who can clear it."""

    kind: BlockerKind
    text: str
    owner: Person | None


@dataclass(frozen=True)
class PromptFacts:
    """The DM of one person in one run. `until`: when their own time to answer ends, on their clock.

    A guest answers what they are asked, and starts nothing (`reads_only`).
    """

    prompt_id: int
    person: Person
    day: date
    closed: bool
    cards: tuple[ExperimentCard, ...]
    doing_else: str | None
    until: datetime | None = None
    state: PromptState = PromptState.ASKED
    reads_only: bool = False


@dataclass(frozen=True)
class FormFacts:
    """What the answer form of one experiment shows, and how the team asks.

    `pending` is what the second view asks instead, where its outcome was said before.
    """

    prompt_id: int
    card: ExperimentCard
    questions: Questions = DEFAULT
    pending: Pending | None = None


@dataclass(frozen=True)
class ProjectChoice:
    """A project in a menu."""

    project_id: int
    key: str
    name: str
    business_goal: str
    channel_id: str | None
    numbers: Numbers | None


@dataclass(frozen=True)
class HypothesisFormFacts:
    """What the form for a new hypothesis knows beforehand; `follows` is the key of one it follows up.

    `words` are what is written in it already. `asked`: it was sent without a criterion, and may be again.
    """

    projects: tuple[ProjectChoice, ...]
    chosen: ProjectChoice
    follows: str | None = None
    words: HypothesisWords | None = None
    asked: bool = False


@dataclass(frozen=True)
class RefusalFacts:
    """A message that Slack refused for good; without a channel it was for one person."""

    channel_id: str | None
    error: str
    what: str
