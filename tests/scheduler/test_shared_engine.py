"""What only the shared engine has: its tables, its connection, and other processes."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from models.db import Database
from scheduler.shared_engine import SharedEngine
from tests.scheduler.test_engines import Recorder, enqueue, serving, until


@pytest.fixture
async def db(postgresql: str) -> AsyncIterator[Database]:
    db = Database(postgresql)
    yield db
    await db.close()


async def tables_of(db: Database, schema: str) -> set[str]:
    async with db.reading(None) as session:
        query = text("SELECT tablename FROM pg_tables WHERE schemaname = :schema")
        return set(await session.scalars(query, {"schema": schema}))


async def test_installs_its_tables_beside_ours(db: Database) -> None:
    before = await tables_of(db, "public")
    await asyncio.gather(*(SharedEngine(db).install() for _ in range(4)))
    await SharedEngine(db).install()
    assert "job" in await tables_of(db, "labmate_queue")
    assert await tables_of(db, "public") == before


async def test_two_processes_share_the_jobs_of_a_third(db: Database) -> None:
    await SharedEngine(db).install()
    one, two = Recorder(), Recorder()
    async with (
        serving(SharedEngine(db, 4), one.deliver),
        serving(SharedEngine(db, 4), two.deliver),
    ):
        await asyncio.sleep(0.3)
        await enqueue(db, SharedEngine(db), *range(60))
        await until(lambda: len(one.ended) + len(two.ended) == 60)
    assert sorted(one.begun + two.begun) == list(range(60))
    assert one.begun
    assert two.begun


async def test_comes_back_after_its_connection_is_cut(db: Database) -> None:
    await SharedEngine(db).install()
    worker = Recorder()
    with capture_logs() as logs:
        async with serving(SharedEngine(db), worker.deliver):
            await enqueue(db, SharedEngine(db), 1)
            await until(lambda: worker.ended == [1])
            async with db.writing(None) as session:
                await session.execute(
                    text(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
                    )
                )
            await enqueue(db, SharedEngine(db), 2)
            await until(lambda: 2 in worker.ended)
    assert logs


async def test_keeps_no_journal(db: Database) -> None:
    """PGQueuer's three lines for every job would grow for ever."""
    engine, worker = SharedEngine(db), Recorder()
    await engine.install()
    for delivery_id in range(3):
        async with serving(engine, worker.deliver):
            await enqueue(db, engine, delivery_id)
            await until(lambda: len(worker.ended) > delivery_id)  # noqa: B023
    async with db.reading(None) as session:
        jobs = await session.scalar(text("SELECT count(*) FROM labmate_queue.job"))
        lines = await session.scalar(text("SELECT count(*) FROM labmate_queue.job_log"))
    assert jobs == 0
    assert lines < 9  # what the last one wrote, and not yet the next one's start took away
