"""The points at which a process can be killed: before and after every commit and every HTTP call to Slack.

The product knows nothing of it: SQLAlchemy's own events tell of commits, asyncpg's of the queue's statements,
and aiohttp's client is wrapped where it sends a request. Transactions that wrote nothing are no points.
"""

import asyncio
import os
import signal
from typing import Any
from weakref import WeakKeyDictionary

import aiohttp
import asyncpg
from sqlalchemy import Connection, Engine, Pool, event
from sqlalchemy.orm import Session

CHANGES = ("INSERT", "UPDATE", "DELETE")


class Doom:
    """Counts the points, and kills this process at its last one; 0 is never."""

    def __init__(self, at: int) -> None:
        self._left = at
        self._passed = os.open("points", os.O_CREAT | os.O_WRONLY | os.O_APPEND)
        self._written: WeakKeyDictionary[Session, dict[Any, Any]] = WeakKeyDictionary()

    def watch(self, patience: float | None) -> None:
        """Begin to count. `patience`: seconds that a call to Slack may take, if not the product's own."""
        event.listen(Session, "after_begin", self._begun)
        event.listen(Engine, "before_cursor_execute", self._executing)
        event.listen(Engine, "commit", self._committing)
        event.listen(Session, "after_commit", self._committed)
        event.listen(Pool, "connect", self._connected)
        self._wrap(patience)

    def _point(self, name: str) -> None:
        os.write(self._passed, f"{name}\n".encode())
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def _begun(self, session: Session, _: object, connection: Connection) -> None:
        self._written[session] = connection.info
        connection.info["wrote"] = False

    def _executing(self, connection: Connection, _: object, statement: str, *__: object) -> None:
        if statement.lstrip().upper().startswith(CHANGES):
            connection.info["wrote"] = True

    def _committing(self, connection: Connection) -> None:
        if connection.info.get("wrote"):
            self._point("before commit")

    def _committed(self, session: Session) -> None:
        if self._written[session].get("wrote"):
            self._point("after commit")

    def _connected(self, connection: Any, _: object) -> None:
        driver = getattr(connection, "driver_connection", None)
        if isinstance(driver, asyncpg.Connection):
            driver.add_query_logger(self._queried)

    def _queried(self, query: Any) -> None:
        """The queue's statements on PostgreSQL are transactions of their own."""
        words = query.query.upper()
        if "LABMATE_QUEUE" in words and not query.exception and any(it in words for it in CHANGES):
            self._point("after a change in the queue")

    def _wrap(self, patience: float | None) -> None:
        whole = aiohttp.ClientSession._request

        async def request(
            session: aiohttp.ClientSession, method: str, url: Any, **options: Any
        ) -> aiohttp.ClientResponse:
            _, is_call, name = str(url).partition("/api/")
            if not is_call:
                return await whole(session, method, url, **options)
            self._point(f"before {name}")
            async with asyncio.timeout(patience):
                answer = await whole(session, method, url, **options)
            self._point(f"after {name}")
            return answer

        aiohttp.ClientSession._request = request  # type: ignore[assignment]
