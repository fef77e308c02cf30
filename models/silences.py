"""How long leaders have heard nothing of a project (S0-28): beside a digest, and where none is posted."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.leaders_notices import LeadersUntold
from models.domain.leadership_gaps import SILENCE, silent
from models.domain.project import ProjectStatus, Role
from models.domain.standup import CeremonyKind
from models.leadership_channel import leadership_channel
from models.notices import ToTell, give
from models.tables import Ceremony, Decision, Digest, Membership, Project


async def unheard(
    session: AsyncSession, today: date, now_told: Mapping[int, date] | None = None
) -> dict[int, date]:
    """Since when leaders have heard nothing of each project, where that is six weeks or more.

    `now_told` are those that are told of today. Two statements.
    """
    found = await session.execute(
        select(Digest.as_of, Digest.content)
        .join(Ceremony, Ceremony.id == Digest.ceremony_id)
        .where(Ceremony.kind == CeremonyKind.DIGEST_LEADERSHIP, Digest.as_of > today - 2 * SILENCE)
        .order_by(Digest.as_of)
    )
    mentioned = {
        one["project_id"]: day for day, content in found for one in content["facts"]["projects"]
    } | dict(now_told or {})
    projects = await session.execute(
        select(Project.id, Project.created_at).where(Project.status == ProjectStatus.ACTIVE)
    )
    begun = [(key, created_at.date()) for key, created_at in projects]
    return silent(begun, mentioned, today)


async def raise_where_none_is_posted(session: AsyncSession, today: date, now: datetime) -> None:
    """Tell a project's PM once that its leader has heard nothing for six weeks.

    Only where no leadership digest is scheduled: with one, that is asked when it is posted. A project that
    nobody leads has nobody to be told; a decision about it is a word to its leader.
    """
    if await leadership_channel(session) is not None:
        return
    leads = (
        exists()
        .where(Membership.role == Role.LEADER, Membership.project_id == Project.id)
        .correlate(Project)
    )
    decided = (
        select(func.max(Decision.on))
        .where(Decision.project_id == Project.id)
        .correlate(Project)
        .scalar_subquery()
    )
    found = await session.execute(
        select(Project.id, Project.workspace_id, decided, Membership.member_id)
        .join(Membership, (Membership.project_id == Project.id) & (Membership.role == Role.PM))
        .where(Project.status == ProjectStatus.ACTIVE, leads)
        .order_by(Membership.id)
    )
    rows: Sequence[Sequence[Any]] = found.all()
    if not rows:
        return
    silent_since = await unheard(session, today, {key: on for key, _, on, _ in rows if on})
    told = [
        ToTell(
            workspace_id, pm, LeadersUntold(project_id=key, since=silent_since[key], posted=False)
        )
        for key, workspace_id, _, pm in rows
        if key in silent_since
    ]
    await give(session, told, now)
