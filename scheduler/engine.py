"""The engine: hands released deliveries to workers. The tables hold the truth, an engine only ids.

Every engine may lose an id or bring it twice: a delivery that was lost is taken back when its lease has
run out, and one that comes again is somebody's already or done.
"""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from typing import Any, Protocol

import structlog
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

AT_ONCE = 50
"""Deliveries that a process has under way at the same time: most of each is waiting for Slack."""

log = structlog.get_logger(__name__)

Deliver = Callable[[int], Coroutine[Any, Any, None]]
"""Brings one delivery to Slack. What it raises is logged: the delivery comes back after its lease."""


class Engine(Protocol):
    """Between the release of deliveries and the workers that send them."""

    async def enqueue(self, session: AsyncSession, ids: Sequence[int]) -> None:
        """Hand over `ids` when the session's transaction commits, and not at all if it doesn't."""
        ...

    async def serve(self, deliver: Deliver) -> None:
        """Have the ids delivered until cancelled; what is under way then is finished first.

        A second cancellation breaks off what is under way as well.
        """
        ...


class EmbeddedEngine:
    """Inside the process: what one process released, the same process delivers."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self._ready: asyncio.Queue[int] = asyncio.Queue()
        self._at_once = at_once

    async def enqueue(self, session: AsyncSession, ids: Sequence[int]) -> None:
        """Hand over `ids` when the session's transaction commits, and not at all if it doesn't."""

        def start(_: Session) -> None:
            for delivery_id in ids:
                self._ready.put_nowait(delivery_id)

        event.listen(session.sync_session, "after_commit", start, once=True)

    async def serve(self, deliver: Deliver) -> None:
        """Have the ids delivered until cancelled; what is under way then is finished first."""
        room = asyncio.Semaphore(self._at_once)
        under_way: set[asyncio.Task[None]] = set()
        try:
            while True:
                await room.acquire()
                delivery_id = await self._ready.get()
                task = asyncio.create_task(deliver(delivery_id))
                under_way.add(task)
                task.add_done_callback(under_way.discard)
                task.add_done_callback(partial(_ended, delivery_id))
                task.add_done_callback(lambda _: room.release())
        finally:
            await _finish(under_way)


async def _finish(under_way: set[asyncio.Task[None]]) -> None:
    try:
        if under_way:
            await asyncio.wait(under_way)
    except asyncio.CancelledError:
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)
        raise


def _ended(delivery_id: int, task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()):
        log.error("A delivery broke off; it is tried again", delivery=delivery_id, exc_info=error)
