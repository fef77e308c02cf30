"""Orders of a file: who gets which, stored now, drawn up when it is delivered."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.exported import Exported, Format
from models.domain.messages import Export
from models.outbox import Post, post_all
from models.tables import Member

WANTED_FOR = timedelta(days=1)
"""A file that Slack couldn't take for so long is not sent any more: it can be asked for again."""


async def order(
    session: AsyncSession,
    member: Member,
    what: Exported,
    form: Format,
    *,
    asked: str,
    now: datetime,
) -> None:
    """Have a file sent to a person; `asked` is the modal that it was asked in: twice there is once."""
    message = Export(member_id=member.id, what=what, form=form, asked=asked)
    await post_all(session, [Post(message, member.slack_id, expires_at=now + WANTED_FOR)], now=now)


async def why_not(session: AsyncSession, message: Export) -> str | None:
    """Why a file must not be sent: rights are asked again when it is."""
    member = await session.scalar(select(Member).where(Member.id == message.member_id))
    if member is None or not member.active:
        return "they have left"
    if message.what is Exported.WHOLE and (member.limited or not member.admin):
        return "they are no admin any more"
    return None
