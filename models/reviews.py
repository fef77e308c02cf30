"""Reviews: scheduled, moved, cancelled, opened with the checklist that they keep."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from models import checklists, chronicle, last_go
from models.db import dialect_of
from models.domain.checklist import Checklist, for_project
from models.domain.clock import Moment
from models.domain.errors import BotError, DayIsPast, Unknown
from models.domain.permissions import Action
from models.domain.review import ReviewKind, ReviewState
from models.outbox import post_all, refresh_all
from models.permits import permit_known, permit_project
from models.review_posts import card_of, checklist_of, line_of, said_of, stands_in
from models.review_times import wakes_at
from models.tables import Member, Membership, Project, Review, ReviewParticipant

CANCELLED = "review_cancelled"
"""The line of the chronicle that says why a review is not held."""


class ScheduledAlready(BotError):
    """This review is scheduled already. Move it, or cancel it first."""


class ReviewOver(BotError):
    """This review is over. What was decided stays; schedule another one."""


class NowhereToPost(BotError):
    """In which channel? The project has none yet: choose one."""


@dataclass(frozen=True)
class Plan:
    """A review to be held. `update` says that a live model changes, with the same code (domain §4.3)."""

    kind: ReviewKind
    project_id: int
    due: date
    chair: Member
    channel_id: str | None = None
    participants: Collection[int] = ()
    reason: str | None = None
    update: bool = False


class InHand(NamedTuple):
    """A review that is not over, locked, its project, and who changes it."""

    review: Review
    project: Project
    by: Member


async def schedule(
    session: AsyncSession, plan: Plan, slack_id: str, *, at: Moment
) -> tuple[Review, Project]:
    """Schedule a review of a project.

    Raises:
        NotAllowed: neither the PM nor somebody technical in the project.
        Unknown: there is no such project.
        DayIsPast: it would have been due before today.
        NowhereToPost: neither the plan nor the project names a channel.
        ScheduledAlready: one of this kind is to be held already.
    """
    if plan.due < at.today:
        raise DayIsPast
    by, project = await permit_project(session, slack_id, Action.HOLD_REVIEW, plan.project_id)
    channel = plan.channel_id or project.channel_id
    if channel is None:
        raise NowhereToPost
    review = await planned(
        session,
        {
            "workspace_id": project.workspace_id,
            "project_id": project.id,
            "kind": plan.kind,
            "due": plan.due,
            "reason": plan.reason,
            "update": plan.update,
            "chair_id": plan.chair.id,
            "planned_by_id": by.id,
            "channel_id": channel,
        },
        at.now,
    )
    if review is None:
        raise ScheduledAlready
    people = sorted({*plan.participants, plan.chair.id})
    session.add_all(ReviewParticipant(review_id=review.id, member_id=one) for one in people)
    record(session, "review_scheduled", review, by.id, at.now, due=str(plan.due))
    return review, project


async def planned(session: AsyncSession, row: dict[str, Any], now: datetime) -> Review | None:
    """A new review; None where one of its kind, or of its occasion, is there already. One statement.

    The tick announces it at once.
    """
    insert = dialect_of(session).insert(Review)
    made = {"state": ReviewState.SCHEDULED, "created_at": now, "wakes_at": now}
    found = await session.scalars(
        insert.values(row | made).on_conflict_do_nothing().returning(Review)
    )
    review: Review | None = found.one_or_none()
    return review


async def take(session: AsyncSession, review_id: int, slack_id: str) -> InHand:
    """A review that is not over, for somebody who may schedule and close it.

    Raises:
        Unknown: there is no such review.
        ReviewOver: it was held or cancelled.
        NotAllowed: neither the PM nor somebody technical in the project, nor its chair.
    """
    found = (
        await session.execute(
            select(Review, Project, Member, Membership.role)
            .join(Project, Project.id == Review.project_id)
            .outerjoin(Member, Member.slack_id == slack_id)
            .outerjoin(
                Membership,
                and_(Membership.member_id == Member.id, Membership.project_id == Project.id),
            )
            .where(Review.id == review_id)
            .options(joinedload(Review.chair))
            .with_for_update(of=Review)
        )
    ).all()
    if not found:
        raise Unknown
    review, project, member, _ = found[0]
    by = await permit_known(
        session,
        member,
        {row[3] for row in found},
        Action.HOLD_REVIEW,
        project_id=project.id,
        owner_id=review.chair_id,
    )
    require_not_over(review)
    return InHand(review, project, by)


def require_not_over(review: Review) -> None:
    """Raise unless it is still to be held.

    Raises:
        ReviewOver: it was held or cancelled.
    """
    if review.state not in (ReviewState.SCHEDULED, ReviewState.OPEN):
        raise ReviewOver


async def move(
    session: AsyncSession,
    hand: InHand,
    due: date,
    *,
    zone: ZoneInfo,
    at: Moment,
    channel_id: str | None = None,
) -> None:
    """Hold it on another day, or in another channel: there it is posted anew.

    Raises:
        DayIsPast: that day is over.
    """
    review = hand.review
    if due < at.today:
        raise DayIsPast
    before, review.due = review.due, due
    review.sequence += 1
    # Later than its half-time it is chased again.
    if before < due and review.state is ReviewState.OPEN:
        review.chased_at = None
    review.wakes_at = wakes_at(review, zone)
    record(session, "review_moved", review, hand.by.id, at.now, before=str(before), after=str(due))
    if channel_id is not None and channel_id != review.channel_id:
        review.channel_id = channel_id
        await post_all(session, stands_in(review, channel_id), now=at.now)
    else:
        await shown_anew(session, review, at.now)


async def cancel(session: AsyncSession, hand: InHand, reason: str, *, at: Moment) -> None:
    """Don't hold it, and say why; the tick takes back what was asked of people."""
    review = hand.review
    review.state, review.cancelled_on = ReviewState.CANCELLED, at.today
    review.sequence += 1
    review.wakes_at = at.now
    record(session, CANCELLED, review, hand.by.id, at.now, reason=reason)
    await shown_anew(session, review, at.now)


