"""What a standup's owner is told when something has happened to it, with what to do."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models import notices, outbox
from models.absences import weeks_at_once
from models.domain.errors import Unknown
from models.domain.facts_trouble import TroubleFacts
from models.domain.messages import StandupTrouble
from models.domain.standup import Trouble
from models.domain.standup_notices import NEWS, StandupNews
from models.notices import ToTell
from models.standups_told import facts_of
from models.tables import Ceremony, Event, Member

MOST_DAYS = 10
"""Days that are named to the owner: the last ones."""


class Told(NamedTuple):
    """Something that has happened to a standup. `about`: a name, or days, as `what` needs it."""

    ceremony: Ceremony
    what: Trouble
    about: str = ""


async def tell_owners(session: AsyncSession, told: Sequence[Told], now: datetime) -> None:
    """Tell the standups' owners, in their working hours (domain §10: nothing outside of them).

    News waits for the day's one message; what stops a standup or sets it going is said by itself. Guests
    are mentioned once, everything else each time that it happens.
    """
    if not told:
        return
    found = await session.scalars(
        select(Member).where(Member.id.in_({one.ceremony.owner_id for one in told}))
    )
    owners = {owner.id: owner for owner in found}
    weeks = weeks_at_once(owners.values())
    this_time = now.isoformat(timespec="milliseconds")
    news = [one for one in told if one.what in NEWS]
    await notices.give(session, [_news(one, this_time) for one in news], now)
    posts = [
        outbox.Post(
            StandupTrouble(ceremony_id=ceremony.id, what=what, about=about),
            owners[ceremony.owner_id].slack_id,
            ceremony.workspace_id,
            again=this_time,
            not_before=weeks[ceremony.owner_id].first_working_moment(now),
        )
        for ceremony, what, about in told
        if what not in NEWS
    ]
    await outbox.post_all(session, posts, now=now)


def _news(told: Told, this_time: str) -> ToTell:
    ceremony, what, about = told
    at = "" if what is Trouble.GUESTS else this_time
    news = StandupNews(ceremony_id=ceremony.id, what=what, about=about, at=at)
    return ToTell(ceremony.workspace_id, ceremony.owner_id, news)


async def tell_skipped(
    session: AsyncSession, skipped: Mapping[Ceremony, Sequence[date]], now: datetime
) -> None:
    """Runs that could not take place in time are in the chronicle, and their owners are told."""
    told = []
    for ceremony, days in skipped.items():
        if not days:
            continue
        about = ",".join(day.isoformat() for day in days[-MOST_DAYS:])
        told.append(Told(ceremony, Trouble.SKIPPED, about))
        session.add(
            Event(
                workspace_id=ceremony.workspace_id,
                kind="standup_skipped",
                project_id=ceremony.project_id,
                at=now,
                data={"ceremony": ceremony.id, "days": about, "count": len(days)},
            )
        )
    await tell_owners(session, told, now)


async def facts(session: AsyncSession, message: StandupTrouble) -> TroubleFacts:
    """What happened, to which standup.

    Raises:
        Unknown: the standup is gone.
    """
    ceremony = await session.get(Ceremony, message.ceremony_id)
    if ceremony is None:
        raise Unknown
    return facts_of(ceremony, message.what, message.about)
