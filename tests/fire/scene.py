"""A bot that is killed again and again: there is always somebody who starts the next process."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypeVar

import aiohttp

from tests.fire.launcher import Fate
from tests.fire.place import Died, Place

Found = TypeVar("Found")


@dataclass
class Scene(Place):
    """One bot at a time. `fates` are those of the first processes; who comes later lives on."""

    fates: list[Fate] = field(default_factory=list)

    async def begin(self) -> None:
        """Start the playground, and the first process."""
        self._starting = asyncio.Lock()
        await self.open()
        await self.alive()

    async def alive(self) -> None:
        """See to it that a process listens, and that what dead ones held is free again."""
        async with self._starting:
            while not (self.programs and self.programs[-1].lives):
                if await self._started() and len(self.programs) > 1:
                    await self.leases_over()

    async def _started(self) -> bool:
        self.forget_followers()
        number = len(self.programs)
        fate = self.fates[number] if number < len(self.fates) else Fate()
        self.begin_program("run", fate)
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
        for tried in range(20):
            await asyncio.sleep(0.1 * tried)
            await self.alive()
            try:
                if (it := await act()) is not None:
                    return it
            except Died:
                pass
        raise AssertionError(f"tried in vain: {what}\n{self.programs[-1].log[-2000:]}")
