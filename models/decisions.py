"""Decisions: the one place that writes them, append-only (domain §2.4-7)."""

from collections.abc import Mapping
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
from models.domain.project_facts import Moved
from models.domain.stages import NotReady
from models.outbox import Post
from models.planning import InHand
from models.tables import Decision, Event, Project, Review


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

    Raises:
        DayIsPast: the next date is not to come.
        Unknown: the project has no decision that this one could replace.
        ReplacedAlready: another one has replaced that one.
        NotReady: a go leads to a launch that lacks something.
    """
    within = within or Within()
    row = await write(session, hand, decided, at=at, review=within.review)
    await session.flush()
    await follow(session, hand, row, at=at, within=within)
    return row


async def write(
    session: AsyncSession,
    hand: InHand,
    decided: Decided,
    *,
    at: Moment,
    review: Review | None = None,
) -> Decision:
    """Add a decision, of a review if there was one. What follows from it is still to come: see `follow`.

    Raises:
        DayIsPast, Unknown, ReplacedAlready: as `decide`.
    """
    if decided.next_on is not None and decided.next_on <= at.today:
        raise DayIsPast
    await _require_replaceable(session, hand.project, decided.supersedes_id)
    row = Decision(
        project_id=hand.project.id,
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
    return row


async def follow(
    session: AsyncSession, hand: InHand, row: Decision, *, at: Moment, within: Within
) -> None:
    """Do what follows from a decision, and announce both in the project's channel.

    *Stop* and *hold* change the project's status, whatever goes on makes it active again; a next date is the
    next touchpoint; a go moves the project to the stage that it leads to. A launch check's go that comes
    before the hand-over's is kept, and moves nothing yet.

    Raises:
        NotReady: a go outside a review leads to a launch that lacks something.
    """
    project, review = hand.project, within.review
    move = await _move_of(session, project, row, within, at)
    lines = [_line(row, review, _changes(project, row, review), at)]
    if move is not None:
        lines.append(stages.made(project, hand.by, at, move))
    written = await chronicle.write(session, lines)
    if project.channel_id is None:
        return
    posts: list[DecisionMade | StageMoved] = [DecisionMade(decision_id=row.id)]
    posts += [StageMoved(event_id=written[stages.CHANGED])] if move is not None else []
    await outbox.post_all(session, [Post(one, project.channel_id) for one in posts], now=at.now)


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


def _changes(project: Project, row: Decision, review: Review | None) -> dict[str, Any]:
    """Status and touchpoint follow; what has changed."""
    after = status_after(row.kind, project.status, review.kind if review else None)
    said: dict[str, Any] = {"status": after}
    if row.next_on is not None:
        said["next_touchpoint"] = row.next_on
    return planning.applied(project, said)


def _line(
    row: Decision,
    review: Review | None,
    changes: dict[str, Any],
    at: Moment,
) -> Event:
    of: dict[str, Any] = {"review": review.id, "of": review.kind.value} if review else {}
    if changes:
        of["changes"] = changes
    return chronicle.line(
        chronicle.DECIDED,
        project_id=row.project_id,
        by_id=row.by_id,
        at=at.now,
        decision=row.id,
        what=row.kind.value,
        **of,
    )


async def _move_of(
    session: AsyncSession, project: Project, row: Decision, within: Within, at: Moment
) -> Moved | None:
    """The move to the stage that a go leads to."""
    of = within.review.kind if within.review else None
    after = stage_after(row.kind, project.stage, of=of)
    if after is None:
        return None
    moving = stages.Advance(after, row.reason, within.progress)
    try:
        return await stages.looked_at(session, project, moving, at.today)
    except NotReady:
        if of is None:
            raise
        return None  # the hand-over is still to come: the launch check's go waits for it
