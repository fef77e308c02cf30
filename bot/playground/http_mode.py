"""Signed HTTP: every payload is a POST to the app's request URL."""

import asyncio
import hashlib
import hmac
import json
import time
from typing import Any
from urllib.parse import urlencode

import aiohttp

from bot.playground.clock import EPOCH, wall_time
from bot.playground.transport import ACK_S, Ack, Envelope

MOST_REDIRECTS = 2
KEPT_S = 2.0
"""How long an unused connection is kept. Servers close theirs after five seconds (uvicorn's default), and a
payload that is posted at just that moment would be lost."""


def signature(secret: str, timestamp: str, body: str) -> str:
    """Slack's v0 signature; docs.slack.dev/authentication/verifying-requests-from-slack."""
    base = f"v0:{timestamp}:{body}"
    return "v0=" + hmac.new(secret.encode(), base.encode(), hashlib.sha256).hexdigest()


class SignedHttp:
    """Posts to one URL; the timestamp is real time, since the bot compares it with its own."""

    def __init__(self, url: str, secret: str) -> None:
        self._url = url
        self._secret = secret
        self._session: aiohttp.ClientSession | None = None

    async def send(self, envelope: Envelope) -> Ack:
        """Post once; anything but 200 is a failure."""
        if self._session is None:
            kept = aiohttp.TCPConnector(keepalive_timeout=KEPT_S)
            self._session = aiohttp.ClientSession(connector=kept)
        body, content_type = _encoded(envelope)
        begun = time.monotonic()
        try:
            async with (
                asyncio.timeout(ACK_S),
                self._session.post(
                    self._url,
                    data=body.encode(),
                    headers=self._headers(envelope, body, content_type),
                    max_redirects=MOST_REDIRECTS,
                ) as response,
            ):
                text = await response.text()
        except TimeoutError:
            return Ack("timeout", _ms(begun), detail="no answer within 3 s", reason="http_timeout")
        except aiohttp.TooManyRedirects as error:
            return Ack("failed", _ms(begun), detail=repr(error), reason="too_many_redirects")
        except aiohttp.ClientError as error:
            return Ack("failed", _ms(begun), detail=repr(error), reason="connection_failed")
        if response.status != 200:
            return Ack(
                "failed",
                _ms(begun),
                detail=f"HTTP {response.status}",
                reason="http_error",
                stop=response.headers.get("x-slack-no-retry") == "1",
            )
        answer = _decoded(text) if envelope.answerable else None
        return Ack("ok", _ms(begun), body=answer)

    def _headers(self, envelope: Envelope, body: str, content_type: str) -> dict[str, str]:
        timestamp = str(int((wall_time() - EPOCH).total_seconds()))
        headers = {
            "Content-Type": content_type,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": signature(self._secret, timestamp, body),
        }
        if envelope.retry_num:
            headers["X-Slack-Retry-Num"] = str(envelope.retry_num)
            headers["X-Slack-Retry-Reason"] = envelope.retry_reason or "unknown_error"
        return headers

    async def close(self) -> None:
        """Let go of connections."""
        if self._session is not None:
            await self._session.close()


def _encoded(envelope: Envelope) -> tuple[str, str]:
    if envelope.kind == "events_api":
        return json.dumps(envelope.payload), "application/json"
    form = envelope.payload
    if envelope.kind == "interactive":
        form = {"payload": json.dumps(envelope.payload)}
    return urlencode(form), "application/x-www-form-urlencoded"


def _decoded(text: str) -> Any:
    """The answer in the body: JSON, plain text as a message, nothing as None."""
    if not text:
        return None
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return {"text": text}


def _ms(begun: float) -> float:
    return round((time.monotonic() - begun) * 1000, 2)
