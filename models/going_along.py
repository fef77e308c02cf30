"""What goes into the outbox with the last statement of a transaction that a person waits for (design §6).

Only such a session has the list: elsewhere whatever is posted is written at once.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

KEY = "going along"
"""Of the session's `info`."""
Rows = list[dict[str, Any]]


def begin(session: AsyncSession, rows: Iterable[dict[str, Any]]) -> None:
    """Somebody waits for this session; these rows go first."""
    session.info[KEY] = list(rows)


def with_it(session: AsyncSession) -> Rows | None:
    """The list; None where nobody waits."""
    rows: Rows | None = session.info.get(KEY)
    return rows


def end(session: AsyncSession) -> Rows:
    """Take all of it: what is posted from now on is written at once."""
    rows: Rows = session.info.pop(KEY, [])
    return rows
