"""What the workspace's projects still lack, constant statements however many they are."""

from sqlalchemy import case, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.clock import Moment
from models.domain.errors import NoProject
from models.domain.gaps import gaps
from models.domain.project import ProjectStatus
from models.domain.project_facts import GapsFacts, Overview
from models.project_pages import dates_of
from models.readiness import records
from models.tables import Project
from models.visible import NothingYet, sees_all

MOST = 12
"""Projects that are listed at once."""


async def overview(session: AsyncSession, channel: str, at: Moment) -> Overview:
    """The active projects' gaps: this channel's project alone where it has one, else by name.

    Raises:
        NoProject: there is none yet.
        NothingYet: somebody from outside who has no part in any.
    """
    here = Project.channel_id == channel
    statement = (
        select(Project, func.count().over())
        .where(Project.status == ProjectStatus.ACTIVE)
        .order_by(case((here, 0), else_=1), Project.name, Project.id)
        .limit(MOST)
    )
    found = (await session.execute(statement)).all()
    if not found:
        raise NoProject if sees_all(session) else NothingYet
    projects = [project for project, _ in found]
    if channel and projects[0].channel_id == channel:
        projects = projects[:1]
    known = await records(session, projects, at.today)
    return Overview(
        tuple(
            GapsFacts(
                project.id,
                project.key,
                project.name,
                project.stage,
                gaps(project.stage, known[project.id], dates_of(project), at.today),
            )
            for project in projects
        ),
        0 if len(projects) < len(found) else found[0][1] - len(found),
    )
