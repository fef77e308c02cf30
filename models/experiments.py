"""Experiments: a new hypothesis, its criterion, and the day that it is in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models import chronicle, stages
from models.asks import asks
from models.domain.clock import Moment
from models.domain.errors import Unknown
from models.domain.experiment import Category, Status, experiment_key, title_of
from models.domain.experiment_facts import Link
from models.domain.facts import Criterion
from models.domain.metric import MetricKind, stored_as
from models.domain.permissions import Action
from models.domain.timebox import pause_of, worked
from models.domain.working_days import Span
from models.people import away_of
from models.permits import permit_about
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


class Ground(NamedTuple):
    """Where a hypothesis is started: a project, locked, its primary metric, and who starts it.

    `asks` says whether a standup asks them about experiments of this project.
    """

    project: Project
    metric: Metric | None
    by: Member
    asks: bool = False


async def ground(session: AsyncSession, project_id: int, slack_id: str) -> Ground:
    """The project, for somebody who may add a hypothesis to it; one statement.

    Raises:
        Unknown: there is no such project.
        NotMetYet, GuestsMayNot, NotAllowed: see `models.permits`.
    """
    is_its = and_(Metric.project_id == Project.id, Metric.kind == MetricKind.PRIMARY)
    about = (
        select(Project, Metric, asks(Member.id, Project.id).label("asks"))
        .select_from(Project)
        .outerjoin(Metric, is_its)
        .where(Project.id == project_id)
        .with_for_update(of=Project)
    )
    by, found = await permit_about(
        session, about, slack_id, Action.ADD_HYPOTHESIS, project=Project.id
    )
    return Ground(found[0].Project, found[0].Metric, by, found[0].asks)


async def start_experiment(
    session: AsyncSession, on: Ground, hypothesis: Hypothesis, at: Moment
) -> Experiment:
    """A new hypothesis under the next number of its project, running from now on unless it is for later.

    Raises:
        Unknown: the project has no experiment that this one could follow.
        NotInUnit: the threshold is not in the metric's unit.
    """
    project, metric = on.project, on.metric
    if hypothesis.follows_id is not None:
        followed = await session.get(Experiment, hypothesis.follows_id)
        if followed is None or followed.project_id != project.id:
            raise Unknown
    threshold = None
    if hypothesis.threshold is not None and metric is not None:
        threshold = stored_as(hypothesis.threshold, metric.unit)
    number = project.experiments + 1
    moved = None
    if not hypothesis.later:
        key = experiment_key(project.key, number)
        moved = await stages.begin(session, project, key, hypothesis.category, at)
    project.experiments = number
    experiment = Experiment(
        project_id=project.id,
        number=number,
        owner_id=on.by.id,
        title=title_of(hypothesis.change),
        category=hypothesis.category,
        change=hypothesis.change,
        expected_effect=hypothesis.expected_effect,
        because=hypothesis.because,
        criterion_metric_id=None if threshold is None or metric is None else metric.id,
        criterion_threshold=threshold,
        criterion_set_at=None if threshold is None else at.now,
        timebox_days=hypothesis.timebox_days,
        follows_id=hypothesis.follows_id,
        link=hypothesis.link,
        status=Status.PROPOSED if hypothesis.later else Status.RUNNING,
        started_on=None if hypothesis.later else at.today,
        created_at=at.now,
    )
    session.add(experiment)
    await session.flush()
    if hypothesis.later:
        chronicle.record(
            session,
            "experiment_proposed",
            project_id=project.id,
            by_id=on.by.id,
            at=at.now,
            experiment=experiment.id,
        )
    else:
        await stages.record_start(session, project, moved, experiment.id, by_id=on.by.id, at=at)
    return experiment


def require_in_unit(metric: Metric | None, threshold: float | None) -> None:
    """Whether a threshold, as typed, is in the unit of the project's primary metric.

    Raises:
        NotInUnit: it isn't.
    """
    if metric is not None and threshold is not None:
        stored_as(threshold, metric.unit)


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
