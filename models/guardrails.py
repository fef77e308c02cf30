"""Guardrails: which limits the numbers of experiments break, as of a date (S4-5)."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from sqlalchemy import exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from models.domain.experiment import Split
from models.domain.guardrail import Broken, Limit, broken
from models.domain.metric import MetricKind
from models.tables import Benchmark, Experiment, Measurement, Metric


class Measured(NamedTuple):
    """Whether an experiment has any number, also one set aside later, and the guardrails that it breaks."""

    any: bool
    breaks: tuple[Broken, ...]


async def broken_by(
    session: AsyncSession, experiment_ids: Collection[int], today: date
) -> dict[int, tuple[Broken, ...]]:
    """The guardrails that each experiment's last valid number breaks; one statement for all of them."""
    found = await measured_by(session, experiment_ids, today)
    return {ident: one.breaks for ident, one in found.items() if one.breaks}


async def measured_by(
    session: AsyncSession, experiment_ids: Collection[int], today: date
) -> dict[int, Measured]:
    """What a conclusion has to say a word about, of each experiment; one statement however many there are.

    A guardrail's limit is that of the number's own benchmark version as it held on `today`.
    """
    if not experiment_ids:
        return {}
    rank = func.row_number().over(
        partition_by=(Measurement.experiment_id, Measurement.metric_id),
        order_by=(Measurement.at.desc(), Measurement.id.desc()),
    )
    ranked = (
        select(Measurement.id, Measurement.experiment_id, rank.label("rank"))
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
    has_any = exists().where(Measurement.experiment_id == Experiment.id).correlate(Experiment)
    found = await session.execute(
        select(Experiment.id, has_any, last.value, Metric, Benchmark)
        .outerjoin(ranked, (ranked.c.experiment_id == Experiment.id) & (ranked.c.rank == 1))
        .outerjoin(last, last.id == ranked.c.id)
        .outerjoin(Metric, Metric.id == last.metric_id)
        .outerjoin(
            Benchmark,
            (Benchmark.metric_id == last.metric_id) & (Benchmark.version == last.benchmark_version),
        )
        .where(Experiment.id.in_(experiment_ids))
        .order_by(Experiment.id, Metric.id)
    )
    measured: dict[int, Measured] = {}
    for experiment_id, is_any, value, metric, mark in found:
        known = measured.setdefault(experiment_id, Measured(is_any, ()))
        one = _broken(value, metric, mark, today)
        if one is not None:
            measured[experiment_id] = known._replace(breaks=(*known.breaks, one))
    return measured


def _broken(
    value: float | None, metric: Metric | None, mark: Benchmark | None, today: date
) -> Broken | None:
    """What an experiment's row breaks, if it has a guardrail's number at all."""
    if value is None or metric is None or mark is None:
        return None
    return broken(value, limit_of(metric, mark, today))


def limit_of(metric: Metric, mark: Benchmark, today: date) -> Limit:
    """A guardrail's limit as it held on a date."""
    needed = mark.mark_on(today).acceptance
    return Limit(
        metric.name, metric.unit, metric.goal, mark.acceptance if needed is None else needed
    )
