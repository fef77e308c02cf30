"""Standups as appointments: setting one up, whom it asks, when it is next, running it now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models import chronicle, outbox
from models.domain.cadence import local_date, zone_of
from models.domain.errors import Unknown
from models.domain.facts import StandupPage
from models.domain.messages import ReadChannel, StandupIsSet
from models.domain.standup import ANSWER_HOURS, SUMMARY_TIME, CeremonyKind
from models.people import person
from models.roster import ask_these, participants, plan_again, plan_first
from models.runs import open_run
from models.tables import Ceremony, Member, Participant


@dataclass(frozen=True)
class Plan:
    """What a standup is set up with; `people` are Slack ids, none means everyone in the channel."""

    channel_id: str
    project_id: int | None
    people: tuple[str, ...]
    days: tuple[str, ...]
    local_time: time
    tz: str


async def set_up(
    session: AsyncSession, plan: Plan, *, by: Member, now: datetime, run_now: bool = False
) -> Ceremony:
    """Set up the channel's standup, or change the one that it has.

    Who is in the channel, and everybody's zone, is asked of Slack first: the first run opens when that
    is known.
    """
    ceremony = await session.scalar(
        select(Ceremony)
        .where(
            Ceremony.channel_id == plan.channel_id,
            Ceremony.active,
            Ceremony.kind == CeremonyKind.STANDUP,
        )
        .with_for_update()
    )
    if ceremony is None:
        ceremony = Ceremony(
            kind=CeremonyKind.STANDUP,
            channel_id=plan.channel_id,
            summary_time=SUMMARY_TIME,
            answer_hours=ANSWER_HOURS,
            owner_id=by.id,
            created_at=now,
        )
        session.add(ceremony)
    ceremony.project_id = plan.project_id
    ceremony.days = ",".join(plan.days)
    ceremony.local_time = plan.local_time
    ceremony.tz = plan.tz
    ceremony.whole_channel = not plan.people
    ceremony.next_day = ceremony.opens_at = None
    ceremony.run_now_at = now if run_now else None
    await session.flush()
    await _read_channel(session, ceremony, now, plan.people)
    chronicle.record(
        session,
        "standup_set",
        project_id=plan.project_id,
        by_id=by.id,
        at=now,
        channel=plan.channel_id,
    )
    return ceremony


async def _read_channel(
    session: AsyncSession, ceremony: Ceremony, now: datetime, people: tuple[str, ...] = ()
) -> None:
    await outbox.post(
        session,
        ReadChannel(ceremony_id=ceremony.id, people=people),
        to=ceremony.channel_id,
        now=now,
        again=now.isoformat(timespec="milliseconds"),
    )


async def read_again(session: AsyncSession, channel_id: str, now: datetime) -> None:
    """Somebody came or went: a standup of everyone in that channel has to know."""
    ceremony = await session.scalar(
        select(Ceremony).where(
            Ceremony.channel_id == channel_id, Ceremony.active, Ceremony.whole_channel
        )
    )
    if ceremony is not None:
        await _read_channel(session, ceremony, now)


async def channel_is_known(
    session: AsyncSession, read: ReadChannel, people: Sequence[Member], now: datetime
) -> None:
    """Slack has said who is in the channel, or who the chosen people are: fix whom it asks, and when.

    The owner is told when a standup was set up or changed, not when somebody came or went. What was asked
    before the standup was changed is of no interest any more.
    """
    ceremony = await session.get_one(Ceremony, read.ceremony_id, with_for_update=True)
    if ceremony.whole_channel is bool(read.people):
        return
    is_new = ceremony.next_day is None
    await ask_these(session, ceremony, [member for member in people if member.active])
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
    people = await participants(session, ceremony_id)
    return StandupPage(
        ceremony_id=ceremony.id,
        channel_id=ceremony.channel_id,
        project_id=ceremony.project_id,
        days=tuple(ceremony.days.split(",")),
        local_time=f"{ceremony.local_time:%H:%M}",
        tz=ceremony.tz,
        people=tuple(person(member) for member in people),
        next_day=ceremony.next_day,
        whole_channel=ceremony.whole_channel,
    )


async def in_channel(session: AsyncSession, channel_id: str) -> StandupPage | None:
    """The standup of a channel, if it has one."""
    ceremony_id = await session.scalar(
        select(Ceremony.id).where(Ceremony.channel_id == channel_id, Ceremony.active)
    )
    return await page_of(session, ceremony_id) if ceremony_id else None
