"""Acknowledging: who was told of a scope change says that they know; who has not is reminded (S0-36)."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from models import chronicle, notices
from models.domain.clock import Moment
from models.domain.errors import AskedAlready, NotToldOfIt, Unknown
from models.domain.facts import Person
from models.domain.facts_scope import NewVersion, ScopeFacts, ScopeTold
from models.domain.messages import ScopeChanged
from models.domain.notices import ScopeStillOpen, ScopeToConfirm, notice_of, of_scope
from models.domain.permissions import Action
from models.domain.scope_change import ids_of, subject_of
from models.notices import ToTell
from models.outbox import Post, refresh_all
from models.people import person
from models.permits import permit
from models.reading import readable
from models.tables import Acknowledgement, Benchmark, Member, Metric, Notice, Project, ScopeChange


async def confirm(session: AsyncSession, scope_id: int, slack_id: str, at: Moment) -> None:
    """“I've read it”; said twice, it stays as it is.

    Raises:
        NotToldOfIt: this person was not asked to.
    """
    row = await session.scalar(
        select(Acknowledgement)
        .join(Member, Member.id == Acknowledgement.member_id)
        .where(Acknowledgement.subject == subject_of(scope_id), Member.slack_id == slack_id)
        .with_for_update(of=Acknowledgement)
    )
    if row is None:
        raise NotToldOfIt
    if row.acknowledged_on is None:
        row.acknowledged_on, row.acknowledged_at = at.today, at.now
    told = await notices.settle(session, of_scope(scope_id, row.member_id), at.now)
    await refresh_all(session, [*told, Post(ScopeChanged(scope_id=scope_id), "")], now=at.now)


async def remind(session: AsyncSession, project_id: int, slack_id: str, at: Moment) -> list[Person]:
    """Those who have not confirmed the project's scope changes are told once more; returns whom.

    Raises:
        NotMetYet, GuestsMayNot: see `models.permits.permit`.
        Unknown: everybody has confirmed.
        AskedAlready: they were told today, or will be when their working day begins.
    """
    by = await permit(session, slack_id, Action.REMIND, project_id=project_id)
    found = (
        await session.scalars(
            select(Acknowledgement)
            .where(
                Acknowledgement.project_id == project_id,
                Acknowledgement.subject.startswith("scope:"),
                Acknowledgement.acknowledged_on.is_(None),
            )
            .order_by(Acknowledgement.id)
            .options(joinedload(Acknowledgement.member, innerjoin=True))
        )
    ).all()
    waiting = [row for row in found if row.member.active]
    if not waiting:
        raise Unknown("Everybody has confirmed it by now.")
    about = {
        (row.member_id, scope_id): ScopeToConfirm(scope_id=scope_id, member_id=row.member_id)
        for row in waiting
        for scope_id in ids_of([row.subject])
    }
    names = [name for member_id, scope_id in about for name in of_scope(scope_id, member_id)]
    asked = (
        await session.scalars(
            select(Notice).where(Notice.subject.in_(names), Notice.done_at.is_(None))
        )
    ).all()
    just_told = {row.member_id for row in asked if _just_told(row, at)}
    again = [one for (member_id, _), one in about.items() if member_id not in just_told]
    if not again:
        raise AskedAlready("They were told today, or are when their working day begins.")
    told = await notices.settle(session, [one.subject for one in again], at.now)
    given = [ToTell(by.workspace_id, one.member_id, one) for one in again]
    await notices.give(session, given, at.now)
    await refresh_all(session, told, now=at.now)
    chronicle.record(
        session, "reminded", project_id=project_id, by_id=by.id, at=at.now, people=len(again)
    )
    reminded = {one.member_id for one in again}
    people = {row.member_id: person(row.member) for row in waiting if row.member_id in reminded}
    return list(people.values())


def _just_told(row: Notice, at: Moment) -> bool:
    """Whether it waits to be told within a day, or was told today."""
    if row.told_on is None:
        return row.kind == "scope_to_confirm"
    return row.told_on >= at.today


async def scopes_by_id(session: AsyncSession, ids: Collection[int]) -> dict[int, ScopeFacts]:
    """Scope changes as people read them; two statements, however many."""
    if not ids:
        return {}
    found = await session.execute(
        select(ScopeChange, Project, Member, Benchmark, Metric)
        .join(Project, Project.id == ScopeChange.project_id)
        .join(Member, Member.id == ScopeChange.by_id)
        .outerjoin(Benchmark, Benchmark.id == ScopeChange.benchmark_id)
        .outerjoin(Metric, Metric.id == Benchmark.metric_id)
        .where(ScopeChange.id.in_(ids))
    )
    rows = found.all()
    asked = await session.scalars(
        select(Acknowledgement)
        .where(Acknowledgement.subject.in_([subject_of(one) for one in ids]))
        .order_by(Acknowledgement.id)
        .options(joinedload(Acknowledgement.member, innerjoin=True))
    )
    of: dict[str, list[Acknowledgement]] = {}
    for one in asked:
        of.setdefault(one.subject, []).append(one)
    return {
        row.id: _facts(row, project, by, _new_version(mark, metric), of.get(subject_of(row.id), []))
        for row, project, by, mark, metric in rows
    }


async def scope_facts(
    session: AsyncSession, scope_id: int, slack_id: str | None = None
) -> ScopeFacts:
    """One scope change, for a reader, or for the channel.

    Raises:
        Unknown: there is no such one.
        Unknown: see `models.reading.readable`; who was told of it may read it.
    """
    found = await scopes_by_id(session, [scope_id])
    if scope_id not in found:
        raise Unknown
    facts = found[scope_id]
    told = (*facts.confirmed, *facts.waiting)
    if slack_id is not None and all(one.slack_id != slack_id for one in told):
        await readable(session, facts.project_id)
    return facts


def _new_version(row: Benchmark | None, metric: Metric | None) -> NewVersion | None:
    if row is None or metric is None:
        return None
    return NewVersion(
        row.version,
        row.effective,
        metric.name,
        metric.unit,
        row.baseline,
        row.baseline_source,
        row.acceptance,
    )


def _facts(
    row: ScopeChange,
    project: Project,
    by: Member,
    version: NewVersion | None,
    asked: Sequence[Acknowledgement],
) -> ScopeFacts:
    return ScopeFacts(
        scope_id=row.id,
        project_id=project.id,
        key=project.key,
        project_name=project.name,
        on=row.on,
        by=person(by),
        before=row.before,
        after=row.after,
        reason=row.reason,
        because=row.because,
        for_design=row.for_design,
        for_engineering=row.for_engineering,
        safe_to_build=tuple(row.safe_to_build),
        version=version,
        confirmed=tuple(person(one.member) for one in asked if one.acknowledged_on),
        waiting=tuple(person(one.member) for one in asked if not one.acknowledged_on),
    )


async def told_of_scopes(session: AsyncSession, rows: Sequence[Notice]) -> dict[str, ScopeTold]:
    """Those notices that ask to confirm a scope change, as people read them, by subject."""
    asked = {
        row.subject: one
        for row in rows
        if isinstance(one := notice_of(row.payload), ScopeToConfirm | ScopeStillOpen)
    }
    known = await scopes_by_id(session, {one.scope_id for one in asked.values()})
    return {
        subject: ScopeTold(
            about := known[one.scope_id],
            confirmed=all(who.member_id != one.member_id for who in about.waiting),
            again=isinstance(one, ScopeStillOpen),
        )
        for subject, one in asked.items()
        if one.scope_id in known
    }
