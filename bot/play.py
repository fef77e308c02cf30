"""`labmate play`: the playground beside the unmodified bot, both on this machine, with a seeded team."""

import asyncio
import json
import signal
import sys
import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import structlog
from platformdirs import user_data_path

from bot.manifest import manifest
from bot.seed import team
from bot.seed.record import seed
from bot.serve import serve
from bot.settings import Settings, SettingsError
from models.migrations import upgrade

log = structlog.get_logger(__name__)

STARTS_WITHIN = 10
"""Seconds."""


@dataclass(frozen=True)
class Options:
    """What `labmate play` was called with."""

    port: int
    data_dir: Path | None
    empty: bool
    browser: bool
    fast_forward: int


async def start(settings: Settings, options: Options) -> None:
    """Start the playground and the bot; both end together, and everything is there the next time.

    Raises:
        SettingsError: the playground could not start, for instance because its port is taken.
    """
    folder = options.data_dir or user_data_path("labmate") / "play"
    folder.mkdir(parents=True, exist_ok=True)
    database = f"sqlite:///{folder / 'labmate.db'}"
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    async with _playground(folder, options, settings) as url:
        await upgrade(database)
        if not options.empty:
            await seed(database)
        bot = asyncio.create_task(
            serve(_toward(url, database), listens=True, works=True, until=stopped.wait)
        )
        await _welcome(url, options)
        await asyncio.wait(
            {bot, asyncio.create_task(stopped.wait())}, return_when=asyncio.FIRST_COMPLETED
        )
        stopped.set()
        await bot


def _toward(url: str, database: str) -> Settings:
    """The settings of a bot that speaks to the playground; no .env is read."""
    return Settings(
        _env_file=None,
        database_url=database,
        slack_bot_token=team.BOT_TOKEN,
        slack_app_token=team.APP_TOKEN,
        slack_signing_secret=team.SIGNING_SECRET,
        slack_api_url=f"{url}/api/",
        labmate_clock_url=f"{url}/clock",
    )


@asynccontextmanager
async def _playground(folder: Path, options: Options, settings: Settings) -> AsyncIterator[str]:
    """The playground in a process of its own; yields its address."""
    world, app = folder / "world.json", folder / "manifest.json"
    started = datetime.now(UTC) if options.empty else team.STARTS  # noqa: TID251  (a new team plays today)
    world.write_text(json.dumps(team.world(started, empty=options.empty)), "utf-8")
    playing = settings.model_copy(update={"slack_app_token": team.APP_TOKEN})
    app.write_text(json.dumps(manifest(playing)), "utf-8")
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot.playground", "--world", str(world), "--manifest", str(app)),
        *("--state", str(folder / "playground.db"), "--port", str(options.port)),
        stdout=asyncio.subprocess.PIPE,
        start_new_session=True,
    )
    try:
        yield await _address(process, options.port)
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def _address(process: asyncio.subprocess.Process, port: int) -> str:
    if process.stdout is None:
        raise SettingsError("The playground has no output.")
    line = await asyncio.wait_for(process.stdout.readline(), STARTS_WITHIN)
    if not line:
        raise SettingsError(
            f"The playground did not start. If port {port} is taken, choose another: labmate play --port 0"
        )
    return str(json.loads(line)["url"])


async def _welcome(url: str, options: Options) -> None:
    if options.fast_forward:
        await _advance(url, timedelta(days=options.fast_forward))
    page = url if options.empty else f"{url}/?as={team.FIRST}"
    sys.stdout.write(
        f"\n  Labmate is running. Open {page}\n  Ctrl-C stops it; everything is kept.\n\n"
    )
    sys.stdout.flush()
    if options.browser:
        webbrowser.open(page)


async def _advance(url: str, by: timedelta) -> None:
    """Let the playground's clock go on, day by day, so that every due moment is met."""
    async with aiohttp.ClientSession() as http:
        for _ in range(by.days):
            async with http.post(
                f"{url}/control/clock", json={"advance_s": 86_400, "wait_s": 60}
            ) as answer:
                answer.raise_for_status()
