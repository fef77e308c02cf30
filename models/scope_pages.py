"""A scope change as it is read: the message, and what each addressee is told (S0-36)."""

from collections.abc import Collection, Sequence
from functools import partial

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.acknowledging import Said, said_of, told_of
from models.domain.acknowledging import Matter
from models.domain.errors import Unknown
from models.domain.facts_scope import NewVersion, ScopeFacts, ScopeTold
from models.people import person
from models.reading import readable
from models.tables import Benchmark, Member, Metric, Notice, Project, ScopeChange


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
    said = await said_of(session, Matter.SCOPE, ids)
    return {
        row.id: _facts(row, project, by, _new_version(mark, metric), said[row.id])
        for row, project, by, mark, metric in rows
    }


async def facts(session: AsyncSession, scope_id: int, slack_id: str | None = None) -> ScopeFacts:
    """One scope change, for a reader, or for the channel.

    Raises:
        Unknown: there is no such one.
        Unknown: see `models.reading.readable`; who was told of it may read it.
    """
    found = await scopes_by_id(session, [scope_id])
    if scope_id not in found:
        raise Unknown
    read = found[scope_id]
    told = (*read.confirmed, *read.waiting)
    if slack_id is not None and all(one.slack_id != slack_id for one in told):
        await readable(session, read.project_id)
    return read


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
    said: Said,
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
        confirmed=said.confirmed,
        waiting=said.waiting,
    )


async def told_of_scopes(session: AsyncSession, rows: Sequence[Notice]) -> dict[str, ScopeTold]:
    """Those notices that ask to confirm a scope change, as people read them, by subject."""
    return await told_of(rows, Matter.SCOPE, partial(scopes_by_id, session), ScopeTold)
