"""Numbers in full: of any metric of the project, with all that is known about them; and their list."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import NamedTuple

from sqlalchemy import and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased, joinedload

from models import guardrails, living, surprises
from models.asked import heard_about
from models.domain.benchmark import MOST_METRICS
from models.domain.clock import Moment
from models.domain.confusion import Computed, Counts, computed_as, in_unit
from models.domain.errors import NotComputed, NothingToMeasure, StillToCome, Unknown
from models.domain.experiment import Split, experiment_key, require_open
from models.domain.facts_live import Fell
from models.domain.facts_metrics import MeasuredFacts, MeasuredList, MetricChoice, NumberFormFacts
from models.domain.guardrail import Broken, broken
from models.domain.metric import MetricKind, stored_as
from models.domain.permissions import Action
from models.measuring import Reading, number_of
from models.people import perhaps
from models.permits import permit
from models.reading import readable
from models.tables import Benchmark, Experiment, Measurement, Member, Metric, Project

NOON = time(12, tzinfo=UTC)
"""When a value of a past day counts as measured."""
SHOWN = 20
"""Numbers in an experiment's list."""


@dataclass(frozen=True)
class Full:
    """A number as typed. Without a value the four counts give it."""

    metric_id: int
    value: float | None
    low: float | None
    high: float | None
    split: Split
    seeds: int | None = None
    url: str | None = None
    counts: Counts | None = None
    on: date | None = None
    """Of a live value: the day that it is of; today where nobody says."""


class Place(NamedTuple):
    """Where a number belongs: an experiment, or a project's model in use."""

    experiment_id: int | None
    project_id: int | None = None


class Added(NamedTuple):
    """A stored number, the guardrails that are broken beside it, and what is asked where live values fell."""

    row: Measurement
    metric: Metric
    breaks: tuple[Broken, ...]
    fell: Fell | None = None


class _Taken(NamedTuple):
    project: Project
    experiment: Experiment | None
    by: Member


async def form_facts(session: AsyncSession, place: Place, slack_id: str) -> NumberFormFacts:
    """What the form shows; the criterion's metric is chosen, else the primary one.

    Raises:
        Unknown, ExperimentConcluded, NotAllowed, GuestsMayNot, NotMetYet: as `add`.
        NothingToMeasure: the project has no metric.
    """
    taken = await _take(session, place, slack_id, lock=False)
    rows = (
        await session.scalars(
            select(Metric)
            .where(Metric.project_id == taken.project.id)
            .order_by(Metric.kind != MetricKind.PRIMARY, Metric.id)
            .limit(MOST_METRICS)
        )
    ).all()
    if not rows:
        raise NothingToMeasure
    of = taken.experiment
    return NumberFormFacts(
        project_name=taken.project.name,
        metrics=tuple(MetricChoice(row.id, row.name, row.kind, row.unit) for row in rows),
        chosen=(of and of.criterion_metric_id) or rows[0].id,
        experiment_id=None if of is None else of.id,
        key=experiment_key(taken.project.key, of.number) if of else "",
        title=of.title if of else "",
    )


async def _take(session: AsyncSession, place: Place, slack_id: str, *, lock: bool = True) -> _Taken:
    experiment: Experiment | None = None
    if place.experiment_id is None:
        project = await session.get(Project, place.project_id)
    else:
        statement = (
            select(Experiment)
            .where(Experiment.id == place.experiment_id)
            .options(joinedload(Experiment.project, innerjoin=True))
        )
        experiment = await session.scalar(
            statement.with_for_update(of=Experiment) if lock else statement
        )
        project = None if experiment is None else experiment.project
    if project is None:
        raise Unknown
    owner_id = None if experiment is None else experiment.owner_id
    by = await permit(
        session, slack_id, Action.ADD_NUMBER, project_id=project.id, owner_id=owner_id
    )
    if experiment is not None:
        require_open(experiment.status)
    return _Taken(project, experiment, by)


async def add(
    session: AsyncSession, place: Place, slack_id: str, full: Full, *, at: Moment
) -> Added:
    """A number of an experiment, or of the model in use; its experiment's owner counts as heard.

    What is measured in production belongs to no experiment. A surprising one asks for a second look.

    Raises:
        Unknown: there is no such experiment, project or metric.
        ExperimentConcluded: nothing is measured any more.
        NotAllowed, GuestsMayNot, NotMetYet: see `models.permits.permit`.
        NotInUnit: a number is not in the metric's unit.
        NotComputed: there are only counts, and they don't give this metric.
        StillToCome: a live value of a day that is still to come.
    """
    taken = await _take(session, place, slack_id)
    of, on = taken.experiment, at.today
    if full.on is not None and taken.experiment is None:
        on = full.on
    if on > at.today:
        raise StillToCome
    when = at if on == at.today else Moment(datetime.combine(on, NOON), on)
    metric, mark = await _metric(session, full.metric_id, taken.project.id, on)
    read = Reading(
        _value(full, metric),
        None if full.low is None else stored_as(full.low, metric.unit),
        None if full.high is None else stored_as(full.high, metric.unit),
        full.split if of else Split.PRODUCTION,
        full.seeds,
        full.url,
        full.counts,
    )
    version = mark.version if mark else 1
    row = number_of(
        metric, version, read, None if of is None else of.id, by_id=taken.by.id, at=when
    )
    if of is None:
        session.add(row)
        await session.flush()
        fell = await living.look_at(session, taken.project, (metric, mark), row, at)
        return Added(row, metric, _broken(metric, mark, row.value, at.today), fell)
    await keep(session, row, of, at)
    breaks = await guardrails.broken_by(session, [of.id], at.today)
    return Added(row, metric, breaks.get(of.id, ()))


