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
from models.permits import permit_about
from models.tables import Benchmark, Event, Member, Metric, Project
from models.versions import GoodEnough, NextVersion, next_version, recorded, require_better

AGREES = {Side.BUSINESS: Action.AGREE_AS_PM, Side.MAKERS: Action.AGREE_AS_TECHNICAL}


class Marked(NamedTuple):
    """A metric's benchmark after it was changed, and by whom."""

    metric: Metric
    benchmark: Benchmark
    by: Member
    beyond: bool


class InHand(NamedTuple):
    """A metric with a benchmark of it (its latest one, where it has any), whose, and who changes them."""

    metric: Metric
    benchmark: Benchmark | None
    project: Project
    by: Member


async def new_version(
    session: AsyncSession, hand: InHand, new: NextVersion, *, at: Moment
) -> Marked:
    """From its effective date on results are compared with this version only.

    The acceptance is proposed until both sides have signed.

    Raises:
        NotAhead: it begins in the past, or before the latest version does.
        NotBetter: today's value is that good already.
    """
    metric, latest, project, by = hand
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
        await _tell_stakeholders(session, metric, project, event, at)
    return Marked(metric, row, by, is_beyond(metric.goal, row.acceptance, row.ceiling))


async def change_acceptance(
    session: AsyncSession, hand: InHand, good: GoodEnough, *, at: Moment
) -> Marked:
    """Another acceptance without new data: the version stays, the signatures are asked for again.

    What was needed before is kept with the day on which that ended, so that past dates read right.

    Raises:
        Unknown: there is no benchmark in hand.
        NotBetter: today's value is that good already.
    """
    metric, row, project, by = hand
    if row is None:
        raise Unknown
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
        await _tell_stakeholders(session, metric, project, event, at)
    return Marked(metric, row, by, is_beyond(metric.goal, row.acceptance, row.ceiling))


async def _tell_stakeholders(
    session: AsyncSession, metric: Metric, project: Project, event: Event, at: Moment
) -> None:
    """Stakeholders care for the value that decides."""
    if metric.kind is not MetricKind.PRIMARY:
        return
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
    metric, row, _, by = await take(session, benchmark_id, slack_id, AGREES[side])
    if row is None:
        raise Unknown
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


async def take(
    session: AsyncSession,
    benchmark_id: int,
    slack_id: str,
    action: Action = Action.CHANGE_BENCHMARK,
    *,
    lock: bool = True,
) -> InHand:
    """A benchmark, for somebody who may do this to it; one statement.

    Raises:
        Unknown, NotAllowed, GuestsMayNot, NotMetYet: see `models.permits.permit_about`.
    """
    about = (
        select(Metric, Benchmark, Project)
        .join(Benchmark, Benchmark.metric_id == Metric.id)
        .join(Project, Project.id == Metric.project_id)
        .where(Benchmark.id == benchmark_id)
    )
    by, found = await permit_about(
        session,
        about.with_for_update(of=Benchmark) if lock else about,
        slack_id,
        action,
        project=Metric.project_id,
    )
    return InHand(found[0].Metric, found[0].Benchmark, found[0].Project, by)


async def take_latest(
    session: AsyncSession, metric_id: int, slack_id: str, *, lock: bool = True
) -> InHand:
    """A metric with its latest benchmark, for somebody who may change them; one statement.

    Raises:
        Unknown, NotAllowed, GuestsMayNot, NotMetYet: see `models.permits.permit_about`.
    """
    about = (
        select(Metric, Benchmark, Project)
        .join(Project, Project.id == Metric.project_id)
        .outerjoin(Benchmark, Benchmark.metric_id == Metric.id)
        .where(Metric.id == metric_id)
        .order_by(Benchmark.version.desc())
    )
    by, found = await permit_about(
        session,
        about.with_for_update(of=Metric) if lock else about,
        slack_id,
        Action.CHANGE_BENCHMARK,
        project=Metric.project_id,
    )
    return InHand(found[0].Metric, found[0].Benchmark, found[0].Project, by)


async def facts_of(
    session: AsyncSession, benchmark_id: int, slack_id: str
) -> tuple[Metric, BenchmarkFacts]:
    """A benchmark for the form that changes it.

    Raises:
        Unknown, NotAllowed, GuestsMayNot, NotMetYet: see `take`.
    """
    metric, row, *_ = await take(session, benchmark_id, slack_id, lock=False)
    if row is None:
        raise Unknown
    return metric, benchmark_facts(metric, row, {})


async def facts_for_next(
    session: AsyncSession, metric_id: int, slack_id: str
) -> tuple[Metric, BenchmarkFacts | None]:
    """A metric's latest benchmark, for the form of the version after it.

    Raises:
        Unknown, NotAllowed, GuestsMayNot, NotMetYet: see `take_latest`.
    """
    metric, latest, *_ = await take_latest(session, metric_id, slack_id, lock=False)
    return metric, None if latest is None else benchmark_facts(metric, latest, {})


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
