"""What happens to a standup's channel: it waits while nothing can be posted there, and goes on by itself."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from functools import partial
from zlib import crc32

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models import review_places
from models.domain.errands import Chore, Task
from models.domain.standup import CeremonyKind, Trouble
from models.outbox import follow
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
    chore = _about(Task.CHANNEL_CLOSED, channel_id, [what])
    await follow(session, chore, now, partial(_close, session, channel_id, what, now))


async def is_open_to_us(
    session: AsyncSession, channel_id: str, after: Collection[Trouble], now: datetime
) -> None:
    """The channel can be written to again: what was paused for one of these reasons goes on."""
    chore = _about(Task.CHANNEL_OPEN, channel_id, after)
    await follow(session, chore, now, partial(_open, session, channel_id, after, now))


def _about(task: Task, channel_id: str, troubles: Iterable[Trouble]) -> Chore:
    more = " ".join([channel_id, *troubles])
    return Chore(task=task, number=crc32(channel_id.encode()), more=more)


async def done(session: AsyncSession, chore: Chore, now: datetime) -> None:
    """What follows for a channel, by the chore that it became."""
    channel_id, *said = chore.more.split()
    troubles = [Trouble(one) for one in said]
    if chore.task is Task.CHANNEL_CLOSED:
        await _close(session, channel_id, troubles[0], now)
    else:
        await _open(session, channel_id, troubles, now)


async def _close(session: AsyncSession, channel_id: str, what: Trouble, now: datetime) -> None:
    running = [one for one in await _standups(session, channel_id) if not one.paused]
    for ceremony in running:
        await pause(session, ceremony.id, by=None, now=now, reason=REASONS[what])
    await tell_owners(session, [Told(ceremony, what) for ceremony in running], now)
    await review_places.is_closed_to_us(session, channel_id, now)


async def _open(
    session: AsyncSession, channel_id: str, after: Collection[Trouble], now: datetime
) -> None:
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
