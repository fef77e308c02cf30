"""Where leadership reads: the channel of its digest."""

from sqlalchemy import String, select, type_coerce
from sqlalchemy.ext.asyncio import AsyncSession

from models.tables import Ceremony

KIND = "digest_leadership"


async def leadership_channel(session: AsyncSession) -> str | None:
    """The channel; None while leadership has no digest."""
    channel: str | None = await session.scalar(
        select(Ceremony.channel_id)
        .where(type_coerce(Ceremony.kind, String) == KIND, Ceremony.active)
        .order_by(Ceremony.id)
        .limit(1)
    )
    return channel
