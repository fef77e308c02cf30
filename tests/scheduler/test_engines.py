"""What every engine promises: one suite for all of them."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from models.db import Database
from models.domain.delivery import DeliveryState
from scheduler.engine import Deliver, Engine
from scheduler.jobs import release_due
from tests.clock import FixedClock
from tests.scheduler.conftest import Kind
from tests.scheduler.process import Process, deliveries, note, workspaces, write
from tests.scheduler.slack import Slack


@asynccontextmanager
async def serving(engine: Engine, deliver: Deliver) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(engine.serve(deliver))
    try:
        yield task
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def enqueue(db: Database, engine: Engine, *ids: int) -> None:
    async with db.writing(None) as session:
        await engine.enqueue(session, ids)


async def until(done: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not done():  # noqa: ASYNC110  (what it waits for has no event of its own)
            await asyncio.sleep(0.01)


class Recorder:
    """A worker that writes down what it gets, and holds it until it is let go."""

    def __init__(self, *, hold: bool = False) -> None:
        self.begun: list[int] = []
        self.ended: list[int] = []
        self.at_once = 0
        self.go = asyncio.Event()
        if not hold:
            self.go.set()

    async def deliver(self, delivery_id: int) -> None:
        self.begun.append(delivery_id)
        self.at_once = max(self.at_once, len(self.begun) - len(self.ended))
        await self.go.wait()
        self.ended.append(delivery_id)


async def test_delivers_each_id_once(kind: Kind) -> None:
    engine, worker = kind.make(), Recorder()
    await enqueue(kind.db, engine, 1, 2)
    async with serving(engine, worker.deliver):
        await enqueue(kind.db, engine, *range(3, 60))
        await enqueue(kind.db, engine)
        await until(lambda: len(worker.ended) == 59)
    assert sorted(worker.begun) == list(range(1, 60))


async def test_nothing_starts_before_the_commit(kind: Kind) -> None:
    engine, worker = kind.make(), Recorder()
    async with serving(engine, worker.deliver):
        async with kind.db.writing(None) as session:
            await engine.enqueue(session, [1])
            await asyncio.sleep(0.3)
            assert worker.begun == []
        await until(lambda: worker.ended == [1])


async def test_what_is_rolled_back_is_not_delivered(kind: Kind) -> None:
    engine, worker = kind.make(), Recorder()
    async with serving(engine, worker.deliver):
        with suppress(ZeroDivisionError):
            async with kind.db.writing(None) as session:
                await engine.enqueue(session, [1, 2])
                1 / 0  # noqa: B018  (any error rolls back)
        await enqueue(kind.db, engine, 3)
        await until(lambda: worker.ended == [3])
    assert worker.begun == [3]


async def test_no_more_at_once_than_allowed(kind: Kind) -> None:
    engine, worker = kind.make(at_once=4), Recorder(hold=True)
    async with serving(engine, worker.deliver):
        await enqueue(kind.db, engine, *range(20))
        await until(lambda: len(worker.begun) == 4)
        await asyncio.sleep(0.1)
        worker.go.set()
        await until(lambda: len(worker.ended) == 20)
    assert worker.at_once == 4


async def test_stopping_lets_what_is_under_way_finish(kind: Kind) -> None:
    engine, worker = kind.make(at_once=4), Recorder(hold=True)
    async with serving(engine, worker.deliver) as task:
        await enqueue(kind.db, engine, *range(10))
        await until(lambda: len(worker.begun) == 4)
        task.cancel()
        await asyncio.sleep(0.05)
        assert not task.done()
        worker.go.set()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert len(worker.ended) == len(worker.begun)


async def test_stopping_twice_breaks_off(kind: Kind) -> None:
    engine, worker = kind.make(), Recorder(hold=True)
    async with serving(engine, worker.deliver) as task:
        await enqueue(kind.db, engine, 1, 2)
        await until(lambda: len(worker.begun) == 2)
        task.cancel()
        await asyncio.sleep(0.05)
        task.cancel()
        async with asyncio.timeout(5):
            with pytest.raises(asyncio.CancelledError):
                await task
    assert worker.ended == []


async def test_a_delivery_that_breaks_off_stops_no_other(
    kind: Kind, caplog: pytest.LogCaptureFixture
) -> None:
    engine, worker = kind.make(), Recorder()

    async def deliver(delivery_id: int) -> None:
        if delivery_id == 1:
            raise ConnectionResetError
        await worker.deliver(delivery_id)

    with capture_logs() as logs:
        async with serving(engine, deliver):
            await enqueue(kind.db, engine, 1, 2, 3)
            await until(lambda: len(worker.ended) == 2)
    assert len(logs) + len(caplog.records) == 1  # PGQueuer has a logger of its own


async def test_two_processes_deliver_everything_once(kind: Kind) -> None:
    clock = FixedClock()
    slack = Slack(clock)
    (workspace,) = await workspaces(kind.db)
    await write(kind.db, clock.now(), *((workspace, note(n), f"C{n}") for n in range(30)))
    other = Database(kind.url)
    processes = [Process(db, clock, slack) for db in (kind.db, other)]
    engines = [kind.make(db=process.db) for process in processes]
    async with (
        serving(engines[0], processes[0].courier.deliver),
        serving(engines[1], processes[1].courier.deliver),
    ):
        for _ in range(10):
            both = zip(processes, engines, strict=True)
            await asyncio.gather(*(release_due(p.db, e, clock.now()) for p, e in both))
            await asyncio.sleep(0.05)
            clock.advance(timedelta(seconds=1))
        await until(lambda: len(slack.posts) == 30)
    await other.close()
    assert len(set(slack.subjects)) == 30
    assert {row.state for row in await deliveries(kind.db)} == {DeliveryState.SENT}
