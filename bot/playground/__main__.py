"""`python -m bot.playground`: starts the playground and runs until it is stopped."""

import argparse
import asyncio
import json
import os
import signal
import sys
from pathlib import Path

from pydantic import ValidationError

from bot.playground.manifest import Manifest
from bot.playground.playground import Playground
from bot.playground.server import start
from bot.playground.store import Store
from bot.playground.world import World


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bot.playground", description=__doc__)
    parser.add_argument("--world", type=Path, required=True, help="the workspace to begin with")
    parser.add_argument("--manifest", type=Path, required=True, help="the app's manifest (JSON)")
    parser.add_argument("--state", type=Path, help="SQLite file; without it nothing is kept")
    parser.add_argument("--port", type=int, default=8910, help="0 takes a free port")
    return parser.parse_args()


async def _run(world: World, manifest: Manifest, state: Path | None, port: int) -> None:
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    running = await start(Playground(world, manifest, Store(state)), port)
    sys.stdout.write(json.dumps({"url": running.url, "pid": os.getpid()}) + "\n")
    sys.stdout.flush()
    await stopped.wait()
    await running.stop()


def main() -> None:
    """Start with the files on the command line; one sentence says what is wrong with them."""
    given = _arguments()
    try:
        world = World.model_validate_json(given.world.read_text())
        manifest = Manifest.parse(json.loads(given.manifest.read_text()))
        asyncio.run(_run(world, manifest, given.state, given.port))
    except (OSError, json.JSONDecodeError, ValidationError) as wrong:
        raise SystemExit(f"The playground cannot start: {wrong}") from wrong


if __name__ == "__main__":
    main()
