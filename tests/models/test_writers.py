"""Several at once: SQLite has one writer, and nobody's update is lost; PostgreSQL locks rows."""

import asyncio

import pytest
from sqlalchemy import select

from models.db import Database
from models.tables import Project
from tests.rows import make_project, make_workspace

TASKS = 20


@pytest.fixture
async def project(database: Database) -> Project:
    async with database.writing(None) as session:
        return await make_project(session, await make_workspace(session))


async def add_one(database: Database, project: Project) -> None:
    """Read, think, write: what loses updates where reading takes no lock."""
    async with database.writing(project.workspace_id) as session:
        found = (await session.scalars(select(Project).with_for_update())).one()
        await asyncio.sleep(0.001)
        found.experiments += 1


async def count_of(database: Database, project: Project) -> int:
    async with database.reading(project.workspace_id) as session:
        return (await session.get_one(Project, project.id)).experiments


async def test_no_update_is_lost(database: Database, project: Project) -> None:
    await asyncio.gather(*(add_one(database, project) for _ in range(TASKS)))
    assert await count_of(database, project) == TASKS


async def test_no_update_is_lost_between_processes(
    database: Database, project: Project, database_url: str
) -> None:
    """Engines that know nothing of each other stand for processes."""
    others = [Database(database_url) for _ in range(3)]
    await asyncio.gather(*(add_one(one, project) for one in [database, *others] for _ in range(5)))
    assert await count_of(database, project) == 20
    for other in others:
        await other.close()


async def test_a_reader_does_not_wait_for_a_writer(database: Database, project: Project) -> None:
    async with database.writing(project.workspace_id) as session:
        found = (await session.scalars(select(Project).with_for_update())).one()
        found.experiments = 7
        await session.flush()
        async with asyncio.timeout(1):
            assert await count_of(database, project) == 0
    assert await count_of(database, project) == 7


async def break_off(database: Database, project: Project) -> None:
    async with database.writing(project.workspace_id) as session:
        (await session.get_one(Project, project.id)).experiments = 7
        await session.flush()
        raise ZeroDivisionError


async def test_what_fails_is_not_stored_and_stops_nobody(
    database: Database, project: Project
) -> None:
    with pytest.raises(ZeroDivisionError):
        await break_off(database, project)
    assert await count_of(database, project) == 0
    await add_one(database, project)
    assert await count_of(database, project) == 1


async def test_closing_waits_for_whoever_still_reads(database_url: str) -> None:
    """What is given back to a pool that was closed is closed by nobody."""
    database, reads, goes_on = Database(database_url), asyncio.Event(), asyncio.Event()

    async def read() -> None:
        async with database.reading(None) as session:
            await session.scalar(select(1))
            reads.set()
            await goes_on.wait()

    reading = asyncio.create_task(read())
    await reads.wait()
    closing = asyncio.create_task(database.close())
    await asyncio.sleep(0.05)
    assert not closing.done()
    goes_on.set()
    await closing
    await reading
