"""`/lab new` over signed HTTP: time to ack beside a Bolt app that only acks, and click to modal open."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

from bot.manifest import manifest
from bot.seed import team
from bot.seed.record import seed
from bot.settings import Settings
from models.migrations import upgrade
from tests.bench.processes import Slack, free_port, program, slack, until_served
from tests.bench.report import Figure, p50, p99

WARM_UP = 20
ROUNDS = 15
A_ROUND = 20
WHO = "U0MAYA"


@dataclass
class Window:
    """A person's window on a playground: `acks` and `opened` in milliseconds."""

    slack: Slack
    feed: aiohttp.ClientWebSocketResponse
    acks: list[float] = field(default_factory=list)
    opened: list[float] = field(default_factory=list)

    async def command(self, *, opens: bool) -> None:
        """Type `/lab new`; wait for its modal, and close it."""
        begun = time.perf_counter()
        typed = {"as": WHO, "channel": team.CHANNEL, "text": "/lab new"}
        asking = asyncio.create_task(self.slack.do("command", **typed))
        if opens:
            view = await self._modal()
            self.opened.append((time.perf_counter() - begun) * 1000)
            await self.slack.do("close", as_=WHO, view_id=view["id"], all=True)
        ack = (await asking)["ack"]
        if ack["status"] != "ok":
            raise ValueError(f"no ack: {ack}")
        self.acks.append(ack["ms"])

    async def _modal(self) -> dict[str, Any]:
        while True:
            told = await self.feed.receive_json(timeout=5)
            if told["type"] == "modals" and told["modals"]:
                view: dict[str, Any] = told["modals"][-1]
                return view


async def bench(folder: Path) -> list[Figure]:
    """Turn by turn, each bot with a playground of its own."""
    ours_at, bolt_at = free_port(), free_port()
    async with _window(folder, ours_at) as ours, _window(folder, bolt_at) as bolt:
        where = ours.slack.environment | await _team(folder) | {"PORT": str(ours_at)}
        where["LABMATE_CLOCK_URL"] = f"{ours.slack.url}/clock"
        async with (
            program(folder, "bot", "run", **where),
            program(folder, "tests.bench.bolt_app", str(bolt_at), **bolt.slack.environment),
        ):
            for port in (ours_at, bolt_at):
                await until_served(ours.slack.http, f"http://127.0.0.1:{port}/")
            await _turns(ours, bolt)
    beside = "Bolt, ack only"
    budget = "≤ 2 ×"
    return [
        Figure("modal opened: ack p50", p50(ours.acks), "ms", p50(bolt.acks), beside, budget),
        Figure("modal opened: ack p99", p99(ours.acks), "ms", p99(bolt.acks), beside),
        Figure("modal opened: click to open p50", p50(ours.opened), "ms"),
        Figure("modal opened: click to open p99", p99(ours.opened), "ms", budget="≤ 100 ms"),
    ]


async def _turns(ours: Window, bolt: Window) -> None:
    for number in range(ROUNDS + 1):
        for _ in range(A_ROUND if number else WARM_UP):
            await ours.command(opens=True)
        for _ in range(A_ROUND if number else WARM_UP):
            await bolt.command(opens=False)
        if number == 0:
            for samples in (ours.acks, ours.opened, bolt.acks):
                samples.clear()


async def _team(folder: Path) -> dict[str, str]:
    """The seeded team's database, for a bot in HTTP mode."""
    url = f"sqlite:///{folder / 'labmate.db'}"
    await upgrade(url)
    await seed(url)
    return {"DATABASE_URL": url, "SLACK_SIGNING_SECRET": team.SIGNING_SECRET}


@asynccontextmanager
async def _window(folder: Path, port: int) -> AsyncIterator[Window]:
    url = f"http://127.0.0.1:{port}/slack/events"
    world = team.world(team.STARTS, empty=False) | {
        "rate_limits": False,
        "delivery": {"mode": "http", "request_url": url},
    }
    app = manifest(Settings(_env_file=None), f"http://127.0.0.1:{port}")
    async with (
        slack(folder, world, app) as running,
        running.http.ws_connect(f"{running.url}/control/feed", params={"as": WHO}) as feed,
    ):
        yield Window(running, feed)
