"""Benchmarks of a metric: a new version, another acceptance, and the two who agree to it (S1-18)."""

from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models import chronicle, stakeholder_notes
from models.domain.benchmark import Side, earlier_with, is_beyond
from models.domain.clock import Moment
from models.domain.digest_messages import StakeholderNote
from models.domain.errors import (
    AcceptanceChanged,
    OneSignature,
    SignedAlready,
    Unknown,
)
from models.domain.facts_metrics import BenchmarkFacts, Signature
from models.domain.metric import TOLERANCE, MetricKind
from models.domain.permissions import Action
from models.people import person
from models.permits import permit
from models.tables import Benchmark, Event, Member, Metric, Project
from models.versions import GoodEnough, NextVersion, next_version, recorded, require_better

AGREES = {Side.BUSINESS: Action.AGREE_AS_PM, Side.MAKERS: Action.AGREE_AS_TECHNICAL}


class Marked(NamedTuple):
    """A metric's benchmark after it was changed, and by whom."""

    metric: Metric
    benchmark: Benchmark
    by: Member
    beyond: bool


async def new_version(
    session: AsyncSession, metric_id: int, slack_id: str, new: NextVersion, *, at: Moment
) -> Marked:
    """From its effective date on results are compared with this version only.

    The acceptance is proposed until both sides have signed.

    Raises:
        Unknown: there is no such metric.
        NotAllowed, GuestsMayNot, NotMetYet: see `models.permits.permit`.
        NotAhead: it begins in the past, or before the latest version does.
        NotBetter: today's value is that good already.
    """
    metric = await _metric(session, metric_id)
    by = await permit(session, slack_id, Action.CHANGE_BENCHMARK, project_id=metric.project_id)
    latest = await _latest(session, metric_id)
    row = next_version(metric, latest, new, at.today)
    session.add(row)
    await session.flush()
    before = None if latest is None else latest.acceptance
    event = chronicle.record(
        session,
        "benchmark_versioned",
        project_id=metric.project_id,
        by_id=by.id,
        at=at.now,
        before=before,
        **recorded(row, new.moved),
    )
    if before is not None and abs(before - row.acceptance) > TOLERANCE:
        await _tell_stakeholders(session, metric, event, at)
    return Marked(metric, row, by, is_beyond(metric.goal, row.acceptance, row.ceiling))


async def change_acceptance(
    session: AsyncSession, benchmark_id: int, slack_id: str, good: GoodEnough, *, at: Moment
) -> Marked:
    """Another acceptance without new data: the version stays, the signatures are asked for again.

    What was needed before is kept with the day on which that ended, so that past dates read right.

    Raises:
        Unknown: there is no such benchmark.
        NotAllowed, GuestsMayNot, NotMetYet: see `models.permits.permit`.
        NotBetter: today's value is that good already.
    """
    metric, row = await _benchmark(session, benchmark_id)
    by = await permit(session, slack_id, Action.CHANGE_BENCHMARK, project_id=metric.project_id)
    require_better(metric, row.baseline, good.acceptance)
    before = row.acceptance
    row.ceiling, row.reason = good.ceiling, good.reason
    if abs(before - good.acceptance) > TOLERANCE:
        row.earlier = earlier_with(before, row.earlier, effective=row.effective, today=at.today)
        row.acceptance = good.acceptance
        row.agreed_pm_id = row.agreed_pm_on = None
        row.agreed_technical_id = row.agreed_technical_on = None
        event = chronicle.record(
            session,
            "acceptance_changed",
            project_id=metric.project_id,
            by_id=by.id,
            at=at.now,
            metric=metric.id,
            version=row.version,
            before=before,
            after=row.acceptance,
            reason=row.reason,
        )
        await _tell_stakeholders(session, metric, event, at)
    return Marked(metric, row, by, is_beyond(metric.goal, row.acceptance, row.ceiling))


async def _tell_stakeholders(
    session: AsyncSession, metric: Metric, event: Event, at: Moment
) -> None:
    """Stakeholders care for the value that decides."""
    if metric.kind is not MetricKind.PRIMARY:
        return
    project = await session.get_one(Project, metric.project_id)
    await session.flush()
    note = StakeholderNote(about="needed", number=event.id)
    await stakeholder_notes.tell(session, project, note, at.now)


