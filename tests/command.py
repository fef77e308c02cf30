"""`labmate` as a process of its own, with these settings and no others."""

import asyncio
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

STARTS_WITHIN = 30
STOPS_WITHIN = 20
"""Seconds, on a machine that does other things as well."""


class Ended:
    """How a command ended."""

    def __init__(self, code: int | None, out: bytes, err: bytes) -> None:
        self.code = code
        self.out = out.decode()
        self.err = err.decode()


async def begin(folder: Path, *words: str, **settings: str) -> asyncio.subprocess.Process:
    """Start `labmate` in an empty folder, with these settings and no others."""
    return await _start(folder, words, settings, errors=asyncio.subprocess.PIPE)


async def begin_in_terminal(folder: Path, terminal: int, *words: str) -> asyncio.subprocess.Process:
    """Start `labmate` with a terminal as its standard error."""
    return await _start(folder, words, {}, errors=terminal)


async def _start(
    folder: Path, words: Sequence[str], settings: dict[str, str], *, errors: int
) -> asyncio.subprocess.Process:
    kept = {name: os.environ[name] for name in ("PATH",) if name in os.environ}
    environment = {
        **kept,
        "HOME": str(folder),
        "XDG_DATA_HOME": str(folder),
        "PYTHONPATH": str(Path(__file__).parents[1]),
        **settings,
    }
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *words),
        cwd=folder,
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=errors,
    )


async def labmate(folder: Path, *words: str, **settings: str) -> Ended:
    """Run `labmate` until it ends."""
    process = await begin(folder, *words, **settings)
    async with asyncio.timeout(STARTS_WITHIN):
        out, err = await process.communicate()
    return Ended(process.returncode, out, err)


async def said(process: asyncio.subprocess.Process, words: str, *, errors: bool = False) -> str:
    """Wait until a process has written a line that holds `words`; the line."""
    stream = process.stderr if errors else process.stdout
    assert stream is not None
    lines = []
    async with asyncio.timeout(STARTS_WITHIN):
        while line := (await stream.readline()).decode():
            if words in line:
                return line
            lines.append(line)
    raise AssertionError(f"it ended without saying “{words}”:\n{''.join(lines)}")


async def stopped(process: asyncio.subprocess.Process, by: signal.Signals) -> Ended:
    """Have a process stopped by a signal."""
    process.send_signal(by)
    async with asyncio.timeout(STOPS_WITHIN):
        out, err = await process.communicate()
    return Ended(process.returncode, out, err)
