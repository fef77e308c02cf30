"""What a session has read already: whoever needs it again takes it from here (design §6)."""

from typing import TypeVar

from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from models.tables import Base, Member

HELD = "held"
"""Key of the session's `info`: what this transaction has locked; a session is one transaction."""
READER = "reader is"
"""Key of the session's `info`: the person that it reads or writes for."""
Row = TypeVar("Row", bound=Base)


def hold(session: AsyncSession, row: Base, ident: int) -> None:
    """The row was read and locked by this transaction."""
    session.info.setdefault(HELD, {})[type(row), ident] = row


def held(session: AsyncSession, kind: type[Row], ident: int) -> Row | None:
    """The row, where this transaction has locked it; None where it has to be asked for."""
    row = session.info.get(HELD, {}).get((kind, ident))
    return row if isinstance(row, kind) else None


def know(session: AsyncSession | Session, member: Member) -> None:
    """This is who the session reads or writes for, as read just now."""
    session.info[READER] = member


def reader(session: AsyncSession | Session, slack_id: str) -> Member | None:
    """The person with this Slack id, where the session has read them; None where it has to ask."""
    member = session.info.get(READER)
    return member if isinstance(member, Member) and member.slack_id == slack_id else None
