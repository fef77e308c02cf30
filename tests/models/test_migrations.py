"""The migrations build what the tables say, on both databases, once, whoever asks for it."""

import asyncio
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import CheckConstraint, Connection, inspect, select, text

from models.db import Base, Database
from models.migrations import VERSIONS, SchemaTooNew, current, revisions, upgrade
from models.migrations.rendering import is_ours
from models.migrations.running import migrate
from models.tables import Ceremony, Experiment, Run, Workspace
from tests.rows import make_workspace

pytestmark = pytest.mark.traced_through


async def tables_of(database: Database) -> set[str]:
    async with database.reader.connect() as connection:
        found = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
    return {name for name in found if is_ours(name, "table", {})}


async def empty(database: Database) -> None:
    """Back to before the first migration."""
    async with database.writer.begin() as connection:
        await connection.run_sync(Base.metadata.drop_all)
        await connection.execute(text("DROP TABLE alembic_version"))


async def test_the_migrations_build_what_the_tables_say(database: Database) -> None:
    def differences(connection: Connection) -> list[object]:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "include_name": is_ours}
        )
        return list(compare_metadata(context, Base.metadata))

    async with database.reader.connect() as connection:
        assert await connection.run_sync(differences) == []


CAME_WITH_THEIR_COLUMN = (
    *("benchmark_agreed_pm_id", "benchmark_agreed_technical_id"),
    *("measurement_by_id", "measurement_excluded_by_id"),
)


def constraints(connection: Connection) -> set[str]:
    """Names of all keys, unique constraints and checks."""
    found = inspect(connection)
    return {
        str(constraint["name"])
        for table in Base.metadata.tables
        for constraint in (
            *found.get_check_constraints(table),
            *found.get_unique_constraints(table),
            *found.get_foreign_keys(table),
            found.get_pk_constraint(table),
        )
    }


async def test_constraints_have_the_names_that_the_tables_give_them(database: Database) -> None:
    expected = {
        str(constraint.name)
        for table in Base.metadata.tables.values()
        for constraint in table.constraints
    }
    async with database.reader.connect() as connection:
        found = await connection.run_sync(constraints)
    # SQLite knows the name of a key that came with its column, SQLAlchemy doesn't read it there.
    unread = {name for name in expected if name.endswith(CAME_WITH_THEIR_COLUMN)}
    if not database.is_postgresql:
        found, expected = found - {"None"}, expected - unread
    assert found == expected


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # PostgreSQL rewrites them
async def test_checks_say_what_those_of_the_tables_say(database: Database) -> None:
    def checks(connection: Connection) -> dict[str | None, str]:
        found = inspect(connection).get_multi_check_constraints()
        return {check["name"]: check["sqltext"] for table in found.values() for check in table}

    expected = {
        str(constraint.name): str(constraint.sqltext)
        for table in Base.metadata.tables.values()
        for constraint in table.constraints
        if isinstance(constraint, CheckConstraint)
    }
    async with database.reader.connect() as connection:
        assert await connection.run_sync(checks) == expected


async def test_from_empty_and_again(database: Database, database_url: str) -> None:
    await empty(database)
    assert await current(database) is None
    assert await upgrade(database_url) is True
    assert await current(database) == revisions()[-1]
    assert await tables_of(database) == {*Base.metadata.tables, "alembic_version"}
    assert await upgrade(database_url) is False


async def test_upgrading_keeps_what_is_there(database: Database, database_url: str) -> None:
    async with database.writing(None) as session:
        workspace = await make_workspace(session)
    await upgrade(database_url)
    async with database.reading(None) as session:
        assert await session.get(Workspace, workspace.id) is not None


