"""Programs under measurement, each in a process of its own; CPU and memory as Linux counts them."""

import asyncio
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

from bot.seed import team

ROOT = Path(__file__).resolve().parent.parent.parent
TICKS = os.sysconf("SC_CLK_TCK")
STARTS_WITHIN = 30.0
OURS = ("DATABASE_", "SLACK_", "LABMATE_", "PORT")


@dataclass(frozen=True)
class Program:
    """A running program. `began` is the monotonic moment of its start."""

    process: subprocess.Popen[bytes]
    began: float

    @property
    def cpu(self) -> float:
        """Seconds of CPU that it has used so far, in user and kernel mode, with all its threads."""
        stat = Path(f"/proc/{self.process.pid}/stat").read_text("ascii")
        user, system = stat.rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / TICKS

    @property
    def memory(self) -> float:
        """Resident memory in MB, shared libraries included."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text("ascii").splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
        raise ProcessLookupError("the program has ended")


@asynccontextmanager
async def program(folder: Path, *arguments: str, **environment: str) -> AsyncIterator[Program]:
    """`python -m ARGUMENTS`, without settings of this machine; its output goes to a file in `folder`."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    output = (folder / f"{time.monotonic_ns()}.log").open("wb")
    began = time.monotonic()
    process = subprocess.Popen(  # noqa: ASYNC220  (the moment of its start is measured)
        [sys.executable, "-m", *arguments],
        cwd=folder,
        env=bare | environment | {"PYTHONPATH": str(ROOT)},
        stdout=output,
        stderr=subprocess.STDOUT,
    )
    try:
        yield Program(process, began)
    finally:
        process.terminate()
        await asyncio.to_thread(process.wait)
        output.close()


def free_port() -> int:
    """A port that nobody listens to now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass(frozen=True)
class Slack:
    """A playground in a process of its own, and its control API."""

    url: str
    http: aiohttp.ClientSession

    @property
    def environment(self) -> dict[str, str]:
        """What a bot has to know to speak with it."""
        return {"SLACK_API_URL": f"{self.url}/api/", "SLACK_BOT_TOKEN": team.BOT_TOKEN}

    async def do(self, call: str, /, **body: Any) -> dict[str, Any]:
        """A control call; `as_` stands for `as`."""
        if "as_" in body:
            body["as"] = body.pop("as_")
        async with self.http.post(f"{self.url}/control/{call}", json=body) as response:
            answer: dict[str, Any] = await response.json()
            return answer

    async def see(self, call: str, **query: str) -> dict[str, Any]:
        """A control GET; `as_` stands for `as`."""
        if "as_" in query:
            query["as"] = query.pop("as_")
        async with self.http.get(f"{self.url}/control/{call}", params=query) as response:
            answer: dict[str, Any] = await response.json()
            return answer


@asynccontextmanager
async def slack(
    folder: Path, world: dict[str, Any], manifest: dict[str, Any]
) -> AsyncIterator[Slack]:
    """A playground with this world, for the time of the block."""
    port = free_port()
    files = {"world": folder / f"world-{port}.json", "manifest": folder / f"app-{port}.json"}
    files["world"].write_text(json.dumps(world), "utf-8")
    files["manifest"].write_text(json.dumps(manifest), "utf-8")
    options = [part for name, path in files.items() for part in (f"--{name}", str(path))]
    async with (
        program(folder, "bot.playground", *options, "--port", str(port)),
        aiohttp.ClientSession() as http,
    ):
        running = Slack(f"http://127.0.0.1:{port}", http)
        await until_served(http, f"{running.url}/control/clock")
        yield running


async def until_served(http: aiohttp.ClientSession, url: str) -> float:
    """Wait until `url` answers anything at all; the monotonic moment when it did."""
    async with asyncio.timeout(STARTS_WITHIN):
        while True:
            try:
                async with http.get(url):
                    return time.monotonic()
            except aiohttp.ClientConnectionError:
                await asyncio.sleep(0.01)
