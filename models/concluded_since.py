"""What was concluded of projects, all in all and since a day of each; however many, one statement."""

import json
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from sqlalchemy import CTE, Date, and_, case, cast, exists, func, literal, or_, select, type_coerce
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession

from models.db import Id
from models.domain.experiment import Split
from models.domain.metric import MetricKind
from models.tables import Experiment, Measurement, Metric


class Concluded(NamedTuple):
    """When the last one was; how many since the project's own day, and how many of these with a number."""

    last: date
    many: int
    measured: int


async def concluded_since(
    session: AsyncSession, days: Mapping[int, date], today: date
) -> dict[int, Concluded]:
    """What each project of `days` has concluded by `today`, counted from the day after its own.

    A number is one of the primary metric on the validation split that is not excluded by then; it is looked
    for only where it counts.
    """
    if not days:
        return {}
    since = _as_rows(session, days)
    is_over = and_(Experiment.project_id == since.c.project_id, Experiment.concluded_on <= today)
    last = select(func.max(Experiment.concluded_on)).where(is_over).correlate(since)
    has_number = exists().where(
        Measurement.experiment_id == Experiment.id,
        Measurement.metric_id == Metric.id,
        Measurement.split == Split.VALIDATION,
        Measurement.on <= today,
        or_(Measurement.excluded_on.is_(None), Measurement.excluded_on > today),
    )
    found = await session.execute(
        select(
            since.c.project_id,
            last.scalar_subquery(),
            func.count(Experiment.id),
            func.count(case((has_number, Experiment.id))),
        )
        .select_from(since)
        .outerjoin(
            Metric,
            (Metric.project_id == since.c.project_id) & (Metric.kind == MetricKind.PRIMARY),
        )
        .outerjoin(Experiment, and_(is_over, Experiment.concluded_on > since.c.day))
        .group_by(since.c.project_id)
    )
    return {
        project_id: Concluded(last, many, measured)
        for project_id, last, many, measured in found
        if last is not None
    }


def _as_rows(session: AsyncSession, days: Mapping[int, date]) -> CTE:
    """Projects with their days as a table, given as one value: a thousand of them cost as one."""
    if session.get_bind().dialect.name == "postgresql":
        lists = (literal([*days], ARRAY(Id)), literal([*days.values()], ARRAY(Date)))
        given = func.unnest(*lists).table_valued("project_id", "day").render_derived()
        return select(given.c.project_id, given.c.day).cte("since")
    written = json.dumps({str(key): day.isoformat() for key, day in days.items()})
    given = func.json_each(written).table_valued("key", "value")
    day = type_coerce(given.c.value, Date).label("day")
    return select(cast(given.c.key, Id).label("project_id"), day).cte("since")
