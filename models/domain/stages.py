"""The eight stages: what each move needs, and what comes next (domain §2.3).

Moves are soft: what is missing is said, asks for a reason and is written down. Only the move to
*deployment* refuses. Back is always possible, with a reason.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field

from models.domain.charter import DATA_PROMPTS, PRODUCTION, QUESTIONS, share
from models.domain.decision import GOES_ON, DecisionKind
from models.domain.errors import BotError
from models.domain.experiment import Category
from models.domain.project import TECHNICAL, GovernanceKind, GovernanceState, Role, Stage
from models.domain.review import ReviewKind

STAGES = tuple(Stage)
PRODUCTION_SHARE = 0.8
"""Of the production questions, answered at prototype exit (domain §2.3)."""

LABEL = {
    Stage.CONCEPTION: "Conception",
    Stage.DATA: "Data",
    Stage.PROTOTYPE: "Prototype",
    Stage.DEVELOPMENT: "Development",
    Stage.READINESS: "Readiness",
    Stage.DEPLOYMENT: "Deployment",
    Stage.PRODUCTION: "Production",
    Stage.DEPRECATION: "Deprecation",
}
NEXT = {
    Stage.CONCEPTION: "agree on the problem, and on who needs it",
    Stage.DATA: "find out whether data and labels are good enough",
    Stage.PROTOTYPE: "see whether the idea holds, and where it doesn't",
    Stage.DEVELOPMENT: "get from the best so far to what is needed",
    Stage.READINESS: "hand over to engineering, and prepare the launch check",
    Stage.DEPLOYMENT: "bring it to its first users, and compare the numbers",
    Stage.PRODUCTION: "watch the live numbers, and put right what changes",
    Stage.DEPRECATION: "tell everybody who uses it, and what to use instead",
}
"""What comes after the move to a stage (S1-24)."""


def comes_next(stage: Stage, *, reached: bool, unconfirmed: bool) -> str:
    """What comes next where it stands: once what is needed is reached, no search for it."""
    if stage is not Stage.DEVELOPMENT or not reached:
        return NEXT[stage]
    if unconfirmed:
        return "have a second person confirm the best so far"
    return "hold the hand-over review, and go on to readiness"


class NotReady(BotError):
    """A launch needs a go on the hand-over and on the launch check first."""


class NoReason(BotError):
    """Please say why: something is still missing, and the next reader will ask."""


class SameStage(BotError):
    """It is in that stage already."""


@dataclass(frozen=True)
class Track:
    """One governance track: how far it is, and whether somebody sees to it."""

    state: GovernanceState = GovernanceState.NOT_STARTED
    owned: bool = False


@dataclass(frozen=True)
class Record:
    """What a project has by now, as far as its stages ask for it. `answered` are keys of the charter."""

    goal: bool = False
    roles: frozenset[Role] = frozenset()
    answered: frozenset[str] = frozenset()
    expectations_sent: bool = False
    baseline: bool = False
    agreed: bool = False
    accepted: bool = False
    """Acceptance is met by a number that somebody has confirmed and nobody has set aside."""
    governance: dict[GovernanceKind, Track] = field(default_factory=dict)
    held: frozenset[ReviewKind] = frozenset()
    gone: frozenset[ReviewKind] = frozenset()
    """Reviews whose standing decision is a go."""
    decided: frozenset[DecisionKind] = frozenset()
    settled: frozenset[str] = frozenset()
    """Items of checklists that were answered with a yes."""
    live: bool = False
    """There is a number from production."""
    notice_sent: bool = False

    def track(self, kind: GovernanceKind) -> Track:
        """The track, whether or not anybody has said anything about it."""
        return self.governance.get(kind, Track())


def following(stage: Stage) -> Stage | None:
    """The stage after this one."""
    place = STAGES.index(stage) + 1
    return STAGES[place] if place < len(STAGES) else None


def stage_of_first(category: Category) -> Stage:
    """Where a project in conception is once its first hypothesis of this kind runs.

    Work on the problem itself leaves it there; a look at the data is the stage *data*; the rest searches.
    """
    match category:
        case Category.PROBLEM:
            return Stage.CONCEPTION
        case Category.DATA:
            return Stage.DATA
        case _:
            return Stage.PROTOTYPE


def is_back(before: Stage, after: Stage) -> bool:
    """Whether the move goes back."""
    return STAGES.index(after) < STAGES.index(before)


def missing(before: Stage, after: Stage, record: Record) -> tuple[str, ...]:
    """What the move still lacks, in words; of every stage on the way. Nothing when it goes back."""
    way = STAGES[STAGES.index(before) + 1 : STAGES.index(after) + 1]
    return tuple(one for stage in way for one in _missing(stage, record))


def require_move(
    before: Stage, after: Stage, record: Record, reason: str | None
) -> tuple[str, ...]:
    """What is missing, where the move goes through.

    Raises:
        SameStage: it is there already.
        NotReady: the move to deployment lacks something; the sentence says what.
        NoReason: it goes back, or something is missing, and nobody has said why.
    """
    if after is before:
        raise SameStage
    lacking = missing(before, after, record)
    require_launch(before, after, record.gone)
    if reason is None and (lacking or is_back(before, after)):
        raise NoReason
    return lacking


def require_launch(before: Stage, after: Stage, gone: Collection[ReviewKind]) -> None:
    """Raise where the move passes into deployment and a go is missing; `gone` are the reviews that have one.

    Raises:
        NotReady: the sentence says what is missing.
    """
    refusing = tuple(_launch_needs(gone)) if _launches(before, after) else ()
    if refusing:
        raise NotReady(f"Not yet. A launch needs: {'; '.join(refusing)}.")


def _launches(before: Stage, after: Stage) -> bool:
    """Whether the move passes into deployment."""
    place = STAGES.index(Stage.DEPLOYMENT)
    return STAGES.index(before) < place <= STAGES.index(after)


def _missing(stage: Stage, record: Record) -> tuple[str, ...]:
    """What entering a stage lacks (the table of domain §2.3)."""
    return tuple(NEEDS[stage](record)) if stage in NEEDS else ()


def _for_data(record: Record) -> Iterator[str]:
    if "problem" not in record.answered:
        yield "the problem, in the words of who has it"
    if not record.goal:
        yield "the goal in one line"
    if Role.PM not in record.roles:
        yield "a project manager"
    if Role.STAKEHOLDER not in record.roles:
        yield "a stakeholder"
    if not record.expectations_sent:
        yield "the expectations note, sent"


def _for_prototype(record: Record) -> Iterator[str]:
    for key in DATA_PROMPTS:
        if key not in record.answered:
            yield f"an answer about {QUESTIONS[key].short}"
    if not record.baseline:
        yield "a number that counts, with where it stands today"


def _for_development(record: Record) -> Iterator[str]:
    if ReviewKind.PEER not in record.held:
        yield "a peer review"
    if not record.agreed:
        yield "an agreement on what is good enough"
    answered, of = share(PRODUCTION, record.answered)
    if answered < PRODUCTION_SHARE * of:
        yield f"production questions ({answered} of {of} answered)"
    if record.decided.isdisjoint(GOES_ON):
        yield "a decision to go on"
    for kind in GovernanceKind:
        if record.track(kind).state is GovernanceState.NOT_STARTED:
            yield f"{kind.value}: started, or not needed"


def _for_readiness(record: Record) -> Iterator[str]:
    if not record.accepted:
        yield "a confirmed number that is good enough"


def _for_deployment(record: Record) -> Iterator[str]:
    yield from _launch_needs(record.gone)


def _launch_needs(gone: Collection[ReviewKind]) -> Iterator[str]:
    if ReviewKind.HANDOVER not in gone:
        yield "a go on the hand-over"
    if ReviewKind.DEPLOYMENT not in gone:
        yield "a go on the launch check"


def _for_production(record: Record) -> Iterator[str]:
    if "parity" not in record.settled:
        yield "the same numbers in production code"
    if "end_to_end" not in record.settled:
        yield "a check from end to end"
    if not record.live:
        yield "a first live number"


def _for_deprecation(record: Record) -> Iterator[str]:
    if ReviewKind.DEPRECATION not in record.gone:
        yield "a go on ending it"
    if not record.notice_sent:
        yield "a notice to everybody who uses it"


NEEDS: dict[Stage, Callable[[Record], Iterator[str]]] = {
    Stage.DATA: _for_data,
    Stage.PROTOTYPE: _for_prototype,
    Stage.DEVELOPMENT: _for_development,
    Stage.READINESS: _for_readiness,
    Stage.DEPLOYMENT: _for_deployment,
    Stage.PRODUCTION: _for_production,
    Stage.DEPRECATION: _for_deprecation,
}
"""What a move to each stage needs."""


def has_makers(record: Record) -> bool:
    """Whether anybody technical is in the project."""
    return not record.roles.isdisjoint(TECHNICAL)
