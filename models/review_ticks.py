"""What a review does by itself: it is announced, opens, chases what is owed, tells its chair at last."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from models import notices, review_calendar, review_ended, reviews
from models.domain.cadence import local_date, local_moment, zone_of
from models.domain.clock import Moment
from models.domain.notices_reviews import ReviewAhead, ReviewItems, ReviewToClose
from models.domain.review import ReviewState
from models.domain.review_dates import opens_on
from models.notices import ToTell
from models.review_announcing import announce, called_off, next_chair
from models.review_pages import facts
from models.review_times import MORNING, wakes_at
from models.tables import Project, Review, Workspace

AT_ONCE = 20


class Due(NamedTuple):
    """A review that something is to be done about."""

    review_id: int
    workspace_id: int


async def due(session: AsyncSession, now: datetime) -> Sequence[Due]:
    """Reviews that something is to be done about, at most 20."""
    found = await session.execute(
        select(Review.id, Review.workspace_id)
        .where(Review.wakes_at.is_not(None), Review.wakes_at <= now)
        .order_by(Review.wakes_at, Review.id)
        .limit(AT_ONCE)
    )
    return [Due(*row) for row in found]


async def wake(session: AsyncSession, review_id: int, now: datetime) -> int:
    """Do it, once whoever else does it too; 1 when something was done."""
    found = (
        await session.execute(
            select(Review, Project, Workspace.tz)
            .join(Project, Project.id == Review.project_id)
            .join(Workspace, Workspace.id == Review.workspace_id)
            .where(Review.id == review_id)
            .options(joinedload(Review.chair))
            .with_for_update(of=Review, skip_locked=True)
        )
    ).one_or_none()
    if found is None:
        return 0
    review, project, tz = found
    if review.wakes_at is None or review.wakes_at > now:
        return 0
    zone = zone_of(tz)
    at = Moment(now, local_date(now, zone))
    if review.state in (ReviewState.CANCELLED, ReviewState.HELD):
        await _over(session, review, project, now)
        review.wakes_at = None
        return 1
    await _led_by_somebody(session, review, now)
    opens = local_moment(opens_on(review.due), MORNING, zone) <= now
    if review.announced_at is None:
        if opens and review.state is ReviewState.SCHEDULED:
            await reviews.opened(session, review, project, by_id=None, at=at)
        await announce(session, review, now)
    elif review.state is ReviewState.SCHEDULED:
        await reviews.opened(session, review, project, by_id=None, at=at)
    elif review.chased_at is None:
        await _chase(session, review, at)
    else:
        await _ask_to_close(session, review, now)
        review.wakes_at = None
        return 1
    review.wakes_at = wakes_at(review, zone)
    return 1


async def _over(session: AsyncSession, review: Review, project: Project, now: datetime) -> None:
    """What follows once it is cancelled or held."""
    if review.state is ReviewState.HELD:
        await review_ended.follow(session, review, project, now)
        return
    await called_off(session, review, now)
    await review_calendar.send_anew(session, review, now)


async def _led_by_somebody(session: AsyncSession, review: Review, now: datetime) -> None:
    """Who has left the workspace blocks nobody: somebody else leads it from now on."""
    if review.chair is not None and review.chair.active:
        return
    chair_id = await next_chair(session, review)
    if chair_id is None or chair_id == review.chair_id:
        return
    reviews.record(session, "review_handed_on", review, None, now, to=chair_id)
    review.chair_id = chair_id
    about = ReviewAhead(review_id=review.id)
    await notices.give(session, [ToTell(review.workspace_id, chair_id, about)], now)


async def _ask_to_close(session: AsyncSession, review: Review, now: datetime) -> None:
    if review.chair_id is not None:
        told = ToTell(review.workspace_id, review.chair_id, ReviewToClose(review_id=review.id))
        await notices.give(session, [told], now)


async def _chase(session: AsyncSession, review: Review, at: Moment) -> None:
    """Tell those who owe open items, once each."""
    review.chased_at = at.now
    found = await facts(session, review.id, at.today)
    owing = {person.member_id for line in found.open_lines for person in line.owed_by[:1]}
    about = ReviewItems(review_id=review.id)
    told = [ToTell(review.workspace_id, member_id, about) for member_id in sorted(owing)]
    await notices.give(session, told, at.now)
