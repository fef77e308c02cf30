"""The beat: every second, at once when nudged, one at a time, and on and on."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

from structlog.testing import capture_logs

from scheduler.ticker import Ticker

FAST = timedelta(milliseconds=100)
SLOW = timedelta(hours=1)


@asynccontextmanager
async def ticking(
    tick: Callable[[], Awaitable[timedelta | None]], every: timedelta
) -> AsyncIterator[Ticker]:
    ticker = Ticker(tick, every)
    ticker.start()
    yield ticker
    await ticker.stop()


async def nothing() -> None:
    """Nothing is due."""


async def test_ticks_at_once_and_then_with_the_beat() -> None:
    async with ticking(nothing, SLOW) as ticker:
        await asyncio.sleep(0.15)
        assert ticker.ticks == 1
    async with ticking(nothing, FAST) as ticker:
        await asyncio.sleep(0.55)
        assert 4 <= ticker.ticks <= 7


async def test_a_burst_of_nudges_is_one_tick() -> None:
    async with ticking(nothing, SLOW) as ticker:
        await asyncio.sleep(0.1)
        for _ in range(100):
            ticker.wake()
        await asyncio.sleep(0.1)
        assert ticker.ticks == 2


async def test_a_nudge_during_a_tick_makes_another_one_afterwards() -> None:
    running = 0
    most = 0

    async def tick() -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.1)
        running -= 1

    async with ticking(tick, FAST) as ticker:
        await asyncio.sleep(0.05)
        ticker.wake()
        await asyncio.sleep(0.5)
        assert ticker.ticks >= 3
    assert most == 1


async def test_comes_back_as_soon_as_the_tick_says() -> None:
    answers = [timedelta(milliseconds=60), timedelta(0), None]

    async def tick() -> timedelta | None:
        return answers.pop(0)

    async with ticking(tick, SLOW) as ticker:
        await asyncio.sleep(0.3)
        assert ticker.ticks == 3


async def test_a_failing_tick_is_said_once_and_tried_again() -> None:
    failures = [OSError("away"), OSError("away"), KeyError("bug"), None, None]

    async def tick() -> None:
        if failures and (error := failures.pop(0)):
            raise error

    with capture_logs() as logs:
        async with ticking(tick, FAST) as ticker:
            await asyncio.sleep(0.8)
    assert [entry["log_level"] for entry in logs] == ["error", "error", "info"]
    assert ticker.failures == 3
    assert ticker.ticks > 4


async def test_stopping_lets_the_tick_finish() -> None:
    finished = asyncio.Event()

    async def tick() -> None:
        await asyncio.sleep(0.2)
        finished.set()

    async with ticking(tick, SLOW):
        await asyncio.sleep(0.1)
    assert finished.is_set()


async def test_stops_while_a_nudge_settles() -> None:
    async with asyncio.timeout(2), ticking(nothing, SLOW) as ticker:
        await asyncio.sleep(0.1)
        ticker.wake()
        await asyncio.sleep(0.005)
    assert ticker.ticks == 1


async def test_stops_before_it_was_started() -> None:
    await Ticker(nothing).stop()
