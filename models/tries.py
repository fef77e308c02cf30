"""Tries: the points of metrics as of a date, read from a million measurements without touching their rows.

PostgreSQL says which points are better than all before them; SQLite gives the points, and the rules find
those (`models.tries_in_lists`). Both are held against the walk over all rows by `tests/models/test_tries.py`.
"""

import operator
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Select,
    Subquery,
    and_,
    exists,
    func,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from models.domain.experiment import Split
from models.domain.metric import Goal
from models.domain.progress import Measured, Point
from models.domain.records import Record
from models.tables import Benchmark, Measurement, Metric
from models.tries_in_lists import current_versions, lists_of, records_in, served


@dataclass
class Tries:
    """What was tried of a metric: its records among `total` points, and its live values."""

    records: list[Record] = field(default_factory=list)
    total: int = 0
    live: list[Measured] = field(default_factory=list)


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
    if session.get_bind().dialect.name != "postgresql" and marks:
        return await _from_lists(session, marks, today, with_live=with_live)
    tries = {metric_id: Tries() for metric_id in marks}
    parts: list[Select[Any]] = []
    for goal, of in _by_goal(marks):
        points = select(_points(session, goal, of, today)).cte()
        parts += (_best_so_far(points, goal), _counts(points))
    if with_live and marks:
        parts.append(_live(marks.values(), today))
    found = (await session.execute(union_all(*parts))).all() if parts else ()
    for row in (one for one in found if one.id is None):
        tries[row.metric_id].total = row.place
    for row in sorted((one for one in found if one.id is not None), key=_IN_TIME):
        (metric, benchmark), of_metric = marks[row.metric_id], tries[row.metric_id]
        if row.place is None:
            of_metric.live.append(_served(row, benchmark.version))
        elif not (known := of_metric.records) or _better(metric.goal, row, known[-1]):
            known.append(Record(_point(row, today), row.place))
    return tries


async def _from_lists(
    session: AsyncSession,
    marks: Mapping[int, tuple[Metric, Benchmark]],
    today: date,
    *,
    with_live: bool,
) -> dict[int, Tries]:
    lists = await lists_of(session, marks, today, with_live=with_live)
    return {
        metric_id: Tries(
            *records_in(lists.get((metric_id, Split.VALIDATION), ()), metric.goal, today),
            served(lists.get((metric_id, Split.PRODUCTION), ()), benchmark.version),
        )
        for metric_id, (metric, benchmark) in marks.items()
    }


async def points_of(
    session: AsyncSession, marks: Mapping[int, tuple[Metric, Benchmark]], today: date
) -> dict[int, list[Point]]:
    """All points of each metric, by metric id, in time order, ties in recording order. One statement."""
    found = await session.execute(
        union_all(*(select(_points(session, goal, of, today)) for goal, of in _by_goal(marks)))
    )
    points: dict[int, list[Point]] = {metric_id: [] for metric_id in marks}
    for row in sorted(found, key=_IN_TIME):
        points[row.metric_id].append(_point(row, today))
    return points


_READ: tuple[Any, ...] = (
    Measurement.metric_id,
    Measurement.at,
    Measurement.id,
    Measurement.experiment_id,
    Measurement.value,
    Measurement.on,
    Measurement.confirmed_on,
)
_OWNER: tuple[Any, ...] = (Measurement.metric_id, Measurement.experiment_id)
_BEST: dict[Goal, Any] = {Goal.MAX: func.max, Goal.MIN: func.min}
_IN_TIME = operator.attrgetter("at", "id")


