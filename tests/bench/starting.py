"""Memory and start of `labmate run` beside a Bolt hello-world, and the start of `labmate play`."""

import asyncio
import time
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkdtemp

import aiohttp

from bot.manifest import manifest
from bot.seed import team
from bot.settings import Settings
from tests.bench.processes import STARTS_WITHIN, Slack, free_port, program, slack, until_served
from tests.bench.report import Figure, p50

ROUNDS = 5
IDLE = 5.0
"""Seconds after the first ack until memory is read."""


@dataclass
class Starts:
    """Seconds until the first ack, and MB when idle."""

    acked: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)


async def bench(folder: Path) -> list[Figure]:
    """In turns: on an empty database, again on the same one, and the hello-world."""
    first, again, hello = Starts(), Starts(), Starts()
    socket = Settings(_env_file=None, slack_app_token=team.APP_TOKEN)
    world = team.world(team.STARTS, empty=False)
    async with slack(folder, world, manifest(socket)) as running:
        for number in range(ROUNDS):
            database = {"DATABASE_URL": f"sqlite:///{folder / f'start-{number}.db'}"}
            await _start(folder, running, first, "bot", "run", **database)
            await _start(folder, running, again, "bot", "run", **database)
            await _start(folder, running, hello, "tests.bench.hello")
    beside = "Bolt hello-world"
    other = p50(hello.acked)
    return [
        Figure("`labmate run`: memory idle", p50(again.memory), "MB", p50(hello.memory), beside, "≤ 120 MB"),
        Figure("`labmate run`: memory idle, after its first start", p50(first.memory), "MB"),
        Figure("`labmate run`: start to ack", p50(again.acked), "s", other, beside, "≤ 2.5 s"),
        Figure("`labmate run`: the same, migrating first", p50(first.acked), "s", other, beside),
        *await _play(folder),
    ]  # fmt: skip


async def _start(
    folder: Path, running: Slack, starts: Starts, *arguments: str, **environment: str
) -> None:
    environment |= running.environment | {"SLACK_APP_TOKEN": team.APP_TOKEN}
    async with program(folder, *arguments, **environment) as bot, asyncio.timeout(STARTS_WITHIN):
        while True:
            said = await running.do("command", as_=team.FIRST, channel="C0GENERAL", text="/lab")
            if said["ack"]["status"] == "ok":
                break
            await asyncio.sleep(0.02)
        starts.acked.append(time.monotonic() - bot.began)
        await asyncio.sleep(IDLE)
        starts.memory.append(bot.memory)


async def _play(folder: Path) -> list[Figure]:
    """From the command to the page, and to the first question in it; the first time and the next."""
    pages: list[list[float]] = [[], []]
    questions: list[list[float]] = [[], []]
    for _ in range(ROUNDS - 2):
        data = mkdtemp(dir=folder)
        for time_of in (0, 1):
            page, question = await _play_once(folder, data)
            pages[time_of].append(page)
            questions[time_of].append(question)
    return [
        Figure("`labmate play`: to the page", p50(pages[0]), "s", budget="≤ 5 s"),
        Figure("`labmate play`: to the first question", p50(questions[0]), "s"),
        Figure("`labmate play`, the second time: to the page", p50(pages[1]), "s"),
    ]


async def _play_once(folder: Path, data: str) -> tuple[float, float]:
    port = free_port()
    options = ("--port", str(port), "--no-browser", "--data-dir", data)
    url = f"http://127.0.0.1:{port}"
    async with program(folder, "bot", "play", *options) as play, aiohttp.ClientSession() as http:
        page = await until_served(http, f"{url}/") - play.began
        running = Slack(url, http)
        async with asyncio.timeout(STARTS_WITHIN):
            while not (await running.see("state", as_=team.FIRST))["dms"]:  # noqa: ASYNC110  (another process)
                await asyncio.sleep(0.01)
        return page, time.monotonic() - play.began
