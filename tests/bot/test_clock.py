"""The clock to follow, against a server that keeps to docs/playground.md."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiohttp import web

from bot.clock import FollowedClock, SystemClock, reporting
from models.db import Database
from scheduler.jobs import release_due
from tests.clock import MORNING, FixedClock
from tests.scheduler.process import Process, note, workspaces, write
from tests.scheduler.slack import Slack


class Playground:
    """`GET /clock` and `POST /clock`."""

    def __init__(self) -> None:
        self.now, self.rate, self.version = MORNING, 0, 1
        self.moved = asyncio.Event()
        self.reports: list[dict[str, Any]] = []
        self.failing = 0
        self.is_deaf = False
        self.url = ""

    def move(self, now: datetime, rate: int = 0) -> None:
        self.now, self.rate, self.version = now, rate, self.version + 1
        self.moved.set()

    async def tell(self, request: web.Request) -> web.Response:
        if self.failing:
            self.failing -= 1
            raise web.HTTPInternalServerError
        if int(request.query.get("after", "-1")) == self.version:
            await self.moved.wait()
            self.moved.clear()
        now = self.now.isoformat().replace("+00:00", "Z")
        return web.json_response({"now": now, "rate": self.rate, "version": self.version})

    async def hear(self, request: web.Request) -> web.Response:
        if self.is_deaf:
            raise web.HTTPInternalServerError
        self.reports.append(await request.json())
        return web.json_response({"ok": True})


@pytest.fixture
async def playground() -> AsyncIterator[Playground]:
    playground = Playground()
    app = web.Application()
    app.add_routes([web.get("/clock", playground.tell), web.post("/clock", playground.hear)])
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    playground.url = f"http://127.0.0.1:{runner.addresses[0][1]}/clock"
    yield playground
    await runner.cleanup()


def test_the_machines_clock_is_in_utc() -> None:
    assert SystemClock().now().tzinfo is UTC


async def test_stands_while_the_playground_is_paused_and_goes_on_with_it(
    playground: Playground,
) -> None:
    changes = asyncio.Queue[None]()
    async with asyncio.timeout(5), FollowedClock(playground.url) as clock:
        clock.on_change(lambda: changes.put_nowait(None))
        await asyncio.sleep(0.05)
        assert clock.now() == MORNING
        playground.move(MORNING + timedelta(hours=1), rate=1)
        await changes.get()
        first = clock.now()
        await asyncio.sleep(0.05)
        assert timedelta(0) < clock.now() - first < timedelta(seconds=1)
        playground.move(MORNING)
        await changes.get()
        assert clock.now() == MORNING


async def test_comes_back_when_the_playground_does(playground: Playground) -> None:
    playground.failing = 1
    async with asyncio.timeout(5), FollowedClock(playground.url) as clock:
        assert clock.now() == MORNING
        playground.failing = 1
        playground.move(MORNING + timedelta(hours=1))
        while clock.now() == MORNING:  # noqa: ASYNC110  (the clock is what is tested)
            await asyncio.sleep(0.05)


async def test_reports_when_everything_of_a_moment_is_done(
    playground: Playground, database: Database
) -> None:
    (workspace,) = await workspaces(database)
    lunch = MORNING + timedelta(hours=4)
    async with asyncio.timeout(5), FollowedClock(playground.url) as clock:
        process = Process(database, FixedClock(), Slack(clock))

        async def tick() -> timedelta | None:
            return await release_due(database, process.by_hand, clock.now())

        async def next_due(_: object, _now: datetime) -> datetime | None:
            return lunch

        ticked = reporting(clock, tick, database, next_due)
        await ticked()
        await ticked()
        await write(database, MORNING, (workspace, note(1), "U1"), (workspace, note(2), "U1"))
        assert await ticked() == timedelta(milliseconds=50)
        await process.courier.deliver(process.by_hand.ids[0])
        await ticked()
        followers = {report.pop("follower") for report in playground.reports}
    assert len(followers) == 1
    assert playground.reports == [
        {"seen": 1, "idle": True, "next_due": "2026-03-03T12:30:00Z"},
        {"seen": 1, "idle": False, "next_due": "2026-03-03T08:30:01Z"},
        {"seen": 1, "idle": True, "next_due": "2026-03-03T08:30:01Z"},
    ]


async def test_a_playground_that_does_not_listen_is_no_error(playground: Playground) -> None:
    async with FollowedClock(playground.url) as clock:
        playground.is_deaf = True
        await clock.report(1, idle=True, next_due=None)
        playground.is_deaf = False
        await clock.report(1, idle=True, next_due=None)
        assert len(playground.reports) == 1
