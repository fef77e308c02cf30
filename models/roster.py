"""The roster: whom a standup asks from now on, and when it opens for them."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.cadence import OwnTime, first_moment, local_date, upcoming, zone_of
from models.domain.standup import Part
from models.tables import Ceremony, Member, Participant

LAST_ZONE = zone_of("Etc/GMT+12")
"""Where every date begins last."""


async def ask_these(
    session: AsyncSession,
    ceremony: Ceremony,
    members: Iterable[Member],
    observers: Iterable[Member] = (),
) -> None:
    """From now on the standup asks these people, and nobody else; observers read and are never asked."""
    await session.execute(delete(Participant).where(Participant.ceremony_id == ceremony.id))
    parts = dict.fromkeys(members, Part.ASKED)
    parts.update(dict.fromkeys(observers, Part.OBSERVER))
    session.add_all(
        Participant(ceremony_id=ceremony.id, member_id=member.id, part=part)
        for member, part in parts.items()
    )
    await session.flush()


async def participants(
    session: AsyncSession, ceremony_id: int, part: Part = Part.ASKED
) -> Sequence[Member]:
    """Whom a standup asks now, or who reads along, by name; nobody who was deactivated."""
    return (await participants_of(session, [ceremony_id], part))[ceremony_id]


async def participants_of(
    session: AsyncSession, ceremony_ids: Collection[int], part: Part = Part.ASKED
) -> dict[int, list[Member]]:
    """Whom each of these standups asks now, by name; an empty list where that is nobody."""
    found = await session.execute(
        select(Participant.ceremony_id, Member)
        .join(Member, Participant.member_id == Member.id)
        .where(Participant.ceremony_id.in_(ceremony_ids), Participant.part == part, Member.active)
        .order_by(Member.name, Member.id)
    )
    people: dict[int, list[Member]] = {ceremony_id: [] for ceremony_id in ceremony_ids}
    for ceremony_id, member in found:
        people[ceremony_id].append(member)
    return people


async def everybody_in(
    session: AsyncSession, ceremony_ids: Collection[int]
) -> dict[int, list[tuple[Part, Member]]]:
    """Who is in each of these standups now, asked or reading along, by name; nobody who was deactivated."""
    found = await session.execute(
        select(Participant.ceremony_id, Participant.part, Member)
        .join(Member, Participant.member_id == Member.id)
        .where(Participant.ceremony_id.in_(ceremony_ids), Member.active)
        .order_by(Member.name, Member.id)
    )
    people: dict[int, list[tuple[Part, Member]]] = {ident: [] for ident in ceremony_ids}
    for ceremony_id, part, member in found:
        people[ceremony_id].append((part, member))
    return people


def own_time(ceremony: Ceremony, member: Member) -> OwnTime:
    """When this person is asked: at their own time of day, or the standup's, on their own clock."""
    return OwnTime(member.ask_time or ceremony.local_time, zone_of(member.tz))


def _times(ceremony: Ceremony, people: Iterable[Member]) -> set[OwnTime]:
    return {own_time(ceremony, member) for member in people}


async def plan_first(session: AsyncSession, ceremony: Ceremony, now: datetime) -> None:
    """After a change: the next run is on the first day on which nobody would be asked late."""
    people = await participants(session, ceremony.id)
    _plan(ceremony, people, now - timedelta(seconds=1))


def plan_after_run(ceremony: Ceremony, people: Sequence[Member], now: datetime) -> None:
    """After a run: the next slot whose answering time isn't over, so that a short downtime skips none."""
    _plan(ceremony, people, now - timedelta(hours=ceremony.answer_hours))


async def plan_again(session: AsyncSession, ceremony: Ceremony) -> None:
    """The people or their clocks changed: the same next day, at the moment of the first of them."""
    await plan_these_again(session, [ceremony])


async def plan_these_again(session: AsyncSession, ceremonies: Collection[Ceremony]) -> None:
    """As `plan_again`, for several standups with one look at their people."""
    people = await participants_of(session, [ceremony.id for ceremony in ceremonies])
    for ceremony in ceremonies:
        times = _times(ceremony, people[ceremony.id])
        if times and ceremony.next_day is not None:
            ceremony.opens_at = first_moment(ceremony.next_day, times)


def unplan(ceremony: Ceremony) -> None:
    """Nothing is due any more until it is planned again."""
    ceremony.next_day = ceremony.opens_at = ceremony.moved_from = None


def _plan(ceremony: Ceremony, people: Sequence[Member], not_before: datetime) -> None:
    """A run that was moved leaves the one after it on its own day."""
    times = _times(ceremony, people)
    done = max(
        (day for day in (ceremony.next_day, ceremony.moved_from) if day is not None),
        default=local_date(not_before, LAST_ZONE) - timedelta(days=1),
    )
    unplan(ceremony)
    if times:
        days = ceremony.days.split(",")
        ceremony.next_day = upcoming(days, times, after=done, not_before=not_before)
        ceremony.opens_at = first_moment(ceremony.next_day, times)
