"""Permits: whether a person may do something, asked again at every action (design §4-4)."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, false, null, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models import held
from models.domain.errors import GuestsMayNot, NotMetYet, Unknown
from models.domain.permissions import ALLOWED, Action, Standing, Who, may, require
from models.domain.project import Role
from models.held import hold
from models.tables import Ceremony, Member, Membership, Project

MOST_NAMED = 3
"""People whom a refusal names."""
GIVEN_BY_PM = {Who.PM, Who.MEMBER, Who.TECHNICAL}
"""Where one of these may, the PM is whom to ask: they give the roles."""


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
        NotAllowed: the table of `models.domain.permissions` says no; names whom to ask.
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
    member = _writer(session, found[0][0] if found else None)
    roles: set[Role | None] = {role for _, role in found}
    await _require(session, action, member, roles, project_id, owner_id)
    return member


async def permit_project(
    session: AsyncSession, slack_id: str, action: Action, project_id: int
) -> tuple[Member, Project]:
    """As `permit`, with the project, locked; one statement. It is `held` from then on.

    Raises:
        NotMetYet, GuestsMayNot, NotAllowed: as `permit`.
        Unknown: there is no such project.
    """
    about = (
        select(Project)
        .select_from(Project)
        .where(Project.id == project_id)
        .with_for_update(of=Project)
    )
    by, found = await permit_about(session, about, slack_id, action, project=Project.id)
    project: Project = found[0][0]
    hold(session, project, project_id)
    return by, project


async def permit_about(
    session: AsyncSession,
    about: Select[*tuple[Any, ...]],
    slack_id: str,
    action: Action,
    *,
    project: Any,
    owner: Any = None,
) -> tuple[Member, Sequence[Any]]:
    """As `permit`, with the rows that it is about, in their order; one statement.

    `project` and `owner` are columns of `about`: the project that they all belong to, and whose they are.
    It says what it selects from and has no limit: rows come once for every role of the person, and are
    given back once.

    Raises:
        NotMetYet, GuestsMayNot, NotAllowed: as `permit`.
        Unknown: there is nothing that it would be about.
    """
    reads = (
        about.outerjoin(Member, Member.slack_id == slack_id)
        .outerjoin(
            Membership,
            and_(Membership.member_id == Member.id, Membership.project_id == project),
        )
        .add_columns(
            project.label("its_project"),
            (null() if owner is None else owner).label("its_owner"),
            Member,
            Membership.role.label("its_role"),
        )
    )
    found = (await session.execute(reads)).all()
    if not found:
        raise Unknown
    first = found[0]
    by = await permit_known(
        session,
        first.Member,
        {row.its_role for row in found},
        action,
        project_id=first.its_project,
        owner_id=first.its_owner,
    )
    one = [row for row in found if row.its_role == first.its_role]
    return by, one


async def permit_known(
    session: AsyncSession,
    member: Member | None,
    roles: Collection[Role | None],
    action: Action,
    *,
    project_id: int | None,
    owner_id: int | None = None,
) -> Member:
    """As `permit`, where the person and their roles in the project were read with something else.

    Raises:
        NotMetYet, GuestsMayNot, NotAllowed: as `permit`.
    """
    known = _writer(session, member)
    await _require(session, action, known, set(roles), project_id, owner_id)
    return known


async def permit_standup(
    session: AsyncSession,
    slack_id: str,
    ceremony_id: int,
    action: Action = Action.CHANGE_STANDUP,
    *,
    locks: bool = False,
) -> Member:
    """As `permit`, about a standup: its owner, and the PM of its project. It `locks` what is changed.

    Raises:
        NotMetYet, GuestsMayNot, NotAllowed: as `permit`.
        Unknown: there is no such standup.
    """
    about = select(Ceremony).select_from(Ceremony).where(Ceremony.id == ceremony_id)
    by, found = await permit_about(
        session,
        about.with_for_update(of=Ceremony) if locks else about,
        slack_id,
        action,
        project=Ceremony.project_id,
        owner=Ceremony.owner_id,
    )
    if locks:
        hold(session, found[0][0], ceremony_id)
    return by


def _writer(session: AsyncSession, member: Member | None) -> Member:
    """Somebody whom Slack has described and who is no guest."""
    if member is None or not member.described:
        raise NotMetYet
    if member.limited:
        raise GuestsMayNot
    held.know(session, member)
    return member


async def _require(
    session: AsyncSession,
    action: Action,
    member: Member,
    roles: set[Role | None],
    project_id: int | None,
    owner_id: int | None,
) -> None:
    standing = Standing(
        roles=frozenset(role for role in roles if role),
        owner=member.id == owner_id,
        admin=member.admin,
    )
    if may(action, standing):
        return
    names = await session.scalars(_who_may(action, project_id, owner_id))
    require(action, standing, by_name=names)


def _who_may(action: Action, project_id: int | None, owner_id: int | None) -> Select[str]:
    """The names of the owner and the PMs; of admins where there are neither, so that one is named."""
    allowed = ALLOWED[action]
    near: list[ColumnElement[bool]] = [false()]
    if Who.OWNER in allowed and owner_id is not None:
        near.append(Member.id == owner_id)
    if not GIVEN_BY_PM.isdisjoint(allowed) and project_id is not None:
        near.append(
            exists().where(
                Membership.member_id == Member.id,
                Membership.project_id == project_id,
                Membership.role == Role.PM,
            )
        )
    is_near = or_(*near)
    is_it = or_(is_near, Member.admin) if Who.ADMIN in allowed else is_near
    return (
        select(Member.name)
        .where(is_it, Member.active, ~Member.limited)
        .order_by(case((is_near, 0), else_=1), Member.id)
        .limit(MOST_NAMED)
    )


def admin_is_known() -> ColumnElement[bool]:
    """Whether the workspace has an admin. Where it has none, whoever sets something up is one."""
    return exists().where(Member.admin, Member.active)
