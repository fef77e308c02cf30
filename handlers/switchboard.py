"""Which handler a payload is for: one look, where Bolt asks each of its listeners in turn if it is theirs.

Of a kind of payload Bolt knows two listeners: one that acks when it is done, and one that acks at once and
opens a modal then. Asking two hundred of them took longer than all else before an ack (design §6).
"""

from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncAck

Body = dict[str, Any]
Acks = Callable[[AsyncAck, Body], Awaitable[None]]
Opened = Callable[[Body], Awaitable[None]]
Listen = Callable[..., Callable[..., Any]]
"""One of the app's decorators for a kind of payload, such as `app.view`, but for its `matchers`."""


class Switchboard:
    """The handlers of one kind of payload, by the name that `name_of` finds in it."""

    def __init__(self, listen: Listen, name_of: Callable[[Body], str]) -> None:
        self._acks: dict[str, Acks] = {}
        self._opens: dict[str, Opened] = {}
        self._name_of = name_of

        async def acks(body: Body) -> bool:
            return name_of(body) in self._acks

        async def opens(body: Body) -> bool:
            return name_of(body) in self._opens

        listen(matchers=[acks])(self._acked)
        listen(matchers=[opens])(ack=acknowledge, lazy=[self._opened])

    def acks(self, name: str, listener: Acks) -> None:
        """What this name's listener does ends with its ack."""
        self._acks[self._new(name)] = listener

    def opens(self, name: str, listener: Opened) -> None:
        """The ack goes first; what this name's listener does follows."""
        self._opens[self._new(name)] = listener

    def __contains__(self, name: str) -> bool:
        return name in self._acks or name in self._opens

    def _new(self, name: str) -> str:
        if name in self:
            raise ValueError(f"{name} is bound twice")
        return name

    async def _acked(self, ack: AsyncAck, body: Body) -> None:
        await self._acks[self._name_of(body)](ack, body)

    async def _opened(self, body: Body) -> None:
        await self._opens[self._name_of(body)](body)


async def acknowledge(ack: AsyncAck) -> None:
    """Nothing else: Slack's clock runs."""
    await ack()
