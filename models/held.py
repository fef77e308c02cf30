"""What a transaction has read and locked already: whoever needs it again takes it from here (design §6)."""

from typing import TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from models.tables import Base

HELD = "held"
"""Key of the session's `info`; a session is one transaction."""
Row = TypeVar("Row", bound=Base)


def hold(session: AsyncSession, row: Base, ident: int) -> None:
    """The row was read and locked by this transaction."""
    session.info.setdefault(HELD, {})[type(row), ident] = row


def held(session: AsyncSession, kind: type[Row], ident: int) -> Row | None:
    """The row, where this transaction has locked it; None where it has to be asked for."""
    row = session.info.get(HELD, {}).get((kind, ident))
    return row if isinstance(row, kind) else None
