"""Adopting: a change that an experiment's team keeps is told to those whose work it bends (S4-2)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from models import notices
from models.domain.experiment import Split, experiment_key
from models.domain.facts_scope import Adopted, Effect
from models.domain.metric import Goal, MetricKind
from models.domain.notices import ChangeAdopted, notice_of
from models.domain.scope_change import ENGINEERS
from models.notices import ToTell
from models.people import person
from models.tables import (
    Benchmark,
    Experiment,
    Measurement,
    Member,
    Membership,
    Metric,
    Notice,
    Project,
)


async def tell(session: AsyncSession, experiment: Experiment, now: datetime) -> None:
    """Have the project's engineers and designers told, but not its owner. Two statements."""
    members = await session.scalars(
        select(Member)
        .join(Membership, Membership.member_id == Member.id)
        .where(
            Membership.project_id == experiment.project_id,
            Membership.role.in_(ENGINEERS),
            Member.active,
            Member.id != experiment.owner_id,
        )
        .distinct()
    )
    about = ChangeAdopted(experiment_id=experiment.id)
    given = [ToTell(member.workspace_id, member.id, about) for member in members]
    await notices.give(session, given, now)


async def told_of_adopted(session: AsyncSession, rows: Sequence[Notice]) -> dict[str, Adopted]:
    """Those notices that tell of a change which is kept, by subject; one statement, however many.

    Before is the best valid number of the same metric, version and split that was measured before the
    experiment's own first one, else the baseline; after is the experiment's own best.
    """
    asked = {
        one.experiment_id: row.subject
        for row in rows
        if isinstance(one := notice_of(row.payload), ChangeAdopted)
    }
    if not asked:
        return {}
    found = await session.execute(_with_effect().where(Experiment.id.in_(asked)))
    return {asked[row[0].id]: _adopted(row) for row in found}


def _with_effect() -> Any:
    own, other, first = aliased(Measurement), aliased(Measurement), aliased(Measurement)

    def valid(row: Any) -> Any:
        return and_(
            row.metric_id == Metric.id,
            row.split == Split.VALIDATION,
            row.benchmark_version == Benchmark.version,
            row.excluded_on.is_(None),
        )

    began = (
        select(func.min(first.at))
        .where(valid(first), first.experiment_id == Experiment.id)
        .correlate(Experiment, Metric, Benchmark)
        .scalar_subquery()
    )

    def of_own(pick: Any) -> Any:
        mine = and_(valid(own), own.experiment_id == Experiment.id)
        return select(pick(own.value)).where(mine).scalar_subquery()

    def before(pick: Any) -> Any:
        earlier = and_(valid(other), other.experiment_id != Experiment.id, other.at < began)
        return select(pick(other.value)).where(earlier).scalar_subquery()

    last_version = (
        select(func.max(Measurement.benchmark_version))
        .where(
            Measurement.experiment_id == Experiment.id,
            Measurement.metric_id == Metric.id,
            Measurement.excluded_on.is_(None),
        )
        .scalar_subquery()
    )
    is_its = or_(
        Metric.id == Experiment.criterion_metric_id,
        and_(
            Experiment.criterion_metric_id.is_(None),
            Metric.project_id == Experiment.project_id,
            Metric.kind == MetricKind.PRIMARY,
        ),
    )
    return (
        select(
            Experiment,
            Project,
            Member,
            Metric,
            Benchmark,
            of_own(func.max),
            of_own(func.min),
            before(func.max),
            before(func.min),
        )
        .join(Project, Project.id == Experiment.project_id)
        .join(Member, Member.id == Experiment.owner_id)
        .outerjoin(Metric, is_its)
        .outerjoin(
            Benchmark,
            and_(Benchmark.metric_id == Metric.id, Benchmark.version == last_version),
        )
    )


def _adopted(row: Sequence[Any]) -> Adopted:
    experiment, project, owner, *measured = row
    return Adopted(
        key=experiment_key(project.key, experiment.number),
        title=experiment.title,
        project_name=project.name,
        who=person(owner),
        change=experiment.change,
        learning=experiment.learning,
        effect=_effect(*measured),
    )


def _effect(metric: Metric | None, mark: Benchmark | None, *ends: float | None) -> Effect | None:
    """None where it has no valid number. `ends`: its own highest and lowest, then those before it."""
    if metric is None or mark is None:
        return None
    highest, lowest, highest_before, lowest_before = ends
    up = metric.goal is Goal.MAX
    after = highest if up else lowest
    if after is None:
        return None
    choose = max if up else min
    earlier = highest_before if up else lowest_before
    before = mark.baseline if earlier is None else choose(earlier, mark.baseline)
    return Effect(
        metric.business_phrase,
        metric.unit,
        metric.goal,
        before,
        after,
        mark.baseline,
        mark.acceptance,
    )
