"""A PostgreSQL database that tests have one after the other, emptied in between.

To clone and to drop one for each test costs the server forty milliseconds of work, to empty it takes three.
Only a test that changed a table's shape has its database thrown away. What empties it has a thread of its
own, so that its one connection outlives the event loops of the tests.
"""

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar
from uuid import uuid4

import asyncpg

T = TypeVar("T")

GONE = """
    SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""

SHAPE = """
    SELECT array[
        (SELECT count(*) FROM pg_class), (SELECT max(oid::bigint) FROM pg_class),
        (SELECT count(*) FROM pg_attribute), (SELECT count(*) FROM pg_constraint),
        (SELECT count(*) FROM pg_proc), (SELECT count(*) FROM pg_trigger),
        (SELECT max(xmin::text::bigint) FROM pg_attribute),
        (SELECT max(xmin::text::bigint) FROM pg_constraint)
    ]
"""
"""Differs as soon as a table, a column, a constraint or a function was made, changed or dropped."""

TABLES = """
    SELECT relname FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
    WHERE nspname = 'public' AND relkind = 'r' AND relname <> 'alembic_version'
"""
REVISION = "SELECT version_num FROM alembic_version"
UNCHECKED = "SET LOCAL session_replication_role = replica"
"""Foreign keys ask for no order among the tables."""
FROM_ONE = "SELECT setval(schemaname || '.' || sequencename, 1, false) FROM pg_sequences"

LARGE = """
    SELECT relname FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
    WHERE nspname = 'public' AND relkind = 'r' AND pg_relation_size(pg_class.oid) > 65536
"""
"""What was deleted still takes room, and would be read through again by the tests that follow."""


class Reused:
    """The database of one worker; `server` is the URL of the server's own database."""

    def __init__(self, server: str, template: str) -> None:
        self._server = server
        self._template = template
        self._name = ""
        self._mine: asyncpg.Connection | None = None
        self._new: tuple[list[int], str] | None = None
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    def empty(self) -> str:
        """The name of a database that is as the migrations leave it."""
        if not self._name:
            self._run(self._create())
        return self._name

    def used(self) -> None:
        """Empty it for the next one, or throw it away where it has another shape now."""
        try:
            as_before = self._run(self._emptied())
        except (
            asyncpg.PostgresError,
            asyncpg.InterfaceError,
            OSError,
        ):  # the test ended our connection
            as_before = False
        if not as_before:
            self._run(self._drop())

    def close(self) -> None:
        """Throw it away."""
        if self._name:
            self._run(self._drop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _run(self, what: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(what, self._loop).result()

    async def _create(self) -> None:
        self._name = f"test_{uuid4().hex}"
        server = await asyncpg.connect(self._server)
        # Files are copied: block by block through the log, the default, costs the server twice as much.
        await server.execute(
            f"CREATE DATABASE {self._name} TEMPLATE {self._template} STRATEGY = FILE_COPY"
        )
        await server.close()
        url = self._server.replace("/postgres?", f"/{self._name}?")
        self._mine = await asyncpg.connect(url)
        self._new = await self._looks(self._mine)

    async def _looks(self, mine: asyncpg.Connection) -> tuple[list[int], str]:
        return await mine.fetchval(SHAPE), await mine.fetchval(REVISION)

    async def _emptied(self) -> bool:
        if self._mine is None or self._mine.is_closed():
            return False
        await self._mine.execute(GONE)
        if await self._mine.fetchval("SELECT to_regclass('alembic_version') IS NULL"):
            return False
        if await self._looks(self._mine) != self._new:
            return False
        tables = [row["relname"] for row in await self._mine.fetch(TABLES)]
        emptied = "".join(f'DELETE FROM "{table}";' for table in tables)  # noqa: S608  (our own)
        await self._mine.execute(f"BEGIN; {UNCHECKED}; {emptied} {FROM_ONE}; COMMIT")
        if large := [row["relname"] for row in await self._mine.fetch(LARGE)]:
            await self._mine.execute(
                "TRUNCATE " + ", ".join(f'"{table}"' for table in large) + " CASCADE"
            )
        return True

    async def _drop(self) -> None:
        if self._mine is not None:
            self._mine.terminate()
            self._mine = None
        server = await asyncpg.connect(self._server)
        await server.execute(f"DROP DATABASE IF EXISTS {self._name} WITH (FORCE)")
        await server.close()
        self._name = ""
