"""Notices: what people are told outside the standup, in one direct message a person and working day.

Whatever the bot has to say to somebody unasked is a row here (domain §10). A step of the tick tells what is
due, within the person's working hours; what comes later that day waits for the next working day.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    and_,
    exists,
    func,
    literal,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from models import homes
from models.absences import weeks_of
from models.db import UtcDateTime, dialect_of
from models.domain.absence import Week
from models.domain.cadence import local_date, zone_of
from models.domain.courtesy import NUDGES, day_is_over, may_tell
from models.domain.delivery import Operation
from models.domain.messages import Notices
from models.domain.notices import NoticeKind, comes_again, notice_of, shown_in
from models.outbox import Post, post_all, refresh_all
from models.tables import Delivery, Member, Notice

AT_ONCE = 200
"""Rows that a tick takes in one transaction."""
MOST = 12
"""Parts of one message; what is more waits for the next working day."""

WAITING = and_(Notice.told_on.is_(None), Notice.done_at.is_(None))
WANTED = or_(
    Notice.kind.not_in(NUDGES),
    exists().where(Member.id == Notice.member_id, Member.nudges).correlate(Notice),
)
"""Who has muted nudges is told what concerns them, and reminded of nothing."""


class ToTell(NamedTuple):
    """Something that a member is to be told, at once or from `due_at` on."""

    workspace_id: int
    member_id: int
    about: NoticeKind
    due_at: datetime | None = None


async def give(session: AsyncSession, given: Sequence[ToTell], now: datetime) -> None:
    """Have people told, each thing once a person; what was done with and comes up again is told again."""
    if not given:
        return
    insert = dialect_of(session).insert(Notice)
    rows = {(one.member_id, one.about.subject): _row(one, now) for one in given}
    await session.execute(
        insert.values(list(rows.values())).on_conflict_do_update(
            index_elements=["member_id", "subject"],
            set_={
                "payload": insert.excluded.payload,
                "due_at": insert.excluded.due_at,
                "told_on": None,
                "done_at": None,
            },
            where=Notice.done_at.is_not(None),
        )
    )


def _row(one: ToTell, now: datetime) -> dict[str, object]:
    return {
        "workspace_id": one.workspace_id,
        "member_id": one.member_id,
        "subject": one.about.subject,
        "kind": one.about.kind,
        "payload": one.about.model_dump(mode="json"),
        "due_at": one.due_at or now,
        "created_at": now,
    }


async def settle(
    session: AsyncSession,
    subjects: Collection[str],
    now: datetime,
    *,
    member_ids: Collection[int] | None = None,
) -> list[Post]:
    """These ask for nothing any more, everybody or these members: somebody has acted, or they are pointless.

    Returns the messages that stand in Slack about them, for `outbox.refresh_all`.
    """
    if not subjects:
        return []
    whose = true() if member_ids is None else Notice.member_id.in_(member_ids)
    return await _settle(session, Notice.subject.in_(subjects) & whose, now)


async def telling(session: AsyncSession, subjects: Collection[str]) -> list[Post]:
    """The messages that stand in Slack about these."""
    found = await session.execute(
        select(Notice.workspace_id, Notice.member_id, Notice.told_on).where(
            Notice.subject.in_(subjects), Notice.told_on.is_not(None)
        )
    )
    return _messages(found)


async def settle_all(session: AsyncSession, begins: str, now: datetime) -> list[Post]:
    """As `settle`, for every subject that begins so and is still open."""
    about = Notice.subject.startswith(begins, autoescape=True) & Notice.done_at.is_(None)
    return await _settle(session, about, now)


async def stands(session: AsyncSession, kind: str, member_id: int) -> list[Post]:
    """The last message in which a person was told something of this kind, for `outbox.refresh_all`."""
    last = (
        await session.execute(
            select(Notice.workspace_id, Notice.told_on)
            .where(Notice.member_id == member_id, Notice.kind == kind, Notice.told_on.is_not(None))
            .order_by(Notice.told_on.desc())
            .limit(1)
        )
    ).all()
    return [
        Post(Notices(member_id=member_id, on=told_on), "", workspace_id)
        for workspace_id, told_on in last
    ]


async def _settle(session: AsyncSession, about: ColumnElement[bool], now: datetime) -> list[Post]:
    told = await session.execute(
        update(Notice)
        .where(about)
        .values(done_at=func.coalesce(Notice.done_at, literal(now, UtcDateTime())))
        .returning(Notice.workspace_id, Notice.member_id, Notice.told_on)
        .execution_options(synchronize_session=False)
    )
    return _messages(told)


def _messages(told: Iterable[Row[int, int, date | None]]) -> list[Post]:
    return [
        Post(Notices(member_id=member_id, on=told_on), "", workspace_id)
        for workspace_id, member_id, told_on in told
        if told_on is not None
    ]


async def tell_due(session: AsyncSession, now: datetime) -> int:
    """Tell what is due to those who may be told now; the others' waits. Returns how many rows were due."""
    due = (
        await session.execute(
            select(Notice, Member)
            .join(Member, Member.id == Notice.member_id)
            .where(WAITING, WANTED, Notice.due_at <= now)
            .order_by(Notice.due_at, Notice.member_id, Notice.id)
            .limit(AT_ONCE)
            .with_for_update(skip_locked=True, of=(Notice, Member))
        )
    ).all()
    if not due:
        return 0
    members = {member.id: member for _, member in due}
    weeks = await weeks_of(members.values(), now)
    told_today = await _told_today(session, members, now)
    posts: list[Post] = []
    by_member = sorted(due, key=lambda row: (row[0].member_id, row[0].id))
    for member_id, rows in groupby(by_member, key=lambda row: row[0].member_id):
        theirs = [notice for notice, _ in rows]
        last_told = told_today.get(member_id)
        posts += _tell(theirs, members[member_id], weeks[member_id], last_told, now)
    await post_all(session, posts, now=now)
    await homes.refresh(session, posts, now)
    if beside := _beside(due):
        await refresh_all(session, beside, now=now)
    await give(session, [one for notice, _ in due if (one := _again(notice, now))], now)
    return len(due)


