"""Socket Mode: up to ten WebSockets, each envelope to one of them."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import WSMsgType, web

from bot.playground.ids import token
from bot.playground.transport import ACK_S, Ack, Envelope

MOST_CONNECTIONS = 10
WARNING_S = 10.0


class SocketMode:
    """The bot's WebSockets; each ticket opens one, once."""

    def __init__(self, later: Callable[[Awaitable[None]], None]) -> None:
        self._later = later
        self._tickets: set[str] = set()
        self._open: list[web.WebSocketResponse] = []
        self._leaving: set[web.WebSocketResponse] = set()
        self._turn = 0
        self._waiting: dict[str, asyncio.Future[Any]] = {}

    def ticket(self) -> str:
        """A new way in, good for one connection."""
        ticket = token()
        self._tickets.add(ticket)
        return ticket

    async def serve(self, request: web.Request, app_id: str) -> web.StreamResponse:
        """Hold one connection until it ends."""
        ticket = request.match_info["ticket"]
        if ticket not in self._tickets:
            raise web.HTTPNotFound(text="This ticket is unknown or was used.")
        self._tickets.remove(ticket)
        socket = web.WebSocketResponse(heartbeat=30)
        await socket.prepare(request)
        if len(self._open) >= MOST_CONNECTIONS:
            await socket.send_json({"type": "disconnect", "reason": "too_many_websockets"})
            await socket.close()
            return socket
        self._open.append(socket)
        try:
            await socket.send_json(self._hello(app_id))
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._acked(message.data)
        finally:
            self._open.remove(socket)
            self._leaving.discard(socket)
        return socket

    def _hello(self, app_id: str) -> dict[str, Any]:
        return {
            "type": "hello",
            "num_connections": len(self._open),
            "connection_info": {"app_id": app_id},
            "debug_info": {
                "host": "playground",
                "build_number": 1,
                "approximate_connection_time": 3600,
            },
        }

    def _acked(self, text: str) -> None:
        try:
            answer = json.loads(text)
        except json.JSONDecodeError:
            return
        if not isinstance(answer, dict):
            return
        waiting = self._waiting.get(str(answer.get("envelope_id")))
        if waiting and not waiting.done():
            waiting.set_result(answer.get("payload"))

    async def send(self, envelope: Envelope) -> Ack:
        """Send to the connection whose turn it is."""
        staying = [it for it in self._open if it not in self._leaving] or self._open
        if not staying:
            return Ack("failed", detail="no socket is open", reason="connection_failed")
        self._turn += 1
        socket = staying[self._turn % len(staying)]
        waiting = self._waiting.setdefault(
            envelope.ident, asyncio.get_running_loop().create_future()
        )
        begun = time.monotonic()
        try:
            await socket.send_json(_wire(envelope))
            async with asyncio.timeout(ACK_S):
                body = await asyncio.shield(waiting)
        except TimeoutError:
            return Ack("timeout", _ms(begun), detail="no ack within 3 s", reason="http_timeout")
        except ConnectionError as error:
            return Ack("failed", _ms(begun), detail=str(error), reason="connection_failed")
        finally:
            self._waiting.pop(envelope.ident, None)
        return Ack("ok", _ms(begun), body=body if envelope.answerable else None)

    async def disconnect(self, reason: str) -> int:
        """Tell every connection to go; how many there were."""
        leaving = list(self._open)
        for socket in leaving:
            self._leaving.add(socket)
            await socket.send_json(
                {"type": "disconnect", "reason": reason, "debug_info": {"host": "playground"}}
            )
        self._later(_hang_up(leaving, WARNING_S if reason == "warning" else 0.0))
        return len(leaving)

    async def close(self) -> None:
        """Hang up everywhere."""
        await _hang_up(list(self._open), 0.0)


async def _hang_up(sockets: list[web.WebSocketResponse], after_s: float) -> None:
    await asyncio.sleep(after_s)
    for socket in sockets:
        await socket.close()


def _ms(begun: float) -> float:
    return round((time.monotonic() - begun) * 1000, 2)


def _wire(envelope: Envelope) -> dict[str, Any]:
    wire = {
        "type": envelope.kind,
        "envelope_id": envelope.ident,
        "payload": envelope.payload,
        "accepts_response_payload": envelope.answerable,
    }
    if envelope.kind == "events_api":
        wire |= {
            "retry_attempt": envelope.retry_num,
            "retry_reason": envelope.retry_reason or "",
        }
    return wire
