"""The roster: whom a standup asks from now on, and when it opens for them."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.cadence import first_moment, local_date, upcoming, zone_of
from models.tables import Ceremony, Member, Participant

LAST_ZONE = zone_of("Etc/GMT+12")
"""Where every date begins last."""


async def ask_these(session: AsyncSession, ceremony: Ceremony, members: Iterable[Member]) -> None:
    """From now on the standup asks these people, and nobody else."""
    await session.execute(delete(Participant).where(Participant.ceremony_id == ceremony.id))
    session.add_all(
        Participant(ceremony_id=ceremony.id, member_id=member.id)
        for member in dict.fromkeys(members)
    )
    await session.flush()


async def participants(session: AsyncSession, ceremony_id: int) -> Sequence[Member]:
    """Whom a standup asks now, by name; nobody who was deactivated."""
    return (await participants_of(session, [ceremony_id]))[ceremony_id]


async def participants_of(
    session: AsyncSession, ceremony_ids: Collection[int]
) -> dict[int, list[Member]]:
    """Whom each of these standups asks now, by name; an empty list where that is nobody."""
    found = await session.execute(
        select(Participant.ceremony_id, Member)
        .join(Member, Participant.member_id == Member.id)
        .where(Participant.ceremony_id.in_(ceremony_ids), Member.active)
        .order_by(Member.name, Member.id)
    )
    people: dict[int, list[Member]] = {ceremony_id: [] for ceremony_id in ceremony_ids}
    for ceremony_id, member in found:
        people[ceremony_id].append(member)
    return people


async def plan_first(session: AsyncSession, ceremony: Ceremony, now: datetime) -> None:
    """After a change: the next run is on the first day on which nobody would be asked late."""
    people = await participants(session, ceremony.id)
    _plan(ceremony, people, now - timedelta(seconds=1))


def plan_after_run(ceremony: Ceremony, people: Sequence[Member], now: datetime) -> None:
    """After a run: the next slot whose answering time isn't over, so that a short downtime skips none."""
    _plan(ceremony, people, now - timedelta(hours=ceremony.answer_hours))


async def plan_again(session: AsyncSession, ceremony: Ceremony) -> None:
    """The people or their zones changed: the same next day, at the moment of the first of them."""
    zones = {zone_of(member.tz) for member in await participants(session, ceremony.id)}
    if zones and ceremony.next_day is not None:
        ceremony.opens_at = first_moment(ceremony.next_day, ceremony.local_time, zones)


def _plan(ceremony: Ceremony, people: Sequence[Member], not_before: datetime) -> None:
    zones = {zone_of(member.tz) for member in people}
    if not zones:
        ceremony.next_day = ceremony.opens_at = None
        return
    ceremony.next_day = upcoming(
        ceremony.days.split(","),
        ceremony.local_time,
        zones,
        after=ceremony.next_day or local_date(not_before, LAST_ZONE) - timedelta(days=1),
        not_before=not_before,
    )
    ceremony.opens_at = first_moment(ceremony.next_day, ceremony.local_time, zones)
