"""A signed submission that stores a standup answer, beside a Bolt app that makes one INSERT and acks."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

from bot.clock import SystemClock
from bot.manifest import manifest
from bot.seed import team
from bot.settings import Settings
from tests.bench import databases, signed
from tests.bench.people import Asked, ask
from tests.bench.processes import Program, free_port, program, slack, until_served
from tests.bench.report import Figure, p50, p99

WARM_UP = 50
ROUNDS = 10
A_ROUND = 50


@dataclass
class Door:
    """A bot's HTTP door; each of `answers` is stored once. `ms` and `cpu` are what it took so far."""

    name: str
    url: str
    program: Program
    answers: list[Asked]
    ms: list[float] = field(default_factory=list)
    cpu: float = 0.0

    async def take(self, http: aiohttp.ClientSession, many: int) -> None:
        """Send the next answers, one after the other."""
        before = self.program.cpu
        for _ in range(many):
            body = signed.interaction(signed.answer(*self.answers.pop()))
            self.ms.append(await signed.send(http, self.url, body))
        self.cpu += self.program.cpu - before

    def forget(self) -> None:
        """That was the warm-up."""
        self.ms, self.cpu = [], 0.0


async def bench(folder: Path) -> list[Figure]:
    """Turn by turn, so that a busy machine is equally busy for all."""
    async with AsyncExitStack() as stack:
        doors = await _doors(folder, stack)
        http = await stack.enter_async_context(aiohttp.ClientSession())
        for door in doors:
            await door.take(http, WARM_UP)
            door.forget()
        for _ in range(ROUNDS):
            for door in doors:
                await door.take(http, A_ROUND)
    figures: list[Figure] = []
    for ours, bolt in zip(doors[::2], doors[1::2], strict=True):
        figures += _figures(ours, bolt)
    return figures


def _figures(ours: Door, bolt: Door) -> list[Figure]:
    each = 1000 / (ROUNDS * A_ROUND)
    what = f"answer stored, {ours.name}"
    budget = "≤ 4 ×" if "web" in ours.name else ""
    beside = "Bolt, one INSERT"
    return [
        Figure(f"{what}: CPU", ours.cpu * each, "ms", bolt.cpu * each, beside, budget),
        Figure(f"{what}: ack p50", p50(ours.ms), "ms", p50(bolt.ms), beside),
        Figure(f"{what}: ack p99", p99(ours.ms), "ms", p99(bolt.ms), beside),
    ]


async def _doors(folder: Path, stack: AsyncExitStack) -> list[Door]:
    server = stack.enter_context(databases.server(folder))
    world = team.world(SystemClock().now(), empty=False)
    app = manifest(Settings(_env_file=None, slack_app_token=team.APP_TOKEN))
    playground = await stack.enter_async_context(slack(folder, world | {"rate_limits": False}, app))
    doors = []
    for command, kind in (("web", "PostgreSQL"), ("run", "SQLite")):
        url = await databases.fresh(kind, folder, server)
        async with databases.opened(url) as db:
            asked = (await ask(db, WARM_UP + ROUNDS * A_ROUND + 1, SystemClock().now())).asked
        where = playground.environment | {"DATABASE_URL": url}
        for module in (("bot", command), ("tests.bench.bolt_app",)):
            name = f"`labmate {command}` on {kind}"
            opened = _door(folder, name, module, where, list(asked))
            doors.append(await stack.enter_async_context(opened))
    return doors


@asynccontextmanager
async def _door(
    folder: Path, name: str, module: tuple[str, ...], where: dict[str, str], answers: list[Asked]
) -> AsyncIterator[Door]:
    port = free_port()
    arguments = module if module[0] == "bot" else (*module, str(port))
    secrets = {"SLACK_SIGNING_SECRET": team.SIGNING_SECRET, "PORT": str(port)}
    async with program(folder, *arguments, **where, **secrets) as running:
        url = f"http://127.0.0.1:{port}/slack/events"
        async with aiohttp.ClientSession() as http:
            await until_served(http, url)
        yield Door(name, url, running, answers)
