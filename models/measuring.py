"""Measuring: the number of an answer becomes a measurement, and is held against the criterion."""

from math import isclose

from sqlalchemy import and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.clock import Moment
from models.domain.experiment import Split, suggested_outcome
from models.domain.metric import MetricKind, stored_as
from models.tables import Benchmark, Experiment, Measurement, Metric, StandupEntry


async def measure(
    session: AsyncSession,
    entry: StandupEntry,
    experiment: Experiment,
    typed: float | None,
    at: Moment,
) -> None:
    """Store the number as a measurement; a corrected answer corrects it, an emptied one excludes it.

    It is a number of the criterion's metric, or else of the project's primary one.
    """
    known = await session.get(Measurement, entry.measurement_id) if entry.measurement_id else None
    if typed is None and known is None:
        return
    found = (
        await session.execute(
            select(Metric, func.max(Benchmark.version))
            .outerjoin(
                Benchmark, and_(Benchmark.metric_id == Metric.id, Benchmark.effective <= at.today)
            )
            .where(
                Metric.id == experiment.criterion_metric_id
                if experiment.criterion_metric_id
                else and_(
                    Metric.project_id == experiment.project_id, Metric.kind == MetricKind.PRIMARY
                )
            )
            .group_by(Metric.id)
        )
    ).one_or_none()
    if found is None:
        return
    metric, version = found
    value = None if typed is None else stored_as(typed, metric.unit)
    if known is not None:
        if value is not None and isclose(known.value, value, rel_tol=1e-9):
            return
        known.excluded_on, known.excluded_reason = at.today, "corrected"
        entry.measurement = None
    if value is not None:
        entry.measurement = Measurement(
            metric_id=metric.id,
            experiment_id=experiment.id,
            on=at.today,
            at=at.now,
            value=value,
            split=Split.VALIDATION,
            benchmark_version=version or 1,
        )


async def suggestion(session: AsyncSession, experiment: Experiment) -> str | None:
    """What the criterion would have said; kept beside what the person said (domain §2.4-2)."""
    metric = (
        await session.get(Metric, experiment.criterion_metric_id)
        if experiment.criterion_metric_id
        else None
    )
    if metric is None:
        return None
    order = Measurement.value.desc() if metric.goal == "max" else Measurement.value.asc()
    best = await session.scalar(
        select(Measurement)
        .where(
            Measurement.experiment_id == experiment.id,
            Measurement.metric_id == metric.id,
            Measurement.excluded_on.is_(None),
        )
        .order_by(order, Measurement.id)
        .limit(1)
    )
    if best is None:
        return None
    outcome = suggested_outcome(
        best.value,
        experiment.criterion_threshold,
        goal=metric.goal,
        low=best.low,
        high=best.high,
    )
    return outcome.value if outcome else None
