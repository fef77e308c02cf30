"""Scope changes: announced once, in the channel and to those who have to know (S0-36, S3-21)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models import chronicle, outbox, stakeholder_notes
from models.acknowledging import Later, ask
from models.domain.absence import Week
from models.domain.acknowledging import Matter, Subject
from models.domain.clock import Moment
from models.domain.digest_messages import StakeholderNote
from models.domain.errors import NoGoodBenchmark, NotAhead, NotBetter, NotInUnit, Unknown
from models.domain.messages import ScopeChanged
from models.domain.metric import stored_as
from models.domain.notices import NoticeKind, ScopeStillOpen
from models.domain.permissions import Action, Standing, may
from models.domain.project import Role
from models.domain.scope_change import ScopeReason, chase_moment, moved_by
from models.people import meet
from models.permits import permit
from models.scope_forms import IS_PRIMARY, is_latest, latest_benchmark
from models.tables import (
    Benchmark,
    Member,
    Membership,
    Metric,
    Project,
    ScopeChange,
)
from models.versions import GoodEnough, NextVersion, next_version, recorded


@dataclass(frozen=True)
class Typed:
    """A benchmark that begins with the change, as it was typed."""

    effective: date
    baseline: float
    source: str
    acceptance: float


@dataclass(frozen=True)
class Change:
    """What changes, why, what it means, and who (Slack ids) has to say that they know."""

    before: str
    after: str
    reason: ScopeReason
    because: str
    for_design: str | None = None
    for_engineering: str | None = None
    safe_to_build: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    version: Typed | None = None


class Announced(NamedTuple):
    """A stored scope change, and who is told of it."""

    row: ScopeChange
    project: Project
    told: list[Member]


class _Read(NamedTuple):
    by: Member
    project: Project
    metric: Metric | None
    latest: Benchmark | None
    told: list[Member]


async def announce(
    session: AsyncSession, project_id: int, change: Change, slack_id: str, at: Moment
) -> Announced:
    """Store a scope change; post it, and ask those who have to know to say that they do.

    They are asked again after three working days, then once a week at most. A new benchmark version begins
    on its date; results are never compared across it.

    Raises:
        NotMetYet, GuestsMayNot, NotAllowed: see `models.permits.permit`.
        Unknown: there is no such project.
        NoGoodBenchmark: the new version can't be one.
    """
    read = await _read(session, project_id, change.told, slack_id, at)
    version = _version(read, change, at.today) if change.version else None
    if version is not None:
        session.add(version)
        await session.flush()
    row = ScopeChange(
        project_id=project_id,
        on=at.today,
        before=change.before,
        after=change.after,
        reason=change.reason,
        because=change.because,
        for_design=change.for_design,
        for_engineering=change.for_engineering,
        safe_to_build=list(change.safe_to_build),
        benchmark_id=version.id if version else None,
        by_id=read.by.id,
        created_at=at.now,
    )
    session.add(row)
    await session.flush()
    subject = Subject(Matter.SCOPE, row.id)
    await ask(session, subject, project_id, read.told, at, later=_later(row, at))
    lines = _lines(row, version)
    await chronicle.record_all(session, lines, project_id=project_id, by_id=read.by.id, at=at.now)
    if read.project.channel_id:
        message = ScopeChanged(scope_id=row.id)
        await outbox.post(session, message, to=read.project.channel_id, now=at.now)
    note = StakeholderNote(about="scope", number=row.id)
    await stakeholder_notes.tell(session, read.project, note, at.now)
    return Announced(row, read.project, read.told)


def _later(row: ScopeChange, at: Moment) -> Later:
    """Once three of their working days are over; then each week, see `comes_again`."""

    def later(member: Member, week: Week) -> Iterator[tuple[NoticeKind, datetime]]:
        again = ScopeStillOpen(scope_id=row.id, member_id=member.id)
        yield again, chase_moment(at.today, week)

    return later


async def _read(
    session: AsyncSession, project_id: int, told: Sequence[str], slack_id: str, at: Moment
) -> _Read:
    """Who acts, whether they may, the project with its latest benchmark, and the addressees."""
    latest = latest_benchmark()
    found = (
        await session.execute(
            select(Member, Membership.role, Project, Metric, latest)
            .select_from(Member)
            .join(Project, Project.id == project_id)
            .outerjoin(
                Membership,
                and_(Membership.member_id == Member.id, Membership.project_id == project_id),
            )
            .outerjoin(Metric, IS_PRIMARY)
            .outerjoin(latest, is_latest(latest))
            .where(Member.slack_id.in_({slack_id, *told}))
            .order_by(Member.id)
        )
    ).all()
    known = {row[0].slack_id: row[0] for row in found}
    roles: frozenset[Role] = frozenset(
        role for member, role, *_ in found if member.slack_id == slack_id and role is not None
    )
    by = known.get(slack_id)
    standing = Standing(roles, admin=by is not None and by.admin)
    if by is None or by.limited or not by.described or not may(Action.CHANGE_SCOPE, standing):
        by = await permit(session, slack_id, Action.CHANGE_SCOPE, project_id=project_id)
    if not found:
        raise Unknown
    _, _, project, metric, mark = found[0]
    for one in set(told) - set(known):  # Few: Slack's picker offers people that we mostly know.
        known[one] = await meet(session, one, "", at.now)
    people = [
        member
        for one in dict.fromkeys(told)
        if (member := known[one]).active and member.slack_id != slack_id
    ]
    return _Read(by, project, metric, mark, people)


def _version(read: _Read, change: Change, today: date) -> Benchmark:
    """The next version of the primary metric's benchmark.

    Raises:
        NoGoodBenchmark: see `announce`.
    """
    typed, metric, latest = change.version, read.metric, read.latest
    if metric is None or typed is None:
        raise NoGoodBenchmark("effective", "This project has no metric yet.")
    baseline = _stored("baseline", typed.baseline, metric.unit)
    acceptance = _stored("acceptance", typed.acceptance, metric.unit)
    good = GoodEnough(acceptance, None, change.because)
    new = NextVersion(good, baseline, typed.source, moved_by(change.reason), typed.effective)
    try:
        return next_version(metric, latest, new, today)
    except NotAhead as error:
        raise NoGoodBenchmark("effective", error.sentence) from error
    except NotBetter as error:
        raise NoGoodBenchmark("acceptance", error.sentence) from error


def _stored(field: str, value: float, unit: str) -> float:
    try:
        return stored_as(value, unit)
    except NotInUnit as error:
        raise NoGoodBenchmark(field, error.sentence) from error


def _lines(row: ScopeChange, version: Benchmark | None) -> dict[str, dict[str, Any]]:
    """As the chronicle keeps it: a new version first."""
    said: dict[str, dict[str, Any]] = {}
    if version is not None:
        said["benchmark_versioned"] = recorded(version, moved_by(row.reason))
    said["scope_changed"] = {"scope": row.id, "reason": row.reason.value}
    return said
