"""Guardrails: which limits the numbers of experiments break, as of a date (S4-5)."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from models.domain.experiment import Split
from models.domain.guardrail import Broken, Limit, broken
from models.domain.metric import MetricKind
from models.tables import Benchmark, Measurement, Metric


async def broken_by(
    session: AsyncSession, experiment_ids: Collection[int], today: date
) -> dict[int, tuple[Broken, ...]]:
    """The guardrails that each experiment's last valid number breaks; one statement however many there are.

    The limit is that of the number's own benchmark version as it held on `today`.
    """
    if not experiment_ids:
        return {}
    rank = func.row_number().over(
        partition_by=(Measurement.experiment_id, Measurement.metric_id),
        order_by=(Measurement.at.desc(), Measurement.id.desc()),
    )
    ranked = (
        select(Measurement.id, rank.label("rank"))
        .join(Metric, Metric.id == Measurement.metric_id)
        .where(
            Measurement.experiment_id.in_(experiment_ids),
            Metric.kind == MetricKind.GUARDRAIL,
            Measurement.split != Split.PRODUCTION,
            Measurement.on <= today,
            or_(Measurement.excluded_on.is_(None), Measurement.excluded_on > today),
        )
        .subquery()
    )
    last = aliased(Measurement)
    found = await session.execute(
        select(last.experiment_id, last.value, Metric, Benchmark)
        .join(ranked, ranked.c.id == last.id)
        .join(Metric, Metric.id == last.metric_id)
        .join(
            Benchmark,
            (Benchmark.metric_id == last.metric_id) & (Benchmark.version == last.benchmark_version),
        )
        .where(ranked.c.rank == 1)
        .order_by(last.experiment_id, Metric.id)
    )
    breaks: dict[int, tuple[Broken, ...]] = {}
    for experiment_id, value, metric, mark in found:
        one = broken(value, limit_of(metric, mark, today))
        if one is not None and experiment_id is not None:
            breaks[experiment_id] = (*breaks.get(experiment_id, ()), one)
    return breaks


def limit_of(metric: Metric, mark: Benchmark, today: date) -> Limit:
    """A guardrail's limit as it held on a date."""
    needed = mark.mark_on(today).acceptance
    return Limit(
        metric.name, metric.unit, metric.goal, mark.acceptance if needed is None else needed
    )
