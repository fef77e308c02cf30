"""Digests as appointments: scheduling one for a channel, what is due, and claiming it, once."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models import chronicle, outbox
from models.db import dialect_of
from models.domain.cadence import local_date, local_moment, next_slot, zone_of
from models.domain.digest import CEREMONIES, DigestKind, is_late, is_too_late
from models.domain.digest_facts import DigestPage
from models.domain.digest_messages import LeadershipDigest
from models.domain.messages import ProgressDigest, StalledDigest
from models.domain.standup import ANSWER_HOURS
from models.tables import Ceremony, Digest, Member

AT_ONCE = 20
"""Digests that a tick takes up: each is read in a session of its own."""
MESSAGES: dict[DigestKind, type[StalledDigest | LeadershipDigest | ProgressDigest]] = {
    DigestKind.STALLED: StalledDigest,
    DigestKind.LEADERSHIP: LeadershipDigest,
    DigestKind.PROGRESS: ProgressDigest,
}
"""What a posted digest is in the outbox."""


class Schedule(NamedTuple):
    """When and where a digest is posted; without a project it is about all of them.

    `leave_out` are the parts of it that are not wanted there.
    """

    channel_id: str
    project_id: int | None
    days: tuple[str, ...]
    local_time: time
    tz: str
    kind: DigestKind = DigestKind.STALLED
    leave_out: tuple[str, ...] = ()


class Due(NamedTuple):
    """A digest whose time has come, as its ceremony's row said when it was read.

    `at_once`: somebody asked for it beside its schedule.
    """

    ceremony_id: int
    workspace_id: int
    project_id: int | None
    day: date
    due_at: datetime
    kind: DigestKind = DigestKind.STALLED
    at_once: bool = False


async def schedule(
    session: AsyncSession, wanted: Schedule, *, by: Member, now: datetime
) -> Ceremony:
    """Schedule the channel's digest of this kind, or change the schedule that it has."""
    ceremony = await of_channel(session, wanted.channel_id, wanted.kind, lock=True)
    if ceremony is None:
        ceremony = Ceremony(
            kind=wanted.kind.usual.ceremony,
            name=wanted.kind.usual.name,
            channel_id=wanted.channel_id,
            answer_hours=ANSWER_HOURS,
            whole_channel=False,
            owner_id=by.id,
            created_at=now,
        )
        session.add(ceremony)
    ceremony.project_id = wanted.project_id
    ceremony.days = ",".join(wanted.days)
    ceremony.local_time = ceremony.summary_time = wanted.local_time
    ceremony.tz = wanted.tz
    ceremony.leave_out = list(wanted.leave_out)
    plan(ceremony, after=local_date(now, zone_of(wanted.tz)) - timedelta(days=1), now=now)
    await session.flush()
    chronicle.record(
        session,
        "digest_scheduled",
        project_id=wanted.project_id,
        by_id=by.id,
        at=now,
        channel=wanted.channel_id,
        what=wanted.kind.value,
    )
    return ceremony


async def stop(
    session: AsyncSession,
    channel_id: str,
    kind: DigestKind = DigestKind.STALLED,
    *,
    by: Member,
    now: datetime,
) -> bool:
    """Post this digest in this channel no more; False where it was not scheduled."""
    ceremony = await of_channel(session, channel_id, kind, lock=True)
    if ceremony is None:
        return False
    ceremony.active = False
    ceremony.next_day = ceremony.opens_at = None
    chronicle.record(
        session,
        "digest_stopped",
        project_id=ceremony.project_id,
        by_id=by.id,
        at=now,
        channel=channel_id,
        what=kind.value,
    )
    return True


async def in_channel(
    session: AsyncSession, channel_id: str, kind: DigestKind = DigestKind.STALLED
) -> DigestPage | None:
    """The schedule of a channel's digest of this kind, if it has one."""
    ceremony = await of_channel(session, channel_id, kind)
    return None if ceremony is None else page_of(ceremony)


def page_of(ceremony: Ceremony) -> DigestPage:
    """A digest's schedule, as people read it."""
    return DigestPage(
        channel_id=ceremony.channel_id,
        project_id=ceremony.project_id,
        days=tuple(ceremony.days.split(",")),
        local_time=f"{ceremony.local_time:%H:%M}",
        tz=ceremony.tz,
        next_day=ceremony.next_day,
        kind=DigestKind.of(ceremony.kind),
        leave_out=tuple(ceremony.leave_out),
    )


async def of_channel(
    session: AsyncSession,
    channel_id: str,
    kind: DigestKind = DigestKind.STALLED,
    *,
    lock: bool = False,
) -> Ceremony | None:
    """The ceremony of a channel's digest of this kind, if it has one."""
    statement = select(Ceremony).where(
        Ceremony.channel_id == channel_id,
        Ceremony.kind == kind.usual.ceremony,
        Ceremony.active,
    )
    found: Ceremony | None = await session.scalar(
        statement.with_for_update() if lock else statement
    )
    return found


