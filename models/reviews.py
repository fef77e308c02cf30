"""Reviews: scheduled, moved, cancelled, opened with the checklist that they keep."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from models import checklists, chronicle, last_go
from models.domain.cadence import local_date, local_moment
from models.domain.checklist import Checklist, for_project
from models.domain.clock import Moment
from models.domain.errors import BotError, DayIsPast, Unknown
from models.domain.messages import ReviewCard
from models.domain.permissions import Action
from models.domain.review import ReviewKind, ReviewState
from models.domain.review_dates import half_time, opens_on
from models.outbox import Post, post_all, refresh_all
from models.permits import permit
from models.tables import Checklist as OwnChecklist
from models.tables import Member, Project, Review, ReviewParticipant

MORNING = time(9)
"""On the workspace's wall."""


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
    session: AsyncSession, plan: Plan, slack_id: str, *, zone: ZoneInfo, at: Moment
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
    by = await permit(session, slack_id, Action.HOLD_REVIEW, project_id=plan.project_id)
    project = await session.scalar(
        select(Project).where(Project.id == plan.project_id).with_for_update()
    )
    if project is None:
        raise Unknown
    same = await session.scalar(
        select(Review.id).where(
            Review.project_id == project.id,
            Review.kind == plan.kind,
            Review.state.in_((ReviewState.SCHEDULED, ReviewState.OPEN)),
        )
    )
    if same is not None:
        raise ScheduledAlready
    channel = plan.channel_id or project.channel_id
    if channel is None:
        raise NowhereToPost
    review = Review(
        project_id=project.id,
        kind=plan.kind,
        state=ReviewState.SCHEDULED,
        due=plan.due,
        reason=plan.reason,
        update=plan.update,
        chair_id=plan.chair.id,
        channel_id=channel,
        created_at=at.now,
    )
    review.wakes_at = wakes_at(review, zone)
    session.add(review)
    await session.flush()
    people = sorted({*plan.participants, plan.chair.id})
    session.add_all(ReviewParticipant(review_id=review.id, member_id=one) for one in people)
    _record(session, "review_scheduled", review, by.id, at.now, due=str(plan.due))
    return review, project


def wakes_at(review: Review, zone: ZoneInfo) -> datetime | None:
    """When something is to be done about it by itself, on the workspace's wall; None when nothing is.

    It opens, chases what is owed at half-time, and tells its chair on its last day, each at nine.
    """
    if review.state is ReviewState.SCHEDULED:
        return local_moment(opens_on(review.due), MORNING, zone)
    if review.state is not ReviewState.OPEN or review.opened_at is None:
        return None
    if review.chased_at is None:
        day = half_time(local_date(review.opened_at, zone), review.due)
        return local_moment(day, MORNING, zone)
    return max(local_moment(review.due, MORNING, zone), review.chased_at)


async def take(session: AsyncSession, review_id: int, slack_id: str) -> InHand:
    """A review that is not over, for somebody who may schedule and close it.

    Raises:
        Unknown: there is no such review.
        ReviewOver: it was held or cancelled.
        NotAllowed: neither the PM nor somebody technical in the project, nor its chair.
    """
    found = (
        await session.execute(
            select(Review, Project)
            .join(Project, Project.id == Review.project_id)
            .where(Review.id == review_id)
            .options(joinedload(Review.chair))
            .with_for_update(of=Review)
        )
    ).one_or_none()
    if found is None:
        raise Unknown
    review, project = found
    by = await permit(
        session,
        slack_id,
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
    session: AsyncSession, hand: InHand, due: date, *, zone: ZoneInfo, at: Moment
) -> None:
    """Hold it on another day.

    Raises:
        DayIsPast: that day is over.
    """
    if due < at.today:
        raise DayIsPast
    before, hand.review.due = hand.review.due, due
    hand.review.wakes_at = wakes_at(hand.review, zone)
    _record(
        session,
        "review_moved",
        hand.review,
        hand.by.id,
        at.now,
        before=str(before),
        after=str(due),
    )
    await shown_anew(session, hand.review, at.now)


async def cancel(session: AsyncSession, hand: InHand, reason: str, *, at: Moment) -> None:
    """Don't hold it, and say why."""
    review = hand.review
    review.state, review.cancelled_on = ReviewState.CANCELLED, at.today
    review.wakes_at = None
    _record(session, "review_cancelled", review, hand.by.id, at.now, reason=reason)
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
    checklist = await current(session, review.kind)
    items = for_project(
        checklist.items,
        risk=project.risk_tier,
        explainability_required=bool(project.explainability_required),
    )
    kept = checklist.model_copy(update={"items": items})
    review.state, review.opened_at = ReviewState.OPEN, at.now
    review.checklist_version, review.checklist = kept.version, kept.model_dump(mode="json")
    review.update = await last_go.take_over(session, review, kept) or review.update
    _record(session, "review_opened", review, by_id, at.now)
    await post_all(session, [card_of(review)], now=at.now)


async def current(session: AsyncSession, kind: ReviewKind) -> Checklist:
    """The checklist that a review of this kind begins with: the workspace's own, or the package's."""
    own = await session.scalar(
        select(OwnChecklist.content)
        .where(OwnChecklist.kind == kind)
        .order_by(OwnChecklist.version.desc())
        .limit(1)
    )
    return checklists.packaged(kind) if own is None else Checklist.model_validate(own)


def kept(review: Review) -> Checklist:
    """The checklist that the review keeps; before it is opened the package's own."""
    if review.checklist is None:
        return checklists.packaged(review.kind)
    return Checklist.model_validate(review.checklist)


async def shown_anew(session: AsyncSession, review: Review, now: datetime) -> None:
    """Its card in the channel is brought up to date."""
    await refresh_all(session, [card_of(review)], now=now)


def card_of(review: Review) -> Post:
    """Its card in the channel."""
    return Post(ReviewCard(review_id=review.id), review.channel_id or "", review.workspace_id)


def _record(
    session: AsyncSession,
    kind: str,
    review: Review,
    by_id: int | None,
    at: datetime,
    **data: Any,
) -> None:
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
