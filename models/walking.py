"""Walking: the best so far of projects' primary metrics as of a date, from their measurements."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.facts import Numbers
from models.domain.metric import MetricKind, gain
from models.domain.progress import (
    Mark,
    Measured,
    Progress,
    Yardstick,
    current,
    points,
    standing,
    steps,
)
from models.tables import Benchmark, Measurement, Metric


class Walked(NamedTuple):
    """A project's primary metric, its benchmark on that day, and how far the search has come.

    `series` is the best so far after each measured experiment, the baseline first.
    """

    metric: Metric
    benchmark: Benchmark
    progress: Progress
    series: list[float]


async def walked(
    session: AsyncSession, project_ids: Collection[int], today: date
) -> dict[int, Walked]:
    """The walk of each project up to `today`, by project id; two statements however many there are.

    The benchmark is the latest one effective on `today`. Projects without a primary metric, or without a
    benchmark by then, are left out.
    """
    marks = (
        await session.execute(
            select(Metric, Benchmark)
            .join(Benchmark, Benchmark.metric_id == Metric.id)
            .where(
                Metric.project_id.in_(project_ids),
                Metric.kind == MetricKind.PRIMARY,
                Benchmark.effective <= today,
            )
            .order_by(Metric.id, Benchmark.version)
        )
    ).all()
    of_metric: dict[int, list[tuple[Metric, Benchmark]]] = {}
    for metric, benchmark in marks:
        of_metric.setdefault(metric.id, []).append((metric, benchmark))
    measured = await _measured(session, of_metric, today)
    found: dict[int, Walked] = {}
    for metric_id, versions in of_metric.items():
        metric = versions[0][0]
        mark = current((_mark(benchmark) for _, benchmark in versions), today)
        if mark is not None:
            benchmark = next(one for _, one in versions if one.version == mark.version)
            found[metric.project_id] = _walk(metric, benchmark, measured.get(metric_id, []), today)
    return found


def numbers_of(walk: Walked) -> Numbers:
    """A walk as messages name it."""
    metric, benchmark, progress, _ = walk
    beaten = gain(metric.goal, progress.best, benchmark.baseline) > 0
    return Numbers(
        metric_id=metric.id,
        name=metric.name,
        phrase=metric.business_phrase,
        unit=metric.unit,
        goal=metric.goal,
        baseline=benchmark.baseline,
        best=progress.best,
        acceptance=benchmark.acceptance,
        since=progress.since if beaten else None,
        last_gain=progress.last_gain,
        tries=progress.wait,
        benchmark_version=benchmark.version,
        unconfirmed=any(one.value == progress.best for one in progress.to_confirm),
    )


def _mark(benchmark: Benchmark) -> Mark:
    return Mark(benchmark.version, benchmark.effective, benchmark.baseline, benchmark.acceptance)


def _walk(metric: Metric, benchmark: Benchmark, measured: list[Measured], today: date) -> Walked:
    yardstick = Yardstick(metric.goal, metric.min_delta)
    mark = _mark(benchmark)
    found = points(measured, goal=metric.goal, version=mark.version, today=today)
    return Walked(
        metric,
        benchmark,
        standing(measured, yardstick, mark, today=today),
        steps(found, goal=metric.goal, baseline=mark.baseline),
    )


async def _measured(
    session: AsyncSession, metric_ids: Iterable[int], today: date
) -> dict[int, list[Measured]]:
    """What was measured up to `today`, in time order, ties in recording order, by metric."""
    rows = await session.execute(
        select(
            Measurement.metric_id,
            Measurement.experiment_id,
            Measurement.on,
            Measurement.value,
            Measurement.benchmark_version,
            Measurement.split,
            Measurement.excluded_on,
            Measurement.confirmed_on,
        )
        .where(Measurement.metric_id.in_(metric_ids), Measurement.on <= today)
        .order_by(Measurement.at, Measurement.id)
    )
    measured: dict[int, list[Measured]] = {}
    for row in rows:
        measured.setdefault(row[0], []).append(Measured(*row[1:]))
    return measured
