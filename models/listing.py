"""The lists: projects with where they stand, and the experiments that somebody wants to see."""

from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from models.domain.errors import Unknown
from models.domain.experiment import OPEN, Status, experiment_key
from models.domain.experiment_facts import (
    ExperimentList,
    ExperimentRow,
    ProjectList,
    ProjectPage,
    Wanted,
)
from models.domain.facts import ProjectChoice
from models.domain.moves import stands
from models.domain.project import ProjectStatus
from models.experiments import day_of
from models.projects import choices
from models.tables import Experiment, Member, Project

PROJECTS = 8
EACH = 10
OF_ONE = 30
PER_PAGE = 25
MOST = 100
"""How many a page lists: projects, experiments of each, of one, of all; and how many a menu holds."""


async def projects(session: AsyncSession, today: date, offset: int = 0) -> ProjectList:
    """A page of the active projects by name, each with its experiments: open ones first, then the newest.

    Raises:
        NoProject: there is none yet.
    """
    shown = await choices(session, today, most=PROJECTS, offset=offset)
    active = await session.scalar(
        select(func.count(Project.id)).where(Project.status == ProjectStatus.ACTIVE)
    )
    pages = await _pages(session, shown, today, EACH)
    return ProjectList(pages, (active or 0) - offset - len(shown), offset)


async def one_project(session: AsyncSession, today: date, key: str, offset: int = 0) -> ProjectList:
    """The project with this key and a page of its experiments.

    Raises:
        NoProject: there is none yet.
        Unknown: no active project has this key.
    """
    (found,) = await choices(session, today, first=key, most=1)
    if found.key != key:
        raise Unknown(f"There is no project {key}. /lab list shows the ones there are.")
    return ProjectList(await _pages(session, (found,), today, OF_ONE, offset), 0, offset)


async def _pages(
    session: AsyncSession,
    shown: tuple[ProjectChoice, ...],
    today: date,
    most: int,
    offset: int = 0,
) -> tuple[ProjectPage, ...]:
    order = ((Experiment.status == Status.CONCLUDED), Experiment.id.desc())
    of_project = Experiment.project_id
    ranked = (
        select(
            Experiment.id,
            func.row_number().over(partition_by=of_project, order_by=order).label("rank"),
            func.count().over(partition_by=of_project).label("total"),
        )
        .where(of_project.in_([project.project_id for project in shown]))
        .subquery()
    )
    found = await session.execute(
        select(Experiment, ranked.c.total)
        .join(ranked, ranked.c.id == Experiment.id)
        .where(ranked.c.rank > offset, ranked.c.rank <= offset + most)
        .order_by(ranked.c.rank)
        .options(joinedload(Experiment.owner, innerjoin=True))
    )
    rows: dict[int, list[tuple[Experiment, int]]] = {}
    for experiment, count in found:
        rows.setdefault(experiment.project_id, []).append((experiment, count))
    return tuple(
        _page(project, rows.get(project.project_id, []), today, offset) for project in shown
    )


def _page(
    project: ProjectChoice, found: list[tuple[Experiment, int]], today: date, offset: int
) -> ProjectPage:
    return ProjectPage(
        project=project,
        rows=tuple(_row(experiment, project.key, today) for experiment, _ in found),
        more=found[0][1] - offset - len(found) if found else 0,
    )


def _row(experiment: Experiment, project_key: str, today: date) -> ExperimentRow:
    return ExperimentRow(
        key=experiment_key(project_key, experiment.number),
        title=experiment.title,
        who=experiment.owner.name,
        status=stands(experiment.status, experiment.paused_until, today),
        outcome=experiment.outcome,
        day=day_of(experiment, experiment.owner, today),
        timebox=experiment.timebox,
        on=experiment.concluded_on,
    )


async def experiments(
    session: AsyncSession, slack_id: str, wanted: Wanted, today: date
) -> ExperimentList:
    """A page of the experiments that somebody wants: the latest ones first, one statement."""
    kept: list[ColumnElement[bool]] = []
    if wanted.mine:
        kept.append(Member.slack_id == slack_id)
        if wanted.status is None:
            kept.append(Experiment.status.in_(OPEN))
    if wanted.status is not None:
        kept.append(_in_state(wanted.status, today))
    if wanted.project is not None:
        kept.append(Project.key == wanted.project)
    latest = Experiment.concluded_on if wanted.status is Status.CONCLUDED else Experiment.id
    found = (
        await session.execute(
            select(Experiment, Project.key, func.count().over())
            .join(Project, Project.id == Experiment.project_id)
            .join(Member, Member.id == Experiment.owner_id)
            .where(*kept)
            .order_by(latest.desc(), Experiment.id.desc())
            .offset(wanted.offset)
            .limit(PER_PAGE)
            .options(joinedload(Experiment.owner, innerjoin=True))
        )
    ).all()
    return ExperimentList(
        wanted=wanted,
        rows=tuple(_row(row, key, today) for row, key, _ in found),
        total=found[0][2] if found else 0,
    )


def _in_state(status: Status, today: date) -> ColumnElement[bool]:
    """Those in the state on `today`: what was paused until then goes on by itself."""
    over = and_(Experiment.status == Status.PAUSED, Experiment.paused_until <= today)
    match status:
        case Status.RUNNING:
            return or_(Experiment.status == Status.RUNNING, over)
        case Status.PAUSED:
            return and_(
                Experiment.status == Status.PAUSED,
                or_(Experiment.paused_until.is_(None), Experiment.paused_until > today),
            )
        case _:
            return Experiment.status == status


async def to_conclude(session: AsyncSession, slack_id: str) -> tuple[list[tuple[int, str]], int]:
    """Somebody's experiments that can be concluded, the oldest first, with their names; and how many more."""
    found = (
        await session.execute(
            select(Experiment, Project.key, func.count().over())
            .join(Project, Project.id == Experiment.project_id)
            .join(Member, Member.id == Experiment.owner_id)
            .where(
                Member.slack_id == slack_id,
                Experiment.status.in_((Status.RUNNING, Status.PAUSED)),
            )
            .order_by(Experiment.started_on, Experiment.id)
            .limit(MOST)
        )
    ).all()
    named = [(row.id, f"{experiment_key(key, row.number)} · {row.title}") for row, key, _ in found]
    return named, (found[0][2] - len(found) if found else 0)


async def id_of(session: AsyncSession, project_key: str, number: int) -> int:
    """The experiment with this key.

    Raises:
        Unknown: there is none.
    """
    found = await session.scalar(
        select(Experiment.id)
        .join(Project, Project.id == Experiment.project_id)
        .where(Project.key == project_key, Experiment.number == number)
    )
    if found is None:
        raise Unknown(
            f"There is no experiment {project_key}-{number}. /lab list shows what there is."
        )
    return found
