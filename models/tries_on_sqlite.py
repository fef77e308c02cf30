"""The points of metrics on SQLite, in one row a metric; which of them set a record is the rules' to say.

Its windows cost as much as the walk in Python, and its index gives the best of an experiment at one look.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    Select,
    String,
    func,
    literal,
    or_,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.experiment import Split
from models.domain.metric import Goal
from models.domain.progress import Measured, Point
from models.domain.records import Record, Tries, record_places
from models.tables import Benchmark, Experiment, Measurement, Metric

Marks = Mapping[int, tuple[Metric, Benchmark]]
Row = tuple[Any, ...]
"""What was measured: the columns of _READ, which sort in time order, ties in recording order."""


async def tries_of(
    session: AsyncSession, marks: Marks, today: date, *, with_live: bool
) -> dict[int, Tries]:
    """See `models.tries.tries_of`."""
    lists = await _lists(session, marks, today, with_live=with_live)
    tries: dict[int, Tries] = {}
    for metric_id, (metric, benchmark) in marks.items():
        points = lists.get((metric_id, Split.VALIDATION), ())
        live = lists.get((metric_id, Split.PRODUCTION), ())
        places = record_places((row[_VALUE] for row in points), goal=metric.goal)
        tries[metric_id] = Tries(
            [Record(_point(points[place - 1], today), place) for place in places],
            len(points),
            [_served(row, benchmark.version) for row in live],
        )
    return tries


async def points_of(session: AsyncSession, marks: Marks, today: date) -> dict[int, list[Point]]:
    """See `models.tries.points_of`."""
    lists = await _lists(session, marks, today, with_live=False)
    found = {metric_id: lists.get((metric_id, Split.VALIDATION), ()) for metric_id in marks}
    return {key: [_point(row, today) for row in rows] for key, rows in found.items()}


async def _lists(
    session: AsyncSession, marks: Marks, today: date, *, with_live: bool
) -> dict[tuple[int, str], list[Row]]:
    """By metric and split: its points, and what was served in production where `with_live`."""
    versions = [benchmark.id for _, benchmark in marks.values()]
    parts = [_apart(Split.VALIDATION, versions, today)]
    for goal in {metric.goal for metric, _ in marks.values()}:
        of = [benchmark.id for metric, benchmark in marks.values() if metric.goal is goal]
        parts.append(_bests(goal, of, today))
    if with_live:
        parts.append(_apart(Split.PRODUCTION, versions, today))
    lists: dict[tuple[int, str], list[Row]] = {}
    for metric_id, split, flat in await session.execute(union_all(*parts)):
        one_by_one = [iter(flat or ())] * len(_READ)
        lists.setdefault((metric_id, split), []).extend(zip(*one_by_one, strict=True))
    for rows in lists.values():
        rows.sort()
    return lists


def _bests(goal: Goal, versions: Iterable[int], today: date) -> Select[Any]:
    """The best of each experiment, of equal ones the first; nothing where it has no number."""
    value = Measurement.value.desc() if goal is Goal.MAX else Measurement.value.asc()
    best = (
        select(_ROW)
        .where(*_valid(Split.VALIDATION, today), Measurement.experiment_id == Experiment.id)
        .order_by(value, Measurement.at, Measurement.id)
        .limit(1)
        .scalar_subquery()
    )
    return (
        select(*_listed(Split.VALIDATION, best))
        .join_from(Benchmark, Metric, Metric.id == Benchmark.metric_id)
        .join(Experiment, Experiment.project_id == Metric.project_id)
        .where(Benchmark.id.in_(versions))
        .group_by(Benchmark.metric_id)
    )


def _apart(split: Split, versions: Iterable[int], today: date) -> Select[Any]:
    """What is on this split, on validation only what belongs to no experiment."""
    statement = (
        select(*_listed(split, _ROW))
        .select_from(Benchmark)
        .where(Benchmark.id.in_(versions), *_valid(split, today))
        .group_by(Benchmark.metric_id)
    )
    if split is Split.VALIDATION:
        return statement.where(Measurement.experiment_id.is_(None))
    return statement


def _valid(split: Split, today: date) -> tuple[ColumnElement[bool], ...]:
    """Of the benchmark's metric and version on this split, measured by then and not excluded by then."""
    return (
        Measurement.metric_id == Benchmark.metric_id,
        Measurement.split == split,
        Measurement.benchmark_version == Benchmark.version,
        Measurement.on <= today,
        or_(Measurement.excluded_on.is_(None), Measurement.excluded_on > today),
    )


def _listed(split: Split, row: ColumnElement[Any]) -> tuple[Any, ...]:
    """The metric, the split and its rows as one flat list, which is read faster than a list a row.

    It is empty, or None, where there is no row. A value has fifteen digits there: others are beyond
    TOLERANCE.
    """
    flat = literal("[").concat(func.group_concat(row)).concat("]")
    return (Benchmark.metric_id, literal(split.value).label("split"), type_coerce(flat, JSON()))


def _served(row: Row, version: int) -> Measured:
    """A live value stands alone, also where an import has given it to an experiment."""
    return Measured(None, _day(row[_ON]), row[_VALUE], version, Split.PRODUCTION)


def _point(row: Row, today: date) -> Point:
    _, _, experiment_id, value, on, confirmed_on = row
    confirmed = confirmed_on is not None and _day(confirmed_on) <= today
    return Point(_day(on), value, experiment_id, confirmed)


def _day(stored: str) -> date:
    return date.fromisoformat(stored)


_READ = (
    Measurement.at,
    Measurement.id,
    Measurement.experiment_id,
    Measurement.value,
    Measurement.on,
    Measurement.confirmed_on,
)
_ROW = func.trim(func.json_array(*_READ), "[]", type_=String())
"""A row without its brackets; whatever stands in it is in quotes, so that they are none of its own."""
_VALUE, _ON = 3, 4
