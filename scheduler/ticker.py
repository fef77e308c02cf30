"""The beat of the scheduler, and the only module that knows APScheduler (3.11, in memory)."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

Tick = Callable[[], Awaitable[timedelta | None]]
"""Does what is due. Returns how soon it is worth being called again, if before the next beat."""

EVERY = timedelta(seconds=1)
SETTLE = timedelta(milliseconds=20)
"""How long a tick waits for more to come: a burst of nudges makes one tick."""

log = structlog.get_logger(__name__)


class Ticker:
    """Runs a tick every second, and earlier when nudged; never two at once, none piled up.

    A tick that fails is logged, once for each kind of failure in a row, and tried again at the next beat.
    """

    def __init__(self, tick: Tick, every: timedelta = EVERY) -> None:
        self._tick = tick
        self._due = asyncio.Event()
        self._stopping = False
        self._failing: type[Exception] | None = None
        self._early: asyncio.TimerHandle | None = None
        self._work: asyncio.Task[None] | None = None
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._scheduler.add_job(self._beat, "interval", seconds=every.total_seconds())
        self.ticks = 0
        self.failures = 0

    def start(self) -> None:
        """Begin, with a tick at once. Needs a running event loop."""
        self._work = asyncio.create_task(self._run())
        self._scheduler.start()
        self.wake()

    def wake(self) -> None:
        """Have a tick soon: something may be due now. Cheap, any number of times."""
        self._due.set()

    async def stop(self) -> None:
        """Stop the beat and let the tick that is running finish. Does nothing before the start."""
        if self._work is None:
            return
        self._stopping = True
        self._scheduler.pause()
        self._due.set()
        await self._work
        # Only now: APScheduler breaks off coroutines that are running.
        self._scheduler.shutdown(wait=False)
        await asyncio.sleep(0)

    async def _beat(self) -> None:
        self._due.set()

    async def _run(self) -> None:
        while not self._stopping:
            await self._due.wait()
            await asyncio.sleep(SETTLE.total_seconds())
            self._due.clear()
            # Asked after the clear: a stop while it settled has lost its nudge.
            if not self._stopping:
                await self._once()

    async def _once(self) -> None:
        self.ticks += 1
        if self._early is not None:
            self._early.cancel()
        try:
            soon = await self._tick()
        except Exception as error:
            # The beat goes on whatever happens: a database that is away, or a bug.
            self.failures += 1
            if self._failing is not type(error):
                log.exception("A tick failed; it is tried again every second")
            self._failing = type(error)
            return
        if self._failing is not None:
            log.info("Ticks work again", failures=self.failures)
            self._failing = None
        if soon is not None:
            delay = max(soon - SETTLE, timedelta(0)).total_seconds()
            self._early = asyncio.get_running_loop().call_later(delay, self.wake)
