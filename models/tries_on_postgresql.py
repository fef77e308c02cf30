"""The points of metrics on PostgreSQL: it walks by itself, and a metric's records come in one row."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Subquery,
    any_,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import ARRAY, aggregate_order_by, distinct_on
from sqlalchemy.ext.asyncio import AsyncSession

from models.db import Id
from models.domain.experiment import Split
from models.domain.metric import Goal
from models.domain.progress import Measured, Point
from models.domain.records import Record, Tries
from models.tables import Benchmark, Measurement, Metric

Marks = Mapping[int, tuple[Metric, Benchmark]]


async def tries_of(
    session: AsyncSession, marks: Marks, today: date, *, with_live: bool
) -> dict[int, Tries]:
    """See `models.tries.tries_of`."""
    tries = {metric_id: Tries() for metric_id in marks}
    parts = [_records(_points(goal, of, today), goal) for goal, of in _by_goal(marks)]
    if with_live:
        parts.append(_live(marks, today))
    for metric_id, total, places, *columns in await session.execute(union_all(*parts)):
        points = _listed(columns)
        if places is None:
            version = marks[metric_id][1].version
            tries[metric_id].live = [_served(point, version) for point in points]
        else:
            tries[metric_id].records = [*map(Record, points, places)]
            tries[metric_id].total = total
    return tries


async def points_of(session: AsyncSession, marks: Marks, today: date) -> dict[int, list[Point]]:
    """See `models.tries.points_of`."""
    points: dict[int, list[Point]] = {metric_id: [] for metric_id in marks}
    parts = [_all(_points(goal, of, today)) for goal, of in _by_goal(marks)]
    for metric_id, *columns in await session.execute(union_all(*parts)):
        points[metric_id] = [*_listed(columns)]
    return points


def _points(goal: Goal, marks: Collection[tuple[Metric, Benchmark]], today: date) -> Subquery:
    """The best of each experiment, of equal ones the first, and whatever belongs to no experiment.

    What is greater is better in the index's own order, from its end; else an experiment's rows are sorted.
    """
    counts = (_current(marks), *_valid(Split.VALIDATION, today))
    confirmed = func.coalesce(Measurement.confirmed_on <= today, False).label("confirmed")
    read = select(*_READ, confirmed).where(*counts)
    owner = (Measurement.metric_id, Measurement.experiment_id)
    columns = (*owner, Measurement.value)
    in_order = [one.desc() if goal is Goal.MAX else one.asc() for one in columns]
    best = (
        read.where(Measurement.experiment_id.is_not(None))
        .ext(distinct_on(*owner))
        .order_by(*in_order, Measurement.at, Measurement.id)
    )
    alone = read.where(Measurement.experiment_id.is_(None))
    return union_all(select(best.subquery()), alone).subquery()


def _records(points: Subquery, goal: Goal) -> Select[Any]:
    """A row a metric: how many points it has, and of those that are better than all before them lists."""
    in_time: dict[str, Any] = {
        "partition_by": points.c.metric_id,
        "order_by": (points.c.at, points.c.id),
    }
    place = func.count().over(**in_time, rows=(None, 0)).label("place")
    top = _TOP[goal](points.c.value).over(**in_time, rows=(None, -1))
    better = points.c.value > top if goal is Goal.MAX else points.c.value < top
    each = select(points, place, func.coalesce(better, True).label("is_record")).subquery()
    lists = (
        func.array_agg(aggregate_order_by(each.c[name], each.c.place)).filter(each.c.is_record)
        for name in ("place", *_LISTED)
    )
    return select(each.c.metric_id, func.count(), *lists).group_by(each.c.metric_id)


def _all(points: Subquery) -> Select[Any]:
    lists = (
        func.array_agg(aggregate_order_by(points.c[name], points.c.at, points.c.id))
        for name in _LISTED
    )
    return select(points.c.metric_id, *lists).group_by(points.c.metric_id)


def _live(marks: Marks, today: date) -> Select[Any]:
    """A row a metric: what was measured of it in production, in lists without places."""
    counts = (_current(marks.values()), *_valid(Split.PRODUCTION, today))
    read = select(*_READ, literal(True).label("confirmed")).where(*counts).subquery()
    metric_id, *lists = _all(read).selected_columns
    return select(metric_id, func.count(), null().label("place"), *lists).group_by(metric_id)


def _current(marks: Collection[tuple[Metric, Benchmark]]) -> ColumnElement[bool]:
    """Of these metrics, under their current versions."""
    metrics: dict[int, list[int]] = {}
    for metric, benchmark in marks:
        metrics.setdefault(benchmark.version, []).append(metric.id)
    return or_(
        *(
            (Measurement.metric_id == any_(literal(ids, ARRAY(Id))))
            & (Measurement.benchmark_version == version)
            for version, ids in sorted(metrics.items())
        )
    )


def _valid(split: Split, today: date) -> tuple[ColumnElement[bool], ...]:
    """On this split, measured by then, and not excluded by then."""
    excluded = Measurement.excluded_on
    return (
        Measurement.split == split,
        Measurement.on <= today,
        or_(excluded.is_(None), excluded > today),
    )


def _by_goal(marks: Marks) -> Iterator[tuple[Goal, list[tuple[Metric, Benchmark]]]]:
    for goal in Goal:
        of = [one for one in marks.values() if one[0].goal is goal]
        if of:
            yield goal, of


def _listed(columns: Sequence[Sequence[Any]]) -> Iterator[Point]:
    """Points from their days, values, experiments and confirmations."""
    return map(Point, *columns)


def _served(point: Point, version: int) -> Measured:
    """A live value stands alone, also where an import has given it to an experiment."""
    return Measured(None, point.on, point.value, version, Split.PRODUCTION)


_READ: tuple[Any, ...] = (
    Measurement.metric_id,
    Measurement.at,
    Measurement.id,
    Measurement.on,
    Measurement.value,
    Measurement.experiment_id,
)
_LISTED = ("on", "value", "experiment_id", "confirmed")
"""A point, as the rules know it."""
_TOP: dict[Goal, Any] = {Goal.MAX: func.max, Goal.MIN: func.min}