async def sign(
    session: AsyncSession,
    benchmark_id: int,
    slack_id: str,
    side: Side,
    *,
    acceptance: float,
    at: Moment,
) -> Marked:
    """Agree to the acceptance that the person saw; with both sides' signatures it is agreed (S1-18).

    Raises:
        Unknown: there is no such benchmark.
        AcceptanceChanged: it is another value by now.
        NotAllowed, GuestsMayNot, NotMetYet: see `models.permits.permit`.
        SignedAlready: somebody has signed for this side.
        OneSignature: the person has signed for the other side.
    """
    metric, row = await _benchmark(session, benchmark_id)
    by = await permit(session, slack_id, AGREES[side], project_id=metric.project_id)
    if abs(row.acceptance - acceptance) > TOLERANCE:
        raise AcceptanceChanged
    mine, others = (row.agreed_pm_id, row.agreed_technical_id)[
        :: 1 if side is Side.BUSINESS else -1
    ]
    if mine is not None:
        raise SignedAlready
    if others == by.id:
        raise OneSignature
    if side is Side.BUSINESS:
        row.agreed_pm_id, row.agreed_pm_on = by.id, at.today
    else:
        row.agreed_technical_id, row.agreed_technical_on = by.id, at.today
    chronicle.record(
        session,
        "acceptance_signed",
        project_id=metric.project_id,
        by_id=by.id,
        at=at.now,
        metric=metric.id,
        version=row.version,
        side=side.value,
        acceptance=row.acceptance,
    )
    return Marked(metric, row, by, is_beyond(metric.goal, row.acceptance, row.ceiling))


async def facts_of(
    session: AsyncSession, benchmark_id: int, slack_id: str
) -> tuple[Metric, BenchmarkFacts]:
    """A benchmark for the form that changes it.

    Raises:
        Unknown: there is no such benchmark.
        NotAllowed, GuestsMayNot, NotMetYet: see `models.permits.permit`.
    """
    metric, row = await _benchmark(session, benchmark_id, lock=False)
    await permit(session, slack_id, Action.CHANGE_BENCHMARK, project_id=metric.project_id)
    return metric, benchmark_facts(metric, row, {})


async def facts_for_next(
    session: AsyncSession, metric_id: int, slack_id: str
) -> tuple[Metric, BenchmarkFacts | None]:
    """A metric's latest benchmark, for the form of the version after it.

    Raises:
        Unknown: there is no such metric.
        NotAllowed, GuestsMayNot, NotMetYet: see `models.permits.permit`.
    """
    metric = await _metric(session, metric_id, lock=False)
    await permit(session, slack_id, Action.CHANGE_BENCHMARK, project_id=metric.project_id)
    latest = await _latest(session, metric_id)
    return metric, None if latest is None else benchmark_facts(metric, latest, {})


async def unit_of(session: AsyncSession, metric_id: int) -> str:
    """The unit that a metric's numbers are typed in.

    Raises:
        Unknown: there is no such metric.
    """
    return (await _metric(session, metric_id, lock=False)).unit


def benchmark_facts(metric: Metric, row: Benchmark, people: dict[int, Member]) -> BenchmarkFacts:
    """A benchmark as pages and forms show it; `people` are those who may have signed, by id."""
    signed = {
        side: Signature(person(people[by_id]), on)
        for side, by_id, on in (
            (Side.BUSINESS, row.agreed_pm_id, row.agreed_pm_on),
            (Side.MAKERS, row.agreed_technical_id, row.agreed_technical_on),
        )
        if by_id in people and on is not None
    }
    return BenchmarkFacts(
        benchmark_id=row.id,
        version=row.version,
        effective=row.effective,
        baseline=row.baseline,
        baseline_source=row.baseline_source,
        acceptance=row.acceptance,
        ceiling=row.ceiling,
        reason=row.reason,
        signed=signed,
        beyond=is_beyond(metric.goal, row.acceptance, row.ceiling),
    )


async def _metric(session: AsyncSession, metric_id: int, *, lock: bool = True) -> Metric:
    statement = select(Metric).where(Metric.id == metric_id)
    metric: Metric | None = await session.scalar(statement.with_for_update() if lock else statement)
    if metric is None:
        raise Unknown
    return metric


async def _latest(session: AsyncSession, metric_id: int) -> Benchmark | None:
    row: Benchmark | None = await session.scalar(
        select(Benchmark)
        .where(Benchmark.metric_id == metric_id)
        .order_by(Benchmark.version.desc())
        .limit(1)
    )
    return row


async def _benchmark(
    session: AsyncSession, benchmark_id: int, *, lock: bool = True
) -> tuple[Metric, Benchmark]:
    statement = (
        select(Metric, Benchmark)
        .join(Benchmark, Benchmark.metric_id == Metric.id)
        .where(Benchmark.id == benchmark_id)
    )
    found = (
        await session.execute(statement.with_for_update(of=Benchmark) if lock else statement)
    ).one_or_none()
    if found is None:
        raise Unknown
    return found[0], found[1]
