"""The page of a project's numbers, as of a date: read for somebody, with what they may do there."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from sqlalchemy import Subquery, and_, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.benchmarks import benchmark_facts
from models.domain.benchmark import MOST_METRICS, Side
from models.domain.errors import Unknown
from models.domain.experiment import Split
from models.domain.facts import Numbers
from models.domain.facts_metrics import BenchmarkFacts, MetricFacts, NumbersPage
from models.domain.metric import MetricKind
from models.domain.permissions import Action, may
from models.reading import standing_of
from models.tables import Benchmark, Measurement, Member, Metric, Project
from models.walking import numbers_of, walked_from

FIRST = case(
    (Metric.kind == MetricKind.PRIMARY, 0), (Metric.kind == MetricKind.GUARDRAIL, 1), else_=2
)
"""The primary one, then the guardrails, then the others."""


async def page(session: AsyncSession, project_id: int, slack_id: str, today: date) -> NumbersPage:
    """All numbers of a project, for somebody; three statements whatever their number.

    Raises:
        NotMetYet: see `models.reading.standing_of`.
        Unknown: there is no such project, or none that they see.
    """
    _, reader = await standing_of(session, project_id, slack_id)
    read = await _read(session, project_id, today)
    project = read.project
    primary = [
        (metric, mark)
        for metric, marks in read.marks.values()
        if metric.kind is MetricKind.PRIMARY
        for mark, _ in marks
        if mark.effective <= today
    ]
    walk = await walked_from(session, primary, today)
    stands = None if walk is None else numbers_of(walk)
    return NumbersPage(
        project_id=project.id,
        key=project.key,
        name=project.name,
        metrics=tuple(
            _facts(
                metric, [benchmark_facts(metric, *mark) for mark in marks], read.last, stands, today
            )
            for metric, marks in read.marks.values()
        ),
        may_change=may(Action.CHANGE_BENCHMARK, reader),
        may_measure=may(Action.ADD_NUMBER, reader),
        may_sign=frozenset(
            side
            for side, action in (
                (Side.BUSINESS, Action.AGREE_AS_PM),
                (Side.MAKERS, Action.AGREE_AS_TECHNICAL),
            )
            if may(action, reader)
        ),
    )


class _Last(NamedTuple):
    measurement_id: int
    value: float
    on: date


class _Read(NamedTuple):
    """A project; its metrics in their order, each with its benchmarks, oldest first, and who has signed them.

    `last`: the last valid number, by metric and whether it is of the model in use.
    """

    project: Project
    marks: dict[int, tuple[Metric, list[tuple[Benchmark, dict[int, Member]]]]]
    last: dict[tuple[int, bool], _Last]


async def _read(session: AsyncSession, project_id: int, today: date) -> _Read:
    last = _ranked(project_id, today)
    some = select(Metric.id).where(Metric.project_id == project_id).order_by(FIRST, Metric.id)
    found = (
        await session.execute(
            select(Project, Metric, Benchmark, Member, last)
            .select_from(Project)
            .outerjoin(Metric, Metric.id.in_(some.limit(MOST_METRICS)))
            .outerjoin(Benchmark, Benchmark.metric_id == Metric.id)
            .outerjoin(
                Member,
                or_(
                    Member.id == Benchmark.agreed_pm_id, Member.id == Benchmark.agreed_technical_id
                ),
            )
            .outerjoin(last, and_(last.c.metric_id == Metric.id, last.c.rank == 1))
            .where(Project.id == project_id)
            .order_by(FIRST, Metric.id, Benchmark.version)
        )
    ).all()
    if not found:
        raise Unknown
    read = _Read(found[0].Project, {}, {})
    marks: dict[int, dict[int, Member]] = {}
    for row in found:
        if row.Metric is None:
            continue
        of = read.marks.setdefault(row.Metric.id, (row.Metric, []))[1]
        if row.Benchmark is not None and row.Benchmark.id not in marks:
            marks[row.Benchmark.id] = {}
            of.append((row.Benchmark, marks[row.Benchmark.id]))
        if row.Member is not None:
            marks[row.Benchmark.id][row.Member.id] = row.Member
        if row.rank is not None:
            newest = _Last(row.measurement_id, row.value, row.on)
            read.last[row.Metric.id, bool(row.live)] = newest
    return read


def _ranked(project_id: int, today: date) -> Subquery:
    """The valid numbers of each metric, the last one first; those of the model in use by themselves."""
    live = case((Measurement.split == Split.PRODUCTION, 1), else_=0)
    rank = func.row_number().over(
        partition_by=(Measurement.metric_id, live),
        order_by=(Measurement.at.desc(), Measurement.id.desc()),
    )
    return (
        select(
            Measurement.id.label("measurement_id"),
            Measurement.metric_id,
            Measurement.value,
            Measurement.on,
            live.label("live"),
            rank.label("rank"),
        )
        .join(Metric, Metric.id == Measurement.metric_id)
        .where(
            Metric.project_id == project_id,
            Measurement.on <= today,
            or_(Measurement.excluded_on.is_(None), Measurement.excluded_on > today),
        )
        .subquery()
    )


def _facts(
    row: Metric,
    marks: Iterable[BenchmarkFacts],
    last: dict[tuple[int, bool], _Last],
    stands: Numbers | None,
    today: date,
) -> MetricFacts:
    newest, live = last.get((row.id, False)), last.get((row.id, True))
    best, since = (newest.value, newest.on) if newest else (None, None)
    primary = stands if stands is not None and stands.metric_id == row.id else None
    if primary is not None:
        best, since = (primary.best, primary.since) if primary.since else (None, None)
    begun = [mark for mark in marks if mark.effective <= today]
    ahead = [mark for mark in marks if mark.effective > today]
    return MetricFacts(
        metric_id=row.id,
        name=row.name,
        kind=row.kind,
        goal=row.goal,
        unit=row.unit,
        phrase=row.business_phrase,
        min_delta=row.min_delta,
        assumed=row.min_delta_assumed,
        mark=begun[-1] if begun else None,
        ahead=ahead[0] if ahead else None,
        best=best,
        since=since,
        unconfirmed=primary is not None and primary.unconfirmed,
        live=live and live.value,
        live_on=live and live.on,
        live_id=live and live.measurement_id,
    )
