"""Where leadership reads: the channel of its digest."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.standup import CeremonyKind
from models.tables import Ceremony


async def leadership_channel(session: AsyncSession) -> str | None:
    """The channel; None while leadership has no digest."""
    channel: str | None = await session.scalar(
        select(Ceremony.channel_id)
        .where(Ceremony.kind == CeremonyKind.DIGEST_LEADERSHIP, Ceremony.active)
        .order_by(Ceremony.id)
        .limit(1)
    )
    return channel