def _points(
    session: AsyncSession, goal: Goal, marks: Collection[tuple[Metric, Benchmark]], today: date
) -> Subquery:
    """The best of each experiment, of equal ones the first, and whatever belongs to no experiment.

    Each database has its own quick way along the index: PostgreSQL sorts the few of an experiment, where
    SQLite would sort all; SQLite looks the best up by its value, where PostgreSQL would join all with all.
    """
    valid = (current_versions(marks), *_valid(Measurement, Split.VALIDATION, today))
    tried = select(*_READ).where(*valid, Measurement.experiment_id.is_not(None))
    if session.get_bind().dialect.name == "postgresql":
        value = Measurement.value.desc() if goal is Goal.MAX else Measurement.value.asc()
        first = (*_OWNER, value, Measurement.at, Measurement.id)
        best = tried.ext(distinct_on(*_OWNER)).order_by(*first)
    else:
        best = _looked_up(tried, goal, today)
    alone = select(*_READ).where(*valid, Measurement.experiment_id.is_(None))
    return union_all(select(best.subquery()), alone).subquery()


def _looked_up(tried: Select[Any], goal: Goal, today: date) -> Select[Any]:
    """Of each experiment the first row with its best value: one look into the index for each."""
    value = _BEST[goal](Measurement.value).label("value")
    version = func.max(Measurement.benchmark_version).label("benchmark_version")
    top = tried.with_only_columns(*_OWNER, value, version).group_by(*_OWNER).subquery()
    same = (*_OWNER, Measurement.value, Measurement.benchmark_version)
    before = aliased(Measurement)
    is_repeated = exists(before.id).where(
        *(getattr(before, one.key) == one for one in same),
        *_valid(before, Split.VALIDATION, today),
        or_(
            before.at < Measurement.at,
            and_(before.at == Measurement.at, before.id < Measurement.id),
        ),
    )
    return (
        select(*_READ)
        .join_from(top, Measurement, and_(*(one == top.c[one.key] for one in same)))
        .where(*_valid(Measurement, Split.VALIDATION, today), ~is_repeated)
    )


def _best_so_far(points: CTE, goal: Goal) -> Select[Any]:
    """The points that are as good as the best up to them, with their places from 1; of equal ones each."""
    so_far: dict[str, Any] = {
        "partition_by": points.c.metric_id,
        "order_by": (points.c.at, points.c.id),
        "rows": (None, 0),
    }
    best = _BEST[goal](points.c.value).over(**so_far).label("best")
    each = select(points, func.count().over(**so_far).label("place"), best).subquery()
    return select(*(each.c[one.key] for one in _READ), each.c.place).where(
        each.c.value == each.c.best
    )


def _counts(points: CTE) -> Select[Any]:
    """How many points a metric has: a row without an id."""
    nothing = (null().label(one.key) for one in _READ[1:])
    count = func.count().label("place")
    return select(points.c.metric_id, *nothing, count).group_by(points.c.metric_id)


def _live(marks: Collection[tuple[Metric, Benchmark]], today: date) -> Select[Any]:
    """What was measured of the metrics in production: it has no place."""
    return select(*_READ, null().label("place")).where(
        current_versions(marks), *_valid(Measurement, Split.PRODUCTION, today)
    )


def _by_goal(
    marks: Mapping[int, tuple[Metric, Benchmark]],
) -> Iterator[tuple[Goal, list[tuple[Metric, Benchmark]]]]:
    for goal in Goal:
        of = [one for one in marks.values() if one[0].goal is goal]
        if of:
            yield goal, of


def _valid(of: type[Measurement], split: Split, today: date) -> tuple[ColumnElement[bool], ...]:
    """On this split, measured by then, and not excluded by then."""
    is_left = or_(of.excluded_on.is_(None), of.excluded_on > today)
    return (of.split == split, of.on <= today, is_left)


def _better(goal: Goal, row: Any, than: Record) -> bool:
    value, best = row.value, than.point.value
    return bool(value > best if goal is Goal.MAX else value < best)


def _point(row: Any, today: date) -> Point:
    confirmed = row.confirmed_on is not None and row.confirmed_on <= today
    return Point(row.on, row.value, row.experiment_id, confirmed)


def _served(row: Any, version: int) -> Measured:
    """A live value stands alone, also where an import has given it to an experiment."""
    return Measured(None, row.on, row.value, version, Split.PRODUCTION)
