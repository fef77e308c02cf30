"""The clocks: the machine's, and the playground's that is followed while playing (docs/playground.md)."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from secrets import token_hex
from types import TracebackType
from typing import Any, Self

import aiohttp
import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from models import deliveries
from models.db import Database
from scheduler.ticker import Tick

LONG_POLL = aiohttp.ClientTimeout(total=35)
RECONNECT = timedelta(seconds=1)
STILL_HERE = 20.0
"""Seconds after which a follower reports though nothing changed: it is forgotten after 60."""

LOOK_AGAIN = timedelta(milliseconds=50)
"""How soon to tick again while something is in hand: whoever moves the clock waits for the report."""

log = structlog.get_logger(__name__)

NextDue = Callable[[AsyncSession, datetime], Awaitable[datetime | None]]


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The present moment, in UTC."""
        return datetime.now(UTC)  # noqa: TID251  the one place that asks the machine


class FollowedClock:
    """The playground's clock, for as long as it is entered. Between its answers it goes on by itself.

    Entering waits for the first answer.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._name = f"labmate-{token_hex(4)}"
        self._base = datetime.min.replace(tzinfo=UTC)
        self._based_at = 0.0
        self._rate = 0.0
        self._changed: Callable[[], None] = _nobody
        self._reported: tuple[dict[str, Any], float] | None = None
        self._open = AsyncExitStack()
        self.version = 0

    def now(self) -> datetime:
        """The present moment in the playground, in UTC."""
        passed = time.monotonic() - self._based_at
        return self._base + timedelta(seconds=passed * self._rate)

    async def __aenter__(self) -> Self:
        self._session = await self._open.enter_async_context(aiohttp.ClientSession())
        await self._listen({"follower": self._name})
        self._open.push_async_callback(self._leave)
        following = asyncio.create_task(self._follow())
        self._open.push_async_callback(_end, following)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._open.aclose()

    def on_change(self, changed: Callable[[], None]) -> None:
        """Have `changed` called whenever the clock was moved, paused or set going."""
        self._changed = changed

    async def report(self, version: int, *, idle: bool, next_due: datetime | None) -> None:
        """Tell the playground how far we are; said again only when it changed, or after a while."""
        said = {
            "follower": self._name,
            "seen": version,
            "idle": idle,
            "next_due": next_due and next_due.isoformat().replace("+00:00", "Z"),
        }
        now = time.monotonic()
        if self._reported and self._reported[0] == said and now - self._reported[1] < STILL_HERE:
            return
        try:
            async with self._session.post(self._url, json=said) as answer:
                answer.raise_for_status()
        except (aiohttp.ClientError, TimeoutError) as error:
            log.warning("The playground's clock did not listen", error=repr(error))
            return
        self._reported = said, now

    async def _leave(self) -> None:
        """Say goodbye, so that whoever moves the clock does not wait for us."""
        try:
            async with self._session.delete(self._url, params={"follower": self._name}):
                pass
        except (aiohttp.ClientError, TimeoutError):
            log.info("The playground's clock is gone already")

    async def _follow(self) -> None:
        while True:
            await self._listen({"follower": self._name, "after": str(self.version)})
            self._changed()

    async def _listen(self, query: dict[str, str]) -> None:
        """Until it answers: the playground may be starting, or be started again."""
        while True:
            if await self._ask(query):
                return
            await asyncio.sleep(RECONNECT.total_seconds())

    async def _ask(self, query: dict[str, str]) -> bool:
        try:
            async with self._session.get(self._url, params=query, timeout=LONG_POLL) as answer:
                answer.raise_for_status()
                told = await answer.json()
        except (aiohttp.ClientError, TimeoutError) as error:
            log.warning("The playground's clock does not answer", error=repr(error))
            return False
        self._base = datetime.fromisoformat(told["now"])
        self._based_at = time.monotonic()
        self._rate = float(told["rate"])
        self.version = int(told["version"])
        return True


async def _end(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.wait({task})


def _nobody() -> None:
    """Nobody waits for a change yet."""


def reporting(clock: FollowedClock, tick: Tick, db: Database, next_due: NextDue) -> Tick:
    """`tick`, followed by a report: idle when nothing is in hand, and nothing due at that moment.

    `next_due` says when, seen from now, something of the ceremonies is due next.
    """

    async def ticked() -> timedelta | None:
        version = clock.version
        soon = await tick()
        async with db.reading(None) as session:
            work = await deliveries.work(session)
            known = [work.next_due, await next_due(session, clock.now())]
        due = min((moment for moment in known if moment is not None), default=None)
        idle = work.in_hand == 0 and (due is None or due > clock.now())
        await clock.report(version, idle=idle, next_due=due)
        return soon if idle else min(soon or LOOK_AGAIN, LOOK_AGAIN)

    return ticked
