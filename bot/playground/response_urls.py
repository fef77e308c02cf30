"""`response_url`: five uses in thirty minutes of the playground's clock."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.playground.clock import Clock
from bot.playground.errors import SlackError
from bot.playground.ids import token

USES = 5
LIFE = timedelta(minutes=30)


@dataclass
class ResponseUrl:
    """Whom and what an answer goes to; `ts` is the message that was clicked, if one was."""

    person: str
    channel: str
    expires: datetime
    ts: str | None = None
    left: int = USES


class ResponseUrls:
    """The answers that the bot may still give."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._given: dict[str, ResponseUrl] = {}

    def give(self, person: str, channel: str, ts: str | None = None) -> str:
        """The token of a new response_url."""
        now = self._clock.now()
        for old in [k for k, it in self._given.items() if it.expires + LIFE < now]:
            del self._given[old]
        ident = token()
        self._given[ident] = ResponseUrl(person, channel, now + LIFE, ts)
        return ident

    def take(self, ident: str) -> ResponseUrl:
        """Use a response_url once.

        Raises:
            SlackError: unknown, used five times, or half an hour old.
        """
        it = self._given.get(ident)
        if it is None:
            raise SlackError("invalid_url")
        if it.expires < self._clock.now():
            raise SlackError("expired_url")
        if it.left <= 0:
            raise SlackError("used_url")
        it.left -= 1
        return it
