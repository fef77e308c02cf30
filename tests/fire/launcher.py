"""The bot in an operating-system process of its own, which is killed at the n-th point that it passes."""

import asyncio
import multiprocessing
import os
import signal
import sys
from dataclasses import dataclass
from itertools import takewhile
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from bot.cli import cli
from tests.fire.points import Doom

NEVER = 0
OURS = ("DATABASE_", "SLACK_", "LABMATE_", "PORT")
_processes = multiprocessing.get_context("forkserver")
# A bot needs most of a second to be imported: it is done once, and each process is a fork of that.
_processes.set_forkserver_preload(
    [
        "tests.fire.launcher",
        "bot.serve",
        "bot.web",
        "models.migrations.running",
        "scheduler.shared_engine",
        "slack_bolt.adapter.socket_mode.aiohttp",
    ]
)


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
    def errors(self) -> list[str]:
        """What it has logged as errors, each with the exception's last line."""
        lines = self.log.splitlines()
        starts = [number for number, line in enumerate(lines) if " [error " in line]
        return [f"{lines[at]} … {_last_indented(lines[at + 1 :])}" for at in starts]

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


def _last_indented(lines: list[str]) -> str:
    """The exception below a line of a log: what stands before the next line that begins with a date."""
    below = list(takewhile(lambda line: not line.startswith("20"), lines))
    return next((line for line in reversed(below) if line.strip()), "")


def _live(folder: str, words: str, settings: dict[str, str], fate: Fate) -> None:
    os.chdir(folder)
    for name in [name for name in os.environ if name.startswith(OURS)]:
        del os.environ[name]
    os.environ.update(settings)
    output = os.open("log", os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    os.dup2(output, sys.stdout.fileno())
    os.dup2(output, sys.stderr.fileno())
    Doom(fate.at).watch(fate.patience)
    cli(words.split())
