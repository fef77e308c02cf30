"""One row of every table in a workspace, made from the tables' own columns: for tests about all tables."""

from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any

from sqlalchemy import Column
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.types import TypeDecorator

from models.db import Base, Str
from models.domain.score import Axis
from models.domain.standup import EntryStatus
from tests.clock import MORNING

EXAMPLES: dict[type, object] = {
    bool: False,
    int: 1,
    float: 1.0,
    object: {},  # JSON
    date: MORNING.date(),
    time: time(9, 30),
    datetime: MORNING,
}
CHECKED: dict[str, object] = {
    "standup_entry.status": EntryStatus.NOT_EXPERIMENTING,
    "score.axis": Axis.CONFIDENCE,
    "prompt.closes_at": MORNING + timedelta(days=1),
}
"""What the tables' checks want of a row whose other columns are NULL."""
_numbers = count(1)


async def fill_workspace(session: AsyncSession) -> int:
    """Add one row to every table, all of one new workspace, with what must not be NULL; its id."""
    connection = await session.connection()
    ids: dict[str, int] = {}
    for table in Base.metadata.sorted_tables:
        row = {
            column.name: _value(column, ids)
            for column in table.columns
            if not column.nullable and column is not table.autoincrement_column
        }
        key = (await connection.execute(table.insert().values(row))).inserted_primary_key
        ids[f"{table.name}.id"] = key[0] if key else 0
    return ids["workspace.id"]


def _value(column: Column[Any], ids: dict[str, int]) -> object:
    for key in column.foreign_keys:
        return ids[key.target_fullname]
    if str(column) in CHECKED:
        return CHECKED[str(column)]
    if isinstance(column.type, Str):
        return next(iter(column.type.kind))
    plain = column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type
    if plain.python_type is str:
        return f"x{next(_numbers)}"  # distinct, for whatever is unique
    return EXAMPLES[plain.python_type]
