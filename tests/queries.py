"""What a piece of code says to the database: for query budgets and for looking at its SQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from models.db import Database


@contextmanager
def count_queries(database: Database) -> Iterator[list[str]]:
    """The statements of the block, in order; `len` of them is the count. BEGIN and COMMIT don't count.

    A bulk statement with many rows is one, or one for each batch that SQLAlchemy makes of it.
    """
    statements: list[str] = []

    def record(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith("BEGIN"):
            statements.append(statement)

    engines = {database.writer.sync_engine, database.reader.sync_engine}
    for engine in engines:
        event.listen(engine, "before_cursor_execute", record)
    try:
        yield statements
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", record)
