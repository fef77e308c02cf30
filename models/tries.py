"""Tries: the points of metrics as of a date, read from a million measurements without touching their rows.

The database leaves out what can be no point; which of the others set a record is the rules' to say.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    String,
    exists,
    or_,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from models.db import list_of
from models.domain.experiment import Split
from models.domain.metric import Goal
from models.domain.progress import Measured, Point
from models.domain.records import Record, records
from models.tables import Benchmark, Measurement, Metric


class Tries(NamedTuple):
    """What was tried of a metric: its records among `total` points, live values, and the points' rows."""

    records: list[Record]
    total: int
    live: Sequence[Measured] = ()
    rows: Sequence[Sequence[Any]] = ()


async def tries_of(
    session: AsyncSession,
    marks: Mapping[int, tuple[Metric, Benchmark]],
    today: date,
    *,
    with_live: bool,
) -> dict[int, Tries]:
    """The records among the points of each metric, by metric id, in time order, ties in recording order.

    `marks` are metrics with the benchmark whose version counts, by metric id. Valid are measurements of the
    validation split, and of production where `with_live`, up to `today` and not excluded by then. One
    statement.
    """
    if not marks:
        return {}
    lists: dict[tuple[int, str], list[Sequence[Any]]] = {}
    found = await session.execute(_tried(session, marks.values(), today, with_live=with_live))
    for metric_id, split, *columns in found:
        lists.setdefault((metric_id, split), []).extend(zip(*columns, strict=True))
    tries: dict[int, Tries] = {}
    for metric_id, (metric, benchmark) in marks.items():
        rows = sorted(lists.get((metric_id, Split.VALIDATION), ()), key=_IN_TIME)
        served = sorted(lists.get((metric_id, Split.PRODUCTION), ()), key=_IN_TIME)
        places, total = records([(row[2], row[3]) for row in rows], goal=metric.goal)
        tries[metric_id] = Tries(
            [Record(point(rows[at], today), place) for at, place in places],
            total,
            [_served(row, benchmark.version) for row in served],
            rows,
        )
    return tries


def _tried(
    session: AsyncSession,
    marks: Collection[tuple[Metric, Benchmark]],
    today: date,
    *,
    with_live: bool,
) -> CompoundSelect[Any]:
    """By metric and split: lists of what counts, in no order, and of an experiment only its best.

    What is left out could be no point (`models.domain.records`); of equal values all are there, and all that
    belongs to no experiment. A million rows would take seconds, so one row of the result has all of a metric.
    SQLite writes fifteen digits of a value: the others are beyond TOLERANCE.
    """
    split = type_coerce(Measurement.split, String).label("split")
    columns = (Measurement.metric_id, split, *(list_of(session, one) for one in _READ))

    def lists(of: Collection[tuple[Metric, Benchmark]], split: Split) -> Select[Any]:
        counts = (_current(of), Measurement.split == split, *_by(Measurement, today))
        return select(*columns).where(*counts).group_by(Measurement.metric_id, Measurement.split)

    goals = {goal: [one for one in marks if one[0].goal is goal] for goal in Goal}
    points = [
        lists(of, Split.VALIDATION).where(~_beaten(goal, today)) for goal, of in goals.items() if of
    ]
    return union_all(*points, *((lists(marks, Split.PRODUCTION),) if with_live else ()))


def _beaten(goal: Goal, today: date) -> ColumnElement[bool]:
    """The same experiment has a better number: one look into the index, where a join would sort all rows."""
    other = aliased(Measurement)
    better = (
        other.value > Measurement.value if goal is Goal.MAX else other.value < Measurement.value
    )
    return exists().where(
        other.metric_id == Measurement.metric_id,
        other.split == Split.VALIDATION,
        other.experiment_id == Measurement.experiment_id,
        better,
        other.benchmark_version == Measurement.benchmark_version,
        *_by(other, today),
    )


_READ = (
    Measurement.at,
    Measurement.id,
    Measurement.experiment_id,
    Measurement.value,
    Measurement.on,
    Measurement.confirmed_on,
)
_IN_TIME = itemgetter(0, 1)


def _current(marks: Collection[tuple[Metric, Benchmark]]) -> ColumnElement[bool]:
    """Of these metrics, under their current versions."""
    metrics: dict[int, list[int]] = {}
    for metric, benchmark in marks:
        metrics.setdefault(benchmark.version, []).append(metric.id)
    return or_(
        *(
            Measurement.metric_id.in_(ids) & (Measurement.benchmark_version == version)
            for version, ids in sorted(metrics.items())
        )
    )


def _by(of: type[Measurement], today: date) -> tuple[ColumnElement[bool], ...]:
    """Measured by then, and not excluded by then."""
    return (of.on <= today, or_(of.excluded_on.is_(None), of.excluded_on > today))


def point(row: Sequence[Any], today: date) -> Point:
    """A row of `Tries.rows` as the rules know it."""
    _, _, experiment_id, value, on, confirmed_on = row
    confirmed = confirmed_on is not None and _day(confirmed_on) <= today
    return Point(_day(on), value, experiment_id, confirmed)


def _served(row: Sequence[Any], version: int) -> Measured:
    """A live value stands alone, also where an import has given it to an experiment."""
    return Measured(None, _day(row[4]), row[3], version, Split.PRODUCTION)


def _day(stored: str | date) -> date:
    """SQLite keeps a date as text; PostgreSQL's driver hands over a date."""
    return date.fromisoformat(stored) if isinstance(stored, str) else stored
