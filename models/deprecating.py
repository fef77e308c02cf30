"""The end of a live model: announced with its day, confirmed by who is named, taken back, retired (S3-13)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from models import chronicle, notices, outbox
from models.absences import weeks_at_once
from models.domain.clock import Moment
from models.domain.deprecation import (
    EndReason,
    chase_moments,
    earliest_stop,
    ids_of,
    subject_of,
)
from models.domain.errors import AskedAlready, BotError, NotToldOfIt, Unknown
from models.domain.facts import Person
from models.domain.live_messages import EndAnnounced
from models.domain.live_notices import EndStillOpen, EndToConfirm, of_end
from models.domain.permissions import Action
from models.notices import ToTell
from models.outbox import Post, refresh_all
from models.people import meet_all, person
from models.permits import permit
from models.retiring import standing
from models.tables import (
    Acknowledgement,
    DeprecationNotice,
    Member,
    Notice,
    Project,
)


class TooSoon(BotError):
    """People need time to move: at least 30 days from today."""


class EndAnnouncedAlready(BotError):
    """It was announced already. Take that back first: everybody confirms the day that holds."""


@dataclass(frozen=True)
class End:
    """When a model stops, why, what to use then, and who (Slack ids) has to say that they know."""

    stops_on: date
    why: EndReason
    reason: str
    instead: str
    told: tuple[str, ...] = ()


class Announced(NamedTuple):
    """A stored notice, where it is shown, and who is told."""

    row: DeprecationNotice
    channel_id: str | None
    told: list[Member]


async def announce(
    session: AsyncSession, project_id: int, end: End, slack_id: str, at: Moment
) -> Announced:
    """Store a notice; post it where the model's users read, and ask each who is named to confirm it.

    They are asked again at half-time, and when five of their working days are left.

    Raises:
        NotMetYet, GuestsMayNot, NotAllowed: see `models.permits.permit`.
        Unknown: there is no such project.
        TooSoon: it would stop within 30 days.
        EndAnnouncedAlready: a notice of it stands.
    """
    earliest = earliest_stop(at.today)
    if end.stops_on < earliest:
        day = f"{earliest.day} {earliest:%B %Y}"
        raise TooSoon(f"People need time to move: {day} or later, 30 days from today.")
    by = await permit(session, slack_id, Action.ANNOUNCE_END, project_id=project_id)
    project = await session.get(Project, project_id, with_for_update=True)
    if project is None:
        raise Unknown
    if await standing(session, project_id) is not None:
        raise EndAnnouncedAlready
    named = await meet_all(session, end.told, at.now)
    told = [one for one in named if one.active]
    row = DeprecationNotice(
        project_id=project_id,
        stops_on=end.stops_on,
        why=end.why,
        reason=end.reason,
        instead=end.instead,
        by_id=by.id,
        on=at.today,
        created_at=at.now,
    )
    session.add(row)
    await session.flush()
    await _ask(session, row, told, at)
    _record(session, "end_announced", row, by, at)
    channel = project.stakeholders_channel_id or project.channel_id
    if channel is not None:
        await outbox.post(session, EndAnnounced(notice_id=row.id), to=channel, now=at.now)
    return Announced(row, channel, told)


async def _ask(
    session: AsyncSession, row: DeprecationNotice, told: Sequence[Member], at: Moment
) -> None:
    if not told:
        return
    asked = [
        {
            "workspace_id": member.workspace_id,
            "project_id": row.project_id,
            "subject": subject_of(row.id),
            "member_id": member.id,
            "asked_on": at.today,
        }
        for member in told
    ]
    await session.execute(insert(Acknowledgement), asked)
    weeks = weeks_at_once(told)
    given: list[ToTell] = []
    for member in told:
        of = {"notice_id": row.id, "member_id": member.id}
        given.append(ToTell(member.workspace_id, member.id, EndToConfirm(**of)))
        moments = chase_moments(at.today, row.stops_on, weeks[member.id])
        given += [
            ToTell(member.workspace_id, member.id, EndStillOpen(**of, time=time), moment)
            for time, moment in enumerate(moments, 1)
        ]
    await notices.give(session, given, at.now)


def _record(
    session: AsyncSession, kind: str, row: DeprecationNotice, by: Member, at: Moment
) -> None:
    chronicle.record(
        session,
        kind,
        project_id=row.project_id,
        by_id=by.id,
        at=at.now,
        notice=row.id,
        stops_on=row.stops_on.isoformat(),
        text=row.reason,
    )


async def confirm(session: AsyncSession, notice_id: int, slack_id: str, at: Moment) -> None:
    """“I know”; said twice, it stays as it is.

    Raises:
        NotToldOfIt: this person was not asked to, or it was taken back.
    """
    row = await session.scalar(
        select(Acknowledgement)
        .join(Member, Member.id == Acknowledgement.member_id)
        .where(Acknowledgement.subject == subject_of(notice_id), Member.slack_id == slack_id)
        .with_for_update(of=Acknowledgement)
    )
    if row is None:
        raise NotToldOfIt
    if row.acknowledged_on is None:
        row.acknowledged_on, row.acknowledged_at = at.today, at.now
    told = await notices.settle(session, of_end(notice_id, row.member_id), at.now)
    await refresh_all(session, [*told, Post(EndAnnounced(notice_id=notice_id), "")], now=at.now)


async def withdraw(session: AsyncSession, notice_id: int, slack_id: str, at: Moment) -> int:
    """It stays after all: nobody is asked any more. Returns the project's id.

    Raises:
        Unknown: there is no such notice, or it was taken back before.
        NotMetYet, GuestsMayNot, NotAllowed: see `models.permits.permit`.
    """
    row = await session.get(DeprecationNotice, notice_id, with_for_update=True)
    if row is None or row.withdrawn_on is not None:
        raise Unknown
    by = await permit(session, slack_id, Action.ANNOUNCE_END, project_id=row.project_id)
    row.withdrawn_on = at.today
    await session.execute(
        delete(Acknowledgement).where(
            Acknowledgement.subject == subject_of(row.id), Acknowledgement.acknowledged_on.is_(None)
        )
    )
    _record(session, "end_withdrawn", row, by, at)
    told = await notices.settle_all(session, f"end:{row.id}:", at.now)
    await refresh_all(session, [*told, Post(EndAnnounced(notice_id=row.id), "")], now=at.now)
    return row.project_id


async def remind(session: AsyncSession, project_id: int, slack_id: str, at: Moment) -> list[Person]:
    """Those who have not confirmed are told once more; returns whom.

    Raises:
        NotMetYet, GuestsMayNot: see `models.permits.permit`.
        Unknown: everybody has confirmed.
        AskedAlready: they were told today, or will be when their working day begins.
    """
    by = await permit(session, slack_id, Action.REMIND, project_id=project_id)
    found = await session.scalars(
        select(Acknowledgement)
        .where(
            Acknowledgement.project_id == project_id,
            Acknowledgement.subject.startswith("notice:"),
            Acknowledgement.acknowledged_on.is_(None),
        )
        .order_by(Acknowledgement.id)
        .options(joinedload(Acknowledgement.member, innerjoin=True))
    )
    waiting = [row for row in found if row.member.active]
    if not waiting:
        raise Unknown("Everybody has confirmed it by now.")
    names = [
        name
        for row in waiting
        for key in ids_of([row.subject])
        for name in of_end(key, row.member_id)
    ]
    open_ones = await session.scalars(
        select(Notice).where(Notice.subject.in_(names), Notice.done_at.is_(None))
    )
    just_told = {one.member_id for one in open_ones if _just_told(one, at)}
    again = [row for row in waiting if row.member_id not in just_told]
    if not again:
        raise AskedAlready("They were told today, or are when their working day begins.")
    given = [
        ToTell(
            row.workspace_id, row.member_id, EndToConfirm(notice_id=key, member_id=row.member_id)
        )
        for row in again
        for key in ids_of([row.subject])
    ]
    told = await notices.settle(session, [one.about.subject for one in given], at.now)
    await notices.give(session, given, at.now)
    await refresh_all(session, told, now=at.now)
    chronicle.record(
        session, "reminded", project_id=project_id, by_id=by.id, at=at.now, people=len(again)
    )
    return [person(row.member) for row in again]


def _just_told(row: Notice, at: Moment) -> bool:
    """Whether it waits to be told within a day, or was told today."""
    if row.told_on is None:
        return row.kind == "end_to_confirm"
    return row.told_on >= at.today
