"""Acknowledging: who was told of something says that they know; who has not is asked again.

One mechanism for scope changes (S0-36), the end of a live model (S3-13) and what to expect of a project
(S1-23): a row for each person and subject, and the notices that ask them.
"""

from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple, Protocol, TypeVar

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from models import chronicle, notices
from models.absences import weeks_at_once
from models.domain.absence import Week
from models.domain.acknowledging import Asking, Matter, Subject, asking, asks, told_about
from models.domain.clock import Moment
from models.domain.errors import AskedAlready, NotToldOfIt, Unknown
from models.domain.facts import Person
from models.domain.live_messages import EndAnnounced
from models.domain.messages import Notices, ScopeChanged
from models.domain.notices import NoticeKind, notice_of
from models.domain.permissions import Action
from models.notices import ToTell
from models.outbox import Post, refresh_all
from models.people import person
from models.permits import permit
from models.tables import Acknowledgement, Member, Notice

Later = Callable[[Member, Week], Iterable[tuple[NoticeKind, datetime]]]
"""What somebody is told later on unless they confirm, and from when on."""


def _nothing_later(_member: Member, _week: Week) -> Iterable[tuple[NoticeKind, datetime]]:
    return ()


async def ask(
    session: AsyncSession,
    subject: Subject,
    project_id: int,
    told: Sequence[Member],
    at: Moment,
    *,
    later: Later = _nothing_later,
) -> None:
    """Ask each of them to confirm that they know of it, now and `later`. Two statements."""
    if not told:
        return
    asked = [
        {
            "workspace_id": member.workspace_id,
            "project_id": project_id,
            "subject": str(subject),
            "member_id": member.id,
            "asked_on": at.today,
        }
        for member in told
    ]
    await session.execute(insert(Acknowledgement), asked)
    weeks = weeks_at_once(told)
    given: list[ToTell] = []
    for member in told:
        given.append(ToTell(member.workspace_id, member.id, asks(subject, member.id)))
        given += [
            ToTell(member.workspace_id, member.id, about, moment)
            for about, moment in later(member, weeks[member.id])
        ]
    await notices.give(session, given, at.now)


class Confirmed(NamedTuple):
    """Who has said so, and whether it was for the first time."""

    member_id: int
    first: bool


async def confirm(session: AsyncSession, subject: Subject, slack_id: str, at: Moment) -> Confirmed:
    """Somebody knows of it: they are not asked any more. Said twice, it stays as it is.

    Raises:
        NotToldOfIt: this person was not asked to, or it was taken back.
    """
    row = await session.scalar(
        select(Acknowledgement)
        .join(Member, Member.id == Acknowledgement.member_id)
        .where(Acknowledgement.subject == str(subject), Member.slack_id == slack_id)
        .with_for_update(of=Acknowledgement)
    )
    if row is None:
        raise NotToldOfIt
    first = row.acknowledged_on is None
    if first:
        row.acknowledged_on, row.acknowledged_at = at.today, at.now
    names = told_about(subject, row.member_id)
    told = await notices.settle(session, names, at.now, member_ids=[row.member_id])
    await refresh_all(session, [*told, *_shown(subject)], now=at.now)
    return Confirmed(row.member_id, first)


def _shown(subject: Subject) -> list[Post]:
    """The message in a channel that says who has confirmed it."""
    match subject.matter:
        case Matter.SCOPE:
            return [Post(ScopeChanged(scope_id=subject.number), "")]
        case Matter.END:
            return [Post(EndAnnounced(notice_id=subject.number), "")]
        case Matter.EXPECTATIONS:
            return []


async def take_back(
    session: AsyncSession, subject: Subject, told: Iterable[int], at: Moment
) -> set[int]:
    """Nobody is asked any more; that who has confirmed it did stays. What each was told is shown anew.

    `told` are the members who were asked; returned are those who had read of it.
    """
    names = [name for member_id in told for name in told_about(subject, member_id)]
    await session.execute(
        delete(Acknowledgement).where(
            Acknowledgement.subject == str(subject), Acknowledgement.acknowledged_on.is_(None)
        )
    )
    shown = await notices.settle(session, names, at.now)
    await refresh_all(session, [*shown, *_shown(subject)], now=at.now)
    return {post.message.member_id for post in shown if isinstance(post.message, Notices)}


