"""Closing a review with a decision: the checklist's gate, and the decision that it lets through."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncSession

from models import decisions, planning
from models.decisions import Decided
from models.domain.clock import Moment
from models.domain.deciding import stage_after
from models.domain.decision import DecisionKind
from models.domain.errors import BotError
from models.domain.facts_reviews import ReviewFacts
from models.domain.gate import Promise, follows, in_the_way_of_go
from models.domain.permissions import Action
from models.domain.review import ReviewKind, ReviewState
from models.domain.stages import require_launch
from models.permits import permit_known
from models.review_ended import PROMISED
from models.review_pages import in_full
from models.reviews import require_not_over
from models.tables import Decision, Member, Project, Review

DECISIONS: dict[ReviewKind, tuple[DecisionKind, ...]] = {
    ReviewKind.PEER: (
        DecisionKind.CONTINUE,
        DecisionKind.PIVOT,
        DecisionKind.HOLD,
        DecisionKind.STOP,
    ),
    ReviewKind.PROJECT: (
        DecisionKind.CONTINUE,
        DecisionKind.GO,
        DecisionKind.PIVOT,
        DecisionKind.HOLD,
        DecisionKind.STOP,
    ),
    ReviewKind.STAKEHOLDER: (DecisionKind.GO, DecisionKind.CONTINUE, DecisionKind.PIVOT),
    ReviewKind.HANDOVER: (DecisionKind.GO, DecisionKind.NO_GO),
    ReviewKind.DEPLOYMENT: (DecisionKind.GO, DecisionKind.NO_GO, DecisionKind.HOLD),
    ReviewKind.DEPRECATION: (DecisionKind.GO, DecisionKind.NO_GO),
}
"""What each review can end with (domain §4.1)."""
MOST_NAMED = 2
"""People whom a refusal names for an item."""


class GoRefused(BotError):
    """A go can't be stored while a must-have is not met."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__(" ".join(problems))


class SaysNothing(BotError):
    """A review ends with a decision that its kind has."""


class OnlyOfAGo(BotError):
    """Conditions belong to a go. Clear them, or write them into the reason."""


@dataclass(frozen=True)
class Promised:
    """A condition of a go. Who sees to it, by Slack id, may be somebody whom nobody has met yet."""

    item: str
    text: str
    owner: str
    due: date


@dataclass(frozen=True)
class Wanted:
    """What is to be decided, and why."""

    kind: DecisionKind
    reason: str
    next_on: date | None = None
    dissent: str | None = None
    conditions: tuple[Promised, ...] = ()


class Hand(NamedTuple):
    """A review that is to be decided, locked: as it reads now, its rows, and who decides.

    `gone` as in `review_pages.InFull`.
    """

    facts: ReviewFacts
    review: Review
    project: Project
    by: Member
    gone: frozenset[ReviewKind]


async def take(session: AsyncSession, review_id: int, slack_id: str, today: date) -> Hand:
    """A review that is not over, for somebody who may close it.

    Raises:
        Unknown, ReviewOver, NotAllowed: see `models.reviews.take`.
    """
    full = await in_full(session, review_id, today, about=slack_id, locked=True)
    me = full.about
    by = await permit_known(
        session,
        me.member if me else None,
        me.roles if me else (),
        Action.HOLD_REVIEW,
        project_id=full.project.id,
        owner_id=full.review.chair_id,
    )
    require_not_over(full.review)
    return Hand(full.facts, full.review, full.project, by, full.gone)


async def close(session: AsyncSession, hand: Hand, wanted: Wanted, *, at: Moment) -> Decision:
    """Hold the review with this decision; what nobody answered stays unanswered, and shows.

    A go that its must-haves don't support is refused on hand-over, deployment and deprecation (domain
    §4.8); elsewhere what is missing is written into the decision. What follows from it is the tick's, at
    once: see `models.review_ended`.

    Raises:
        SaysNothing: this kind of review has no such decision.
        GoRefused: with a sentence for each thing that is missing; the review stays open.
        OnlyOfAGo: something else than a go has conditions.
        NotReady: a project review's go leads to a launch that lacks something.
        DayIsPast: the next date is not to come.
    """
    review, found = hand.review, hand.facts
    if wanted.kind not in DECISIONS[review.kind]:
        raise SaysNothing
    if wanted.kind is DecisionKind.GO:
        _require_go(found, wanted, at.today)
        _require_launch(hand)
    elif wanted.conditions:
        raise OnlyOfAGo
    promised = [vars(one) | {"due": one.due.isoformat()} for one in wanted.conditions]
    differs = not follows(wanted.kind, found.kind, found.verdict)
    decided = Decided(
        wanted.kind,
        wanted.reason,
        next_on=wanted.next_on,
        dissent=wanted.dissent,
        recommended=_recommended(found),
        evidence=_evidence(found, differs=differs) | ({PROMISED: promised} if promised else {}),
    )
    by = planning.InHand(hand.project, hand.by)
    decision = decisions.add(session, by, decided, at=at, review=review)
    review.state, review.held_on, review.wakes_at = ReviewState.HELD, at.today, at.now
    await session.flush()
    return decision


def _require_launch(hand: Hand) -> None:
    """A go to launch stands on two reviews; the launch check's own may come before the hand-over's."""
    if hand.review.kind is ReviewKind.PROJECT:
        before = hand.project.stage
        after = stage_after(DecisionKind.GO, before, of=hand.review.kind)
        if after is not None:
            require_launch(before, after, hand.gone)


def _require_go(found: ReviewFacts, wanted: Wanted, today: date) -> None:
    problems = in_the_way_of_go(
        found.kind,
        found.verdict,
        promises=[Promise(one.item, one.due) for one in wanted.conditions],
        signed={side: one.member_id for side, one in found.signed.items()},
        today=today,
        owed_by={
            line.item.key: [one.name for one in line.owed_by[:MOST_NAMED]] for line in found.lines
        },
    )
    if problems:
        raise GoRefused(problems)


def _recommended(found: ReviewFacts) -> DecisionKind:
    return DecisionKind.NO_GO if found.verdict.failing_must else DecisionKind.GO


def _evidence(found: ReviewFacts, *, differs: bool) -> dict[str, object]:
    """The facts of that day, for those who ask later; `lacking` as people read it."""
    numbers = found.numbers
    return {
        "differs": differs,
        "lacking": [item.label for item in found.verdict.failing_must],
        "failing_must": [item.key for item in found.verdict.failing_must],
        "failing_should": [item.key for item in found.verdict.failing_should],
        "unanswered": [line.item.key for line in found.open_lines],
        "signed": {side.value: one.member_id for side, one in found.signed.items()},
        **(
            {
                "baseline": numbers.baseline,
                "best": numbers.best,
                "acceptance": numbers.acceptance,
                "version": numbers.benchmark_version,
            }
            if numbers
            else {}
        ),
    }
