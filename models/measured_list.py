"""An experiment's numbers as a list, newest first, those set aside too."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased, joinedload

from models.domain.confusion import Counts
from models.domain.errors import Unknown
from models.domain.experiment import experiment_key
from models.domain.facts_metrics import MeasuredFacts, MeasuredList
from models.measured import breaks_of
from models.people import perhaps
from models.reading import readable
from models.tables import Benchmark, Experiment, Measurement, Member, Metric

SHOWN = 20
"""Numbers in an experiment's list."""


async def listed(session: AsyncSession, experiment_id: int, today: date) -> MeasuredList:
    """An experiment's numbers, newest first, those set aside too; three statements.

    Raises:
        Unknown: there is no such experiment.
        GuestsMayNot, NotMetYet: see `models.reading.readable`.
    """
    experiment = await session.scalar(
        select(Experiment)
        .where(Experiment.id == experiment_id)
        .options(joinedload(Experiment.project, innerjoin=True))
    )
    if experiment is None:
        raise Unknown
    await readable(session, experiment.project_id)
    looked = aliased(Member)
    found = (
        await session.execute(
            select(Measurement, Metric, Benchmark, looked, func.count().over())
            .join(Metric, Metric.id == Measurement.metric_id)
            .outerjoin(
                Benchmark,
                (Benchmark.metric_id == Metric.id)
                & (Benchmark.version == Measurement.benchmark_version),
            )
            .outerjoin(looked, looked.id == Measurement.confirmed_by_id)
            .where(Measurement.experiment_id == experiment_id, Measurement.on <= today)
            .order_by(Measurement.at.desc(), Measurement.id.desc())
            .limit(SHOWN)
        )
    ).all()
    return MeasuredList(
        experiment_id=experiment.id,
        key=experiment_key(experiment.project.key, experiment.number),
        title=experiment.title,
        rows=tuple(
            _facts(row, metric, mark, confirmer, today) for row, metric, mark, confirmer, _ in found
        ),
        more=found[0][4] - len(found) if found else 0,
    )


def _facts(
    row: Measurement, metric: Metric, mark: Benchmark | None, looked: Member | None, today: date
) -> MeasuredFacts:
    breaks = breaks_of(metric, mark, row.value, today)
    return MeasuredFacts(
        measurement_id=row.id,
        on=row.on,
        metric_name=metric.name,
        unit=metric.unit,
        value=row.value,
        low=row.low,
        high=row.high,
        seeds=row.seeds,
        split=row.split,
        version=row.benchmark_version,
        url=row.url,
        breaks=breaks[0] if breaks else None,
        excluded=row.excluded_reason,
        excluded_on=row.excluded_on,
        note=row.excluded_note,
        to_confirm=row.surprising and row.confirmed_on is None and row.excluded_on is None,
        confirmed_by=perhaps(looked),
        counts=_counts(row),
    )


def _counts(row: Measurement) -> Counts | None:
    if row.tp is None or row.fp is None or row.fn is None or row.tn is None:
        return None
    return Counts(row.tp, row.fp, row.fn, row.tn)
