"""The points of metrics on SQLite, one row a metric: its windows cost more than the walk itself in Python.

What can be no point stays in the database; which of the others set a record is the rules' to say.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from operator import itemgetter
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    CompoundSelect,
    Select,
    String,
    exists,
    func,
    or_,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from models.domain.experiment import Split
from models.domain.metric import Goal
from models.domain.progress import Measured, Point
from models.domain.records import Record, records
from models.tables import Benchmark, Measurement, Metric

Lists = dict[tuple[int, str], list[Sequence[Any]]]
"""By metric and split: what was measured, in time order, ties in recording order."""


async def lists_of(
    session: AsyncSession,
    marks: Mapping[int, tuple[Metric, Benchmark]],
    today: date,
    *,
    with_live: bool,
) -> Lists:
    """What may be a point, and what was measured in production where `with_live`; one statement."""
    lists: Lists = {}
    found = await session.execute(_tried(marks.values(), today, with_live=with_live))
    for metric_id, split, *columns in found:
        lists.setdefault((metric_id, split), []).extend(zip(*columns, strict=True))
    return {key: sorted(rows, key=_IN_TIME) for key, rows in lists.items()}


def records_in(rows: Sequence[Sequence[Any]], goal: Goal, today: date) -> tuple[list[Record], int]:
    """The records among a list's points, and how many points there are."""
    places, total = records([(row[2], row[3]) for row in rows], goal=goal)
    return [Record(_point(rows[at], today), place) for at, place in places], total


def served(rows: Sequence[Sequence[Any]], version: int) -> list[Measured]:
    """A live value stands alone, also where an import has given it to an experiment."""
    return [Measured(None, _day(row[4]), row[3], version, Split.PRODUCTION) for row in rows]


def _tried(
    marks: Collection[tuple[Metric, Benchmark]], today: date, *, with_live: bool
) -> CompoundSelect[Any]:
    """By metric and split: lists of what counts, in no order, and of an experiment only its best.

    What is left out could be no point (`models.domain.records`); of equal values all are there, and all that
    belongs to no experiment. SQLite writes fifteen digits of a value: the others are beyond TOLERANCE.
    """
    split = type_coerce(Measurement.split, String).label("split")
    lists = (func.json_group_array(one, type_=JSON()) for one in _READ)
    columns: tuple[Any, ...] = (Measurement.metric_id, split, *lists)

    def listed(of: Collection[tuple[Metric, Benchmark]], split: Split) -> Select[Any]:
        counts = (current_versions(of), Measurement.split == split, *_by(Measurement, today))
        every: Select[Any] = select(*columns)
        return every.where(*counts).group_by(Measurement.metric_id, Measurement.split)

    goals = {goal: [one for one in marks if one[0].goal is goal] for goal in Goal}
    points = [
        listed(of, Split.VALIDATION).where(~_beaten(goal, today))
        for goal, of in goals.items()
        if of
    ]
    return union_all(*points, *((listed(marks, Split.PRODUCTION),) if with_live else ()))


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


def current_versions(marks: Collection[tuple[Metric, Benchmark]]) -> ColumnElement[bool]:
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


def _point(row: Sequence[Any], today: date) -> Point:
    _, _, experiment_id, value, on, confirmed_on = row
    confirmed = confirmed_on is not None and _day(confirmed_on) <= today
    return Point(_day(on), value, experiment_id, confirmed)


def _day(stored: str) -> date:
    return date.fromisoformat(stored)
