"""Projects: starting one, and choosing among them."""

from dataclasses import dataclass
from datetime import date
from functools import partial

from sqlalchemy import case, exists, null, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models import chronicle
from models.domain.clock import Moment
from models.domain.errands import Chore, Task
from models.domain.errors import KeyTaken, NoProject
from models.domain.facts import Numbers, ProjectChoice
from models.domain.metric import Goal, MetricKind, assumed_min_delta
from models.domain.permissions import Action
from models.domain.project import ProjectStatus, Role, Stage
from models.numbers import standing
from models.outbox import follow
from models.permits import admin_is_known, permit_about
from models.tables import Benchmark, Member, Membership, Metric, Project, Workspace

SHOWN = 100
"""Options that a menu of Slack's may have."""


@dataclass(frozen=True)
class Charter:
    """What a project is started with: its goal, its primary metric and what a good result is."""

    name: str
    key: str
    business_goal: str
    metric_name: str
    unit: str
    goal: Goal
    baseline: float
    baseline_source: str
    acceptance: float
    business_phrase: str
    channel_id: str | None = None


async def start_project(
    session: AsyncSession, charter: Charter, slack_id: str, at: Moment
) -> Project:
    """Start a project; whoever does is its PM (S0-7: baseline and its source from the first day).

    Raises:
        NotMetYet, GuestsMayNot, NotAllowed: see `models.permits.permit`.
        KeyTaken: another project of the workspace has the key.
    """
    taken = exists().where(Project.key == charter.key)
    about = select(Workspace.id, taken.label("taken"), admin_is_known().label("has_admin"))
    by, found = await permit_about(
        session,
        about.select_from(Workspace).where(Workspace.id == session.info["workspace_id"]),
        slack_id,
        Action.START_PROJECT,
        project=null(),
    )
    if found[0].taken:
        raise KeyTaken
    if not found[0].has_admin:
        chore = Chore(task=Task.FIRST_ADMIN, number=by.id)
        await follow(session, chore, at.now, partial(be_first_admin, session, by))
    project = Project(
        key=charter.key,
        name=charter.name,
        business_goal=charter.business_goal,
        channel_id=charter.channel_id,
        stage=Stage.CONCEPTION,
        status=ProjectStatus.ACTIVE,
        created_at=at.now,
    )
    session.add(project)
    await session.flush()
    metric = Metric(
        project_id=project.id,
        key="primary",
        name=charter.metric_name,
        kind=MetricKind.PRIMARY,
        goal=charter.goal,
        unit=charter.unit,
        min_delta=assumed_min_delta(charter.baseline, charter.acceptance),
        business_phrase=charter.business_phrase,
    )
    session.add(metric)
    session.add(Membership(project_id=project.id, member_id=by.id, role=Role.PM))
    await session.flush()
    session.add(
        Benchmark(
            metric_id=metric.id,
            version=1,
            effective=at.today,
            baseline=charter.baseline,
            baseline_source=charter.baseline_source,
            acceptance=charter.acceptance,
            reason="Set when the project was started",
        )
    )
    chronicle.record(session, "project_started", project_id=project.id, by_id=by.id, at=at.now)
    return project


async def be_first_admin(session: AsyncSession, member: Member) -> None:
    """Whoever sets something up is the admin of a workspace that has none yet."""
    known = await session.scalar(select(Member.id).where(Member.admin, Member.active).limit(1))
    member.admin = member.admin or known is None


async def choices(
    session: AsyncSession,
    today: date,
    *,
    first: str | int = "",
    most: int = SHOWN,
    offset: int = 0,
) -> tuple[ProjectChoice, ...]:
    """The workspace's active projects by name, with where each stands; at most `most`, from `offset` on.

    The one with the id, the key or the channel `first` goes before the others, so that it is among them.

    Raises:
        NoProject: there is none yet.
    """
    if isinstance(first, int):
        is_first = Project.id == first
    else:
        is_first = or_(Project.key == first, Project.channel_id == first)
    projects = (
        await session.scalars(
            select(Project)
            .where(Project.status == ProjectStatus.ACTIVE)
            .order_by(case((is_first, 0), else_=1), Project.name, Project.id)
            .offset(offset)
            .limit(most)
        )
    ).all()
    if not projects:
        raise NoProject
    numbers = await standing(session, [project.id for project in projects], today)
    return tuple(_choice(project, numbers) for project in projects)


async def choice(session: AsyncSession, project: Project, today: date) -> ProjectChoice:
    """One project with where it stands."""
    return _choice(project, await standing(session, [project.id], today))


def _choice(project: Project, numbers: dict[int, Numbers]) -> ProjectChoice:
    return ProjectChoice(
        project_id=project.id,
        key=project.key,
        name=project.name,
        business_goal=project.business_goal,
        channel_id=project.channel_id,
        numbers=numbers.get(project.id),
    )
