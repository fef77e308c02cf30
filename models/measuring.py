"""Measuring: the number of an answer becomes a measurement, and is held against the criterion."""

from dataclasses import dataclass
from math import isclose

from sqlalchemy import and_, case, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.clock import Moment
from models.domain.confusion import Counts
from models.domain.experiment import Split, suggested_outcome
from models.domain.metric import Goal, MetricKind, stored_as
from models.tables import Benchmark, Experiment, Measurement, Metric, StandupEntry


@dataclass(frozen=True)
class Reading:
    """A number in its metric's unit, with all that is known about it."""

    value: float
    low: float | None = None
    high: float | None = None
    split: Split = Split.VALIDATION
    seeds: int | None = None
    url: str | None = None
    counts: Counts | None = None


async def measure(
    session: AsyncSession,
    entry: StandupEntry,
    experiment: Experiment,
    typed: float | None,
    at: Moment,
) -> None:
    """Store the number as a measurement; a corrected answer corrects it, an emptied one excludes it.

    It is a number of the criterion's metric, or else of the project's primary one. What corrects another
    one stands for the same metric and benchmark. The entry's measurement is loaded with its metric.
    """
    known = entry.measurement
    if typed is None and known is None:
        return
    if known is not None:
        metric, version = known.metric, known.benchmark_version
    else:
        # The new entry waits for its number, so that both are written once.
        with session.no_autoflush:
            found = await measured_metric(session, experiment, at)
        if found is None:
            return
        metric, version = found
    value = None if typed is None else stored_as(typed, metric.unit)
    if known is not None:
        if value is not None and isclose(known.value, value, rel_tol=1e-9):
            return
        if known.excluded_on is None:
            known.excluded_on, known.excluded_reason = at.today, "corrected"
        entry.measurement = None
    if value is not None:
        entry.measurement = number_of(
            metric, version, Reading(value), experiment.id, by_id=entry.member_id, at=at
        )


def number_of(
    metric: Metric,
    version: int,
    read: Reading,
    experiment_id: int | None,
    *,
    by_id: int,
    at: Moment,
) -> Measurement:
    """A number as every way of adding one stores it, with who measured it."""
    return Measurement(
        metric_id=metric.id,
        experiment_id=experiment_id,
        on=at.today,
        at=at.now,
        value=read.value,
        low=read.low,
        high=read.high,
        split=read.split,
        seeds=read.seeds,
        url=read.url,
        benchmark_version=version,
        by_id=by_id,
        **(vars(read.counts) if read.counts else {}),
    )


async def measured_metric(
    session: AsyncSession, experiment: Experiment, at: Moment
) -> tuple[Metric, int] | None:
    """What is measured, and the benchmark's version of the day."""
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
    return None if found is None else (found[0], found[1] or 1)


async def is_measured(session: AsyncSession, experiment_id: int) -> bool:
    """Whether it has any number, also one that was set aside later."""
    found = await session.scalar(
        select(Measurement.id).where(Measurement.experiment_id == experiment_id).limit(1)
    )
    return found is not None


async def suggestion(session: AsyncSession, experiment: Experiment) -> str | None:
    """What the criterion would have said; kept beside what the person said (domain §2.4-2)."""
    if experiment.criterion_metric_id is None:
        return None
    gained = case((Metric.goal == Goal.MAX, Measurement.value), else_=-Measurement.value)
    found = (
        await session.execute(
            select(Metric.goal, Measurement)
            .join(Measurement, Measurement.metric_id == Metric.id)
            .where(
                Metric.id == experiment.criterion_metric_id,
                Measurement.experiment_id == experiment.id,
                Measurement.excluded_on.is_(None),
            )
            .order_by(gained.desc(), Measurement.id)
            .limit(1)
        )
    ).one_or_none()
    if found is None:
        return None
    goal, best = found
    outcome = suggested_outcome(
        best.value, experiment.criterion_threshold, goal=goal, low=best.low, high=best.high
    )
    return outcome.value if outcome else None