async def keep(session: AsyncSession, row: Measurement, of: Experiment, at: Moment) -> None:
    """Store a number of an experiment; a surprising one asks for a second look, its owner was heard."""
    session.add(row)
    await session.flush()
    await surprises.look_at(session, [(row, of)], at.now)
    await heard_about(session, [of.id], at.now)


async def _metric(
    session: AsyncSession, metric_id: int, project_id: int, today: date
) -> tuple[Metric, Benchmark | None]:
    """A metric of the project with its benchmark of the day."""
    found = (
        await session.execute(
            select(Metric, Benchmark)
            .outerjoin(
                Benchmark, and_(Benchmark.metric_id == Metric.id, Benchmark.effective <= today)
            )
            .where(Metric.id == metric_id, Metric.project_id == project_id)
            .order_by(Benchmark.version.desc())
            .limit(1)
        )
    ).one_or_none()
    if found is None:
        raise Unknown
    return found[0], found[1]


def _value(full: Full, metric: Metric) -> float:
    if full.value is not None:
        return stored_as(full.value, metric.unit)
    of = computed_as(metric.name)
    share = full.counts.value(of) if of and full.counts else None
    if share is None:
        raise NotComputed
    return in_unit(share, metric.unit)


def _broken(
    metric: Metric, mark: Benchmark | None, value: float, today: date
) -> tuple[Broken, ...]:
    if mark is None or metric.kind is not MetricKind.GUARDRAIL:
        return ()
    one = broken(value, guardrails.limit_of(metric, mark, today))
    return (one,) if one else ()


def computed(counts: Counts) -> dict[Computed, float]:
    """The metrics that the four counts give; those with nothing to divide by are left out."""
    values = {of: counts.value(of) for of in Computed}
    return {of: value for of, value in values.items() if value is not None}


async def listed(session: AsyncSession, experiment_id: int, today: date) -> MeasuredList:
    """An experiment's numbers, newest first, those set aside too; three statements.

    Raises:
        Unknown: there is no such experiment.
        GuestsMayNot, NotMetYet: see `models.reading.readable`.
    """
    experiment = await session.scalar(
        select(Experiment)
        .where(Experiment.id == experiment_id)
        .options(joinedload(Experiment.project, innerjoin=True))
    )
    if experiment is None:
        raise Unknown
    await readable(session, experiment.project_id)
    looked = aliased(Member)
    found = (
        await session.execute(
            select(Measurement, Metric, Benchmark, looked, func.count().over())
            .join(Metric, Metric.id == Measurement.metric_id)
            .outerjoin(
                Benchmark,
                (Benchmark.metric_id == Metric.id)
                & (Benchmark.version == Measurement.benchmark_version),
            )
            .outerjoin(looked, looked.id == Measurement.confirmed_by_id)
            .where(Measurement.experiment_id == experiment_id, Measurement.on <= today)
            .order_by(Measurement.at.desc(), Measurement.id.desc())
            .limit(SHOWN)
        )
    ).all()
    return MeasuredList(
        experiment_id=experiment.id,
        key=experiment_key(experiment.project.key, experiment.number),
        title=experiment.title,
        rows=tuple(
            _facts(row, metric, mark, confirmer, today) for row, metric, mark, confirmer, _ in found
        ),
        more=found[0][4] - len(found) if found else 0,
    )


def _facts(
    row: Measurement, metric: Metric, mark: Benchmark | None, looked: Member | None, today: date
) -> MeasuredFacts:
    breaks = _broken(metric, mark, row.value, today)
    return MeasuredFacts(
        measurement_id=row.id,
        on=row.on,
        metric_name=metric.name,
        unit=metric.unit,
        value=row.value,
        low=row.low,
        high=row.high,
        seeds=row.seeds,
        split=row.split,
        version=row.benchmark_version,
        url=row.url,
        breaks=breaks[0] if breaks else None,
        excluded=row.excluded_reason,
        excluded_on=row.excluded_on,
        note=row.excluded_note,
        to_confirm=row.surprising and row.confirmed_on is None and row.excluded_on is None,
        confirmed_by=perhaps(looked),
    )
