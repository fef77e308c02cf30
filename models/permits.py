"""Permits: whether a person may do something, asked again at every action (design §4-4)."""

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.errors import GuestsMayNot, NotMetYet
from models.domain.permissions import Action, Standing, require
from models.domain.project import Role
from models.tables import Member, Membership


async def permit(
    session: AsyncSession,
    slack_id: str,
    action: Action,
    *,
    project_id: int | None = None,
    owner_id: int | None = None,
) -> Member:
    """The person, who may do it; one statement. `owner_id` is the member whose thing is changed.

    Raises:
        NotMetYet: Slack has not said yet who this is.
        GuestsMayNot: guests and people from outside only read.
        NotAllowed: the table of `models.domain.permissions` says no.
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
    if member.limited:
        raise GuestsMayNot
    roles: set[Role | None] = {role for _, role in found}
    standing = Standing(
        roles=frozenset(role for role in roles if role),
        owner=member.id == owner_id,
        admin=member.admin,
    )
    require(action, standing)
    return member
