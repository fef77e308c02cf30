"""Numbers: where a project's primary metric stands, as of a date."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.experiment import Split
from models.domain.facts import Numbers
from models.domain.metric import MetricKind, gain
from models.domain.progress import Point, walk
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
    points = await _points(session, current, today)
    return {
        metric.project_id: _numbers(metric, benchmark, points.get(metric.id, []))
        for metric, benchmark in current.values()
    }


async def _points(
    session: AsyncSession, current: dict[int, tuple[Metric, Benchmark]], today: date
) -> dict[int, list[Point]]:
    """The best valid measurement of each experiment, in time order, by metric."""
    rows = await session.scalars(
        select(Measurement)
        .where(
            Measurement.metric_id.in_(current),
            Measurement.split == Split.VALIDATION,
            Measurement.on <= today,
            or_(Measurement.excluded_on.is_(None), Measurement.excluded_on > today),
        )
        .order_by(Measurement.at, Measurement.id)
    )
    best: dict[int, dict[object, Measurement]] = {}
    for row in rows:
        metric, benchmark = current[row.metric_id]
        if row.benchmark_version != benchmark.version:
            continue
        of_metric = best.setdefault(row.metric_id, {})
        owner = row.experiment_id or ("alone", row.id)
        known = of_metric.get(owner)
        if known is None or gain(metric.goal, row.value, known.value) > 0:
            of_metric[owner] = row
    return {
        metric_id: [
            Point(row.on, row.value)
            for row in sorted(rows_of.values(), key=lambda row: (row.at, row.id))
        ]
        for metric_id, rows_of in best.items()
    }


def _numbers(metric: Metric, benchmark: Benchmark, points: list[Point]) -> Numbers:
    progress = walk(
        points,
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
