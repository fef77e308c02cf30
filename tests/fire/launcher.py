"""The bot in an operating-system process of its own, which is killed at the n-th point that it passes.

A point lies before and after every commit of something and every HTTP call to Slack. The product knows nothing of it:
SQLAlchemy's own events tell of commits, and aiohttp's client is wrapped where it sends a request.
"""

import asyncio
import multiprocessing
import os
import signal
import sys
from dataclasses import dataclass
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import aiohttp
import asyncpg
from sqlalchemy import Connection, Engine, Pool, event
from sqlalchemy.orm import Session

from bot.cli import cli

NEVER = 0
OURS = ("DATABASE_", "SLACK_", "LABMATE_", "PORT")
_processes = multiprocessing.get_context("forkserver")
# A bot needs most of a second to be imported: it is done once, and each process is a fork of that.
_processes.set_forkserver_preload(["tests.fire.launcher", "bot.serve", "pgqueuer", "bot.web"])


@dataclass(frozen=True)
class Fate:
    """`at` is the number of the point where the process is killed, from 1.

    `patience` is how many seconds its client waits for Slack, if not the twenty of the product.
    """

    at: int = NEVER
    patience: float | None = None


class Program:
    """`labmate WORDS` as a process; what it logs and which points it passes is written to `folder`."""

    def __init__(self, folder: Path, words: str, settings: dict[str, str], fate: Fate) -> None:
        folder.mkdir()
        self._folder = folder
        self._process: ForkServerProcess = _processes.Process(
            target=_live, args=(str(folder), words, settings, fate), daemon=True
        )
        self._process.start()

    @property
    def lives(self) -> bool:
        """Whether it is still there."""
        return self._process.is_alive()

    @property
    def was_killed(self) -> bool:
        """Whether SIGKILL was its end."""
        return self._process.exitcode == -signal.SIGKILL

    @property
    def log(self) -> str:
        """What it has logged so far."""
        log = self._folder / "log"
        return log.read_text("utf-8") if log.exists() else ""

    @property
    def points(self) -> list[str]:
        """The points that it has passed so far."""
        points = self._folder / "points"
        return points.read_text("utf-8").splitlines() if points.exists() else []

    def kill(self) -> None:
        """SIGKILL, wherever it is."""
        self._process.kill()

    async def stop(self) -> None:
        """Have it stop in order, if it is still there."""
        self._process.terminate()
        await asyncio.to_thread(self._process.join)


def _live(folder: str, words: str, settings: dict[str, str], fate: Fate) -> None:
    os.chdir(folder)
    for name in [name for name in os.environ if name.startswith(OURS)]:
        del os.environ[name]
    os.environ.update(settings)
    output = os.open("log", os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    os.dup2(output, sys.stdout.fileno())
    os.dup2(output, sys.stderr.fileno())
    doom = _Doom(fate.at)
    _at_commits(doom)
    _at_calls(doom, fate.patience)
    cli(words.split())


class _Doom:
    """Counts the points, and kills this process at its last one."""

    def __init__(self, at: int) -> None:
        self._left = at
        self._passed = os.open("points", os.O_CREAT | os.O_WRONLY | os.O_APPEND)

    def point(self, name: str) -> None:
        os.write(self._passed, f"{name}\n".encode())
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


def _at_commits(doom: _Doom) -> None:
    """Commits of what was written; on PostgreSQL also each statement of the queue's own, which commits itself."""
    written: WeakKeyDictionary[Session, dict[Any, Any]] = WeakKeyDictionary()

    @event.listens_for(Session, "after_begin")
    def _begun(session: Session, _: object, connection: Connection) -> None:
        written[session] = connection.info
        connection.info["wrote"] = False

    @event.listens_for(Engine, "before_cursor_execute")
    def _executing(connection: Connection, _: object, statement: str, *__: object) -> None:
        if statement.lstrip()[:6].upper() in {"INSERT", "UPDATE", "DELETE"}:
            connection.info["wrote"] = True

    @event.listens_for(Engine, "commit")
    def _committing(connection: Connection) -> None:
        if connection.info.get("wrote"):
            doom.point("before commit")

    @event.listens_for(Session, "after_commit")
    def _committed(session: Session) -> None:
        if written[session].get("wrote"):
            doom.point("after commit")

    @event.listens_for(Pool, "connect")
    def _connected(connection: Any, _: object) -> None:
        driver = getattr(connection, "driver_connection", None)
        if isinstance(driver, asyncpg.Connection):
            driver.add_query_logger(_queried)

    def _queried(query: Any) -> None:
        if "labmate_queue" in query.query and not query.exception:
            doom.point("after a statement of the queue")


def _at_calls(doom: _Doom, patience: float | None) -> None:
    whole = aiohttp.ClientSession._request

    async def request(
        session: aiohttp.ClientSession, method: str, url: Any, **options: Any
    ) -> aiohttp.ClientResponse:
        _, is_call, name = str(url).partition("/api/")
        if not is_call:
            return await whole(session, method, url, **options)
        doom.point(f"before {name}")
        async with asyncio.timeout(patience):
            answer = await whole(session, method, url, **options)
        doom.point(f"after {name}")
        return answer

    aiohttp.ClientSession._request = request  # type: ignore[assignment]
