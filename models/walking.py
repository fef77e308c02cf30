"""Walking: the best so far of projects' primary metrics as of a date, from their measurements.

Of a hundred thousand measurements only those that set a record are looked at closely.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    String,
    Subquery,
    case,
    func,
    or_,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncSession

from models.db import list_of
from models.domain.experiment import Split
from models.domain.facts import Numbers
from models.domain.findings.kinds import StopMark
from models.domain.live import Live, live
from models.domain.metric import Goal, MetricKind, gain
from models.domain.progress import Measured, Point, Progress, Yardstick, current
from models.domain.records import Record, confirmed_records, records, steps, walk_records
from models.domain.sparkline import WIDTH
from models.tables import Benchmark, Measurement, Metric


class Walked(NamedTuple):
    """A project's primary metric, its benchmark on that day, and how far the search has come.

    `series` is the best so far, evenly spaced over the measured experiments, the baseline first.
    What was needed then is `progress.mark.acceptance`; `is_agreed` says that both sides had signed it.
    `live` is the model in use, where it was asked for and there is one.
    """

    metric: Metric
    benchmark: Benchmark
    progress: Progress
    series: list[float]
    is_agreed: bool
    live: Live | None = None


class _Tries(NamedTuple):
    records: list[Record]
    total: int
    live: Sequence[Measured] = ()
    rows: Sequence[Sequence[Any]] = ()


async def walked(
    session: AsyncSession,
    project_ids: Collection[int],
    today: date,
    *,
    with_live: bool = False,
    confirmed_only: bool = False,
) -> dict[int, Walked]:
    """The walk of each project up to `today`, by project id; two statements however many there are.

    With `confirmed_only`, as leadership is told, a surprise that nobody has confirmed by then does not
    count at all.

    The benchmark is the latest one effective on `today`; only measurements of its version on the validation
    split count, and none that is excluded by then (domain §2.4-4). Projects without a primary metric, or
    without a benchmark by then, are left out.
    """
    marks = await _marks(session, project_ids, today)
    tries = await _tries(session, marks, today, with_live=with_live)
    if confirmed_only:
        tries = {key: _confirmed(of, *marks[key], today) for key, of in tries.items()}
    return {
        metric.project_id: _walk(metric, benchmark, tries[metric.id], today)
        for metric, benchmark in marks.values()
    }


def numbers_of(walk: Walked) -> Numbers:
    """A walk as messages name it."""
    metric, benchmark, progress = walk.metric, walk.benchmark, walk.progress
    needed = progress.mark.acceptance
    beaten = gain(metric.goal, progress.best, benchmark.baseline) > 0
    return Numbers(
        metric_id=metric.id,
        name=metric.name,
        phrase=metric.business_phrase,
        unit=metric.unit,
        goal=metric.goal,
        baseline=benchmark.baseline,
        best=progress.best,
        acceptance=benchmark.acceptance if needed is None else needed,
        since=progress.since if beaten else None,
        last_gain=progress.last_gain,
        tries=progress.wait,
        benchmark_version=benchmark.version,
        unconfirmed=any(one.value == progress.best for one in progress.to_confirm),
        assumed_min_delta=metric.min_delta if metric.min_delta_assumed else None,
        proposed=not walk.is_agreed,
    )


def stop_mark(walk: Walked | None, by: date | None, threshold: float | None) -> StopMark | None:
    """The stop mark with the best so far, where there is a metric that it is a value of."""
    if walk is None or by is None or threshold is None:
        return None
    return StopMark(by, threshold, walk.metric.goal, walk.progress.best)


async def _marks(
    session: AsyncSession, project_ids: Collection[int], today: date
) -> dict[int, tuple[Metric, Benchmark]]:
    """The primary metrics with the benchmark that is current on `today`, by metric id."""
    found = await session.execute(
        select(Metric, Benchmark)
        .join(Benchmark, Benchmark.metric_id == Metric.id)
        .where(
            Metric.project_id.in_(project_ids),
            Metric.kind == MetricKind.PRIMARY,
            Benchmark.effective <= today,
        )
        .order_by(Metric.id, Benchmark.version)
    )
    versions: dict[int, dict[int, tuple[Metric, Benchmark]]] = {}
    for metric, benchmark in found:
        versions.setdefault(metric.id, {})[benchmark.version] = (metric, benchmark)
    marks: dict[int, tuple[Metric, Benchmark]] = {}
    for metric_id, by_version in versions.items():
        mark = current((benchmark.mark_on(today) for _, benchmark in by_version.values()), today)
        if mark is not None:
            marks[metric_id] = by_version[mark.version]
    return marks


def _walk(metric: Metric, benchmark: Benchmark, tries: _Tries, today: date) -> Walked:
    yardstick, mark = Yardstick(metric.goal, metric.min_delta), benchmark.mark_on(today)
    better = [one for one in tries.records if gain(metric.goal, one.point.value, mark.baseline) > 0]
    return Walked(
        metric,
        benchmark,
        walk_records(tries.records, tries.total, yardstick, mark),
        steps(better, tries.total, baseline=mark.baseline, most=WIDTH),
        is_agreed=benchmark.is_agreed(today),
        live=live(tries.live, yardstick, mark, today=today),
    )


async def _tries(
    session: AsyncSession,
    marks: Mapping[int, tuple[Metric, Benchmark]],
    today: date,
    *,
    with_live: bool,
) -> dict[int, _Tries]:
    """The records among the points of each metric, in time order, ties in recording order."""
    if not marks:
        return {}
    lists: dict[tuple[int, str], list[Sequence[Any]]] = {}
    found = await session.execute(_tried(session, marks.values(), today, with_live=with_live))
    for metric_id, split, *columns in found:
        lists.setdefault((metric_id, split), []).extend(zip(*columns, strict=True))
    tries: dict[int, _Tries] = {}
    for metric_id, (metric, benchmark) in marks.items():
        rows = sorted(lists.get((metric_id, Split.VALIDATION), ()), key=_IN_TIME)
        served = sorted(lists.get((metric_id, Split.PRODUCTION), ()), key=_IN_TIME)
        places, total = records([(row[2], row[3]) for row in rows], goal=metric.goal)
        tries[metric_id] = _Tries(
            [Record(_point(rows[at], today), place) for at, place in places],
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

    What is left out could be no point (`models.domain.records`); of equal values all are there. A million
    rows would take seconds, so one row of the result has all of a metric. SQLite writes fifteen digits of
    a value: the others are beyond TOLERANCE.
    """
    split = type_coerce(Measurement.split, String).label("split")
    columns = (Measurement.metric_id, split, *(list_of(session, one) for one in _READ))
    best = _best(marks, today)
    of_experiments = (
        select(*columns)
        .join(
            best,
            (best.c.metric_id == Measurement.metric_id)
            & (best.c.experiment_id == Measurement.experiment_id)
            & (best.c.value == Measurement.value)
            & (best.c.version == Measurement.benchmark_version),
        )
        .where(Measurement.split == Split.VALIDATION, *_by(today))
        .group_by(Measurement.metric_id, Measurement.split)
    )
    alone = (Measurement.split == Split.VALIDATION) & Measurement.experiment_id.is_(None)
    live = Measurement.split == Split.PRODUCTION
    others = (
        select(*columns)
        .where(_current(marks), or_(alone, live) if with_live else alone, *_by(today))
        .group_by(Measurement.metric_id, Measurement.split)
    )
    return union_all(of_experiments, others)


