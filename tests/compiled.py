"""One cache of compiled statements for all engines of a kind.

A process has one engine and keeps what it has compiled. Each test has an engine of its own and would compile
every statement anew, which was two thirds of the work of a test with a database.
"""

from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg
from sqlalchemy.dialects.sqlite.aiosqlite import SQLiteDialect_aiosqlite

COMPILED: dict[Any, Any] = {}


def share() -> None:
    """From here on. A compiled statement's key holds its dialect, so those of a kind have to be equal."""
    same = {"__eq__": _are_of_a_kind, "__hash__": lambda dialect: hash(type(dialect))}
    for dialect in (SQLiteDialect_aiosqlite, PGDialect_asyncpg):
        for name, rule in same.items():
            setattr(dialect, name, rule)
    event.listen(Engine, "engine_connect", _use_it)


def _are_of_a_kind(one: object, other: object) -> bool:
    return type(one) is type(other)


def _use_it(connection: Connection) -> None:
    connection.execution_options(compiled_cache=COMPILED)