async def test_rows_of_the_first_revision_are_there_after_the_second(
    database: Database, database_url: str
) -> None:
    """As somebody's workspace was before: what was added has a value that changes nothing."""
    await empty(database)
    async with database.writer.begin() as connection:
        await connection.run_sync(migrate, "0001")
        for statement in OF_THE_FIRST_REVISION:
            await connection.execute(text(statement))
    assert await current(database) == "0001"
    assert await upgrade(database_url) is True
    async with database.reading(None) as session:
        ceremony = (await session.scalars(select(Ceremony))).one()
        experiment = (await session.scalars(select(Experiment))).one()
        run = (await session.scalars(select(Run))).one()
    assert (ceremony.name, ceremony.moved_from, run.ahead) == ("Standup", None, False)
    assert (experiment.title, experiment.timebox, experiment.source_key) == ("Deeper", 8, None)


OF_THE_FIRST_REVISION = (
    "INSERT INTO workspace (id, slack_id, name, tz, bot_user_id, created_at)"
    " VALUES (1, 'T1', 'Lab', 'UTC', 'UB', '2026-01-05 09:00:00')",
    "INSERT INTO member (id, workspace_id, slack_id, name, tz, active, limited, described, workdays,"
    " created_at) VALUES (1, 1, 'U1', 'Ana', 'UTC', true, false, true, 'mon', '2026-01-05 09:00:00')",
    "INSERT INTO project (id, workspace_id, key, name, business_goal, stage, status, experiments,"
    " created_at) VALUES (1, 1, 'P', 'P', 'g', 'data', 'active', 1, '2026-01-05 09:00:00')",
    "INSERT INTO experiment (id, workspace_id, project_id, number, owner_id, title, category, change,"
    " expected_effect, because, benchmark_version, timebox_days, status, created_at)"
    " VALUES (1, 1, 1, 1, 1, 'Deeper', 'modeling', 'c', '', '', 1, 8, 'running', '2026-01-05 09:00:00')",
    "INSERT INTO ceremony (id, workspace_id, kind, channel_id, days, local_time, tz, summary_time,"
    " answer_hours, whole_channel, active, paused, questions, owner_id, created_at)"
    " VALUES (1, 1, 'standup', 'C1', 'tue', '09:30:00', 'UTC', '16:00:00', 24, true, true, false, '{}',"
    " 1, '2026-01-05 09:00:00')",
    "INSERT INTO run (id, workspace_id, ceremony_id, slot, day, opened_at, summary_at, closes_at)"
    " VALUES (1, 1, 1, '2026-01-06', '2026-01-06', '2026-01-06 09:30:00', '2026-01-06 16:00:00',"
    " '2026-01-07 09:30:00')",
)


async def test_of_several_at_once_one_migrates(database: Database, database_url: str) -> None:
    """Each has an engine of its own, like a process."""
    await empty(database)
    did = await asyncio.gather(*(upgrade(database_url) for _ in range(4)))
    assert sorted(did) == [False, False, False, True]
    assert await tables_of(database) == {*Base.metadata.tables, "alembic_version"}


async def test_several_at_once_make_one_new_sqlite_database(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new.db'}"
    did = await asyncio.gather(*(upgrade(url) for _ in range(4)))
    assert sorted(did) == [False, False, False, True]


async def test_an_up_to_date_database_costs_no_alembic(sqlite: str) -> None:
    program = (
        "import asyncio, sys; from models.migrations import upgrade;"
        "print(asyncio.run(upgrade(sys.argv[1])), 'alembic' in sys.modules)"
    )
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", program, sqlite, stdout=asyncio.subprocess.PIPE
    )
    said, _ = await process.communicate()
    assert said.split() == [b"False", b"False"]


async def test_a_database_of_a_newer_version_is_left_alone(
    database: Database, database_url: str
) -> None:
    async with database.writer.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SchemaTooNew, match="9999"):
        await upgrade(database_url)


def test_every_file_is_one_revision_in_a_line() -> None:
    files = list(VERSIONS.glob("*.py"))
    assert revisions() == [f"{number:04}" for number in range(1, len(files) + 1)]
