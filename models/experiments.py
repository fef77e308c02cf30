"""Experiments: a new hypothesis, its criterion, and the day that it is in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models import chronicle, stages
from models.domain.clock import Moment
from models.domain.errors import Unknown
from models.domain.experiment import Category, Status, experiment_key, title_of
from models.domain.experiment_facts import Link
from models.domain.facts import Criterion
from models.domain.metric import MetricKind, stored_as
from models.domain.timebox import pause_of, worked
from models.domain.working_days import Span
from models.people import away_of
from models.tables import Experiment, Member, Metric, Project


@dataclass(frozen=True)
class Hypothesis:
    """We believe that `change` will bring the metric to `threshold`, as typed, because `because`.

    One for `later` is only proposed: nobody is asked about it, and no day is counted.
    """

    project_id: int
    change: str
    because: str
    threshold: float | None
    category: Category
    timebox_days: int
    expected_effect: str = ""
    follows_id: int | None = None
    link: str | None = None
    later: bool = False


async def start_experiment(
    session: AsyncSession, hypothesis: Hypothesis, *, by: Member, today: date, now: datetime
) -> tuple[Experiment, Project]:
    """A new hypothesis under the next number of its project, running from now on unless it is for later.

    Raises:
        Unknown: there is no such project, or it has no experiment that this one could follow.
        NotInUnit: the threshold is not in the metric's unit.
    """
    if hypothesis.follows_id is not None:
        followed = await session.get(Experiment, hypothesis.follows_id)
        if followed is None or followed.project_id != hypothesis.project_id:
            raise Unknown
    number = await session.scalar(
        update(Project)
        .where(Project.id == hypothesis.project_id)
        .values(experiments=Project.experiments + 1)
        .returning(Project.experiments)
    )
    if number is None:
        raise Unknown
    is_its = and_(Metric.project_id == Project.id, Metric.kind == MetricKind.PRIMARY)
    project, metric = (
        await session.execute(
            select(Project, Metric)
            .outerjoin(Metric, is_its)
            .where(Project.id == hypothesis.project_id)
        )
    ).one()
    threshold = None
    if hypothesis.threshold is not None and metric is not None:
        threshold = stored_as(hypothesis.threshold, metric.unit)
    experiment = Experiment(
        project_id=project.id,
        number=number,
        owner_id=by.id,
        title=title_of(hypothesis.change),
        category=hypothesis.category,
        change=hypothesis.change,
        expected_effect=hypothesis.expected_effect,
        because=hypothesis.because,
        criterion_metric_id=None if threshold is None else metric.id,
        criterion_threshold=threshold,
        criterion_set_at=None if threshold is None else now,
        timebox_days=hypothesis.timebox_days,
        follows_id=hypothesis.follows_id,
        link=hypothesis.link,
        status=Status.PROPOSED if hypothesis.later else Status.RUNNING,
        started_on=None if hypothesis.later else today,
        created_at=now,
    )
    session.add(experiment)
    await session.flush()
    if not hypothesis.later:
        key = experiment_key(project.key, number)
        await stages.begin(session, project, key, hypothesis.category, by, Moment(now, today))
    chronicle.record(
        session,
        "experiment_proposed" if hypothesis.later else "experiment_started",
        project_id=project.id,
        by_id=by.id,
        at=now,
        experiment=experiment.id,
    )
    return experiment, project


async def require_in_unit(session: AsyncSession, project_id: int, threshold: float) -> None:
    """Whether a threshold, as typed, is in the unit of the project's primary metric.

    Raises:
        NotInUnit: it isn't.
    """
    unit = await session.scalar(
        select(Metric.unit).where(
            Metric.project_id == project_id, Metric.kind == MetricKind.PRIMARY
        )
    )
    if unit is not None:
        stored_as(threshold, unit)


def criterion_of(experiment: Experiment) -> Criterion | None:
    """The criterion of an experiment whose metric is loaded."""
    metric = experiment.criterion_metric
    if metric is None or experiment.criterion_threshold is None:
        return None
    return Criterion(
        threshold=experiment.criterion_threshold,
        metric_name=metric.name,
        unit=metric.unit,
        goal=metric.goal,
        is_primary=metric.kind is MetricKind.PRIMARY,
    )


def day_of(experiment: Experiment, owner: Member, today: date) -> int | None:
    """The working day that an experiment is in, counted from 1; None before it started.

    Its owner's days off and its pauses don't count (`domain.timebox`), as in the findings. It stops counting
    when it is concluded.
    """
    if experiment.started_on is None:
        return None
    until = experiment.concluded_on or today
    off = (*away_of(owner), *pause_of_row(experiment))
    earlier, since = experiment.paused_days, experiment.paused_on
    return worked(experiment.started_on, until, off, earlier, since=since) + 1


def pause_of_row(experiment: Experiment) -> tuple[Span, ...]:
    """The latest pause of an experiment, over or not."""
    return pause_of(
        experiment.paused_on,
        experiment.paused_until,
        paused=experiment.status is Status.PAUSED,
    )


def links_of(experiment: Experiment) -> Iterable[Link]:
    """Where its runs and notes are."""
    if experiment.link:
        yield Link(experiment.link, "")
    for address, what in experiment.links:
        yield Link(address, what)
