"""A session of one workspace sees, changes and deletes its rows only (design §4-4): on every table."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import (
    Column,
    Executable,
    Select,
    delete,
    exists,
    func,
    inspect,
    select,
    text,
    true,
    union_all,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased, joinedload, selectinload

from models.db import Base, Database, NotItsRows, Tenant
from models.domain.project import Role
from models.tables import Experiment, Member, Membership, Project, Workspace
from tests.filled import fill_workspace
from tests.queries import count_queries

pytestmark = pytest.mark.traced_through

Rows = type[Any]
TENANTS: list[Rows] = sorted(
    (mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, Tenant)),
    key=lambda rows: Base.metadata.sorted_tables.index(rows.__table__),
)


@pytest.fixture
async def ours(database: Database) -> int:
    """A workspace with one row in every table."""
    async with database.writing(None) as session:
        return await fill_workspace(session)


@pytest.fixture
async def theirs(database: Database, ours: int) -> int:
    """Another workspace like it, in the same database."""
    async with database.writing(None) as session:
        theirs = await fill_workspace(session)
    assert theirs != ours
    return theirs


def test_every_table_belongs_to_a_workspace() -> None:
    assert {rows.__tablename__ for rows in TENANTS} == set(Base.metadata.tables)


def one(rows: Rows) -> Select[Any]:
    return select(rows)


def one_column(rows: Rows) -> Select[Any]:
    return select(rows.workspace_id)


def one_alias(rows: Rows) -> Select[Any]:
    return select(aliased(rows))


def one_of_a_join(rows: Rows) -> Select[Any]:
    other = aliased(rows)
    return select(rows.workspace_id, other.workspace_id).join(other, true())


def one_of_an_outer_join(rows: Rows) -> Select[Any]:
    other = aliased(Member)
    return select(rows.workspace_id, other.id).outerjoin(other, true())


def one_of_a_subquery(rows: Rows) -> Select[Any]:
    return select(select(rows).subquery())


def one_of_a_cte(rows: Rows) -> Select[Any]:
    return select(select(rows).cte())


def one_where_it_exists(rows: Rows) -> Select[Any]:
    other = aliased(rows)
    return select(rows).where(exists(select(other.workspace_id)))


READING = [
    one,
    one_column,
    one_alias,
    one_of_a_join,
    one_of_an_outer_join,
    one_of_a_subquery,
    one_of_a_cte,
    one_where_it_exists,
]


@pytest.mark.usefixtures("theirs")
@pytest.mark.parametrize("reading", READING)
async def test_sees_its_own_row_of_two(
    database: Database, ours: int, reading: Callable[[Rows], Select[Any]]
) -> None:
    for rows in TENANTS:
        async with database.reading(ours) as session:
            assert len((await session.execute(reading(rows))).all()) == 1, rows


@pytest.mark.usefixtures("theirs")
async def test_counts_its_own(database: Database, ours: int) -> None:
    for rows in TENANTS:
        async with database.reading(ours) as session:
            assert await session.scalar(select(func.count()).select_from(rows)) == 1, rows
            inner = select(rows).subquery()
            assert await session.scalar(select(func.count()).select_from(inner)) == 1, rows
            both = union_all(select(rows.workspace_id), select(aliased(rows).workspace_id))
            assert (await session.scalars(both)).all() == [ours, ours], rows


async def test_gets_nobody_elses_by_id(database: Database, ours: int, theirs: int) -> None:
    for rows in TENANTS:
        async with database.reading(None) as session:
            found = (await session.scalars(select(rows))).all()
            keys = {row.workspace_id: inspect(row).identity for row in found}
        async with database.reading(ours) as session:
            assert await session.get(rows, keys[ours]) is not None, rows
            assert await session.get(rows, keys[theirs]) is None, rows


def another_column(rows: Rows) -> str:
    """A column to write to: no key, not the workspace."""
    columns: list[Column[Any]] = list(rows.__table__.columns)
    return next(
        column.key for column in columns if not column.primary_key and column.name != "workspace_id"
    )


@pytest.mark.usefixtures("theirs")
async def test_bulk_updates_change_its_own(database: Database, ours: int) -> None:
    for rows in TENANTS:
        column = another_column(rows)
        async with database.writing(ours) as session:
            changed = await session.execute(update(rows).values({column: getattr(rows, column)}))
            assert changed.rowcount == 1, rows  # type: ignore[attr-defined]


async def test_bulk_deletes_delete_its_own(database: Database, ours: int, theirs: int) -> None:
    for rows in reversed(TENANTS):
        async with database.writing(ours) as session:
            await session.execute(delete(rows))
        async with database.reading(None) as session:
            left = await session.scalars(select(rows.workspace_id))
            assert left.all() == [theirs], rows


@pytest.mark.usefixtures("theirs")
async def test_related_rows_are_its_own(database: Database, ours: int) -> None:
    async with database.reading(ours) as session:
        (project,) = (
            await session.scalars(select(Project).options(selectinload(Project.metrics)))
        ).all()
        assert [metric.workspace_id for metric in project.metrics] == [ours]
        experiment = (
            await session.scalars(select(Experiment).options(joinedload(Experiment.owner)))
        ).one()
        assert experiment.owner.workspace_id == ours


async def test_every_statement_names_the_workspace(database: Database, ours: int) -> None:
    with count_queries(database) as queries:
        for rows in TENANTS:
            column = another_column(rows)
            async with database.writing(ours) as session:
                for reading in READING:
                    await session.execute(reading(rows))
                row = (await session.scalars(select(rows))).one()
                session.expunge_all()
                await session.get(rows, inspect(row).identity)
                await session.execute(update(rows).values({column: getattr(rows, column)}))
        for rows in reversed(TENANTS):
            async with database.writing(ours) as session:
                await session.execute(delete(rows))
    assert len(queries) == len(TENANTS) * (len(READING) + 4)
    for statement in queries:
        words = re.findall(r"\b(?:FROM|JOIN|UPDATE) (\w+)", statement)
        tables = [word for word in words if word in Base.metadata.tables]
        named = re.findall(r"\b(?:workspace_id|workspace(?:_\d)?\.id) =", statement)
        assert len(named) >= len(tables) > 0, statement


@pytest.mark.parametrize(
    "statement",
    [
        text("SELECT id FROM experiment"),
        select(Base.metadata.tables["experiment"]),
        update(Base.metadata.tables["experiment"]).values(title="x"),
        delete(Base.metadata.tables["experiment"]),
    ],
    ids=["text", "select", "update", "delete"],
)
async def test_statements_past_the_classes_are_refused(
    database: Database, ours: int, statement: Executable
) -> None:
    with pytest.raises(NotItsRows):
        async with database.writing(ours) as session:
            await session.execute(statement)


async def test_updates_by_ids_are_refused(database: Database, ours: int, theirs: int) -> None:
    with pytest.raises(NotItsRows):
        async with database.writing(ours) as session:
            await session.execute(update(Workspace), [{"id": theirs, "name": "theirs"}])


def membership(workspace_id: int | None, of: Experiment) -> Membership:
    return Membership(
        workspace_id=workspace_id, project_id=of.project_id, member_id=of.owner_id, role=Role.LEGAL
    )


async def only_experiment(session: AsyncSession) -> Experiment:
    return (await session.scalars(select(Experiment))).one()


async def test_new_rows_are_born_in_the_workspace(database: Database, ours: int) -> None:
    async with database.writing(ours) as session:
        row = membership(None, await only_experiment(session))
        session.add(row)
    assert row.workspace_id == ours


async def test_in_a_session_of_all_a_new_row_must_name_its_workspace(
    database: Database, ours: int
) -> None:
    assert ours
    with pytest.raises(IntegrityError, match="workspace_id"):
        async with database.writing(None) as session:
            session.add(membership(None, await only_experiment(session)))


async def test_no_row_is_stored_moved_changed_or_deleted_elsewhere(
    database: Database, ours: int, theirs: int
) -> None:
    async def add(session: AsyncSession, _theirs: Experiment) -> None:
        session.add(membership(theirs, await only_experiment(session)))

    async def give_away(session: AsyncSession, _theirs: Experiment) -> None:
        (await only_experiment(session)).workspace_id = theirs

    async def take(session: AsyncSession, row: Experiment) -> None:
        session.add(row)
        row.workspace_id = ours

    async def change(session: AsyncSession, row: Experiment) -> None:
        session.add(row)
        row.title = "ours now"

    async def remove(session: AsyncSession, row: Experiment) -> None:
        await session.delete(row)

    for attempt in (add, give_away, take, change, remove):
        async with database.reading(theirs) as session:
            row = await only_experiment(session)
        with pytest.raises(NotItsRows):
            async with database.writing(ours) as session:
                await attempt(session, row)


async def test_a_session_of_all_sees_all(database: Database, ours: int, theirs: int) -> None:
    for rows in TENANTS:
        async with database.reading(None) as session:
            found = await session.scalars(select(rows.workspace_id))
            assert sorted(found) == [ours, theirs], rows
