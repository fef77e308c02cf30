"""Who holds which role in a project; one person may hold several (S3-6)."""

from collections.abc import Collection, Sequence

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from models import chronicle, expectations
from models.domain.clock import Moment
from models.domain.errors import BotError
from models.domain.project import Role
from models.people import meet_all
from models.planning import InHand
from models.tables import Member, Membership


class NobodyRunsIt(BotError):
    """A project needs somebody who runs it. Choose who does from now on."""


async def set_holders(
    session: AsyncSession,
    hand: InHand,
    role: Role,
    people: Sequence[str],
    *,
    shown: Collection[str],
    at: Moment,
) -> None:
    """Have these people (Slack ids) hold the role.

    `shown` are those whom the form had: who of them is left out holds it no more; whom somebody else has
    added since stays. Somebody new as a stakeholder gets the expectations note, once it was sent (S1-23).

    Raises:
        NobodyRunsIt: nobody would be left as the project's manager.
    """
    project_id = hand.project.id
    found = await session.execute(
        select(Membership.id, Member)
        .join(Member, Member.id == Membership.member_id)
        .where(Membership.project_id == project_id, Membership.role == role)
    )
    holders = {member.slack_id: (row_id, member) for row_id, member in found}
    leaving = [one for who, one in holders.items() if who in shown and who not in people]
    joining = await meet_all(session, [who for who in people if who not in holders], at.now)
    if role is Role.PM and len(leaving) == len(holders) and not joining:
        raise NobodyRunsIt
    if leaving:
        await session.execute(
            delete(Membership).where(Membership.id.in_([row_id for row_id, _ in leaving]))
        )
    session.add_all(
        Membership(project_id=project_id, member_id=member.id, role=role) for member in joining
    )
    if not leaving and not joining:
        return
    chronicle.record(
        session,
        "roles_changed",
        project_id=project_id,
        by_id=hand.by.id,
        at=at.now,
        role=role.value,
        joined=[member.id for member in joining],
        left=[member.id for _, member in leaving],
    )
    if role is Role.STAKEHOLDER:
        await expectations.stakeholders_changed(
            session, project_id, joining, [member.id for _, member in leaving], at
        )
