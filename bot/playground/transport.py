"""What is sent to the bot and what comes back, whichever way it travels."""

import asyncio
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from bot.playground.ids import fresh

JSON = dict[str, Any]
ACK_S = 3.0


@dataclass(frozen=True)
class Envelope:
    """One payload for the bot; `name` is what the inspector calls it."""

    kind: Literal["events_api", "interactive", "slash_commands"]
    name: str
    payload: JSON
    answerable: bool = False
    retry_num: int = 0
    retry_reason: str | None = None
    ident: str = field(default_factory=lambda: fresh("E"))


@dataclass(frozen=True)
class Ack:
    """How the bot answered; `reason` is Slack's word for a failure, `stop` asks for no retry."""

    status: Literal["ok", "timeout", "failed"]
    ms: float = 0.0
    body: Any = None
    detail: str | None = None
    reason: str | None = None
    stop: bool = False

    def shown(self) -> JSON:
        """The ack as the control API reports it."""
        return {"ms": self.ms, "status": self.status, "detail": self.detail}


class Transport(Protocol):
    """A way to the bot."""

    async def send(self, envelope: Envelope) -> Ack:
        """Send once and wait for the ack, at most three seconds of real time."""

    async def close(self) -> None:
        """Let go of connections."""


async def first(sending: list["asyncio.Task[Ack]"]) -> Ack:
    """The answer that comes first; the others are waited for as well."""
    done, _ = await asyncio.wait(sending, return_when=asyncio.FIRST_COMPLETED)
    await asyncio.wait(sending)
    return next(task for task in sending if task in done).result()