def _beside(due: Sequence[Row[Notice, Member]]) -> list[Post]:
    """What stands in channels about the same thing, and changes now that people are told."""
    told = [(row, shown_in(notice_of(row.payload))) for row, _ in due if row.told_on is not None]
    return [Post(shown, "", row.workspace_id) for row, shown in told if shown is not None]


def _again(notice: Notice, now: datetime) -> ToTell | None:
    """What the person is told later unless they act, if this was told now."""
    if notice.told_on is None or notice.done_at is not None:
        return None
    later = comes_again(notice_of(notice.payload), now)
    return later and ToTell(notice.workspace_id, notice.member_id, *later)


def _tell(
    theirs: Sequence[Notice], member: Member, week: Week, last_told: date | None, now: datetime
) -> list[Post]:
    """One person's share: the message if it may go now."""
    if not member.active:
        for notice in theirs:
            notice.done_at = now
        return []
    today = local_date(now, week.zone)
    moment = may_tell(now, week, last_told)
    told = theirs[:MOST] if moment <= now else ()
    later = moment if moment > now else may_tell(now, week, today)
    for notice in told:
        notice.told_on = today
    for notice in theirs[len(told) :]:
        notice.due_at = later
    message = Notices(member_id=member.id, on=today)
    return [Post(message, member.slack_id, member.workspace_id)] if told else []


async def _told_today(
    session: AsyncSession, members: dict[int, Member], now: datetime
) -> dict[int, date]:
    """Today, for those to whom a message of today goes or went already."""
    today = {member.id: local_date(now, zone_of(member.tz)) for member in members.values()}
    subjects = {Notices(member_id=key, on=day).subject: key for key, day in today.items()}
    found = await session.scalars(
        select(Delivery.subject).where(
            Delivery.workspace_id.in_({member.workspace_id for member in members.values()}),
            Delivery.subject.in_(subjects),
            Delivery.operation == Operation.POST,
        )
    )
    return {subjects[subject]: today[subjects[subject]] for subject in found}


def told_on(member_id: int, on: date) -> Select[Notice]:
    """What a person is told on one of their days, oldest first."""
    return (
        select(Notice)
        .where(Notice.member_id == member_id, Notice.told_on == on)
        .order_by(Notice.id)
    )


async def why_not(session: AsyncSession, message: Notices, now: datetime) -> str | None:
    """Why a message need not be sent now; None when it is still wanted.

    When it could not be sent within the person's working hours, it is told on their next working day.
    """
    member = await session.get_one(Member, message.member_id)
    left = [one for one in await session.scalars(told_on(member.id, message.on)) if not one.done_at]
    if not left:
        return "nothing of it is open any more"
    week = (await weeks_of([member], now))[member.id]
    if not day_is_over(now, message.on, week):
        return None
    for notice in left:
        notice.told_on = None
        notice.due_at = may_tell(now, week, message.on)
    return "the person's working day is over"
