"""The whole playground in one place: what the API, the control calls and the events work on."""

import asyncio
from collections.abc import Awaitable
from datetime import datetime

from bot.playground.clock import Clock, stamp, wall_time
from bot.playground.delivery import Delivery
from bot.playground.events import Events
from bot.playground.faults import Faults
from bot.playground.feed import Feed
from bot.playground.files import Files
from bot.playground.filled_in import FilledIn
from bot.playground.http_mode import SignedHttp
from bot.playground.limits import Limits
from bot.playground.log import Log
from bot.playground.manifest import Manifest
from bot.playground.messages import Messages
from bot.playground.response_urls import ResponseUrls
from bot.playground.socket_mode import SocketMode
from bot.playground.steps import Steps
from bot.playground.store import Store
from bot.playground.triggers import Triggers
from bot.playground.views import Views
from bot.playground.workspace import Workspace
from bot.playground.world import World


class Playground:
    """A workspace, the way to the bot, and what tests steer; `url` is where it listens."""

    def __init__(self, world: World, manifest: Manifest, store: Store) -> None:
        self.url = ""
        self.manifest = manifest
        self._store = store
        self._tasks: set[asyncio.Task[None]] = set()
        self.clock = _clock(world, store)
        self.feed = Feed()
        self.clock.told = lambda: self.feed.tell({"type": "clock", "clock": self.clock.shown()})
        self.log = Log(self.feed)
        self.socket_mode = SocketMode(self.later)
        self.steering = asyncio.Lock()
        self._settle_in(world)

    def _settle_in(self, world: World) -> None:
        self.faults = Faults()
        self.limits = Limits(self.clock, on=world.rate_limits)
        self.triggers = Triggers()
        self.response_urls = ResponseUrls(self.clock)
        self.workspace = Workspace(world, self._store, self.clock, self.feed)
        self.messages = Messages(self.workspace, self._store, self.clock, self.feed)
        self.files = Files(self.workspace, self._store, self.clock)
        self.views = Views(self.workspace, self._store, self.feed)
        self.filled_in = FilledIn()
        self.http = (
            SignedHttp(world.delivery.request_url, world.app.signing_secret)
            if world.delivery.request_url
            else None
        )
        transport = self.http if self.http and world.delivery.mode == "http" else self.socket_mode
        self.delivery = Delivery(transport, self.clock, self.log, self.faults)
        self.steps = Steps(self.clock, lambda: self.delivery.under_way > 0)
        self.events = Events(self.manifest, self.workspace, self.delivery, self.later)

    def now(self) -> datetime:
        """The playground's time."""
        return self.clock.now()

    def later(self, work: Awaitable[None]) -> None:
        """Do something in the background until the playground closes."""
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def reset(self, world: World) -> None:
        """A new workspace; windows, sockets and the clock's followers stay."""
        await self._stop_tasks()
        if self.http:
            await self.http.close()
        self._store.clear()
        self.log.clear()
        self.clock.set(world.clock.now or wall_time(), paused=world.clock.paused)
        self._settle_in(world)
        self.feed.tell({"type": "state"})

    async def _stop_tasks(self) -> None:
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks)

    async def close(self) -> None:
        """Hang up, remember the time, and close the state file."""
        await self._stop_tasks()
        self.feed.close()
        self.clock.close()
        await self.socket_mode.close()
        if self.http:
            await self.http.close()
        self.remember_time()
        self._store.close()

    def remember_time(self) -> None:
        """Write the clock to the state file."""
        doc = {"now": stamp(self.clock.now()), "paused": self.clock.paused}
        self._store.put("meta", "clock", doc)


def _clock(world: World, store: Store) -> Clock:
    kept = store.one("meta", "clock")
    if kept:
        return Clock(datetime.fromisoformat(kept["now"]), paused=kept["paused"])
    return Clock(world.clock.now or wall_time(), paused=world.clock.paused)
