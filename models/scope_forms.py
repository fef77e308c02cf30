"""What the form for a scope change knows beforehand: what was, whom to tell, what a good result is today."""

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from models.domain.errors import Unknown
from models.domain.facts_scope import ScopeFormFacts
from models.domain.metric import MetricKind, entered_as
from models.domain.permissions import Action
from models.domain.scope_change import TOLD
from models.permits import permit
from models.tables import Benchmark, Member, Membership, Metric, Project, ScopeChange

MOST_TOLD = 50
"""People whom the form chooses beforehand."""
IS_PRIMARY = and_(Metric.project_id == Project.id, Metric.kind == MetricKind.PRIMARY)


def latest_benchmark() -> type[Benchmark]:
    """Benchmarks, for a join with `is_latest`."""
    return aliased(Benchmark)


def is_latest(latest: type[Benchmark]) -> ColumnElement[bool]:
    """Whether it is the newest version of its metric, also one that is still to begin."""
    newest = (
        select(func.max(Benchmark.version))
        .where(Benchmark.metric_id == Metric.id)
        .scalar_subquery()
    )
    return and_(latest.metric_id == Metric.id, latest.version == newest)


async def form_facts(session: AsyncSession, project_id: int, slack_id: str) -> ScopeFormFacts:
    """What the form knows beforehand. Three statements.

    Raises:
        NotMetYet, GuestsMayNot, NotAllowed: see `models.permits.permit`.
        Unknown: there is no such project.
    """
    by = await permit(session, slack_id, Action.CHANGE_SCOPE, project_id=project_id)
    last = (
        select(ScopeChange.after)
        .where(ScopeChange.project_id == Project.id)
        .order_by(ScopeChange.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    latest = latest_benchmark()
    found = (
        await session.execute(
            select(Project, last, Metric, latest)
            .outerjoin(Metric, IS_PRIMARY)
            .outerjoin(latest, is_latest(latest))
            .where(Project.id == project_id)
        )
    ).one_or_none()
    if found is None:
        raise Unknown
    project, before, metric, mark = found
    people = await session.scalars(
        select(Member.slack_id)
        .join(Membership, Membership.member_id == Member.id)
        .where(
            Membership.project_id == project_id,
            Membership.role.in_(TOLD),
            Member.active,
            Member.id != by.id,
        )
        .group_by(Member.id, Member.slack_id)
        .order_by(Member.id)
        .limit(MOST_TOLD)
    )
    return ScopeFormFacts(
        project_id=project.id,
        key=project.key,
        name=project.name,
        before=before,
        told=tuple(people),
        unit=metric.unit if metric else None,
        baseline=entered_as(mark.baseline, metric.unit) if mark and metric else None,
        acceptance=entered_as(mark.acceptance, metric.unit) if mark and metric else None,
    )
