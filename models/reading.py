"""Reading: a project, and what somebody is to it."""

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.errors import NoProject, NotMetYet, Unknown
from models.domain.permissions import Standing
from models.domain.project import Role
from models.tables import Member, Membership, Project


async def readable(session: AsyncSession, project_id: int) -> Project:
    """The project, if the session's reader may see it (`models.visible`).

    Raises:
        Unknown: there is no such project, or none that they see.
    """
    project = await session.get(Project, project_id)
    if project is None:
        raise Unknown
    return project


async def standing_of(
    session: AsyncSession, project_id: int, slack_id: str
) -> tuple[Member, Standing]:
    """The person, and what they are to the project; one statement.

    Raises:
        NotMetYet: Slack has not said yet who this is.
    """
    found = (
        await session.execute(
            select(Member, Membership.role)
            .outerjoin(
                Membership,
                and_(Membership.member_id == Member.id, Membership.project_id == project_id),
            )
            .where(Member.slack_id == slack_id)
        )
    ).all()
    if not found or not found[0][0].described:
        raise NotMetYet
    member: Member = found[0][0]
    roles: set[Role | None] = {role for _, role in found}
    return member, Standing(
        roles=frozenset(role for role in roles if role), admin=member.admin, limited=member.limited
    )


async def project_named(session: AsyncSession, key: str | None, channel: str | None) -> int | None:
    """The id of the project of this key, without one of the channel's; None where there is none."""
    here = Project.key == key if key else Project.channel_id == channel
    statement = select(Project.id).where(here).order_by(Project.id).limit(1)
    found: int | None = await session.scalar(statement)
    return found


async def require_any(session: AsyncSession) -> None:
    """Raise where there is no project that could be named.

    Raises:
        NoProject: see above.
    """
    if await session.scalar(select(Project.id).limit(1)) is None:
        raise NoProject
