"""Metrics of a project: a guardrail or business metric more, a better name, the smallest gain that counts."""

import re
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models import chronicle
from models.domain.benchmark import MOST_METRICS, advised_min_delta
from models.domain.clock import Moment
from models.domain.errors import MetricTaken, TooManyMetrics
from models.domain.metric import TOLERANCE, Goal, MetricKind
from models.domain.permissions import Action
from models.permits import permit_about
from models.tables import Benchmark, Member, Metric, Project


@dataclass(frozen=True)
class NewMetric:
    """A guardrail or a business metric, as stored; without a limit nothing is compared."""

    name: str
    kind: MetricKind
    unit: str
    goal: Goal
    phrase: str
    limit: float | None
    today: float | None
    source: str


@dataclass(frozen=True)
class Said:
    """What is said better about a metric; `runs` are the lowest and the highest of repeated runs."""

    name: str
    phrase: str
    min_delta: float | None = None
    runs: tuple[float, float] | None = None


class InHand(NamedTuple):
    """A metric, and who changes it."""

    metric: Metric
    by: Member


class Changed(NamedTuple):
    """A metric after it was changed; `advised` is more than what now counts as a gain."""

    metric: Metric
    advised: float | None


async def add(
    session: AsyncSession, project_id: int, slack_id: str, new: NewMetric, *, at: Moment
) -> Metric:
    """A guardrail or a business metric more; with a limit it has a benchmark from today on.

    Raises:
        Unknown: there is no such project.
        MetricTaken, TooManyMetrics: there is one of that name, or enough of them.
        NotAllowed, GuestsMayNot, NotMetYet: see `models.permits.permit`.
    """
    about = (
        select(Metric.name, Metric.key)
        .select_from(Project)
        .outerjoin(Metric, Metric.project_id == Project.id)
        .where(Project.id == project_id)
        .with_for_update(of=Project)
    )
    by, found = await permit_about(
        session, about, slack_id, Action.CHANGE_BENCHMARK, project=Project.id
    )
    known = [(row.name, row.key) for row in found if row.key is not None]
    if len(known) >= MOST_METRICS:
        raise TooManyMetrics
    if new.name.casefold() in {name.casefold() for name, _ in known}:
        raise MetricTaken
    metric = Metric(
        project_id=project_id,
        key=_key(new.name, {key for _, key in known}),
        name=new.name,
        kind=new.kind,
        goal=new.goal,
        unit=new.unit,
        min_delta=abs(new.limit or new.today or 0) * 0.05 or 0.01,
        business_phrase=new.phrase,
    )
    session.add(metric)
    await session.flush()
    if new.limit is not None:
        session.add(
            Benchmark(
                metric_id=metric.id,
                version=1,
                effective=at.today,
                baseline=new.limit if new.today is None else new.today,
                baseline_source=new.source,
                acceptance=new.limit,
                reason="",
            )
        )
    chronicle.record(
        session, "metric_added", project_id=project_id, by_id=by.id, at=at.now, metric=metric.id
    )
    return metric


def _key(name: str, taken: set[str]) -> str:
    """A short name that the project's other metrics don't have."""
    plain = re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_")[:50] or "metric"
    numbered = [plain, *(f"{plain}_{number}" for number in range(2, MOST_METRICS + 2))]
    return next(key for key in numbered if key not in taken)


async def take(session: AsyncSession, metric_id: int, slack_id: str) -> InHand:
    """A metric, for somebody who may change it; one statement.

    Raises:
        Unknown, NotAllowed, GuestsMayNot, NotMetYet: see `models.permits.permit_about`.
    """
    by, found = await permit_about(
        session,
        select(Metric).select_from(Metric).where(Metric.id == metric_id),
        slack_id,
        Action.CHANGE_BENCHMARK,
        project=Metric.project_id,
    )
    return InHand(found[0].Metric, by)


def change(session: AsyncSession, hand: InHand, said: Said, *, at: Moment) -> Changed:
    """Another name or phrase, or the smallest gain that counts; advice where that may be chance.

    From repeated runs alone it is twice their spread (domain §2.5).
    """
    metric, by = hand
    advised = advised_min_delta(*said.runs) if said.runs else None
    min_delta = said.min_delta if said.min_delta is not None else advised
    metric.name, metric.business_phrase = said.name, said.phrase
    if min_delta is not None and (
        metric.min_delta_assumed or abs(metric.min_delta - min_delta) > TOLERANCE
    ):
        chronicle.record(
            session,
            chronicle.MIN_DELTA_SET,
            project_id=metric.project_id,
            by_id=by.id,
            at=at.now,
            metric=metric.id,
            before=metric.min_delta,
            after=min_delta,
            assumed=metric.min_delta_assumed,
        )
        metric.min_delta, metric.min_delta_assumed = min_delta, False
    too_small = advised is not None and metric.min_delta < advised - TOLERANCE
    return Changed(metric, advised if too_small else None)
