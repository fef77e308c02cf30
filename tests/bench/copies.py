"""Many rows in one statement: copies of a row, one for each of some numbers, on both databases."""

from typing import Any

from sqlalchemy import Insert, Select, insert, literal, select, text

from models.db import Base, Database


def numbers(first: int, last: int) -> Any:
    """A table of the numbers from `first` to `last`; none where there is none in between."""
    begin = select(literal(first).label("n")).where(literal(first) <= last).cte(recursive=True)
    return begin.union_all(select(begin.c.n + 1).where(begin.c.n < last))


def copies(row: Base, changed: dict[str, Any], base: Select[Any]) -> Insert:
    """Copies of a row, one for each row of `base`, with some columns changed; one statement."""
    table = type(row).__table__
    values = {
        column: changed[column.name]
        if column.name in changed
        else literal(getattr(row, column.name), column.type)
        for column in table.columns
    }
    return insert(type(row)).from_select(list(values), base.with_only_columns(*values.values()))


async def settle(db: Database) -> None:
    """Let PostgreSQL know its tables, as it gets to know them within minutes; SQLite never asks."""
    if not db.is_postgresql:
        return
    async with db.writer.connect() as connection:
        autocommit = await connection.execution_options(isolation_level="AUTOCOMMIT")
        await autocommit.execute(text("VACUUM ANALYZE"))
