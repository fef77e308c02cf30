"""Tries: the points of metrics as of a date, read from a million measurements without touching their rows.

PostgreSQL says which points are better than all before them; SQLite, whose windows cost as much as the walk
in Python, gives the points. Both are held against the walk over all rows by `tests/models/test_tries.py`.
"""

from collections.abc import Mapping
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from models import tries_on_postgresql, tries_on_sqlite
from models.domain.progress import Point
from models.domain.records import Tries
from models.tables import Benchmark, Metric


async def tries_of(
    session: AsyncSession,
    marks: Mapping[int, tuple[Metric, Benchmark]],
    today: date,
    *,
    with_live: bool,
) -> dict[int, Tries]:
    """The records among the points of each metric, by metric id, in time order, ties in recording order.

    `marks` are metrics with the benchmark whose version counts, by metric id. Valid are measurements of the
    validation split, and of production where `with_live`, up to `today` and not excluded by then. A point is
    the best of an experiment, at its time; what belongs to no experiment stands alone. One statement.
    """
    if not marks:
        return {}
    if _is_postgresql(session):
        return await tries_on_postgresql.tries_of(session, marks, today, with_live=with_live)
    return await tries_on_sqlite.tries_of(session, marks, today, with_live=with_live)


async def points_of(
    session: AsyncSession, marks: Mapping[int, tuple[Metric, Benchmark]], today: date
) -> dict[int, list[Point]]:
    """All points of each metric, by metric id, in time order, ties in recording order. One statement."""
    if not marks:
        return {}
    if _is_postgresql(session):
        return await tries_on_postgresql.points_of(session, marks, today)
    return await tries_on_sqlite.points_of(session, marks, today)


def _is_postgresql(session: AsyncSession) -> bool:
    return session.get_bind().dialect.name == "postgresql"
