"""Reading: a project for somebody who may see it; people from outside see only what they belong to."""

from sqlalchemy import and_, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.errors import GuestsMayNot, NotMetYet, Unknown
from models.domain.permissions import Standing
from models.domain.project import Role
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
