"""The database's schema, revision by revision: the files in `versions/`, applied by Alembic.

Alembic takes a second to import, so it is imported only where something is to be done.
"""

from pathlib import Path

from sqlalchemy import Connection, String, column, inspect, select, table, text
from sqlalchemy.ext.asyncio import AsyncConnection

from models.db import Database

VERSIONS = Path(__file__).parent / "versions"
ADVISORY_LOCK = 0x1AB3A7E
"""Labmate's number among PostgreSQL's advisory locks: one migration at a time."""

PATIENCE_MS = 60_000
"""How long a process waits for another one that migrates the same SQLite file."""


class SchemaTooNew(Exception):
    """The database was migrated by a newer Labmate than this one."""


def revisions() -> list[str]:
    """All revisions of this version of Labmate, oldest first: the numbers before the files' names."""
    return sorted(file.name.partition("_")[0] for file in VERSIONS.glob("[0-9]*_*.py"))


async def current(database: Database) -> str | None:
    """The revision that the database is at; None when it was never migrated."""
    async with database.reader.connect() as connection:
        return await _current(connection)


async def upgrade(url: str) -> bool:
    """Bring the database to the newest revision; whether there was anything to do.

    Any number of processes may call it at once: one migrates, the others wait for it and find
    nothing left to do. An interrupted migration leaves the database as it was.

    Raises:
        SchemaTooNew: the database is at a revision that this version doesn't know.
    """
    database = Database(url, busy_ms=PATIENCE_MS)
    try:
        if _is_newest(await current(database)):
            return False
        async with database.writer.begin() as connection:
            if database.is_postgresql:  # SQLite's lock is the transaction itself: BEGIN IMMEDIATE
                await connection.execute(text(f"SELECT pg_advisory_xact_lock({ADVISORY_LOCK})"))
            if _is_newest(await _current(connection)):
                return False
            from models.migrations.running import migrate  # noqa: PLC0415  (a second to import)

            await connection.run_sync(migrate)
            return True
    finally:
        await database.close()


def _is_newest(revision: str | None) -> bool:
    known = revisions()
    if revision is not None and revision not in known:
        raise SchemaTooNew(
            f"The database is at revision {revision}, this version of Labmate knows up to {known[-1]}. "
            "Start the newer version again, or restore the backup from before the update."
        )
    return revision == known[-1]


async def _current(connection: AsyncConnection) -> str | None:
    def read(sync: Connection) -> str | None:
        if not inspect(sync).has_table("alembic_version"):
            return None
        return sync.scalar(
            select(column("version_num", String)).select_from(table("alembic_version"))
        )

    return await connection.run_sync(read)
