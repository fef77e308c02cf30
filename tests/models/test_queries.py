"""The tests' own counter counts what it says."""

from sqlalchemy import select

from models.db import Database
from models.tables import Member, Workspace
from tests.queries import count_queries
from tests.rows import make_member, make_workspace


async def test_counts_statements_of_readers_and_writers_but_not_of_transactions(
    database: Database,
) -> None:
    async with database.writing(None) as session:
        workspace = await make_workspace(session)
    with count_queries(database) as queries:
        async with database.writing(workspace.id) as session:
            await make_member(session, workspace)
            await session.scalars(select(Member))
        async with database.reading(None) as session:
            await session.scalars(select(Workspace))
    assert [statement.split()[0] for statement in queries] == ["INSERT", "SELECT", "SELECT"]


async def test_counts_nothing_outside_its_block(database: Database) -> None:
    with count_queries(database) as queries:
        pass
    async with database.reading(None) as session:
        await session.scalars(select(Workspace))
    assert queries == []
