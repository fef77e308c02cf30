"""Who holds which role in a project; one person may hold several (S3-6)."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import and_, delete, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models import chronicle, expectations
from models.domain.clock import Moment
from models.domain.errors import BotError, Unknown
from models.domain.permissions import Action
from models.domain.project import Role
from models.people import welcome
from models.permits import permit_known
from models.tables import Member, Membership, Project


class NobodyRunsIt(BotError):
    """A project needs somebody who runs it. Choose who does from now on."""


class Chosen(NamedTuple):
    """Who is to hold a role, by Slack id; who was `shown` in the form and is left out holds it no more."""

    role: Role
    people: Sequence[str]
    shown: Collection[str]


class _Known(NamedTuple):
    """Who acts, the people of the form as far as they were met, and the role's holders by membership id."""

    by: Member
    people: dict[str, Member]
    holders: dict[str, int]


async def set_holders(
    session: AsyncSession, project_id: int, chosen: Chosen, slack_id: str, at: Moment
) -> None:
    """Have these people hold the role; whom somebody else has added since the form was opened stays.

    Somebody new as a stakeholder gets the expectations note, once it was sent (S1-23).

    Raises:
        NotMetYet, GuestsMayNot, NotAllowed: see `models.permits.permit`.
        Unknown: there is no such project.
        NobodyRunsIt: nobody would be left as the project's manager.
    """
    role, people, shown = chosen
    by, known, holders = await _known(session, project_id, chosen, slack_id)
    leaving = [who for who in holders if who in shown and who not in people]
    strangers = dict.fromkeys((who for who in people if who not in known), "")
    if role is Role.PM and len(leaving) == len(holders) and not {*people} - {*holders}:
        raise NobodyRunsIt
    joining = [known[who] for who in people if who in known and who not in holders]
    joining += await welcome(session, strangers, at.now)
    if not leaving and not joining:
        return
    if leaving:
        gone = [holders[who] for who in leaving]
        await session.execute(delete(Membership).where(Membership.id.in_(gone)))
    if joining:
        columns = {"workspace_id": by.workspace_id, "project_id": project_id, "role": role}
        rows = [{**columns, "member_id": member.id} for member in joining]
        await session.execute(insert(Membership), rows)
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


async def _known(session: AsyncSession, project_id: int, chosen: Chosen, slack_id: str) -> _Known:
    """What it is about, for who may change it; one statement, and one more to refuse."""
    there = select(Project.id).where(Project.id == project_id).scalar_subquery()
    found = (
        await session.execute(
            select(Member, Membership.id, Membership.role, there)
            .outerjoin(
                Membership,
                and_(Membership.member_id == Member.id, Membership.project_id == project_id),
            )
            .where(
                or_(
                    Membership.role == chosen.role,
                    Member.slack_id.in_({slack_id, *chosen.people}),
                )
            )
        )
    ).all()
    known = {member.slack_id: member for member, *_ in found}
    mine = {role for member, _, role, _ in found if member.slack_id == slack_id}
    by = await permit_known(
        session, known.get(slack_id), mine, Action.CHANGE_PROJECT, project_id=project_id
    )
    if found[0][3] is None:
        raise Unknown
    holders = {member.slack_id: row_id for member, row_id, role, _ in found if role is chosen.role}
    return _Known(by, known, holders)
