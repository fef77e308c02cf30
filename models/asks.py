"""Whom standups ask about which experiments."""

from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.standup import CeremonyKind, Part
from models.tables import Ceremony, Participant


async def is_asked(session: AsyncSession, member_id: int, project_id: int) -> bool:
    """Whether a standup asks this person about experiments of the project: its own, or a general one."""
    return bool(await session.scalar(select(asks(member_id, project_id))))


def asks(member_id: Any, project_id: Any) -> ColumnElement[bool]:
    """The same as a column, of a member's and a project's."""
    return (
        select(Participant.id)
        .join(Ceremony, Ceremony.id == Participant.ceremony_id)
        .where(
            Participant.member_id == member_id,
            Participant.part == Part.ASKED,
            Ceremony.kind == CeremonyKind.STANDUP,
            Ceremony.active,
            or_(Ceremony.project_id.is_(None), Ceremony.project_id == project_id),
        )
        .exists()
    )
