"""The points of metrics on SQLite, one row a metric: its windows cost more than the walk itself in Python.

What can be no point stays in the database; which of the others set a record is the rules' to say.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from operator import itemgetter
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    Select,
    and_,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from models.domain.experiment import Split
from models.domain.metric import Goal
from models.domain.progress import Measured, Point
from models.domain.records import Record, Tries, best_of_each, records
from models.tables import Benchmark, Experiment, Measurement, Metric

Marks = Mapping[int, tuple[Metric, Benchmark]]
Rows = Sequence[Sequence[Any]]
"""What was measured, in time order, ties in recording order: the columns of _READ."""


async def tries_of(
    session: AsyncSession, marks: Marks, today: date, *, with_live: bool
) -> dict[int, Tries]:
    """See `models.tries.tries_of`."""
    lists = await _lists(session, marks, today, with_live=with_live)
    return {
        metric_id: Tries(
            *_records_in(lists.get((metric_id, Split.VALIDATION), ()), metric.goal, today),
            _served(lists.get((metric_id, Split.PRODUCTION), ()), benchmark.version),
        )
        for metric_id, (metric, benchmark) in marks.items()
    }


async def points_of(session: AsyncSession, marks: Marks, today: date) -> dict[int, list[Point]]:
    """See `models.tries.points_of`."""
    lists = await _lists(session, marks, today, with_live=False)
    points: dict[int, list[Point]] = {}
    for metric_id, (metric, _) in marks.items():
        rows = lists.get((metric_id, Split.VALIDATION), ())
        best = best_of_each([(row[2], row[3]) for row in rows], goal=metric.goal)
        points[metric_id] = [_point(rows[at], today) for at in best]
    return points


async def _lists(
    session: AsyncSession, marks: Marks, today: date, *, with_live: bool
) -> dict[tuple[int, str], Rows]:
    """By metric and split: what may be a point, and what was served in production where `with_live`."""
    lists: dict[tuple[int, str], list[Sequence[Any]]] = {}
    benchmarks = [benchmark.id for _, benchmark in marks.values()]
    parts = [_apart(Split.VALIDATION, benchmarks, today)]
    for goal in {metric.goal for metric, _ in marks.values()}:
        of = [benchmark.id for metric, benchmark in marks.values() if metric.goal is goal]
        parts.append(_best(goal, of, today))
    if with_live:
        parts.append(_apart(Split.PRODUCTION, benchmarks, today))
    for metric_id, split, *columns in await session.execute(union_all(*parts)):
        lists.setdefault((metric_id, split), []).extend(zip(*columns, strict=True))
    return {key: sorted(rows, key=_IN_TIME) for key, rows in lists.items()}


def _best(goal: Goal, benchmarks: Sequence[int], today: date) -> Select[Any]:
    """Of each experiment the rows with its best value: one look into the index for each.

    SQLite keeps the order of an outer join; of any other it makes one that goes through all rows. It writes
    fifteen digits of a value into a list: the others are beyond TOLERANCE.
    """
    top = aliased(Measurement)
    best = select(_TOP[goal](top.value)).where(*_of_experiment(top, today)).scalar_subquery()
    is_best = and_(Measurement.value == best, *_of_experiment(Measurement, today))
    return (
        select(*_lists_of(Split.VALIDATION))
        .join_from(Benchmark, Metric, Metric.id == Benchmark.metric_id)
        .join(Experiment, Experiment.project_id == Metric.project_id)
        .outerjoin(Measurement, is_best)
        .where(Benchmark.id.in_(benchmarks))
        .group_by(Benchmark.metric_id)
    )


def _of_experiment(of: type[Measurement], today: date) -> tuple[ColumnElement[bool], ...]:
    return (*_valid(of, Split.VALIDATION, today), of.experiment_id == Experiment.id)


def _apart(split: Split, benchmarks: Sequence[int], today: date) -> Select[Any]:
    """What is on this split, on validation only what belongs to no experiment."""
    statement = (
        select(*_lists_of(split))
        .join_from(Benchmark, Measurement, and_(*_valid(Measurement, split, today)))
        .where(Benchmark.id.in_(benchmarks))
        .group_by(Benchmark.metric_id)
    )
    if split is Split.VALIDATION:
        return statement.where(Measurement.experiment_id.is_(None))
    return statement


def _valid(of: type[Measurement], split: Split, today: date) -> tuple[ColumnElement[bool], ...]:
    """Of the benchmark's metric and version on this split, measured by then and not excluded by then."""
    return (
        of.metric_id == Benchmark.metric_id,
        of.split == split,
        of.benchmark_version == Benchmark.version,
        of.on <= today,
        or_(of.excluded_on.is_(None), of.excluded_on > today),
    )


def _lists_of(split: Split) -> tuple[Any, ...]:
    """The metric, the split, and of its rows a list a column."""
    lists = (
        func.json_group_array(one, type_=JSON()).filter(Measurement.id.is_not(None))
        for one in _READ
    )
    return (Benchmark.metric_id, literal(split.value).label("split"), *lists)


def _records_in(rows: Rows, goal: Goal, today: date) -> tuple[list[Record], int]:
    """The records among them, and how many points there are."""
    places, total = records([(row[2], row[3]) for row in rows], goal=goal)
    return [Record(_point(rows[at], today), place) for at, place in places], total


def _served(rows: Rows, version: int) -> list[Measured]:
    """A live value stands alone, also where an import has given it to an experiment."""
    return [Measured(None, _day(row[4]), row[3], version, Split.PRODUCTION) for row in rows]


def _point(row: Sequence[Any], today: date) -> Point:
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
_IN_TIME = itemgetter(0, 1)
_TOP: dict[Goal, Any] = {Goal.MAX: func.max, Goal.MIN: func.min}
