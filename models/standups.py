"""Standups as appointments: setting one up, whom it asks, when it is next, running it now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from operator import itemgetter

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from models import chronicle, outbox
from models.domain.cadence import local_date, zone_of
from models.domain.errands import ReadChannel
from models.domain.errors import NameTaken, Unknown
from models.domain.facts import Person
from models.domain.facts_standup import StandupPage
from models.domain.messages import (
    StandupIsSet,
)
from models.domain.standup import ANSWER_HOURS, SUMMARY_TIME, CeremonyKind, Part, Trouble
from models.held import held
from models.opening import ask_moment, open_run
from models.people import person
from models.roster import ask_these, everybody_in, participants_of, plan_again, plan_first, unplan
from models.tables import Ceremony, Member, Participant, Project
from models.troubles import Told, tell_owners

NAME_LENGTH = 80
"""Characters of a standup's name."""


@dataclass(frozen=True)
class Plan:
    """What a standup is set up with; `people` are Slack ids, none means everyone in the channel.

    `observers` read along and are never asked. Without a name it is the project's, or “Standup”.
    """

    channel_id: str
    project_id: int | None
    people: tuple[str, ...]
    days: tuple[str, ...]
    local_time: time
    tz: str
    name: str = ""
    observers: tuple[str, ...] = ()
    summary_time: time = SUMMARY_TIME
    answer_hours: int = ANSWER_HOURS


async def set_up(
    session: AsyncSession,
    plan: Plan,
    *,
    by: Member,
    now: datetime,
    ceremony_id: int | None = None,
    run_now: bool = False,
) -> Ceremony:
    """Set up a new standup, or change the one with this id; one that was paused goes on.

    Who is in the channel, and everybody's zone, is asked of Slack first: the first run opens when that
    is known.

    Raises:
        Unknown: there is no such standup any more.
        NameTaken: the channel has another standup of that name.
    """
    ceremony = await _to_change(session, ceremony_id, by, now)
    if ceremony_id is None and not by.admin:
        by.admin = await session.scalar(select(Member.id).where(Member.admin).limit(1)) is None
    ceremony.channel_id = plan.channel_id
    ceremony.name = await _name(session, plan, ceremony, is_new=ceremony_id is None)
    ceremony.project_id = plan.project_id
    ceremony.days = ",".join(plan.days)
    ceremony.local_time = plan.local_time
    ceremony.tz = plan.tz
    ceremony.summary_time, ceremony.answer_hours = plan.summary_time, plan.answer_hours
    ceremony.whole_channel = not plan.people
    ceremony.paused, ceremony.pause_reason = False, None
    unplan(ceremony)
    ceremony.run_now_at = now if run_now else None
    session.add(ceremony)
    await session.flush()
    await _read_channel(session, ceremony, now, plan.people, plan.observers)
    chronicle.record(
        session,
        "standup_set",
        project_id=plan.project_id,
        by_id=by.id,
        at=now,
        channel=plan.channel_id,
    )
    return ceremony


async def _to_change(
    session: AsyncSession, ceremony_id: int | None, by: Member, now: datetime
) -> Ceremony:
    if ceremony_id is None:
        return Ceremony(
            kind=CeremonyKind.STANDUP,
            owner_id=by.id,
            created_at=now,
        )
    ceremony = held(session, Ceremony, ceremony_id) or await session.scalar(
        select(Ceremony).where(Ceremony.id == ceremony_id).with_for_update()
    )
    if ceremony is None or not ceremony.active or ceremony.kind is not CeremonyKind.STANDUP:
        raise Unknown
    return ceremony


async def _name(session: AsyncSession, plan: Plan, ceremony: Ceremony, *, is_new: bool) -> str:
    name = plan.name.strip()[:NAME_LENGTH]
    if not name and is_new:
        project = await session.get(Project, plan.project_id) if plan.project_id else None
        name = project.name[:NAME_LENGTH] if project else "Standup"
    name = name or ceremony.name
    with session.no_autoflush:
        taken = select(Ceremony.id).where(
            Ceremony.channel_id == plan.channel_id,
            Ceremony.kind == CeremonyKind.STANDUP,
            Ceremony.active,
            func.lower(Ceremony.name) == name.lower(),
        )
        if not is_new:
            taken = taken.where(Ceremony.id != ceremony.id)
        if await session.scalar(taken.limit(1)) is not None:
            raise NameTaken
    return name


async def _read_channel(
    session: AsyncSession,
    ceremony: Ceremony,
    now: datetime,
    people: tuple[str, ...] = (),
    observers: tuple[str, ...] = (),
) -> None:
    await outbox.post(
        session,
        ReadChannel(ceremony_id=ceremony.id, people=people, observers=observers),
        to=ceremony.channel_id,
        now=now,
        again=now.isoformat(timespec="milliseconds"),
    )


async def read_again(session: AsyncSession, channel_id: str, now: datetime) -> None:
    """Somebody came or went: the standups of everyone in that channel have to know."""
    await _read_each(session, now, Ceremony.channel_id == channel_id)


async def read_whole_channels(session: AsyncSession, now: datetime) -> None:
    """Somebody became a guest, or is none any more: where everyone is asked, guests are not."""
    await _read_each(session, now, true())


