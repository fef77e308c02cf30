"""Serving: the bot runs until it is told to stop, and stops in order."""

import asyncio
import gc
import socket
from collections.abc import Callable, Coroutine
from typing import Any

import structlog

from bot.app import Labmate, running
from bot.schema import schema
from bot.settings import Settings, SettingsError

log = structlog.get_logger(__name__)


async def serve(
    settings: Settings, *, listens: bool, works: bool, until: Callable[[], Coroutine[Any, Any, Any]]
) -> None:
    """Run the bot until `until()` is over: Slack listened to, the scheduler's work done, or both.

    Raises:
        SettingsError: a setting is missing or contradictory; nothing was started.
    """
    _require(settings, listens=listens, works=works)
    await schema(settings)
    stop, listening = asyncio.create_task(until()), asyncio.Event()
    work = asyncio.create_task(_work(settings, stop, listening, listens=listens, works=works))
    await asyncio.wait({work, stop}, return_when=asyncio.FIRST_COMPLETED)
    if not listening.is_set():
        work.cancel()  # Slack is still waited for: nothing is in hand
    await asyncio.wait({work})
    stop.cancel()
    if not work.cancelled():
        work.result()
    log.info("Labmate has stopped")


async def _work(
    settings: Settings,
    stop: asyncio.Task[None],
    listening: asyncio.Event,
    *,
    listens: bool,
    works: bool,
) -> None:
    async with running(settings, listens=listens, works=works) as labmate:
        rest_collector()
        if not listens:
            log.info("Labmate works")
            listening.set()
            await stop
        elif settings.socket_mode:
            await _socket(labmate, stop, listening)
        else:
            await _http(labmate, stop, listening)


def rest_collector() -> None:
    """What is there now stays: looking through it for garbage takes a third of the time of a busy minute."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def _require(settings: Settings, *, listens: bool, works: bool) -> None:
    if listens and not works:
        settings.require_http()
        settings.require_postgresql("labmate web")
    elif works and not listens:
        settings.require_postgresql("labmate worker")
    settings.require_slack()


async def _socket(labmate: Labmate, stop: asyncio.Task[None], listening: asyncio.Event) -> None:
    from slack_bolt.adapter.socket_mode.aiohttp import (  # noqa: PLC0415  (HTTP mode needs none of it)
        AsyncSocketModeHandler,
    )

    if labmate.bolt is None:
        raise ValueError("this bot does not listen to Slack")
    handler = AsyncSocketModeHandler(labmate.bolt, labmate.settings.slack_app_token)
    try:
        await handler.connect_async()  # type: ignore[no-untyped-call]
        log.info("Labmate listens", mode="socket")
        listening.set()
        await stop
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]


async def _http(labmate: Labmate, stop: asyncio.Task[None], listening: asyncio.Event) -> None:
    from bot.web import server  # noqa: PLC0415  (Socket Mode needs none of it: a fifth of the start)

    port = labmate.settings.port
    with _bound(port) as socket_:
        http = server(labmate)
        serving = asyncio.create_task(http.serve(sockets=[socket_]))
        log.info("Labmate listens", mode="http", port=port)
        listening.set()
        await asyncio.wait({serving, stop}, return_when=asyncio.FIRST_COMPLETED)
        http.should_exit = True
        await serving


def _bound(port: int) -> socket.socket:
    """The port, taken. uvicorn itself would end the program without a word of ours."""
    # asyncio switches Nagle off (an ack would wait for the client's) only where the protocol is named.
    taken = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind(("0.0.0.0", port))  # noqa: S104  (a public port)
    except OSError as error:
        taken.close()
        raise SettingsError(f"PORT {port} can't be listened to: {error.strerror}.") from error
    return taken
