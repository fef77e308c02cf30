"""Who holds which role in a project; one person may hold several (S3-6)."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import and_, delete, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models import chronicle, expectations
from models.domain.clock import Moment
from models.domain.errors import BotError, Unknown
from models.domain.project import Role
from models.people import meet_all
from models.tables import Member, Membership, Project


class NobodyRunsIt(BotError):
    """A project needs somebody who runs it. Choose who does from now on."""


class Chosen(NamedTuple):
    """Who is to hold a role, by Slack id; who was `shown` in the form and is left out holds it no more."""

    role: Role
    people: Sequence[str]
    shown: Collection[str]


async def set_holders(
    session: AsyncSession,
    project_id: int,
    chosen: Chosen,
    by: Member,
    at: Moment,
) -> None:
    """Have these people hold the role; whom somebody else has added since the form was opened stays.

    Somebody new as a stakeholder gets the expectations note, once it was sent (S1-23).

    Raises:
        Unknown: there is no such project.
        NobodyRunsIt: nobody would be left as the project's manager.
    """
    role, people, shown = chosen
    known, holders = await _known(session, project_id, role, people)
    leaving = [who for who in holders if who in shown and who not in people]
    strangers = await meet_all(session, [who for who in people if who not in known], at.now)
    joining = [known[who] for who in people if who in known and who not in holders]
    joining += strangers
    if role is Role.PM and len(leaving) == len(holders) and not joining:
        raise NobodyRunsIt
    if not leaving and not joining:
        return
    if leaving:
        gone = [holders[who] for who in leaving]
        await session.execute(delete(Membership).where(Membership.id.in_(gone)))
    session.add_all(
        Membership(project_id=project_id, member_id=member.id, role=role) for member in joining
    )
    chronicle.record(
        session,
        "roles_changed",
        project_id=project_id,
        by_id=by.id,
        at=at.now,
        role=role.value,
        joined=[member.id for member in joining],
        left=[known[who].id for who in leaving],
    )
    if role is Role.STAKEHOLDER and joining:
        await expectations.stakeholders_joined(session, project_id, joining, at)


async def _known(
    session: AsyncSession, project_id: int, role: Role, people: Sequence[str]
) -> tuple[dict[str, Member], dict[str, int]]:
    """These people and the role's holders, as far as they were met; the holders' membership ids."""
    holds = and_(
        Membership.member_id == Member.id,
        Membership.project_id == project_id,
        Membership.role == role,
    )
    there = select(Project.id).where(Project.id == project_id).scalar_subquery()
    found = (
        await session.execute(
            select(Member, Membership.id, there)
            .outerjoin(Membership, holds)
            .where(or_(Membership.id.is_not(None), Member.slack_id.in_(people)))
        )
    ).all()
    if found and found[0][2] is None:
        raise Unknown
    known = {member.slack_id: member for member, _, _ in found}
    return known, {member.slack_id: row_id for member, row_id, _ in found if row_id is not None}