def _best(marks: Collection[tuple[Metric, Benchmark]], today: date) -> Subquery:
    """The best value of each experiment."""
    minimised = [metric.id for metric, _ in marks if metric.goal is Goal.MIN]
    highest, lowest = func.max(Measurement.value), func.min(Measurement.value)
    return (
        select(
            Measurement.metric_id,
            Measurement.experiment_id,
            func.max(Measurement.benchmark_version).label("version"),
            case((Measurement.metric_id.in_(minimised), lowest), else_=highest).label("value"),
        )
        .where(
            _current(marks),
            Measurement.split == Split.VALIDATION,
            Measurement.experiment_id.is_not(None),
            *_by(today),
        )
        .group_by(Measurement.metric_id, Measurement.experiment_id)
        .subquery()
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


def _by(today: date) -> tuple[ColumnElement[bool], ...]:
    """Measured by then, and not excluded by then."""
    return (
        Measurement.on <= today,
        or_(Measurement.excluded_on.is_(None), Measurement.excluded_on > today),
    )


def _confirmed(tries: _Tries, metric: Metric, benchmark: Benchmark, today: date) -> _Tries:
    """The same without surprises that nobody has confirmed; where there is one, all points are walked."""
    yardstick, mark = Yardstick(metric.goal, metric.min_delta), benchmark.mark_on(today)
    if not walk_records(tries.records, tries.total, yardstick, mark).to_confirm:
        return tries
    points = [_point(row, today) for row in tries.rows]
    found, total = confirmed_records(points, yardstick, mark)
    return tries._replace(records=found, total=total)


def _point(row: Sequence[Any], today: date) -> Point:
    _, _, experiment_id, value, on, confirmed_on = row
    confirmed = confirmed_on is not None and _day(confirmed_on) <= today
    return Point(_day(on), value, experiment_id, confirmed)


def _served(row: Sequence[Any], version: int) -> Measured:
    """A live value stands alone, also where an import has given it to an experiment."""
    return Measured(None, _day(row[4]), row[3], version, Split.PRODUCTION)


def _day(stored: str | date) -> date:
    """SQLite keeps a date as text; PostgreSQL's driver hands over a date."""
    return date.fromisoformat(stored) if isinstance(stored, str) else stored
