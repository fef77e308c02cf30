"""What has happened to standups, as their owners read it."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.facts_trouble import TroubleFacts
from models.domain.notices import notice_of
from models.domain.standup import Trouble
from models.domain.standup_notices import StandupNews
from models.tables import Ceremony, Notice


async def told_of_standups(
    session: AsyncSession, rows: Sequence[Notice]
) -> dict[str, TroubleFacts]:
    """Those notices that tell of a standup, by subject; one statement, however many."""
    news = [one for row in rows if isinstance(one := notice_of(row.payload), StandupNews)]
    if not news:
        return {}
    found = await session.scalars(
        select(Ceremony).where(Ceremony.id.in_({one.ceremony_id for one in news}))
    )
    known = {ceremony.id: ceremony for ceremony in found}
    return {
        one.subject: facts_of(known[one.ceremony_id], one.what, one.about)
        for one in news
        if one.ceremony_id in known
    }


def facts_of(ceremony: Ceremony, what: Trouble, about: str) -> TroubleFacts:
    """What happened, to which standup."""
    return TroubleFacts(
        what=what,
        about=about,
        name=ceremony.name,
        channel_id=ceremony.channel_id,
        next_day=ceremony.next_day,
    )