def plan(ceremony: Ceremony, *, after: date, now: datetime) -> None:
    """The next slot later than `after` that isn't over at `now`."""
    zone = zone_of(ceremony.tz)
    days = ceremony.days.split(",")
    day = next_slot(days, after)
    while local_moment(day, ceremony.local_time, zone) <= now:
        day = next_slot(days, day)
    ceremony.next_day, ceremony.opens_at = day, local_moment(day, ceremony.local_time, zone)


async def due(session: AsyncSession, now: datetime) -> Sequence[Due]:
    """The digests whose time has come, oldest first."""
    return [one for one in await scheduled(session, most=AT_ONCE) if one.due_at <= now]


async def scheduled(
    session: AsyncSession, *, kind: DigestKind | None = None, most: int = 1_000
) -> Sequence[Due]:
    """The digests that are planned, of one kind or all, the next one first."""
    kinds = CEREMONIES if kind is None else (kind.usual.ceremony,)
    found = await session.scalars(
        select(Ceremony)
        .where(Ceremony.kind.in_(kinds), Ceremony.active)
        .where(Ceremony.opens_at.is_not(None))
        .order_by(Ceremony.opens_at, Ceremony.id)
        .limit(most)
    )
    return [
        Due(
            row.id,
            row.workspace_id,
            row.project_id,
            row.next_day if row.run_now_at is None else _today(row, row.run_now_at),
            row.opens_at,
            DigestKind.of(row.kind),
            at_once=row.run_now_at is not None,
        )
        for row in found
        if row.next_day is not None and row.opens_at is not None
    ]


async def claim(session: AsyncSession, due: Due, content: dict[str, Any], now: datetime) -> bool:
    """Post a digest and plan the next one; False when another process has done it.

    A slot whose day is over is skipped: the chronicle says so. The unique row of (ceremony, slot) and the
    message are written together (design §3).
    """
    ceremony = await session.get_one(Ceremony, due.ceremony_id, with_for_update=True)
    if ceremony.opens_at != due.due_at:
        return False
    if ceremony.run_now_at is not None:
        return await _post_asked_for(session, ceremony, content, now)
    plan(ceremony, after=due.day, now=now)
    if is_too_late(due.due_at, now):
        chronicle.record(
            session,
            "digest_skipped",
            project_id=due.project_id,
            by_id=None,
            at=now,
            ceremony=due.ceremony_id,
            slot=due.day.isoformat(),
        )
        return True
    kept = {**content, "late": is_late(due.due_at, now)}
    await _post(session, ceremony, due.day.isoformat(), due.day, kept, now)
    return True


def ask_now(ceremony: Ceremony, now: datetime) -> bool:
    """Have the scheduler post a digest at once, beside its schedule; False when somebody asked already."""
    if ceremony.run_now_at is not None:
        return False
    ceremony.run_now_at = ceremony.opens_at = now
    return True


async def _post_asked_for(
    session: AsyncSession, ceremony: Ceremony, content: dict[str, Any], now: datetime
) -> bool:
    """Post it; the next one stays planned for its day."""
    asked_at = ceremony.run_now_at or now
    day = ceremony.next_day or _today(ceremony, now)
    ceremony.run_now_at = None
    plan(ceremony, after=day - timedelta(days=1), now=now)
    await post_now(session, ceremony.id, content, _today(ceremony, asked_at), now)
    return True


def _today(ceremony: Ceremony, now: datetime) -> date:
    return local_date(now, zone_of(ceremony.tz))


async def post_now(
    session: AsyncSession, ceremony_id: int, content: dict[str, Any], today: date, now: datetime
) -> bool:
    """Post a scheduled digest beside its schedule; False when that was done this minute already."""
    ceremony = await session.get_one(Ceremony, ceremony_id, with_for_update=True)
    slot = f"{now.astimezone(zone_of(ceremony.tz)):%Y-%m-%dT%H:%M}"
    return await _post(session, ceremony, slot, today, content, now)


async def _post(
    session: AsyncSession,
    ceremony: Ceremony,
    slot: str,
    as_of: date,
    content: dict[str, Any],
    now: datetime,
) -> bool:
    made = await session.scalar(
        dialect_of(session)
        .insert(Digest)
        .values(
            workspace_id=ceremony.workspace_id,
            ceremony_id=ceremony.id,
            slot=slot,
            as_of=as_of,
            content=content,
            created_at=now,
        )
        .on_conflict_do_nothing()
        .returning(Digest.id)
    )
    if made is not None:
        message = MESSAGES[DigestKind.of(ceremony.kind)](digest_id=made)
        await outbox.post(session, message, to=ceremony.channel_id, now=now)
    return made is not None


async def posted_since(session: AsyncSession, ceremony_id: int, since: date) -> Sequence[Digest]:
    """What a ceremony has posted on `since` or later, oldest first."""
    found = await session.scalars(
        select(Digest)
        .where(Digest.ceremony_id == ceremony_id, Digest.as_of >= since)
        .order_by(Digest.as_of, Digest.id)
    )
    return found.all()