async def remind(
    session: AsyncSession, matter: Matter, project_id: int, slack_id: str, at: Moment
) -> list[Person]:
    """Those who have not confirmed what a project asks them to are told once more; returns whom.

    Raises:
        NotMetYet, GuestsMayNot: see `models.permits.permit`.
        Unknown: everybody has confirmed.
        AskedAlready: they were told today, or will be when their working day begins.
    """
    by = await permit(session, slack_id, Action.REMIND, project_id=project_id)
    waiting = await _waiting(session, matter, project_id)
    if not waiting:
        raise Unknown("Everybody has confirmed it by now.")
    names = [name for row in waiting for name in told_about(Subject.of(row.subject), row.member_id)]
    open_ones = await session.scalars(
        select(Notice).where(Notice.subject.in_(names), Notice.done_at.is_(None))
    )
    just_told = {one.member_id for one in open_ones if _just_told(one, at.today)}
    again = [row for row in waiting if row.member_id not in just_told]
    if not again:
        raise AskedAlready("They were told today, or are when their working day begins.")
    given = [
        ToTell(row.workspace_id, row.member_id, asks(Subject.of(row.subject), row.member_id))
        for row in again
    ]
    told = await notices.settle(session, [one.about.subject for one in given], at.now)
    await notices.give(session, given, at.now)
    await refresh_all(session, told, now=at.now)
    people = {row.member_id: person(row.member) for row in again}
    chronicle.record(
        session, "reminded", project_id=project_id, by_id=by.id, at=at.now, people=len(people)
    )
    return list(people.values())


async def _waiting(session: AsyncSession, matter: Matter, project_id: int) -> list[Acknowledgement]:
    """What has not been confirmed, of those who are still there."""
    found = await session.scalars(
        select(Acknowledgement)
        .where(
            Acknowledgement.project_id == project_id,
            Acknowledgement.subject.startswith(f"{matter}:"),
            Acknowledgement.acknowledged_on.is_(None),
        )
        .order_by(Acknowledgement.id)
        .options(joinedload(Acknowledgement.member, innerjoin=True))
    )
    return [row for row in found if row.member.active]


def _just_told(row: Notice, today: date) -> bool:
    """Whether it waits to be told for the first time, or was told today."""
    if row.told_on is not None:
        return row.told_on >= today
    asked = asking(notice_of(row.payload))
    return asked is not None and not asked.again


class Said(NamedTuple):
    """Who has confirmed something, and who has not yet."""

    confirmed: tuple[Person, ...] = ()
    waiting: tuple[Person, ...] = ()


async def said_of(
    session: AsyncSession, matter: Matter, numbers: Collection[int]
) -> Mapping[int, Said]:
    """What people have said to these, each of them; one statement, however many.

    Who has left without a word is not waited for.
    """
    asked = await session.execute(
        select(Acknowledgement, Member)
        .join(Member, Member.id == Acknowledgement.member_id)
        .where(Acknowledgement.subject.in_([str(Subject(matter, one)) for one in numbers]))
        .order_by(Acknowledgement.id)
    )
    return dict.fromkeys(numbers, Said()) | sorted_out((row, member) for row, member in asked)


def sorted_out(asked: Iterable[tuple[Acknowledgement, Member]]) -> dict[int, Said]:
    """Who has confirmed and who is waited for, by the number of what they were asked about."""
    of: dict[int, Said] = {}
    for row, member in asked:
        number = Subject.of(row.subject).number
        confirmed, waiting = of.get(number, Said())
        if row.acknowledged_on:
            of[number] = Said((*confirmed, person(member)), waiting)
        elif member.active:
            of[number] = Said(confirmed, (*waiting, person(member)))
    return of


class Waited(Protocol):
    """Facts of something that people confirm."""

    @property
    def waiting(self) -> tuple[Person, ...]:
        """Who has not yet."""


About = TypeVar("About", bound=Waited)
Part = TypeVar("Part")


async def told_of(
    rows: Sequence[Notice],
    matter: Matter,
    read: Callable[[Collection[int]], Awaitable[Mapping[int, About]]],
    part: Callable[[About, bool, bool], Part],
) -> dict[str, Part]:
    """Those notices that ask to confirm such a thing, as people read them, by subject."""
    asked: dict[str, Asking] = {
        row.subject: one
        for row in rows
        if (one := asking(notice_of(row.payload))) and one.subject.matter is matter
    }
    known = await read({one.subject.number for one in asked.values()})
    return {
        name: part(about, all(who.member_id != one.member_id for who in about.waiting), one.again)
        for name, one in asked.items()
        if (about := known.get(one.subject.number)) is not None
    }