async def _read_each(session: AsyncSession, now: datetime, which: ColumnElement[bool]) -> None:
    found = await session.scalars(
        select(Ceremony).where(
            which,
            Ceremony.active,
            ~Ceremony.paused,
            Ceremony.whole_channel,
            Ceremony.kind == CeremonyKind.STANDUP,
        )
    )
    ceremonies = found.all()
    reading = await participants_of(session, [one.id for one in ceremonies], Part.OBSERVER)
    for ceremony in ceremonies:
        observers = tuple(member.slack_id for member in reading[ceremony.id])
        await _read_channel(session, ceremony, now, observers=observers)


async def channel_is_known(
    session: AsyncSession, read: ReadChannel, people: Sequence[Member], now: datetime
) -> None:
    """Slack has said who is in the channel, or who the chosen people are: fix whom it asks, and when.

    The owner is told when a standup was set up or changed, not when somebody came or went. What was asked
    before the standup was changed is of no interest any more. A paused one is planned when it goes on.
    """
    ceremony = await session.get_one(Ceremony, read.ceremony_id, with_for_update=True)
    if not ceremony.active or ceremony.whole_channel is bool(read.people):
        return
    is_new = ceremony.next_day is None
    here = [member for member in people if member.active]
    guests = {member for member in here if ceremony.whole_channel and member.limited}
    observers = [member for member in here if member.slack_id in read.observers]
    asked = [member for member in here if member not in guests and member not in observers]
    await ask_these(session, ceremony, asked, observers)
    if guests:
        await tell_owners(session, [Told(ceremony, Trouble.GUESTS)], now)
    if ceremony.paused:
        return
    if not is_new:
        await plan_again(session, ceremony)
        return
    await plan_first(session, ceremony, now)
    if ceremony.run_now_at is not None:
        day = local_date(now, zone_of(ceremony.tz))
        await open_run(session, ceremony, day=day, now=now, asked_for=True)
        ceremony.run_now_at = None
    owner = await session.get_one(Member, ceremony.owner_id)
    await outbox.post(
        session,
        StandupIsSet(ceremony_id=ceremony.id),
        to=owner.slack_id,
        now=now,
        again=now.isoformat(timespec="milliseconds"),
    )


async def person_is_known(session: AsyncSession, member_ids: Sequence[int]) -> None:
    """Slack has said where people live: the standups that ask them open when their first clock says so."""
    found = await session.scalars(
        select(Ceremony)
        .join(Participant, Participant.ceremony_id == Ceremony.id)
        .where(Participant.member_id.in_(member_ids), Ceremony.next_day.is_not(None))
        .with_for_update(of=Ceremony)
    )
    for ceremony in found.all():
        await plan_again(session, ceremony)


async def page_of(session: AsyncSession, ceremony_id: int) -> StandupPage:
    """A standup as it is set up now.

    Raises:
        Unknown: there is no such standup.
    """
    ceremony = await session.get(Ceremony, ceremony_id)
    if ceremony is None:
        raise Unknown
    return (await pages_of(session, [ceremony]))[0]


async def in_channel(session: AsyncSession, channel_id: str) -> list[StandupPage]:
    """The standups of a channel, the oldest first."""
    found = await session.scalars(
        select(Ceremony)
        .where(
            Ceremony.channel_id == channel_id,
            Ceremony.active,
            Ceremony.kind == CeremonyKind.STANDUP,
        )
        .order_by(Ceremony.id)
    )
    return await pages_of(session, found.all())


async def pages_of(session: AsyncSession, ceremonies: Sequence[Ceremony]) -> list[StandupPage]:
    """These standups as they are set up now. One statement."""
    people = await everybody_in(session, [ceremony.id for ceremony in ceremonies])
    return [page_with(ceremony, people[ceremony.id]) for ceremony in ceremonies]


def page_with(ceremony: Ceremony, people: Sequence[tuple[Part, Member]]) -> StandupPage:
    """A standup as it is set up now, with everybody in it, by name."""
    asked = [member for part, member in people if part is Part.ASKED]
    return StandupPage(
        ceremony_id=ceremony.id,
        channel_id=ceremony.channel_id,
        project_id=ceremony.project_id,
        days=tuple(ceremony.days.split(",")),
        local_time=f"{ceremony.local_time:%H:%M}",
        tz=ceremony.tz,
        people=tuple(person(member) for member in asked),
        next_day=ceremony.next_day,
        whole_channel=ceremony.whole_channel,
        name=ceremony.name,
        observers=tuple(person(member) for part, member in people if part is Part.OBSERVER),
        paused=ceremony.paused,
        pause_reason=ceremony.pause_reason,
        moved_from=ceremony.moved_from,
        summary_time=f"{ceremony.summary_time:%H:%M}",
        answer_hours=ceremony.answer_hours,
        moments=_moments(ceremony, asked),
        active=ceremony.active,
    )


def _moments(ceremony: Ceremony, people: Sequence[Member]) -> tuple[tuple[datetime, Person], ...]:
    """When each person is asked next, the first one first."""
    if ceremony.next_day is None:
        return ()
    moments = [
        (ask_moment(ceremony, member, ceremony.next_day), person(member)) for member in people
    ]
    return tuple(sorted(moments, key=itemgetter(0)))
