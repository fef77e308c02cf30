"""Walking: the best so far of projects' primary metrics as of a date, from their measurements.

Of a hundred thousand measurements only those that set a record are looked at closely.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.as_it_was import Smallest
from models.domain.facts import Numbers
from models.domain.findings.kinds import StopMark
from models.domain.live import Live, live
from models.domain.metric import MetricKind, gain
from models.domain.progress import Point, Progress, Yardstick, current
from models.domain.records import Tries, confirmed_records, steps, walk_records
from models.domain.sparkline import WIDTH
from models.tables import Benchmark, Metric, Project
from models.tries import points_of, tries_of


class Walked(NamedTuple):
    """A project's primary metric, its benchmark on that day, and how far the search has come.

    `series` is the best so far, evenly spaced over the measured experiments, the baseline first.
    What was needed then is `progress.mark.acceptance`; `is_agreed` says that both sides had signed it,
    `smallest` what counted then.
    `live` is the model in use, where it was asked for and there is one.
    """

    metric: Metric
    benchmark: Benchmark
    progress: Progress
    series: list[float]
    is_agreed: bool
    smallest: Smallest
    live: Live | None = None


async def walked(
    session: AsyncSession,
    project_ids: Collection[int],
    today: date,
    *,
    with_live: bool = False,
    confirmed_only: bool = False,
    smallest: Mapping[int, Smallest] | None = None,
) -> dict[int, Walked]:
    """The walk of each project up to `today`, by project id; two statements however many there are.

    See `walks_from`; the metrics and their benchmarks are read first.
    """
    versions = await _versions(session, project_ids, today)
    return await walks_from(
        session,
        versions,
        today,
        with_live=with_live,
        confirmed_only=confirmed_only,
        smallest=smallest,
    )


async def walks_from(
    session: AsyncSession,
    versions: Iterable[tuple[Metric, Benchmark]],
    today: date,
    *,
    with_live: bool = False,
    confirmed_only: bool = False,
    smallest: Mapping[int, Smallest] | None = None,
) -> dict[int, Walked]:
    """The walk of each project whose primary metric, with its benchmarks by `today`, was read before.

    One statement. With `confirmed_only`, as leadership is told, a surprise that nobody has confirmed by then
    does not count at all; where there is one, what it hides is read in another statement.

    `smallest`, by metric id, is what counted on a past day where that was another than today.

    The benchmark is the latest one effective on `today`; only measurements of its version on the validation
    split count, and none that is excluded by then (domain §2.4-4). Projects without a primary metric, or
    without a benchmark by then, are left out.
    """
    marks = _current(versions, today)
    tries = await tries_of(session, marks, today, with_live=with_live)
    walks = {key: _walk(*mark, tries[key], today, smallest) for key, mark in marks.items()}
    if confirmed_only:
        doubtful = {key: marks[key] for key, walk in walks.items() if walk.progress.to_confirm}
        points = await points_of(session, doubtful, today)
        for key, mark in doubtful.items():
            known = _confirmed(tries[key], points[key], *mark, today, smallest)
            walks[key] = _walk(*mark, known, today, smallest)
    return {walk.metric.project_id: walk for walk in walks.values()}


async def walked_from(
    session: AsyncSession, versions: Iterable[tuple[Metric, Benchmark]], today: date
) -> Walked | None:
    """The walk of one project whose primary metric was read before; one statement."""
    return next(iter((await walks_from(session, versions, today)).values()), None)


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
        assumed_min_delta=walk.smallest.min_delta if walk.smallest.assumed else None,
        proposed=not walk.is_agreed,
    )


def stop_mark(walk: Walked | None, by: date | None, threshold: float | None) -> StopMark | None:
    """The stop mark with the best so far, where there is a metric that it is a value of."""
    if walk is None or by is None or threshold is None:
        return None
    return StopMark(by, threshold, walk.metric.goal, walk.progress.best)


IS_OWN = and_(Metric.project_id == Project.id, Metric.kind == MetricKind.PRIMARY)
"""An outer join's condition: the metric that a project's walk is about."""


def has_begun(today: date) -> ColumnElement[bool]:
    """An outer join's condition: a metric's benchmarks by that day."""
    return and_(Benchmark.metric_id == Metric.id, Benchmark.effective <= today)


def versions_in(rows: Iterable[Sequence[Any]]) -> list[tuple[Metric, Benchmark]]:
    """What `walks_from` needs, from rows that end with a metric and a benchmark, or None."""
    return [(metric, benchmark) for *_, metric, benchmark in rows if benchmark is not None]


async def _versions(
    session: AsyncSession, project_ids: Collection[int], today: date
) -> Iterable[tuple[Metric, Benchmark]]:
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
    return [(metric, benchmark) for metric, benchmark in found]


def _current(
    found: Iterable[tuple[Metric, Benchmark]], today: date
) -> dict[int, tuple[Metric, Benchmark]]:
    """The primary metrics with the benchmark that is current on `today`, by metric id."""
    versions: dict[int, dict[int, tuple[Metric, Benchmark]]] = {}
    for metric, benchmark in found:
        versions.setdefault(metric.id, {})[benchmark.version] = (metric, benchmark)
    marks: dict[int, tuple[Metric, Benchmark]] = {}
    for metric_id, by_version in versions.items():
        mark = current((benchmark.mark_on(today) for _, benchmark in by_version.values()), today)
        if mark is not None:
            marks[metric_id] = by_version[mark.version]
    return marks


def _walk(
    metric: Metric,
    benchmark: Benchmark,
    tries: Tries,
    today: date,
    smallest: Mapping[int, Smallest] | None = None,
) -> Walked:
    counts, mark = _smallest(metric, smallest), benchmark.mark_on(today)
    yardstick = Yardstick(metric.goal, counts.min_delta)
    goal, baseline = metric.goal, mark.baseline
    better = [one for one in tries.records if gain(goal, one.point.value, baseline) > 0]
    return Walked(
        metric,
        benchmark,
        walk_records(tries.records, tries.total, yardstick, mark),
        steps(better, tries.total, baseline=baseline, most=WIDTH),
        is_agreed=benchmark.is_agreed(today),
        smallest=counts,
        live=live(tries.live, yardstick, mark, today=today),
    )


def _confirmed(
    tries: Tries,
    points: Sequence[Point],
    metric: Metric,
    benchmark: Benchmark,
    today: date,
    smallest: Mapping[int, Smallest] | None,
) -> Tries:
    """The same without the surprises that nobody has confirmed: what they hid may be a record."""
    yardstick = Yardstick(metric.goal, _smallest(metric, smallest).min_delta)
    mark = benchmark.mark_on(today)
    found, total = confirmed_records(points, yardstick, mark)
    return replace(tries, records=found, total=total)


def _smallest(metric: Metric, then: Mapping[int, Smallest] | None) -> Smallest:
    today = Smallest(metric.min_delta, metric.min_delta_assumed)
    return today if then is None else then.get(metric.id, today)
