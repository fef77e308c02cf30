"""What happens to a standup's channel: it waits while nothing can be posted there, and goes on by itself."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models import review_places
from models.domain.standup import CeremonyKind, Trouble
from models.steering import pause, resume
from models.tables import Ceremony
from models.troubles import Told, tell_owners

REASONS = {
    Trouble.ARCHIVED: "is_archived",
    Trouble.DELETED: "channel_not_found",
    Trouble.REMOVED: "not_in_channel",
}
"""Slack's word for why nothing can be posted."""


async def is_closed_to_us(
    session: AsyncSession, channel_id: str, what: Trouble, now: datetime
) -> None:
    """The channel was archived or deleted, or the bot removed from it: its standups are paused.

    Whoever leads a review there is told.
    """
    running = [one for one in await _standups(session, channel_id) if not one.paused]
    for ceremony in running:
        await pause(session, ceremony.id, by=None, now=now, reason=REASONS[what])
    await tell_owners(session, [Told(ceremony, what) for ceremony in running], now)
    await review_places.is_closed_to_us(session, channel_id, now)


async def is_open_to_us(
    session: AsyncSession, channel_id: str, after: Collection[Trouble], now: datetime
) -> None:
    """The channel can be written to again: what was paused for one of these reasons goes on."""
    reasons = {REASONS[what] for what in after}
    waiting = [
        one
        for one in await _standups(session, channel_id)
        if one.paused and one.pause_reason in reasons
    ]
    for ceremony in waiting:
        await resume(session, ceremony.id, by=None, now=now)
    await tell_owners(session, [Told(ceremony, Trouble.BACK) for ceremony in waiting], now)
    await review_places.is_open_to_us(session, channel_id, now)


async def is_renamed(session: AsyncSession, channel_id: str, name: str, now: datetime) -> None:
    """Nothing is stored by name: the owner is told, and everything goes on."""
    told = [Told(one, Trouble.RENAMED, name) for one in await _standups(session, channel_id)]
    await tell_owners(session, told, now)


async def _standups(session: AsyncSession, channel_id: str) -> Sequence[Ceremony]:
    found = await session.scalars(
        select(Ceremony)
        .where(
            Ceremony.channel_id == channel_id,
            Ceremony.active,
            Ceremony.kind == CeremonyKind.STANDUP,
        )
        .order_by(Ceremony.id)
    )
    return found.all()
