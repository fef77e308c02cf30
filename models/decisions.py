"""Decisions: the one place that writes them, append-only (domain §2.4-7)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Label, exists, false, null, select, true
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from models import chronicle, outbox, planning, stages
from models.domain.clock import Moment
from models.domain.deciding import stage_after, status_after
from models.domain.decision import DecisionKind
from models.domain.errors import BotError, DayIsPast, Unknown
from models.domain.messages import DecisionMade, StageMoved
from models.domain.messages_reviews import ReviewCard, ReviewResult
from models.domain.progress import Progress
from models.domain.project_facts import Moved
from models.domain.stages import NotReady
from models.outbox import Post
from models.planning import InHand
from models.tables import Decision, Project, Review


class ReplacedAlready(BotError):
    """Another decision has replaced that one already. Open the list again."""


def replaceable(decision_id: int | None) -> tuple[Label[bool], Label[bool], Label[Any]]:
    """Columns of a statement on Project: whether it has this decision, that is replaced, and its review."""
    later = aliased(Decision)
    if decision_id is None:
        return (
            true().label("is_its"),
            false().label("replaced"),
            null().label("of_review"),
        )
    is_its = exists().where(Decision.id == decision_id, Decision.project_id == Project.id)
    replaced = exists().where(later.supersedes_id == decision_id)
    of_review = select(Decision.review_id).where(Decision.id == decision_id).scalar_subquery()
    return is_its.label("is_its"), replaced.label("replaced"), of_review.label("of_review")


def require_replaceable(is_its: bool, replaced: bool) -> None:
    """Two at the same moment are kept apart by a constraint.

    Raises:
        Unknown: the project has no decision that this one could replace.
        ReplacedAlready: another one has replaced that one.
    """
    if not is_its:
        raise Unknown
    if replaced:
        raise ReplacedAlready


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
    """Where something is decided: in a review, if any; and how far the project has come.

    `before` is the id of the review that the replaced decision was made in, if any.
    """

    review: Review | None = None
    progress: Progress | None = None
    before: int | None = None


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
        NotReady: a go leads to a launch that lacks something.
    """
    within = within or Within()
    row = add(session, hand, decided, at=at, review=within.review)
    await session.flush()
    await follow(session, hand, row, at=at, within=within)
    return row


def add(
    session: AsyncSession,
    hand: InHand,
    decided: Decided,
    *,
    at: Moment,
    review: Review | None = None,
) -> Decision:
    """Record a decision, of a review if there was one; what follows from it is still to come: `follow`.

    Raises:
        DayIsPast: the next date is not to come.
    """
    if decided.next_on is not None and decided.next_on <= at.today:
        raise DayIsPast
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
    lines = {chronicle.DECIDED: _line(row, review, _changes(project, row, review))}
    with session.no_autoflush:  # the project is written once
        moved = await _moved_on(session, project, row, within, at)
    if moved is not None:
        lines[stages.CHANGED] = stages.line(moved)
    written = await chronicle.record_all(
        session, lines, project_id=project.id, by_id=hand.by.id, at=at.now
    )
    posts: list[DecisionMade | StageMoved] = [DecisionMade(decision_id=row.id)]
    if moved is not None:
        posts.append(StageMoved(event_id=written[stages.CHANGED]))
    channel = project.channel_id or ""
    await outbox.post_all(
        session,
        [Post(one, channel) for one in posts if channel],
        now=at.now,
        anew=[Post(one, channel) for one in _replaced(row, within.before)],
    )


def _replaced(
    row: Decision, review_id: int | None
) -> list[DecisionMade | ReviewCard | ReviewResult]:
    """Where the decision that this one replaces stands: it says so from now on."""
    if row.supersedes_id is None:
        return []
    told: list[DecisionMade | ReviewCard | ReviewResult] = [
        DecisionMade(decision_id=row.supersedes_id)
    ]
    if review_id is not None:
        told += [ReviewCard(review_id=review_id), ReviewResult(review_id=review_id)]
    return told


def _changes(project: Project, row: Decision, review: Review | None) -> dict[str, Any]:
    """Status and touchpoint follow; what has changed."""
    after = status_after(row.kind, project.status, review.kind if review else None)
    said: dict[str, Any] = {"status": after}
    if row.next_on is not None:
        said["next_touchpoint"] = row.next_on
    return planning.applied(project, said)


def _line(row: Decision, review: Review | None, changes: dict[str, Any]) -> dict[str, Any]:
    """A decision as the chronicle keeps it."""
    said: dict[str, Any] = {"decision": row.id, "what": row.kind.value}
    if review is not None:
        said |= {"review": review.id, "of": review.kind.value}
    return said | ({"changes": changes} if changes else {})


async def _moved_on(
    session: AsyncSession, project: Project, row: Decision, within: Within, at: Moment
) -> Moved | None:
    """The move to the stage that a go leads to, if it leads anywhere."""
    of = within.review.kind if within.review else None
    after = stage_after(row.kind, project.stage, of=of)
    if after is None:
        return None
    moving = stages.Advance(after, row.reason, within.progress)
    try:
        return await stages.advance(session, project, moving, at)
    except NotReady:
        if of is None:
            raise
        return None  # the hand-over is still to come: the launch check's go waits for it
