"""Numbers: where a project's primary metric stands, as of a date."""

from collections.abc import Iterable
from datetime import date, datetime
from math import isclose
from typing import NamedTuple

from sqlalchemy import select, true
from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.experiment import Split
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
    rows = await measured(session, current, today)
    return {
        metric.project_id: _numbers(metric, benchmark, rows.get(metric.id, []), today)
        for metric, benchmark in current.values()
    }


class Row(NamedTuple):
    """A measurement as the rules take it, with what else is looked at."""

    measurement_id: int
    at: datetime
    measured: Measured
    surprising: bool
    confirmed_on: date | None


async def measured(
    session: AsyncSession, metric_ids: Iterable[int], today: date | None = None
) -> dict[int, list[Row]]:
    """What was measured (up to `today`), in time order, ties in recording order, by metric."""
    until = true() if today is None else Measurement.on <= today
    rows = await session.execute(
        select(
            Measurement.metric_id,
            Measurement.id,
            Measurement.at,
            Measurement.surprising,
            Measurement.confirmed_on,
            Measurement.experiment_id,
            Measurement.on,
            Measurement.value,
            Measurement.benchmark_version,
            Measurement.split,
            Measurement.excluded_on,
        )
        .where(Measurement.metric_id.in_(metric_ids), until)
        .order_by(Measurement.at, Measurement.id)
    )
    known: dict[int, list[Row]] = {}
    for metric_id, key, at, surprising, confirmed_on, *rest in rows:
        row = Row(key, at, Measured(*rest), surprising, confirmed_on)
        known.setdefault(metric_id, []).append(row)
    return known


def _numbers(metric: Metric, benchmark: Benchmark, rows: list[Row], today: date) -> Numbers:
    progress = walk(
        points(
            [row.measured for row in rows], goal=metric.goal, version=benchmark.version, today=today
        ),
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
        unconfirmed=beaten and _is_doubted(rows, progress.best, benchmark.version, today),
    )


def _is_doubted(rows: list[Row], best: float, version: int, today: date) -> bool:
    """Whether the best rests on a number that is still to be confirmed (S0-21), and on no other."""
    confirmed = [
        not row.surprising or (row.confirmed_on is not None and row.confirmed_on <= today)
        for row in rows
        if isclose(row.measured.value, best, rel_tol=1e-9)
        and (row.measured.benchmark_version, row.measured.split) == (version, Split.VALIDATION)
        and not (row.measured.excluded_on and row.measured.excluded_on <= today)
    ]
    return not any(confirmed)
