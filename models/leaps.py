"""Surprising numbers of an imported log are marked, so that somebody confirms them (S0-21)."""

from datetime import date
from typing import Any

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.progress import Measured, Yardstick, standing
from models.landing import Landing
from models.surprises import history_of
from models.tables import Measurement

CHUNK = 1_000


async def mark_surprises(
    session: AsyncSession, landing: Landing, added: set[int], confirmed: bool, today: date
) -> int:
    """Mark what is new and surprising, so that somebody confirms it (S0-21); how many numbers that are."""
    if not added:
        return 0
    metric = landing.primary
    history = (await history_of(session, {metric.id}))[metric.id]
    measured = [past.measured for past in history]
    yardstick = Yardstick(metric.goal, metric.min_delta)
    surprising = {
        (mark.version, one.experiment_id, one.value)
        for mark in landing.marks
        for one in standing(
            measured,
            yardstick,
            mark.mark_on(today),
            today=today,
        ).surprises
        if one.experiment_id in added
    }
    ids = [past.moment[1] for past in history if _named(past.measured) in surprising]
    values: dict[str, Any] = {"surprising": True}
    if confirmed:
        values["confirmed_on"] = Measurement.on
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        await session.execute(update(Measurement).where(Measurement.id.in_(chunk)).values(values))
    return len(ids)


def _named(one: Measured) -> tuple[int, int | None, float]:
    """As the rule names a surprise: by version, experiment and value."""
    return one.benchmark_version, one.experiment_id, one.value
