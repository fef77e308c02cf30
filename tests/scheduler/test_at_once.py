"""Many processes at the same moment: every delivery has one winner."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from models.db import Database
from models.domain.delivery import DeliveryState
from models.domain.messages import StandupSummary
from models.outbox import Post, refresh_all
from tests.clock import FixedClock
from tests.scheduler.process import Process, deliveries, note, workspaces, write
from tests.scheduler.slack import Slack

EIGHT = 8
SUMMARY = StandupSummary(run_id=7)


@pytest.fixture
async def processes(database_url: str, clock: FixedClock) -> AsyncIterator[list[Process]]:
    slack = Slack(clock)
    eight = [Process(Database(database_url, busy_ms=30_000), clock, slack) for _ in range(EIGHT)]
    yield eight
    for process in eight:
        await process.db.close()


def slack_of(processes: list[Process]) -> Slack:
    sender = processes[0].sender
    assert isinstance(sender, Slack)
    return sender


async def test_one_of_eight_claims(processes: list[Process], clock: FixedClock) -> None:
    db = processes[0].db
    ids = await workspaces(db, 3)
    await write(
        db, clock.now(), *((workspace, note(n), f"U{n}") for n in range(3) for workspace in ids)
    )
    released = await processes[0].release()
    for delivery_id in released:
        await asyncio.gather(*(process.courier.deliver(delivery_id) for process in processes))
    assert len(slack_of(processes).posts) == len(released) == 9


async def test_one_of_eight_releases(processes: list[Process], clock: FixedClock) -> None:
    db = processes[0].db
    ids = await workspaces(db, 20)
    await write(
        db, clock.now(), *((workspace, note(n), f"U{n}") for n in range(9) for workspace in ids)
    )
    released: list[int] = []
    for _ in range(4):
        batches = await asyncio.gather(*(process.release() for process in processes))
        batch = [delivery_id for ids_of_one in batches for delivery_id in ids_of_one]
        assert len(batch) <= 20 * 5
        released += batch
        clock.advance(timedelta(seconds=1))
    assert len(released) == len(set(released)) == 180


async def test_eight_ticks_and_deliver_together(
    processes: list[Process], clock: FixedClock
) -> None:
    db = processes[0].db
    ids = await workspaces(db, 4)
    await write(
        db, clock.now(), *((workspace, note(n), f"U{n}") for n in range(20) for workspace in ids)
    )
    for _ in range(8):
        await asyncio.gather(*(process.tick() for process in processes))
        clock.advance(timedelta(seconds=1))
    posts = slack_of(processes).posts
    assert len({(post.workspace_id, post.subject) for post in posts}) == len(posts) == 80


async def test_a_change_is_shown_by_what_is_released_meanwhile(
    database: Database, clock: FixedClock
) -> None:
    """What waits already, post or refresh, is kept from going out until the change can be read."""
    (workspace,) = await workspaces(database)
    process = Process(database, clock, Slack(clock))
    await write(database, clock.now(), (workspace, SUMMARY, "C1"))
    await released_during_a_change(process, workspace)
    await process.run(seconds=60)
    async with database.writing(workspace) as session:
        await refresh_all(session, [Post(SUMMARY, "C1")], now=clock.now())
    await released_during_a_change(process, workspace)
    assert len(await deliveries(database)) == 2


async def released_during_a_change(process: Process, workspace: int) -> None:
    async with process.db.writing(workspace) as session:
        await refresh_all(session, [Post(SUMMARY, "C1")], now=process.clock.now())
        releasing = asyncio.create_task(process.release())
        await asyncio.sleep(0.1)
        assert (await deliveries(process.db))[-1].state is DeliveryState.WAITING
    await releasing
