"""The engine that any number of processes share: PGQueuer, on the PostgreSQL that holds the tables.

Its jobs carry a delivery's id and nothing else. Its own tables live in a schema of their own and are
installed and updated by its own release, not by our migrations: see `install`.
"""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import structlog
from asyncpg import Connection, InterfaceError, PostgresError
from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver
from pgqueuer.adapters.persistence.qb import (
    QueryBuilderEnvironment,
    QueryQueueBuilder,
    QuerySchedulerBuilder,
)
from pgqueuer.adapters.persistence.queries import Queries
from pgqueuer.core.qm import QueueManager
from pgqueuer.domain.errors import FailingListenerError
from pgqueuer.domain.models import Job
from pgqueuer.domain.settings import DBSettings, Durability
from pgqueuer.domain.types import Channel
from sqlalchemy import NullPool, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession, create_async_engine

from models.db import Database
from scheduler.engine import AT_ONCE, Deliver

DELIVER = "deliver"
LOST = (OSError, SQLAlchemyError, PostgresError, InterfaceError, FailingListenerError)
"""How a lost connection shows: of the socket, SQLAlchemy, the driver, and PGQueuer's own check."""

RECONNECT = timedelta(seconds=1)
BATCH = 10
CLEAN_UP = timedelta(hours=1)

log = structlog.get_logger(__name__)


NAMES = DBSettings(
    db_schema="labmate_queue",
    channel=Channel("labmate_deliveries"),
    # All are named: PGQueuer would take the others from variables such as FUNCTION and TRIGGER.
    function="job_changed",
    trigger="tell_that_job_changed",
    queue_table="job",
    queue_table_log="job_log",
    queue_status_type="job_status",
    statistics_table="job_statistics",
    schedules_table="job_schedules",
    # Its journals need not survive a crash of the database server: ours is the delivery table.
    durability=Durability.balanced,
)


class SharedEngine:
    """PGQueuer behind the engine's port. Released by one process, delivered by any."""

    def __init__(self, db: Database, at_once: int = AT_ONCE) -> None:
        self._db = db
        self._at_once = at_once

    async def install(self) -> None:
        """Create PGQueuer's tables, or bring them to its installed release; any number of times."""
        async with self._connected() as connection:
            queries = _queries(await _driver_of(connection))
            async with queries.schema_lock():
                if not await queries.schema_is_installed():
                    await queries.install()
            await queries.upgrade()

    async def enqueue(self, session: AsyncSession, ids: Sequence[int]) -> None:
        """Hand over `ids` when the session's transaction commits, and not at all if it doesn't."""
        if not ids:
            return
        driver = await _driver_of(await session.connection())
        if not driver.is_in_transaction():
            # SQLAlchemy begins with its first statement, and PGQueuer's don't pass through it.
            await session.execute(select(1))
        payloads: list[bytes | None] = [str(delivery_id).encode() for delivery_id in ids]
        await _queries(driver).enqueue([DELIVER] * len(ids), payloads, [0] * len(ids))

    async def serve(self, deliver: Deliver) -> None:
        """Have the ids delivered until cancelled; what is under way then is finished first."""
        while True:
            try:
                async with self._connected() as connection:
                    await self._serve(await _driver_of(connection), deliver)
            except LOST as error:
                log.warning("The shared queue failed", error=repr(error))
            log.warning("The shared queue is connected again in a moment")
            await asyncio.sleep(RECONNECT.total_seconds())

    async def _serve(self, driver: Connection, deliver: Deliver) -> None:
        queries = _queries(driver)
        manager = QueueManager(queries, channel=NAMES.channel)
        # By itself it would see only at its next look at the queue that nobody tells it anything any more.
        driver.add_termination_listener(lambda _: manager.shutdown.set())

        @manager.entrypoint(DELIVER)
        async def _deliver(job: Job) -> None:
            await deliver(int(job.payload or b""))

        running = asyncio.create_task(
            manager.run(
                batch_size=min(BATCH, self._at_once // 2),
                max_concurrent_tasks=self._at_once,
                shutdown_on_listener_failure=True,
                log_aggregation_interval=timedelta(0),
            )
        )
        cleaning = asyncio.create_task(_clean_up(queries))
        try:
            await asyncio.shield(running)
        except asyncio.CancelledError:
            manager.shutdown.set()
            await asyncio.gather(running, return_exceptions=True)
            raise
        finally:
            cleaning.cancel()
            await asyncio.gather(cleaning, return_exceptions=True)

    def _connected(self) -> Any:
        """A connection outside the pool: it listens, and has to be really closed afterwards."""
        return create_async_engine(self._db.url, poolclass=NullPool).connect()


async def _clean_up(queries: Queries) -> None:
    """PGQueuer writes three lines for every job and keeps them for ever."""
    while True:
        await queries.clear_queue_log(DELIVER)
        await asyncio.sleep(CLEAN_UP.total_seconds())


async def _driver_of(connection: AsyncConnection) -> Connection:
    return (await connection.get_raw_connection()).driver_connection


def _queries(driver: Connection) -> Queries:
    return Queries(
        AsyncpgDriver(driver),
        qbe=QueryBuilderEnvironment(NAMES),
        qbq=QueryQueueBuilder(NAMES),
        qbs=QuerySchedulerBuilder(NAMES),
    )
