"""Lines of a log that are of no experiment: a metric with its marks, and numbers of the model in use."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.logbook import LogLine
from models.landing import Landing
from models.tables import Benchmark, Measurement

SOURCE = "The imported log"
FIRST = "1"


async def marks(
    session: AsyncSession, landing: Landing, says: Iterable[LogLine], today: date
) -> None:
    """The limits that the lines give metrics other than the primary one; a version that is there stays."""
    said = [one for one in says if one.value is None and not one.of_primary]
    said = [one for one in said if one.acceptance is not None]
    if not said:
        return
    of = {landing.metric(one).id for one in said}
    found = await session.execute(
        select(Benchmark.metric_id, Benchmark.version).where(Benchmark.metric_id.in_(of))
    )
    there = {(metric_id, version) for metric_id, version in found}
    for one in said:
        metric, label = landing.metric(one), one.benchmark_version or FIRST
        version = int(label) if label.isdecimal() else int(FIRST)
        if (metric.id, version) in there or one.acceptance is None:
            continue
        there.add((metric.id, version))
        session.add(
            Benchmark(
                metric_id=metric.id,
                version=version,
                effective=one.measured_on or today,
                baseline=one.acceptance if one.baseline is None else one.baseline,
                baseline_source=SOURCE,
                acceptance=one.acceptance,
                reason="",
            )
        )


async def numbers(session: AsyncSession, landing: Landing, rows: Sequence[dict[str, Any]]) -> int:
    """Store those numbers of the model in use that are not there yet; how many these are."""
    if not rows:
        return 0
    found = await session.scalars(
        select(Measurement).where(
            Measurement.experiment_id.is_(None),
            Measurement.metric_id.in_({metric.id for metric in landing.metrics.values()}),
        )
    )
    there = {compared(vars(row)) for row in found}
    new = [row for row in rows if compared(row) not in there]
    if new:
        await session.execute(insert(Measurement), new)
    return len(new)


def compared(row: dict[str, Any]) -> tuple[object, ...]:
    """By what a number is known."""
    columns = ("metric_id", "on", "value", "low", "high", "split", "benchmark_version")
    return tuple(row[name] for name in (*columns, "excluded_on"))