async def open_now(session: AsyncSession, hand: InHand, *, zone: ZoneInfo, at: Moment) -> None:
    """Ask its checklist from now on: the card is posted, the checklist is kept as it is today."""
    if hand.review.state is ReviewState.OPEN:
        return
    await opened(session, hand.review, hand.project, by_id=hand.by.id, at=at)
    hand.review.wakes_at = wakes_at(hand.review, zone)


async def opened(
    session: AsyncSession, review: Review, project: Project, *, by_id: int | None, at: Moment
) -> None:
    """Open a scheduled review; by the tick when its time has come."""
    begins = await last_go.begins_with(session, review)
    kept = _asked_of(_own_or_packaged(review.kind, begins.own), project)
    review.state, review.opened_at = ReviewState.OPEN, at.now
    review.checklist_version, review.checklist = kept.version, kept.model_dump(mode="json")
    review.update = last_go.take_over(session, review, kept, begins) or review.update
    record(session, "review_opened", review, by_id, at.now)
    await post_all(session, [card_of(review), checklist_of(review)], now=at.now)
    await refresh_all(session, [line_of(review)], now=at.now)


async def current(session: AsyncSession, kind: ReviewKind) -> Checklist:
    """The checklist that a review of this kind begins with: the workspace's own, or the package's."""
    own = await session.scalar(last_go.own_checklist(kind))
    return _own_or_packaged(kind, own)


def _own_or_packaged(kind: ReviewKind, own: Any) -> Checklist:
    return checklists.packaged(kind) if own is None else Checklist.model_validate(own)


def kept(review: Review, own: Any = None, project: Project | None = None) -> Checklist:
    """The checklist that the review keeps; before it is opened what it begins with, for a `project`.

    That is the workspace's `own`, or the package's.
    """
    if review.checklist is not None:
        return Checklist.model_validate(review.checklist)
    checklist = _own_or_packaged(review.kind, own)
    return checklist if project is None else _asked_of(checklist, project)


def _asked_of(checklist: Checklist, project: Project) -> Checklist:
    items = for_project(
        checklist.items,
        risk=project.risk_tier,
        explainability_required=bool(project.explainability_required),
    )
    return checklist.model_copy(update={"items": items})


async def shown_anew(session: AsyncSession, review: Review, now: datetime) -> None:
    """What stands in the channel about it is brought up to date."""
    await refresh_all(session, said_of(review), now=now)


def record(
    session: AsyncSession,
    kind: str,
    review: Review,
    by_id: int | None,
    at: datetime,
    **data: Any,
) -> None:
    """A line of the chronicle about a review."""
    chronicle.record(
        session,
        kind,
        project_id=review.project_id,
        by_id=by_id,
        at=at,
        review=review.id,
        of=review.kind.value,
        **data,
    )
