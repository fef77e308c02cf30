"""Slack for processes of the bot: a playground in this one, its clock, and what people do in it."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp

from bot.manifest import manifest
from bot.playground.manifest import Manifest
from bot.playground.playground import Playground
from bot.playground.server import start
from bot.playground.store import Store
from bot.playground.world import World as Seed
from bot.settings import Settings
from models.domain.delivery import LEASE
from tests.fire.launcher import Fate, Program
from tests.stories import team
from tests.stories.control import JSON, Control
from tests.stories.people import Person
from tests.stories.world import Transport, free_port

PATIENCE = 60.0
"""Real seconds until somebody who waits for something gives up."""
A_MOMENT = timedelta(seconds=30)
STRIDE = timedelta(seconds=5)
"""The clock's shortest step: Slack's pace would make several a second, and each costs a tick."""


class Died(Exception):
    """The process that was waited for is gone."""


@dataclass(frozen=True)
class Start:
    """What a place begins with: a database of its own, and a folder for what its processes write."""

    transport: Transport
    database_url: str
    folder: Path


@dataclass
class Place(Control):
    """A playground, and the processes that were started for it, the newest last.

    `channels` and so many `people` are there beside those of the stories.
    """

    begins: Start
    people: int = 0
    channels: list[JSON] = field(default_factory=list)
    programs: list[Program] = field(default_factory=list)
    _persons: dict[str, Person] = field(default_factory=dict)

    async def open(self) -> None:
        """Start the playground."""
        self._http = aiohttp.ClientSession()
        self.port = free_port()
        by_http = self.begins.transport == "http"
        url = f"http://127.0.0.1:{self.port}/slack/events" if by_http else None
        tokens = Settings(_env_file=None, slack_app_token="" if by_http else team.APP_TOKEN)
        world = team.world(url, self.people)
        world["channels"] += self.channels
        self.playground = Playground(
            Seed.model_validate(world),
            Manifest.parse(manifest(tokens)),
            Store(None),
        )
        self.slack = await start(self.playground, 0)

    async def end(self) -> None:
        """Stop everything."""
        for program in self.programs:
            await program.stop()
        await self.slack.stop()
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
            "SLACK_API_URL": f"{self.slack.url}/api/",
            "LABMATE_CLOCK_URL": f"{self.slack.url}/clock",
            "PORT": str(self.port),
        }

    @property
    def killed_at(self) -> list[str]:
        """The points at which processes were killed."""
        return [program.points[-1] for program in self.programs if program.was_killed]

    def person(self, handle: str) -> Person:
        """Somebody of the team."""
        return self._persons.setdefault(handle, Person(self, team.user(handle), team.CHANNEL))

    def begin_program(self, words: str, fate: Fate) -> Program:
        """Start `labmate WORDS`."""
        folder = self.begins.folder / f"process-{len(self.programs)}"
        self.programs.append(Program(folder, words, self.settings, fate))
        return self.programs[-1]

    async def alive(self) -> None:
        """Whatever is needed so that somebody does the work."""

    async def leases_over(self) -> None:
        """Forget the dead, and let so much time go by that what they held is free again."""
        self.forget_followers()
        await self.set_clock(self.now() + LEASE + timedelta(seconds=1))

    def forget_followers(self) -> None:
        """Wait for nobody whose death the clock doesn't know of; who lives is heard of again."""
        for name in list(self.playground.clock.followers()):
            self.playground.clock.forget(name)

    def now(self) -> datetime:
        """The playground's time."""
        return self.playground.clock.now()

    async def to(self, moment: datetime) -> None:
        """Let the time go by until this moment, and everything happen that is due on the way."""
        stop = self.now()
        while True:
            await self.alive()
            try:
                await self.set_clock(max(stop, self.now()))
                await self.until(self._idle, "a bot that is idle")
            except Died:
                continue
            if self.now() >= moment:
                return
            soonest = max(self.now() + STRIDE, min([moment, *self._dues()]))
            stop = min(moment, soonest)

    async def settled(self, by: timedelta = A_MOMENT) -> None:
        """Let a while go by, until everything that was caused has been said."""
        await self.to(self.now() + by)

    async def set_clock(self, to: datetime) -> None:
        """Move the clock, and every follower has to report anew."""
        await self.do("clock", to=to.isoformat(), wait_s=0)

    async def _idle(self) -> bool:
        return bool(self.playground.clock.followers()) and not self.playground.steps.late()

    def _dues(self) -> list[datetime]:
        dues = [one.next_due for one in self.playground.clock.followers().values() if one.next_due]
        return [due for due in dues if due > self.now()]

    async def until(self, found: Callable[[], Awaitable[Any]], what: str) -> Any:
        """Look again and again until `found` finds something.

        Raises:
            Died: a process that was there isn't any more.
        """
        end = asyncio.get_running_loop().time() + PATIENCE
        there = [program for program in self.programs if program.lives]
        while not (it := await found()):
            if not all(program.lives for program in there):
                raise Died
            assert asyncio.get_running_loop().time() < end, (
                f"in vain: {what}\n{self.programs[-1].log[-4000:]}"
            )
            await asyncio.sleep(0.01)
        return it
