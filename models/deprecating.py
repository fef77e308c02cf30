"""The end of a live model: announced with its day, confirmed by who is named, taken back, retired (S3-13)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models import chronicle, notices, outbox
from models.acknowledging import Later, ask, take_back
from models.domain.absence import Week
from models.domain.acknowledging import Matter, Subject
from models.domain.clock import Moment
from models.domain.deprecation import EndReason, chase_moments, earliest_stop
from models.domain.errors import BotError, Unknown
from models.domain.live_messages import EndAnnounced
from models.domain.live_notices import EndStillOpen, EndTakenBack
from models.domain.notices import NoticeKind
from models.domain.permissions import Action
from models.notices import ToTell
from models.people import welcome
from models.permits import permit, permit_about, permit_known
from models.tables import Acknowledgement, DeprecationNotice, Member, Membership, Project


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
    by, project, told = await _read(session, project_id, end.told, slack_id, at)
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
    await ask(session, Subject(Matter.END, row.id), project_id, told, at, later=_later(row, at))
    _record(session, "end_announced", row, by, at)
    channel = project.stakeholders_channel_id or project.channel_id
    if channel is not None:
        await outbox.post(session, EndAnnounced(notice_id=row.id), to=channel, now=at.now)
    return Announced(row, channel, told)


async def _read(
    session: AsyncSession, project_id: int, told: Sequence[str], slack_id: str, at: Moment
) -> tuple[Member, Project, list[Member]]:
    """Who announces it, the project, locked, and those who are told; one statement, or three for new people.

    Raises:
        NotMetYet, GuestsMayNot, NotAllowed, Unknown, EndAnnouncedAlready: see `announce`.
    """
    found = (
        await session.execute(
            select(Member, Project, Membership.role, DeprecationNotice.id)
            .select_from(Member)
            .join(Project, Project.id == project_id)
            .outerjoin(
                Membership,
                and_(Membership.member_id == Member.id, Membership.project_id == project_id),
            )
            .outerjoin(
                DeprecationNotice,
                and_(
                    DeprecationNotice.project_id == Project.id,
                    DeprecationNotice.withdrawn_on.is_(None),
                ),
            )
            .where(Member.slack_id.in_({slack_id, *told}))
            .order_by(Member.id)
            .with_for_update(of=Project)
        )
    ).all()
    known = {row.Member.slack_id: row.Member for row in found}
    by = known.get(slack_id)
    if by is None:
        await permit(session, slack_id, Action.ANNOUNCE_END, project_id=project_id)
        raise Unknown
    roles = [row.role for row in found if row.Member is by]
    await permit_known(session, by, roles, Action.ANNOUNCE_END, project_id=project_id)
    if any(row.id is not None for row in found):
        raise EndAnnouncedAlready
    new = sorted(set(told) - set(known))
    met = await welcome(session, dict.fromkeys(new, ""), at.now)
    named = [known[one] for one in dict.fromkeys(told) if one in known] + met
    return by, found[0].Project, [one for one in named if one.active]


def _later(row: DeprecationNotice, at: Moment) -> Later:
    """At half-time, and when few of their working days are left."""

    def later(member: Member, week: Week) -> Iterator[tuple[NoticeKind, datetime]]:
        moments = chase_moments(at.today, row.stops_on, week)
        for time, moment in enumerate(moments, 1):
            yield EndStillOpen(notice_id=row.id, member_id=member.id, time=time), moment

    return later


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


async def withdraw(session: AsyncSession, notice_id: int, slack_id: str, at: Moment) -> int:
    """It stays after all: nobody is asked any more, and who had read of it is told. Returns the project's id.

    Raises:
        Unknown: there is no such notice, or it was taken back before.
        NotMetYet, GuestsMayNot, NotAllowed: see `models.permits.permit`.
    """
    subject = Subject(Matter.END, notice_id)
    about = (
        select(DeprecationNotice, Acknowledgement.member_id)
        .select_from(DeprecationNotice)
        .outerjoin(Acknowledgement, Acknowledgement.subject == str(subject))
        .where(DeprecationNotice.id == notice_id)
        .with_for_update(of=DeprecationNotice)
    )
    by, found = await permit_about(
        session, about, slack_id, Action.ANNOUNCE_END, project=DeprecationNotice.project_id
    )
    row: DeprecationNotice = found[0].DeprecationNotice
    if row.withdrawn_on is not None:
        raise Unknown
    row.withdrawn_on = at.today
    _record(session, "end_withdrawn", row, by, at)
    asked = [one.member_id for one in found if one.member_id is not None]
    told = await take_back(session, subject, asked, at)
    stays = EndTakenBack(notice_id=row.id)
    given = [ToTell(by.workspace_id, one, stays) for one in sorted(told)]
    await notices.give(session, given, at.now)
    return row.project_id
