"""Reading: a project for somebody who may see it; people from outside see only what they belong to."""

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.errors import GuestsMayNot, NotMetYet, Unknown
from models.tables import Member, Membership, Project


async def readable(session: AsyncSession, project_id: int, slack_id: str) -> Project:
    """The project, for a reader. One statement.

    Raises:
        NotMetYet: Slack has not said yet who this is.
        Unknown: there is no such project.
        GuestsMayNot: somebody from outside who has no part in it.
    """
    part = exists().where(Membership.project_id == project_id, Membership.member_id == Member.id)
    found = (
        await session.execute(
            select(Member, Project, part)
            .select_from(Member)
            .outerjoin(Project, Project.id == project_id)
            .where(Member.slack_id == slack_id)
        )
    ).one_or_none()
    if found is None or not found[0].described:
        raise NotMetYet
    reader, project, takes_part = found
    if project is None:
        raise Unknown
    if reader.limited and not takes_part:
        raise GuestsMayNot
    return project
