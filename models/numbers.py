"""Numbers: where a project's primary metric stands, as of a date."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.facts import Numbers
from models.domain.metric import MetricKind, gain
from models.domain.progress import Measured, points, walk
from models.tables import Benchmark, Measurement, Metric


async def standing(
    session: AsyncSession, project_ids: Iterable[int], today: date
) -> dict[int, Numbers]:
    """Baseline, best so far and acceptance by project id; projects without a primary metric are left out.

    The benchmark is the latest one effective on `today`; only measurements of its version on the
    validation split count, and none that is excluded (domain §2.4-4).
    """
    marks = (
        await session.execute(
            select(Metric, Benchmark)
            .join(Benchmark, Benchmark.metric_id == Metric.id)
            .where(
                Metric.project_id.in_(set(project_ids)),
                Metric.kind == MetricKind.PRIMARY,
                Benchmark.effective <= today,
            )
            .order_by(Metric.id, Benchmark.version)
        )
    ).all()
    current = {metric.id: (metric, benchmark) for metric, benchmark in marks}
    measured = await _measured(session, current, today)
    return {
        metric.project_id: _numbers(metric, benchmark, measured.get(metric.id, []), today)
        for metric, benchmark in current.values()
    }


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
        )
        .where(Measurement.metric_id.in_(metric_ids), Measurement.on <= today)
        .order_by(Measurement.at, Measurement.id)
    )
    measured: dict[int, list[Measured]] = {}
    for metric_id, experiment_id, on, value, version, split, excluded_on in rows:
        measured.setdefault(metric_id, []).append(
            Measured(experiment_id, on, value, version, split, excluded_on)
        )
    return measured


def _numbers(
    metric: Metric, benchmark: Benchmark, measured: list[Measured], today: date
) -> Numbers:
    progress = walk(
        points(measured, goal=metric.goal, version=benchmark.version, today=today),
        goal=metric.goal,
        baseline=benchmark.baseline,
        effective=benchmark.effective,
        min_delta=metric.min_delta,
    )
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
    )
