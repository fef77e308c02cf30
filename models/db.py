"""The database: engines for SQLite and PostgreSQL, sessions that see one workspace, column types.

Transactions are opened by `handlers`, `scheduler` and `bot` only; nothing in `models` commits.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    BigInteger,
    Date,
    DateTime,
    Dialect,
    Engine,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Text,
    Time,
    event,
    inspect,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    ORMExecuteState,
    Session,
    mapped_column,
    with_loader_criteria,
)
from sqlalchemy.types import TypeDecorator

BUSY_MS = 700
"""How long SQLite waits for another process that writes. A wait can't be broken off: with the doors'
time limit it has to stay under Slack's three seconds. In this process writers queue for the connection."""

LAST_WORDS = 3.0
"""Seconds that closing waits for whoever is still reading or writing: longer than a door's time limit."""

Id = BigInteger().with_variant(Integer, "sqlite")
"""SQLite numbers rows by itself only for INTEGER."""


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: refused when naive, stored as UTC, read back as aware UTC on both databases."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: D102
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone can't be stored")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002, D102
        return None if value is None else value.replace(tzinfo=value.tzinfo or UTC)


class Str(TypeDecorator[StrEnum]):
    """A StrEnum as plain text: the value in the database is the word in the code."""

    impl = String(32)
    cache_ok = True

    def __init__(self, kind: type[StrEnum]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: StrEnum | None, dialect: Dialect) -> str | None:  # noqa: ARG002, D102
        return None if value is None else self.kind(value).value

    def process_result_value(self, value: Any, dialect: Dialect) -> StrEnum | None:  # noqa: ARG002, D102
        return None if value is None else self.kind(value)


class Base(DeclarativeBase):
    """Every table. Constraint names are fixed, so that migrations can name them on both databases."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime,
        date: Date,
        time: Time,
        str: Text,
        dict[str, Any]: JSON().with_variant(JSONB, "postgresql"),
        list[Any]: JSON().with_variant(JSONB, "postgresql"),
    }


class Tenant:
    """A table whose rows belong to one workspace. Sessions of a workspace see only its rows."""

    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspace.id"))


class NotItsRows(Exception):
    """A session of one workspace was asked for what it can't keep to that workspace's rows."""


class TenantSession(Session):
    """Adds the workspace to every statement, and to every new row, of a session that has one.

    INSERT statements name the workspace themselves; without it the column's NOT NULL refuses them.
    """


@event.listens_for(TenantSession, "do_orm_execute")
def _only_its_rows(state: ORMExecuteState) -> None:
    workspace_id = state.session.info.get("workspace_id")
    if workspace_id is None:
        return
    if not state.is_orm_statement or (state.is_update and state.is_executemany):
        raise NotItsRows(f"not on mapped classes, or an UPDATE by ids: {state.statement}")
    if not (state.is_insert or state.is_column_load or state.is_relationship_load):
        state.statement = state.statement.options(
            with_loader_criteria(
                Tenant, lambda table: table.workspace_id == workspace_id, include_aliases=True
            )
        )


@event.listens_for(TenantSession, "before_flush")
def _born_in_it(session: Session, _context: object, _instances: object) -> None:
    workspace_id = session.info.get("workspace_id")
    for row in session.new:
        if isinstance(row, Tenant) and row.workspace_id is None:
            row.workspace_id = workspace_id  # type: ignore[unreachable]  # not yet set before the flush
    if workspace_id is None:
        return
    for row in (*session.new, *session.dirty, *session.deleted):
        if isinstance(row, Tenant):
            said = inspect(row).attrs.workspace_id.history.sum()
            if any(workspace not in (workspace_id, None) for workspace in said):
                raise NotItsRows(f"{row!r} belongs to another workspace")


def dialect_of(session: AsyncSession) -> Any:
    """The dialect's own module: `insert` of both has `on_conflict_do_nothing`."""
    return postgresql if session.get_bind().dialect.name == "postgresql" else sqlite


class Database:
    """One database: its URL decides which. Writers and readers are separate engines on SQLite.

    `busy_ms` is how long SQLite waits for another process that writes.
    """

    def __init__(self, url: str, *, busy_ms: int = BUSY_MS) -> None:
        self.url = make_url(url)
        self.is_postgresql = self.url.get_backend_name() == "postgresql"
        if self.is_postgresql:
            self.url = self.url.set(drivername="postgresql+asyncpg")
            self.writer = self.reader = create_async_engine(
                self.url, pool_size=10, pool_pre_ping=True
            )
        else:
            self.url = self.url.set(drivername="sqlite+aiosqlite")
            self.writer = _sqlite(
                create_async_engine(self.url, pool_size=1, max_overflow=0), "IMMEDIATE", busy_ms
            )
            self.reader = _sqlite(create_async_engine(self.url, pool_size=4), "DEFERRED", busy_ms)
        options: dict[str, Any] = {"expire_on_commit": False, "sync_session_class": TenantSession}
        self._writing = async_sessionmaker(self.writer, **options)
        self._reading = async_sessionmaker(self.reader, **options)
        self._in_use = 0
        self._unused = asyncio.Event()
        self._unused.set()

    @asynccontextmanager
    async def writing(self, workspace_id: int | None) -> AsyncIterator[AsyncSession]:
        """One transaction, committed at the end; None sees every workspace (scheduler, set-up)."""
        async with self._used(), self._writing.begin() as session:
            session.info["workspace_id"] = workspace_id
            yield session

    @asynccontextmanager
    async def reading(self, workspace_id: int | None) -> AsyncIterator[AsyncSession]:
        """A session that is only read from; it never waits for a writer."""
        async with self._used(), self._reading() as session:
            session.info["workspace_id"] = workspace_id
            yield session

    @asynccontextmanager
    async def _used(self) -> AsyncIterator[None]:
        self._in_use += 1
        self._unused.clear()
        try:
            yield
        finally:
            self._in_use -= 1
            if not self._in_use:
                self._unused.set()

    async def close(self) -> None:
        """Close all connections, when whoever uses one has finished: nobody would close it afterwards.

        A listener that opens a modal or shows the Home goes on for a moment when the bot stops.
        """
        with suppress(TimeoutError):
            await asyncio.wait_for(self._unused.wait(), LAST_WORDS)
        await self.writer.dispose()
        if self.reader is not self.writer:
            await self.reader.dispose()


def _sqlite(engine: AsyncEngine, begin: str, busy_ms: int) -> AsyncEngine:
    """SQLite as it has to be: foreign keys on, readers beside the writer, no lost updates."""
    sync: Engine = engine.sync_engine

    @event.listens_for(sync, "connect")
    def _connect(connection: Any, _record: object) -> None:
        # The driver's own BEGIN would be DEFERRED and lose concurrent updates.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in ("foreign_keys=ON", "journal_mode=WAL", f"busy_timeout={busy_ms}"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(sync, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql(f"BEGIN {begin}")

    return engine
