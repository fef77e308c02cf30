"""Answers of a review as they are written: one row an item, the last word on it stands."""

from collections.abc import Mapping, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from models.db import dialect_of
from models.tables import ReviewAnswer

ANSWER = ("answer", "note", "evidence", "given", "by_id", "at")
POINTS = ("points", "by_id", "at")
"""What an answer is made of, and what the points of a test."""


async def put(
    session: AsyncSession, rows: Sequence[Mapping[str, object]], columns: Sequence[str]
) -> None:
    """Write these rows in one statement; of one that is there already only the `columns` change.

    Two people at the same moment lose nothing: each item is a row, and the database orders them.
    """
    insert = dialect_of(session).insert(ReviewAnswer)
    await session.execute(
        insert.values(list(rows)).on_conflict_do_update(
            index_elements=["review_id", "item"],
            set_={name: insert.excluded[name] for name in columns},
        )
    )
