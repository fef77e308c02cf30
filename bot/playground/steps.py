"""Moving the clock through every due moment, waiting at each until all is done."""

import time
from collections.abc import Callable
from datetime import datetime

from bot.playground.clock import Clock


class NothingDueError(Exception):
    """No follower has reported a due moment that lies ahead."""


class Steps:
    """Moves a clock; `busy` says whether something of the playground's own is still under way."""

    def __init__(self, clock: Clock, busy: Callable[[], bool]) -> None:
        self._clock = clock
        self._busy = busy

    def _dues(self) -> list[datetime]:
        now = self._clock.now()
        dues = [f.next_due for f in self._clock.followers().values() if f.next_due]
        return [due for due in dues if due > now]

    def _next_stop(self) -> datetime | None:
        """The earliest moment ahead that a follower or the playground itself waits for."""
        now = self._clock.now()
        own = [alarm for alarm in self._clock.alarms if alarm > now]
        return min([*self._dues(), *own], default=None)

    def late(self) -> list[str]:
        """Who is not yet idle at the present version."""
        version = self._clock.version
        names = [
            name for name, f in self._clock.followers().items() if f.seen < version or not f.idle
        ]
        overdue = any(alarm <= self._clock.now() for alarm in self._clock.alarms)
        return [*names, "playground"] if overdue or self._busy() else names

    async def settle(self, wait_s: float) -> list[str]:
        """Wait until nobody is late, at most `wait_s` real seconds; who still is."""
        end = time.monotonic() + wait_s
        while (late := self.late()) and (left := end - time.monotonic()) > 0:
            # A follower may be dropped for silence while it is waited for: look again each second.
            await self._clock.change(min(left, 1.0))
        return late

    async def move(self, to: datetime, wait_s: float) -> list[str]:
        """Step to `to`; answers with the names of those who were waited for in vain."""
        clock = self._clock
        clock.set(clock.now(), stepping=True)
        try:
            in_vain = await self.settle(wait_s)
            while clock.now() < to:
                stop = self._next_stop()
                clock.set(min(stop, to) if stop else to)
                in_vain += await self.settle(wait_s)
        finally:
            clock.set(clock.now(), stepping=False)
        return sorted(set(in_vain))

    async def move_to_next(self, wait_s: float) -> list[str]:
        """Step to the earliest moment at which a follower has something to do.

        What was due may have come a moment ago, and its follower not have said yet what is next: it is asked.

        Raises:
            NothingDueError: nobody waits for anything.
        """
        if not (dues := self._dues() or await self._dues_said_anew(wait_s)):
            raise NothingDueError
        return await self.move(min(dues), wait_s)

    async def _dues_said_anew(self, wait_s: float) -> list[datetime]:
        """What lies ahead, once everybody has done what is due and has said so."""
        self._clock.set(self._clock.now(), stepping=True)
        try:
            await self.settle(wait_s)
            return self._dues()
        finally:
            self._clock.set(self._clock.now(), stepping=False)
