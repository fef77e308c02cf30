"""The page of a project's numbers, as of a date: read for somebody, with what they may do there."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.benchmarks import benchmark_facts
from models.domain.benchmark import MOST_METRICS, Side
from models.domain.experiment import Split
from models.domain.facts import Numbers
from models.domain.facts_metrics import BenchmarkFacts, MetricFacts, NumbersPage
from models.domain.metric import MetricKind
from models.domain.permissions import Action, may
from models.numbers import standing
from models.reading import readable, standing_of
from models.tables import Benchmark, Measurement, Member, Metric

FIRST = case(
    (Metric.kind == MetricKind.PRIMARY, 0), (Metric.kind == MetricKind.GUARDRAIL, 1), else_=2
)
"""The primary one, then the guardrails, then the others."""


async def page(session: AsyncSession, project_id: int, slack_id: str, today: date) -> NumbersPage:
    """All numbers of a project, for somebody; six statements whatever their number.

    Raises:
        Unknown: see `models.reading.readable`.
    """
    project = await readable(session, project_id)
    is_its = Metric.project_id == project_id
    rows = (
        await session.scalars(
            select(Metric).where(is_its).order_by(FIRST, Metric.id).limit(MOST_METRICS)
        )
    ).all()
    marks = await _marks(session, is_its)
    last = await _last(session, is_its, today)
    stands = (await standing(session, [project_id], today)).get(project_id)
    _, reader = await standing_of(session, project_id, slack_id)
    return NumbersPage(
        project_id=project.id,
        key=project.key,
        name=project.name,
        metrics=tuple(_facts(row, marks.get(row.id, ()), last, stands, today) for row in rows),
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


async def _marks(
    session: AsyncSession, is_its: ColumnElement[bool]
) -> dict[int, list[BenchmarkFacts]]:
    """The benchmarks by metric, with who has signed them, oldest first."""
    found = await session.execute(
        select(Metric, Benchmark, Member)
        .join(Benchmark, Benchmark.metric_id == Metric.id)
        .outerjoin(
            Member,
            or_(Member.id == Benchmark.agreed_pm_id, Member.id == Benchmark.agreed_technical_id),
        )
        .where(is_its)
        .order_by(Metric.id, Benchmark.version)
    )
    rows: dict[int, tuple[Metric, Benchmark, dict[int, Member]]] = {}
    for metric, row, member in found:
        people = rows.setdefault(row.id, (metric, row, {}))[2]
        if member is not None:
            people[member.id] = member
    marks: dict[int, list[BenchmarkFacts]] = {}
    for metric, row, people in rows.values():
        marks.setdefault(metric.id, []).append(benchmark_facts(metric, row, people))
    return marks


class _Last(NamedTuple):
    measurement_id: int
    value: float
    on: date


async def _last(
    session: AsyncSession, is_its: ColumnElement[bool], today: date
) -> dict[tuple[int, bool], _Last]:
    """The last valid number of each metric, by metric and whether it is of the model in use."""
    live = case((Measurement.split == Split.PRODUCTION, 1), else_=0)
    rank = func.row_number().over(
        partition_by=(Measurement.metric_id, live),
        order_by=(Measurement.at.desc(), Measurement.id.desc()),
    )
    ranked = (
        select(
            Measurement.id,
            Measurement.metric_id,
            Measurement.value,
            Measurement.on,
            live.label("live"),
            rank.label("rank"),
        )
        .join(Metric, Metric.id == Measurement.metric_id)
        .where(
            is_its,
            Measurement.on <= today,
            or_(Measurement.excluded_on.is_(None), Measurement.excluded_on > today),
        )
        .subquery()
    )
    found = await session.execute(select(ranked).where(ranked.c.rank == 1))
    return {(row.metric_id, bool(row.live)): _Last(row.id, row.value, row.on) for row in found}


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
