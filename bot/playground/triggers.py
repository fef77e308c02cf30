"""Trigger ids: three seconds of real time, one use."""

import secrets
import time
from dataclasses import dataclass

from bot.playground.errors import SlackError

LIFE_S = 3.0
# Long after its three seconds a trigger is forgotten, and then taken for a made-up one.
REMEMBER_S = 600.0


@dataclass
class Trigger:
    """Who did something, and in which conversation; `born` is on the machine's monotonic clock."""

    person: str
    channel: str | None
    born: float
    used: bool = False


class Triggers:
    """The trigger ids that were given out."""

    def __init__(self) -> None:
        self._given: dict[str, Trigger] = {}

    def give(self, person: str, channel: str | None = None) -> str:
        """A new trigger id for what a person just did."""
        now = time.monotonic()
        while self._given:
            oldest = next(iter(self._given))
            if now - self._given[oldest].born < REMEMBER_S:
                break
            del self._given[oldest]
        ident = f"{secrets.randbelow(10**13)}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        self._given[ident] = Trigger(person, channel, now)
        return ident

    def peek(self, ident: str) -> Trigger:
        """A trigger id that can still be used; whoever uses it marks it `used`.

        Raises:
            SlackError: it is unknown, used, or older than three seconds.
        """
        trigger = self._given.get(ident)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if time.monotonic() - trigger.born > LIFE_S:
            raise SlackError("expired_trigger_id")
        return trigger
