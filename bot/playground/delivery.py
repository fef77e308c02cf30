"""Getting payloads to the bot: sent, logged, and events sent again when they were not taken."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.playground.clock import Clock, stamp
from bot.playground.faults import Faults
from bot.playground.ids import fresh
from bot.playground.log import Log
from bot.playground.transport import Ack, Envelope, Transport, first

# After a failure: at once, a minute later, five minutes later; docs.slack.dev/apis/events-api.
RETRIES_S = (0, 60, 300)


class Delivery:
    """The way to the bot, with the inspector's log."""

    def __init__(self, transport: Transport, clock: Clock, log: Log, faults: Faults) -> None:
        self._transport = transport
        self._clock = clock
        self._log = log
        self._faults = faults
        self.under_way = 0

    async def send(self, envelope: Envelope) -> Ack:
        """Send one payload (twice when a test asked for that) and wait for the ack."""
        copies = 2 if self._faults.take_duplicate() else 1
        at = stamp(self._clock.now())
        self.under_way += 1
        try:
            sending = [asyncio.ensure_future(self._transport.send(envelope)) for _ in range(copies)]
            ack = await first(sending)
        finally:
            self.under_way -= 1
            self._clock.touch()
        self._log.add(
            at=at,
            direction="to_bot",
            name=envelope.name,
            ms=ack.ms,
            ok=ack.status == "ok",
            error=ack.detail,
            request=envelope.payload,
            response=ack.body,
        )
        return ack

    async def send_event(self, envelope: Envelope, later: Callable[[Awaitable[None]], None]) -> Ack:
        """Send an event; what is not taken comes again later, on the playground's clock."""
        ack = await self.send(envelope)
        if ack.status != "ok" and not ack.stop:
            later(self._again(envelope, ack))
        return ack

    async def _again(self, envelope: Envelope, ack: Ack) -> None:
        for number, wait_s in enumerate(RETRIES_S, start=1):
            await self._clock.sleep(wait_s)
            reason = ack.reason or "unknown_error"
            again = replace(envelope, ident=fresh("E"), retry_num=number, retry_reason=reason)
            ack = await self.send(again)
            if ack.status == "ok" or ack.stop:
                return
