"""Measuring: the number of an answer becomes a measurement, and is held against the criterion."""

from dataclasses import dataclass
from datetime import date
from math import isclose

from sqlalchemy import ColumnElement, ScalarSelect, and_, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

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


def measure(
    entry: StandupEntry,
    experiment: Experiment,
    typed: float | None,
    at: Moment,
    *,
    found: tuple[Metric, int] | None,
) -> None:
    """Store the number as a measurement; a corrected answer corrects it, an emptied one excludes it.

    It is a number of what was `found` to be measured (`measured_metric`). What corrects another one stands
    for the same metric and benchmark. The entry's measurement is loaded with its metric.
    """
    known = entry.measurement
    if typed is None and known is None:
        return
    if known is not None:
        metric, version = known.metric, known.benchmark_version
    elif found is None:
        return
    else:
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


def has_number(experiment_id: int) -> ColumnElement[bool]:
    """Whether it has any number, also one that was set aside later."""
    return select(Measurement.id).where(Measurement.experiment_id == experiment_id).exists()


async def suggestion(session: AsyncSession, experiment: Experiment) -> str | None:
    """What the criterion would have said; kept beside what the person said (domain §2.4-2)."""
    if experiment.criterion_metric_id is None:
        return None
    found = (
        await session.execute(
            select(Metric, Measurement)
            .select_from(Experiment)
            .join(Metric, Metric.id == Experiment.criterion_metric_id)
            .join(Measurement, Measurement.id == best_of_criterion())
            .where(Experiment.id == experiment.id)
        )
    ).one_or_none()
    return suggested_by(experiment, *(found or (None, None)))


def suggested_by(
    experiment: Experiment, metric: Metric | None, best: Measurement | None
) -> str | None:
    """The same, by the best number of the criterion's metric."""
    if metric is None or best is None or metric.id != experiment.criterion_metric_id:
        return None
    outcome = suggested_outcome(
        best.value, experiment.criterion_threshold, goal=metric.goal, low=best.low, high=best.high
    )
    return outcome.value if outcome else None


def best_of_criterion() -> ScalarSelect[int]:
    """The id of an experiment's best number of its criterion's metric."""
    row, metric = aliased(Measurement), aliased(Metric)
    gained = case((metric.goal == Goal.MAX, row.value), else_=-row.value)
    return (
        select(row.id)
        .join(metric, metric.id == row.metric_id)
        .where(
            row.metric_id == Experiment.criterion_metric_id,
            row.experiment_id == Experiment.id,
            row.excluded_on.is_(None),
        )
        .order_by(gained.desc(), row.id)
        .limit(1)
        .correlate(Experiment)
        .scalar_subquery()
    )


def is_measured_by() -> ColumnElement[bool]:
    """Whether a metric is what an experiment's numbers are of."""
    is_primary = and_(Metric.project_id == Experiment.project_id, Metric.kind == MetricKind.PRIMARY)
    has_none = Experiment.criterion_metric_id.is_(None)
    return or_(Metric.id == Experiment.criterion_metric_id, and_(has_none, is_primary))


def version_on(today: date) -> ScalarSelect[int | None]:
    """The version of a metric's benchmark on a day."""
    return (
        select(func.max(Benchmark.version))
        .where(Benchmark.metric_id == Metric.id, Benchmark.effective <= today)
        .correlate(Metric)
        .scalar_subquery()
    )
