"""Closing a review with a decision: the checklist's gate, conditions, and what follows from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from models import conditions, decisions, notices, planning, review_results
from models.db import dialect_of
from models.decisions import Decided, Within
from models.domain.clock import Moment
from models.domain.decision import DecisionKind
from models.domain.errors import BotError
from models.domain.facts_reviews import ReviewFacts
from models.domain.gate import Promise, follows, in_the_way_of_go
from models.domain.review import ReviewKind, ReviewState
from models.outbox import refresh_all
from models.review_pages import facts
from models.reviews import InHand, card_of
from models.tables import Condition, Decision, Member, ReviewAnswer

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
    """A condition of a go."""

    item: str
    text: str
    owner: Member
    due: date


@dataclass(frozen=True)
class Wanted:
    """What is to be decided, and why."""

    kind: DecisionKind
    reason: str
    next_on: date | None = None
    dissent: str | None = None
    conditions: tuple[Promised, ...] = ()


async def close(session: AsyncSession, hand: InHand, wanted: Wanted, *, at: Moment) -> Decision:
    """Hold the review with this decision; what nobody answered stays unanswered, and shows.

    A go that its must-haves don't support is refused on hand-over, deployment and deprecation (domain
    §4.8); elsewhere what is missing is written into the decision. The review keeps what was filled in by
    rule. Those who see to conditions are told. What follows from it: see `models.decisions.decide`.

    Raises:
        SaysNothing: this kind of review has no such decision.
        GoRefused: with a sentence for each thing that is missing; the review stays open.
        OnlyOfAGo: something else than a go has conditions.
        DayIsPast, NotReady: see `models.decisions.decide`.
    """
    review, project = hand.review, hand.project
    if wanted.kind not in DECISIONS[review.kind]:
        raise SaysNothing
    found = await facts(session, review.id, at.today)
    if wanted.kind is DecisionKind.GO:
        _require_go(found, wanted, at.today)
    elif wanted.conditions:
        raise OnlyOfAGo
    decided = Decided(
        wanted.kind,
        wanted.reason,
        next_on=wanted.next_on,
        dissent=wanted.dissent,
        recommended=_recommended(found),
        evidence=_evidence(found, differs=not follows(wanted.kind, found.kind, found.verdict)),
    )
    await _keep_what_was_known(session, found, review.workspace_id, at)
    review.state, review.held_on = ReviewState.HELD, at.today
    review.wakes_at = None
    hand_of = planning.InHand(project, hand.by)
    decision = await decisions.decide(session, hand_of, decided, at=at, within=Within(review))
    await _store_conditions(session, decision, wanted.conditions, at)
    await review_results.tell(session, review, project, at.now)
    told = [f"items:{review.id}", f"close:{review.id}", f"ahead:{review.id}"]
    shown = await notices.settle(session, told, at.now)
    await refresh_all(session, [*shown, card_of(review)], now=at.now)
    return decision


async def _store_conditions(
    session: AsyncSession, decision: Decision, promised: Sequence[Promised], at: Moment
) -> None:
    rows = [
        Condition(
            decision_id=decision.id,
            item=one.item,
            text=one.text,
            owner_id=one.owner.id,
            due=one.due,
        )
        for one in promised
    ]
    session.add_all(rows)
    await session.flush()
    owners = [one.owner for one in promised]
    await conditions.tell_owners(session, list(zip(rows, owners, strict=True)), at)


def _require_go(found: ReviewFacts, wanted: Wanted, today: date) -> None:
    problems = in_the_way_of_go(
        found.kind,
        found.verdict,
        promises=[Promise(one.item, one.owner.id, one.due) for one in wanted.conditions],
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


async def _keep_what_was_known(
    session: AsyncSession, found: ReviewFacts, workspace_id: int, at: Moment
) -> None:
    """What was filled in by rule is written down as it was on that day."""
    rows = [
        {
            "workspace_id": workspace_id,
            "review_id": found.review_id,
            "item": line.item.key,
            "answer": line.answer,
            "note": line.note,
            "evidence": line.evidence,
            "given": False,
            "by_id": None,
            "at": at.now,
        }
        for line in found.lines
        if line.known
    ]
    if not rows:
        return
    insert = dialect_of(session).insert(ReviewAnswer)
    columns = ("answer", "note", "evidence", "given", "by_id", "at")
    await session.execute(
        insert.values(rows).on_conflict_do_update(
            index_elements=["review_id", "item"],
            set_={name: insert.excluded[name] for name in columns},
        )
    )
