"""A workspace whose bot is killed again and again: there is always somebody who starts the next process."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import aiohttp

from bot.manifest import manifest
from bot.playground.manifest import Manifest
from bot.playground.playground import Playground
from bot.playground.server import Running, start
from bot.playground.store import Store
from bot.playground.world import World as Seed
from bot.settings import Settings
from models.domain.delivery import LEASE
from tests.fire.launcher import Fate, Program
from tests.stories import team
from tests.stories.people import Person
from tests.stories.world import Transport, free_port

JSON = dict[str, Any]
Found = TypeVar("Found")
PATIENCE = 60.0
"""Real seconds until a scene that waits for something gives up."""
A_MOMENT = timedelta(seconds=30)


class Died(Exception):
    """The process that was waited for is gone."""


@dataclass(frozen=True)
class Start:
    """What a scene begins with: its own copy of a database and of what stands in Slack."""

    transport: Transport
    database_url: str
    slack_state: Path
    folder: Path


@dataclass
class Scene:
    """One bot at a time. `fates` are those of the first processes; who comes later lives on."""

    begins: Start
    fates: list[Fate] = field(default_factory=list)
    programs: list[Program] = field(default_factory=list)
    _persons: dict[str, Person] = field(default_factory=dict)

    async def begin(self) -> None:
        """Start the playground, where it was left, and the first process."""
        self._http = aiohttp.ClientSession()
        self._starting = asyncio.Lock()
        self.port = free_port()
        by_http = self.begins.transport == "http"
        url = f"http://127.0.0.1:{self.port}/slack/events" if by_http else None
        tokens = Settings(_env_file=None, slack_app_token="" if by_http else team.APP_TOKEN)
        self.playground = Playground(
            Seed.model_validate(team.world(url)),
            Manifest.parse(manifest(tokens)),
            Store(self.begins.slack_state),
        )
        self._slack: Running = await start(self.playground, 0)
        await self.alive()

    async def end(self) -> None:
        """Stop everything."""
        for program in self.programs:
            await program.stop()
        await self._slack.stop()
        await self._http.close()

    @property
    def settings(self) -> dict[str, str]:
        """What a process is started with."""
        by_http = self.begins.transport == "http"
        door = {"SLACK_SIGNING_SECRET": team.SECRET} if by_http else {}
        door |= {} if by_http else {"SLACK_APP_TOKEN": team.APP_TOKEN}
        return door | {
            "DATABASE_URL": self.begins.database_url,
            "SLACK_BOT_TOKEN": team.BOT_TOKEN,
            "SLACK_API_URL": f"{self._slack.url}/api/",
            "LABMATE_CLOCK_URL": f"{self._slack.url}/clock",
            "PORT": str(self.port),
        }

    @property
    def killed_at(self) -> list[str]:
        """The points at which processes were killed."""
        return [program.points[-1] for program in self.programs if program.was_killed]

    def person(self, handle: str) -> Person:
        """Somebody of the team."""
        return self._persons.setdefault(handle, Person(self, team.user(handle), team.CHANNEL))

    async def alive(self) -> None:
        """See to it that a process listens, and that what dead ones held is free again."""
        async with self._starting:
            while not (self.programs and self.programs[-1].lives):
                if await self._started() and len(self.programs) > 1:
                    await self._clock(self.now() + LEASE + timedelta(seconds=1))

    async def _started(self) -> bool:
        for name in list(self.playground.clock.followers()):
            self.playground.clock.forget(name)
        number = len(self.programs)
        fate = self.fates[number] if number < len(self.fates) else Fate()
        folder = self.begins.folder / f"process-{number}"
        self.programs.append(Program(folder, "run", self.settings, fate))
        try:
            await self.until(self._listens, "a bot that listens")
        except Died:
            return False
        return True

    async def _listens(self) -> bool:
        if "Labmate listens" not in self.programs[-1].log:
            return False
        if self.begins.transport == "socket":
            return True
        try:
            async with self._http.get(f"http://127.0.0.1:{self.port}/health") as answer:
                return answer.status == 200
        except aiohttp.ClientError:
            return False

    async def insist(self, act: Callable[[], Awaitable[Found | None]], what: str) -> Found:
        """Have somebody try until it works: `act` gives None while it doesn't, or finds the bot dead."""
        for _ in range(8):
            await self.alive()
            try:
                if (it := await act()) is not None:
                    return it
            except Died:
                pass
        raise AssertionError(f"tried in vain: {what}\n{self.programs[-1].log[-2000:]}")

    def now(self) -> datetime:
        """The playground's time."""
        return self.playground.clock.now()

    async def to(self, moment: datetime) -> None:
        """Let the time go by until this moment, and everything happen that is due on the way."""
        stop = self.now()
        while True:
            await self.alive()
            try:
                await self._clock(max(stop, self.now()))
                await self.until(self._idle, "a bot that is idle")
            except Died:
                continue
            if self.now() >= moment:
                return
            stop = min([moment, *self._dues()])

    async def settled(self, by: timedelta = A_MOMENT) -> None:
        """Let a while go by, until everything that was caused has been said."""
        await self.to(self.now() + by)

    async def _clock(self, to: datetime) -> None:
        """Move the clock, and every follower has to report anew."""
        await self.do("clock", to=to.isoformat(), wait_s=0)

    async def _idle(self) -> bool:
        return bool(self.playground.clock.followers()) and not self.playground.steps.late()

    def _dues(self) -> list[datetime]:
        dues = [one.next_due for one in self.playground.clock.followers().values() if one.next_due]
        return [due for due in dues if due > self.now()]

    async def do(self, name: str, status: int = 200, /, **body: Any) -> JSON:
        """A control call."""
        async with self._http.post(f"{self._slack.url}/control/{name}", json=body) as response:
            answer: JSON = await response.json()
            assert response.status == status, answer
            return answer

    async def see(self, name: str, **query: str) -> JSON:
        """A control GET."""
        async with self._http.get(f"{self._slack.url}/control/{name}", params=query) as response:
            answer: JSON = await response.json()
            assert response.status == 200, answer
            return answer

    async def until(self, found: Callable[[], Awaitable[Any]], what: str) -> Any:
        """Look again and again until `found` finds something.

        Raises:
            Died: the process isn't there any more.
        """
        end = asyncio.get_running_loop().time() + PATIENCE
        program = self.programs[-1]
        while not (it := await found()):
            if not program.lives:
                raise Died
            assert asyncio.get_running_loop().time() < end, f"in vain: {what}\n{program.log[-4000:]}"
            await asyncio.sleep(0.01)
        return it
