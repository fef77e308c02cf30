"""What happens to the channels of reviews: whoever leads one hears when nothing can be posted there."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models import notices
from models.domain.notices_reviews import ReviewNowhere
from models.domain.review import ReviewState
from models.notices import ToTell
from models.outbox import refresh_all
from models.tables import Review

TO_BE_HELD = (ReviewState.SCHEDULED, ReviewState.OPEN)


async def is_closed_to_us(session: AsyncSession, channel_id: str, now: datetime) -> None:
    """The channel was archived or deleted, or the bot removed from it: the chairs of its reviews are told."""
    found = await session.scalars(
        select(Review)
        .where(Review.channel_id == channel_id, Review.state.in_(TO_BE_HELD))
        .order_by(Review.id)
    )
    await _tell_chairs(session, list(found), now)


async def could_not_post(session: AsyncSession, review_id: int, now: datetime) -> None:
    """Slack has refused its card for good."""
    review = await session.get(Review, review_id)
    if review is not None and review.state in TO_BE_HELD:
        await _tell_chairs(session, [review], now)


async def _tell_chairs(session: AsyncSession, reviews: list[Review], now: datetime) -> None:
    told = [
        ToTell(
            review.workspace_id,
            review.chair_id,
            ReviewNowhere(review_id=review.id, channel_id=review.channel_id or ""),
        )
        for review in reviews
        if review.chair_id is not None
    ]
    await notices.give(session, told, now)


async def is_open_to_us(session: AsyncSession, channel_id: str, now: datetime) -> None:
    """The channel can be written to again: the chairs need not do anything."""
    found = await session.scalars(
        select(Review.id).where(Review.channel_id == channel_id, Review.state.in_(TO_BE_HELD))
    )
    subjects = [ReviewNowhere(review_id=one, channel_id=channel_id).subject for one in found]
    await refresh_all(session, await notices.settle(session, subjects, now), now=now)
