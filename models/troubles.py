"""What a standup's owner is told when something has happened to it, with what to do."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models import outbox
from models.domain.errors import Unknown
from models.domain.facts_trouble import TroubleFacts
from models.domain.messages import StandupTrouble
from models.domain.standup import Trouble
from models.tables import Ceremony, Event, Member

MOST_DAYS = 10
"""Days that are named to the owner."""


async def tell_owner(
    session: AsyncSession, ceremony: Ceremony, what: Trouble, now: datetime, *, about: str = ""
) -> None:
    """Tell a standup's owner; guests are mentioned once, everything else each time that it happens."""
    owner = await session.get_one(Member, ceremony.owner_id)
    again = "" if what is Trouble.GUESTS else now.isoformat(timespec="milliseconds")
    message = StandupTrouble(ceremony_id=ceremony.id, what=what, about=about)
    post = outbox.Post(message, owner.slack_id, ceremony.workspace_id, again=again)
    await outbox.post_all(session, [post], now=now)


async def tell_skipped(
    session: AsyncSession, skipped: Mapping[Ceremony, Sequence[date]], now: datetime
) -> None:
    """Runs that could not take place in time are in the chronicle, and their owners are told."""
    missed = {ceremony: days for ceremony, days in skipped.items() if days}
    if not missed:
        return
    found = await session.scalars(
        select(Member).where(Member.id.in_({ceremony.owner_id for ceremony in missed}))
    )
    owners = {owner.id: owner.slack_id for owner in found}
    posts = []
    for ceremony, days in missed.items():
        about = ",".join(day.isoformat() for day in days[:MOST_DAYS])
        session.add(
            Event(
                workspace_id=ceremony.workspace_id,
                kind="standup_skipped",
                project_id=ceremony.project_id,
                at=now,
                data={"ceremony": ceremony.id, "days": about, "count": len(days)},
            )
        )
        message = StandupTrouble(ceremony_id=ceremony.id, what=Trouble.SKIPPED, about=about)
        posts.append(
            outbox.Post(
                message,
                owners[ceremony.owner_id],
                ceremony.workspace_id,
                again=now.isoformat(timespec="milliseconds"),
            )
        )
    await outbox.post_all(session, posts, now=now)


async def facts(session: AsyncSession, message: StandupTrouble) -> TroubleFacts:
    """What happened, to which standup.

    Raises:
        Unknown: the standup is gone.
    """
    ceremony = await session.get(Ceremony, message.ceremony_id)
    if ceremony is None:
        raise Unknown
    return TroubleFacts(
        what=message.what,
        about=message.about,
        name=ceremony.name,
        channel_id=ceremony.channel_id,
        next_day=ceremony.next_day,
    )
