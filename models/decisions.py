"""Decisions: the one place that writes them, append-only (domain §2.4-7)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from models import chronicle, outbox, planning, stages
from models.domain.clock import Moment
from models.domain.deciding import stage_after, status_after
from models.domain.decision import DecisionKind
from models.domain.errors import BotError, DayIsPast, Unknown
from models.domain.messages import DecisionMade, StageMoved
from models.domain.progress import Progress
from models.domain.review import ReviewKind
from models.domain.stages import NotReady
from models.outbox import Post
from models.planning import InHand
from models.tables import Decision, Project, Review


class ReplacedAlready(BotError):
    """Another decision has replaced that one already. Open the list again."""


@dataclass(frozen=True)
class Decided:
    """What was decided, and why. `link`: the message where it was; `supersedes_id`: the one it replaces.

    `recommended` is what the checklist or the rule said; `evidence` are the facts of that day, with
    `differs` and, from whoever decides, `said`.
    """

    kind: DecisionKind
    reason: str
    next_on: date | None = None
    link: str | None = None
    dissent: str | None = None
    supersedes_id: int | None = None
    recommended: DecisionKind | None = None
    evidence: Mapping[str, Any] = field(default_factory=dict)


class Within(NamedTuple):
    """Where something is decided: in a review, if any; and how far the project has come."""

    review: Review | None = None
    progress: Progress | None = None


async def decide(
    session: AsyncSession,
    hand: InHand,
    decided: Decided,
    *,
    at: Moment,
    within: Within | None = None,
) -> Decision:
    """Record a decision, do what follows from it, and announce both in the project's channel.

    *Stop* and *hold* change the project's status, whatever goes on makes it active again; a next date is the
    next touchpoint; a go moves the project to the stage that it leads to. A launch check's go that comes
    before the hand-over's is kept, and moves nothing yet.

    Raises:
        DayIsPast: the next date is not to come.
        Unknown: the project has no decision that this one could replace.
        ReplacedAlready: another one has replaced that one.
        NotReady: a go leads to a launch that lacks something.
    """
    project = hand.project
    if decided.next_on is not None and decided.next_on <= at.today:
        raise DayIsPast
    await _require_replaceable(session, project, decided.supersedes_id)
    within = within or Within()
    review = within.review
    row = Decision(
        project_id=project.id,
        review_id=review.id if review else None,
        kind=decided.kind,
        reason=decided.reason,
        dissent=decided.dissent,
        evidence=dict(decided.evidence),
        link=decided.link,
        recommended=decided.recommended,
        next_on=decided.next_on,
        supersedes_id=decided.supersedes_id,
        by_id=hand.by.id,
        on=at.today,
        at=at.now,
    )
    session.add(row)
    await session.flush()
    _record(session, row, review, _changes(project, decided, review), at)
    posts: list[DecisionMade | StageMoved] = [DecisionMade(decision_id=row.id)]
    posts += await _moved_on(session, hand, decided, within, at)
    if project.channel_id is not None:
        channel = project.channel_id
        await outbox.post_all(session, [Post(one, channel) for one in posts], now=at.now)
    return row


async def _require_replaceable(
    session: AsyncSession, project: Project, decision_id: int | None
) -> None:
    if decision_id is None:
        return
    later = aliased(Decision)
    found = (
        await session.execute(
            select(Decision.id, exists().where(later.supersedes_id == Decision.id)).where(
                Decision.id == decision_id, Decision.project_id == project.id
            )
        )
    ).one_or_none()
    if found is None:
        raise Unknown
    if found[1]:
        raise ReplacedAlready


def _changes(project: Project, decided: Decided, review: Review | None) -> dict[str, Any]:
    """Status and touchpoint follow; what has changed."""
    after = status_after(decided.kind, project.status, review.kind if review else None)
    said: dict[str, Any] = {"status": after}
    if decided.next_on is not None:
        said["next_touchpoint"] = decided.next_on
    return planning.applied(project, said)


def _record(
    session: AsyncSession,
    row: Decision,
    review: Review | None,
    changes: dict[str, Any],
    at: Moment,
) -> None:
    of: dict[str, Any] = {"review": review.id, "of": review.kind.value} if review else {}
    if changes:
        of["changes"] = changes
    chronicle.record(
        session,
        chronicle.DECIDED,
        project_id=row.project_id,
        by_id=row.by_id,
        at=at.now,
        decision=row.id,
        what=row.kind.value,
        **of,
    )


async def _moved_on(
    session: AsyncSession, hand: InHand, decided: Decided, within: Within, at: Moment
) -> Sequence[StageMoved]:
    """The move to the stage that a go leads to."""
    project, of = hand.project, within.review.kind if within.review else None
    after = stage_after(decided.kind, project.stage, of=of)
    if after is None:
        return ()
    moving = stages.Advance(after, decided.reason, within.progress)
    try:
        return (await stages.advance(session, project, hand.by, moving, at),)
    except NotReady:
        if of is ReviewKind.DEPLOYMENT:
            return ()  # the hand-over is still to come: the launch check's go waits for it
        raise
