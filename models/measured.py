"""Numbers in full: of any metric of the project, with all that is known about them; and their list."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import partial
from typing import NamedTuple

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models import guardrails, living, surprises
from models.asked import heard_about
from models.domain.benchmark import MOST_METRICS
from models.domain.clock import Moment
from models.domain.confusion import Counts, computed_as, in_unit
from models.domain.errands import Chore, Task
from models.domain.errors import NotComputed, NothingToMeasure, StillToCome, Unknown
from models.domain.experiment import Split, experiment_key, require_open
from models.domain.facts_live import Fell
from models.domain.facts_metrics import MetricChoice, NumberFormFacts
from models.domain.guardrail import Broken, broken
from models.domain.metric import MetricKind, stored_as
from models.domain.permissions import Action
from models.measuring import Reading, number_of
from models.outbox import follow
from models.permits import permit_about
from models.tables import Benchmark, Experiment, Measurement, Member, Metric, Project

NOON = time(12, tzinfo=UTC)
"""When a value of a past day counts as measured."""


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
    """Where a number belongs and who adds it; a live value's metric is read with it."""

    project: Project
    experiment: Experiment | None
    by: Member
    measures: tuple[Metric, Benchmark | None] | None = None


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
    if place.experiment_id is None:
        of_project = select(Project).select_from(Project).where(Project.id == place.project_id)
        by, found = await permit_about(
            session, of_project, slack_id, Action.ADD_NUMBER, project=Project.id
        )
        return _Taken(found[0].Project, None, by)
    about = (
        select(Experiment, Project)
        .join(Project, Project.id == Experiment.project_id)
        .where(Experiment.id == place.experiment_id)
    )
    by, found = await permit_about(
        session,
        about.with_for_update(of=Experiment) if lock else about,
        slack_id,
        Action.ADD_NUMBER,
        project=Project.id,
        owner=Experiment.owner_id,
    )
    require_open(found[0].Experiment.status)
    return _Taken(found[0].Project, found[0].Experiment, by)


async def _take_live(
    session: AsyncSession, place: Place, slack_id: str, metric_id: int, on: date
) -> _Taken:
    """A project, with one of its metrics and that one's benchmark of a day; one statement."""
    about = (
        select(Project, Metric, Benchmark)
        .select_from(Project)
        .outerjoin(Metric, and_(Metric.id == metric_id, Metric.project_id == Project.id))
        .outerjoin(Benchmark, and_(Benchmark.metric_id == Metric.id, Benchmark.effective <= on))
        .where(Project.id == place.project_id)
        .order_by(Benchmark.version.desc())
    )
    by, found = await permit_about(session, about, slack_id, Action.ADD_NUMBER, project=Project.id)
    project, metric, mark = found[0].Project, found[0].Metric, found[0].Benchmark
    if metric is None:
        raise Unknown
    return _Taken(project, None, by, (metric, mark))


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
    on = at.today
    if full.on is not None and place.experiment_id is None:
        on = full.on
    taken = (
        await _take(session, place, slack_id)
        if place.experiment_id is not None
        else await _take_live(session, place, slack_id, full.metric_id, on)
    )
    if on > at.today:
        raise StillToCome
    of = taken.experiment
    when = at if on == at.today else Moment(datetime.combine(on, NOON), on)
    metric, mark = taken.measures or await _metric(session, full.metric_id, taken.project.id, on)
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
        return Added(row, metric, breaks_of(metric, mark, row.value, at.today), fell)
    await keep(session, row, of, at)
    breaks = await guardrails.broken_by(session, [of.id], at.today)
    return Added(row, metric, breaks.get(of.id, ()))


async def keep(session: AsyncSession, row: Measurement, of: Experiment, at: Moment) -> None:
    """Store a number of an experiment; a surprising one asks for a second look, its owner was heard."""
    row.surprising = await surprises.is_one(session, row)
    session.add(row)
    await session.flush()
    if row.surprising:
        look = Chore(task=Task.SECOND_LOOK, number=row.id)
        ask = partial(surprises.ask_for_second_look, session, row, at.now)
        await follow(session, look, at.now, ask)
    heard = Chore(task=Task.HEARD, number=of.id)
    await follow(session, heard, at.now, partial(heard_about, session, [of.id], at.now))


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


def breaks_of(
    metric: Metric, mark: Benchmark | None, value: float, today: date
) -> tuple[Broken, ...]:
    """The limit that a guardrail's value is beyond, as of a day; nothing where it holds."""
    if mark is None or metric.kind is not MetricKind.GUARDRAIL:
        return ()
    one = broken(value, guardrails.limit_of(metric, mark, today))
    return (one,) if one else ()
