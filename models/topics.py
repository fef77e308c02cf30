"""What people are told about outside the standup: blockers and surprising numbers, read by their ids."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from models.domain import facts
from models.domain.cadence import local_date, working_days
from models.domain.experiment import experiment_key
from models.domain.facts_notices import BlockerFacts, NumberFacts
from models.people import perhaps, person
from models.search import AsOf
from models.tables import Benchmark, Blocker, Experiment, Measurement, Member, Metric, Project


async def blockers_by_id(
    session: AsyncSession, blocker_ids: Collection[int], as_of: AsOf | None = None
) -> dict[int, BlockerFacts]:
    """Blockers as people read about them; how long they are open only where a day is asked for."""
    raiser, owner = aliased(Member), aliased(Member)
    found = await session.execute(
        select(Blocker, raiser, owner, Experiment, Project)
        .join(raiser, raiser.id == Blocker.raised_by_id)
        .join(Project, Project.id == Blocker.project_id)
        .outerjoin(owner, owner.id == Blocker.owner_id)
        .outerjoin(Experiment, Experiment.id == Blocker.experiment_id)
        .where(Blocker.id.in_(blocker_ids))
    )
    return {
        row.id: blocker_facts(row, project, of, raised, owns, as_of)
        for row, raised, owns, of, project in found
    }


def blocker_facts(
    row: Blocker,
    project: Project,
    of: Experiment | None,
    raised: Member,
    owner: Member | None,
    as_of: AsOf | None,
) -> BlockerFacts:
    """One blocker or risk as people read about it."""
    since = local_date(row.opened_at, as_of.zone) if as_of else None
    return BlockerFacts(
        blocker_id=row.id,
        key=project.key if of is None else experiment_key(project.key, of.number),
        title=project.name if of is None else of.title,
        project_name=project.name,
        blocker=facts.Blocker(row.kind, row.text, perhaps(owner)),
        raised_by=person(raised),
        acknowledged=row.acknowledged_at is not None,
        resolved=row.resolved_at is not None,
        risk=row.risk,
        since=since,
        days=working_days(since, as_of.today) if as_of and since else 0,
        said=row.said,
    )


async def numbers_by_id(
    session: AsyncSession, measurement_ids: Collection[int]
) -> dict[int, NumberFacts]:
    """Numbers as people read about them."""
    owner, second = aliased(Member), aliased(Member)
    found = await session.execute(
        select(
            Measurement,
            Metric,
            Benchmark.baseline,
            Benchmark.acceptance,
            Experiment,
            Project,
            owner,
            second,
        )
        .join(Metric, Metric.id == Measurement.metric_id)
        .join(Experiment, Experiment.id == Measurement.experiment_id)
        .join(Project, Project.id == Experiment.project_id)
        .join(owner, owner.id == Experiment.owner_id)
        .outerjoin(second, second.id == Measurement.confirmed_by_id)
        .outerjoin(
            Benchmark,
            (Benchmark.metric_id == Metric.id)
            & (Benchmark.version == Measurement.benchmark_version),
        )
        .where(Measurement.id.in_(measurement_ids))
    )
    return {
        row.id: NumberFacts(
            measurement_id=row.id,
            key=experiment_key(project.key, experiment.number),
            title=experiment.title,
            project_name=project.name,
            who=person(who),
            metric_name=metric.name,
            value=row.value,
            unit=metric.unit,
            baseline=baseline,
            acceptance=acceptance,
            on=row.on,
            confirmed_by=perhaps(looked),
            excluded=row.excluded_reason,
        )
        for row, metric, baseline, acceptance, experiment, project, who, looked in found
    }
