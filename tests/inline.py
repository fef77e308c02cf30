"""SQLite without a change of threads at every step: in the tests a statement runs where it is awaited.

The driver hands each step to a thread of the connection (a cursor, a statement, its rows, the cursor's end)
and waits for it: four changes of threads a statement, half of what a short statement costs.
Others still get their turn before each statement, and what may wait for another connection stays in the
thread. The bot as a process of its own (fire, `labmate` started) runs with the driver as it is.
"""

import asyncio
from collections.abc import Callable
from typing import Any

import aiosqlite

WAITS = "BEGIN IMMEDIATE"
"""Waits until no other connection writes; whoever it waits for may be in this very thread."""


def run_inline() -> None:
    """From here on."""
    in_the_thread: Any = aiosqlite.Connection._execute

    async def here(
        self: aiosqlite.Connection, do: Callable[..., Any], *args: Any, **named: Any
    ) -> Any:
        if args and isinstance(args[0], str):
            if args[0] == WAITS:
                return await in_the_thread(self, do, *args, **named)
            await asyncio.sleep(0)
        if not self._running or not self._connection:
            raise ValueError("Connection closed")
        return do(*args, **named)

    aiosqlite.Connection._execute = here  # type: ignore[method-assign, assignment]
