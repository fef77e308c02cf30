"""A bot of a few lines: takes what the playground sends, and answers as a test tells it."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import ClientWebSocketResponse, WSMsgType, web

from tests.playground.conftest import AS_APP, Slack

JSON = dict[str, Any]
Answer = Callable[[JSON], JSON | None]
SILENCE: JSON = {"silence": True}


class RawBot:
    """What came in, by arrival; `answer` decides the ack's payload (`SILENCE`: no ack)."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        self.envelopes: list[JSON] = []
        self.answer: Answer = lambda _: None
        self.arrived = asyncio.Event()
        self.socket = socket

    @property
    def payloads(self) -> list[JSON]:
        return [envelope["payload"] for envelope in self.envelopes]

    def events(self) -> list[str]:
        return [p["event"]["type"] for p in self.payloads if p.get("type") == "event_callback"]

    async def until(self, count: int) -> None:
        """Wait until so many envelopes have come."""
        async with asyncio.timeout(5):
            while len(self.envelopes) < count:
                self.arrived.clear()
                await self.arrived.wait()

    async def run(self) -> None:
        async for message in self.socket:
            assert message.type is WSMsgType.TEXT
            envelope = json.loads(message.data)
            self.envelopes.append(envelope)
            self.arrived.set()
            if "envelope_id" not in envelope:
                continue
            payload = self.answer(envelope["payload"])
            if payload is SILENCE:
                continue
            ack = {"envelope_id": envelope["envelope_id"]}
            await self.socket.send_json(ack if payload is None else ack | {"payload": payload})


@asynccontextmanager
async def socket_bot(slack: Slack) -> AsyncIterator[RawBot]:
    """A bot on a WebSocket, after its hello."""
    _, _, opened = await slack.raw("apps.connections.open", AS_APP)
    async with slack.http.ws_connect(opened["url"]) as socket:
        hello = await socket.receive_json()
        assert hello["type"] == "hello"
        bot = RawBot(socket)
        running = asyncio.create_task(bot.run())
        try:
            yield bot
        finally:
            await socket.close()
            await running


class HttpBot:
    """A request URL; `requests` are headers and bodies, `answers` the next responses."""

    def __init__(self) -> None:
        self.requests: list[tuple[dict[str, str], str]] = []
        self.answers: list[web.Response] = []
        self.url = ""

    async def handle(self, request: web.Request) -> web.Response:
        self.requests.append((dict(request.headers), await request.text()))
        return self.answers.pop(0) if self.answers else web.Response()


@asynccontextmanager
async def http_bot() -> AsyncIterator[HttpBot]:
    """A bot behind a request URL."""
    bot = HttpBot()
    app = web.Application()
    app.router.add_post("/slack/events", bot.handle)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    bot.url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    try:
        yield bot
    finally:
        await runner.cleanup()
