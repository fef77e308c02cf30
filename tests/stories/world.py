"""The playground and the unmodified bot, beside each other in this process, over real HTTP and WebSocket."""

import asyncio
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Literal

import aiohttp
from sqlalchemy import update
from structlog.testing import LogCapture

from bot.manifest import manifest
from bot.playground.manifest import Manifest
from bot.playground.playground import Playground
from bot.playground.server import start
from bot.playground.store import Store
from bot.playground.world import World as Seed
from bot.serve import serve
from bot.settings import Settings
from models.db import Database
from models.tables import Workspace
from tests.stories import team
from tests.stories.asked import Interactions
from tests.stories.control import JSON, Control
from tests.stories.people import Person

Transport = Literal["socket", "http"]

A_WHILE = timedelta(seconds=30)
"""The playground's time: enough for everything that was caused to be said at Slack's pace."""
CLOSED = ("views.update", "not_found")
"""A page that was closed before it was shown anew: nothing went wrong."""
PATIENCE = 20.0
"""Real seconds until a story that waits for something gives up."""


@dataclass
class World(Control):
    """A workspace with a bot in it: the team's or another `seed`'s. `allowed` refusals are on purpose.

    Reviews come by themselves only where the story says so (`plans_reviews`). `told` is everything that Slack
    has sent so far, with what it asked the database.
    """

    transport: Transport
    database_url: str
    log: LogCapture
    told: Interactions = field(default_factory=dict)
    people: int = 0
    seed: Callable[[str | None, int], JSON] = team.world
    plans_reviews: bool = False
    allowed: set[str] = field(default_factory=set)
    expected_errors: set[str] = field(default_factory=set)
    _persons: dict[str, Person] = field(default_factory=dict)

    async def begin(self) -> None:
        """Start the playground, then the bot."""
        self.port = free_port()
        url = f"http://127.0.0.1:{self.port}/slack/events" if self.transport == "http" else None
        self._http = aiohttp.ClientSession()
        self.playground = Playground(
            Seed.model_validate(self.seed(url, self.people)),
            Manifest.parse(manifest(self._settings("http://127.0.0.1:1"))),
            Store(None),
        )
        self.slack = await start(self.playground, 0)
        await self.start()
        if not self.plans_reviews:
            await self._leave_reviews_to_people()

    async def _leave_reviews_to_people(self) -> None:
        """A story of months would have a dozen of them."""
        db = Database(self.database_url)
        async with db.writing(None) as session:
            await session.execute(update(Workspace).values(plans_reviews=False))
        await db.close()

    def _settings(self, url: str) -> Settings:
        return Settings(
            _env_file=None,
            database_url=self.database_url,
            slack_bot_token=team.BOT_TOKEN,
            slack_app_token=team.APP_TOKEN if self.transport == "socket" else "",
            slack_signing_secret=team.SECRET,
            slack_api_url=f"{url}/api/",
            labmate_clock_url=f"{url}/clock",
            port=self.port,
        )

    @property
    def settings(self) -> Settings:
        """What the bot is started with."""
        return self._settings(self.slack.url)

    async def start(self) -> None:
        """Start the bot; it listens when this returns."""
        self._stop = asyncio.Event()
        self._bot = asyncio.create_task(
            serve(self.settings, listens=True, works=True, until=self._stop.wait)
        )
        known = len(self.log.entries)
        await self.until(lambda: self._listens(known), "a bot that listens")

    async def _listens(self, known: int) -> bool:
        if self._bot.done():
            await self._bot
        if not any(entry["event"] == "Labmate listens" for entry in self.log.entries[known:]):
            return False
        return self.transport == "socket" or await self.is_up()

    async def is_up(self) -> bool:
        """Whether the bot answers HTTP requests."""
        try:
            async with self._http.get(f"http://127.0.0.1:{self.port}/health") as answer:
                return answer.status == 200
        except aiohttp.ClientError:
            return False

    async def stop(self) -> None:
        """Stop the bot in order."""
        self._stop.set()
        await self._bot

    async def restart(self) -> None:
        """Stop the bot and start it again, on the same database."""
        await self.stop()
        await self.start()

    async def end(self) -> None:
        """Stop everything; nothing may be left over."""
        if not self._bot.done():
            await self.stop()
        await self.slack.stop()
        await self._http.close()

    def person(self, handle: str) -> Person:
        """Somebody of the team."""
        return self._persons.setdefault(handle, Person(self, team.user(handle), team.CHANNEL))

    async def until(self, found: Callable[[], Awaitable[Any]], what: str) -> Any:
        """Look again and again until `found` finds something."""
        end = asyncio.get_running_loop().time() + PATIENCE
        while not (it := await found()):
            assert asyncio.get_running_loop().time() < end, f"waited in vain for {what}"
            await asyncio.sleep(0.02)
        return it

    async def to(self, moment: str) -> None:
        """Let the time go by until this moment, and everything happen that is due on the way."""
        await self._moved(to=moment)

    async def settled(self, by: timedelta = A_WHILE) -> None:
        """Let a while go by, until everything that was caused has been said."""
        await self._moved(advance_s=by.total_seconds())

    async def _moved(self, **how: Any) -> None:
        clock = await self.do("clock", **how, wait_s=PATIENCE)
        assert clock["waited_in_vain"] == []

    async def calls(self, method: str = "", *, after: int = 0) -> list[JSON]:
        """What the bot called and was sent, oldest first."""
        entries = (await self.see("log", after=str(after)))["entries"]
        return [entry for entry in entries if method in {"", entry["name"]}]

    async def refused(self) -> list[str]:
        """What went wrong between bot and Slack that the story did not ask for."""
        return [
            f"{entry['name']}: {entry['error']} {entry['checks']}"
            for entry in await self.calls()
            if not entry["ok"]
            and entry["error"] not in self.allowed
            and (entry["name"], entry["error"]) != CLOSED
        ]

    def errors(self) -> list[Any]:
        """What the bot itself logged as an error, other than what the story asked for."""
        return [
            (entry["event"], repr(entry.get("exc_info")))
            for entry in self.log.entries
            if entry["log_level"] in {"error", "critical"}
            and entry["event"] not in self.expected_errors
        ]


def free_port() -> int:
    """A port that nobody listens to now."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port
