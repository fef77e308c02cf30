"""Experiments: a new hypothesis, the lists, and one in full."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from models import chronicle, stages
from models.domain.cadence import working_days
from models.domain.clock import Moment
from models.domain.errors import Unknown
from models.domain.experiment import Category, Split, Status, experiment_key, title_of
from models.domain.facts import (
    Criterion,
    ExperimentPage,
    ExperimentRow,
    NumberLine,
    ProjectChoice,
    ProjectList,
    ProjectPage,
)
from models.domain.metric import MetricKind, stored_as
from models.domain.project import ProjectStatus
from models.guardrails import broken_by
from models.people import person
from models.projects import choices
from models.tables import Experiment, Measurement, Member, Metric, Project


@dataclass(frozen=True)
class Hypothesis:
    """We believe that `change` will bring the metric to `threshold`, as typed, because `because`."""

    project_id: int
    change: str
    because: str
    threshold: float | None
    category: Category
    timebox_days: int
    expected_effect: str = ""
    follows_id: int | None = None
    link: str | None = None


async def start_experiment(
    session: AsyncSession, hypothesis: Hypothesis, *, by: Member, today: date, now: datetime
) -> tuple[Experiment, Project]:
    """A new hypothesis, running from now on, under the next number of its project.

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
        status=Status.RUNNING,
        started_on=today,
        created_at=now,
    )
    session.add(experiment)
    await session.flush()
    key = experiment_key(project.key, number)
    await stages.begin(session, project, key, hypothesis.category, by, Moment(now, today))
    chronicle.record(
        session, "experiment_started", project_id=project.id, by_id=by.id, at=now, experiment=key
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


def day_of(experiment: Experiment, today: date) -> int | None:
    """The working day that an experiment is in, counted from 1; None before it started.

    Stops counting when it is concluded.
    """
    if experiment.started_on is None:
        return None
    return working_days(experiment.started_on, experiment.concluded_on or today) + 1


async def page_of_projects(
    session: AsyncSession, today: date, key: str | None = None
) -> ProjectList:
    """The projects, or the one called `key`, with their experiments: running ones first, then the newest.

    At most eight projects with ten experiments each, or thirty of one.

    Raises:
        NoProject: there is none yet.
        Unknown: no active project has this key.
    """
    most, per_project = (8, 10) if key is None else (1, 30)
    projects = await choices(session, today, first=key or "", most=most)
    if key not in (None, projects[0].key):
        raise Unknown(f"There is no project {key}. /lab list shows the ones there are.")
    rank = (
        func.row_number()
        .over(
            partition_by=Experiment.project_id,
            order_by=((Experiment.status == Status.CONCLUDED), Experiment.id.desc()),
        )
        .label("rank")
    )
    total = func.count().over(partition_by=Experiment.project_id).label("total")
    ranked = (
        select(Experiment.id, rank, total)
        .where(Experiment.project_id.in_([project.project_id for project in projects]))
        .subquery()
    )
    found = await session.execute(
        select(Experiment, ranked.c.total)
        .join(ranked, ranked.c.id == Experiment.id)
        .where(ranked.c.rank <= per_project)
        .order_by(ranked.c.rank)
        .options(joinedload(Experiment.owner))
    )
    rows: dict[int, list[tuple[Experiment, int]]] = {}
    for experiment, count in found:
        rows.setdefault(experiment.project_id, []).append((experiment, count))
    active = await session.scalar(
        select(func.count(Project.id)).where(Project.status == ProjectStatus.ACTIVE)
    )
    return ProjectList(
        pages=tuple(
            _page(project, rows.get(project.project_id, []), today) for project in projects
        ),
        more=0 if key else (active or 0) - len(projects),
    )


def _page(project: ProjectChoice, found: list[tuple[Experiment, int]], today: date) -> ProjectPage:
    return ProjectPage(
        project=project,
        rows=tuple(_row(experiment, project.key, today) for experiment, _ in found),
        more=found[0][1] - len(found) if found else 0,
    )


def _row(experiment: Experiment, project_key: str, today: date) -> ExperimentRow:
    return ExperimentRow(
        key=experiment_key(project_key, experiment.number),
        title=experiment.title,
        who=experiment.owner.name,
        status=experiment.status,
        outcome=experiment.outcome,
        day=day_of(experiment, today),
        timebox=experiment.timebox_days,
        on=experiment.concluded_on,
    )


async def page_of(
    session: AsyncSession, project_key: str, number: int, today: date
) -> ExperimentPage:
    """One experiment in full.

    Raises:
        Unknown: no experiment of the workspace has this key.
    """
    experiment = await session.scalar(
        select(Experiment)
        .join(Project, Project.id == Experiment.project_id)
        .where(Project.key == project_key, Experiment.number == number)
        .options(
            joinedload(Experiment.owner),
            joinedload(Experiment.project),
            joinedload(Experiment.criterion_metric),
        )
    )
    if experiment is None:
        raise Unknown(
            f"There is no experiment {project_key}-{number}. /lab list shows the ones there are."
        )
    measured = await session.execute(
        select(Measurement, Metric)
        .join(Metric, Metric.id == Measurement.metric_id)
        .where(Measurement.experiment_id == experiment.id, Measurement.split == Split.VALIDATION)
        .order_by(Measurement.at.desc(), Measurement.id.desc())
        .limit(5)
    )
    return ExperimentPage(
        key=experiment_key(experiment.project.key, experiment.number),
        title=experiment.title,
        project_name=experiment.project.name,
        who=person(experiment.owner),
        category=experiment.category,
        change=experiment.change,
        expected=experiment.expected_effect,
        because=experiment.because,
        status=experiment.status,
        outcome=experiment.outcome,
        day=day_of(experiment, today),
        timebox=experiment.timebox_days,
        criterion=criterion_of(experiment),
        numbers=tuple(
            NumberLine(
                on=row.on,
                value=row.value,
                low=row.low,
                high=row.high,
                metric_name=metric.name,
                unit=metric.unit,
                excluded=row.excluded_reason,
            )
            for row, metric in measured
        ),
        learning=experiment.learning,
        planned=experiment.next_step,
        started=experiment.started_on,
        concluded=experiment.concluded_on,
        breaks=(await broken_by(session, [experiment.id], today)).get(experiment.id, ()),
    )
