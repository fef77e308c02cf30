"""The inspector's memory: every payload sent and every call received."""

from collections import deque
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.playground.errors import SlackError
from bot.playground.feed import Feed

KEPT = 5_000


@dataclass(frozen=True)
class Entry:
    """One exchange with the bot; `at` is the playground's time, `ms` real milliseconds."""

    n: int
    at: str
    direction: Literal["to_bot", "from_bot"]
    name: str
    ms: float
    ok: bool
    error: str | None
    request: Any
    response: Any
    checks: list[str] = field(default_factory=list)


class Log:
    """The last `KEPT` exchanges, numbered from 1."""

    def __init__(self, feed: Feed) -> None:
        self._feed = feed
        self._entries: deque[Entry] = deque(maxlen=KEPT)
        self.last = 0

    def add(self, **fields: Any) -> None:
        """Note an exchange that has ended."""
        self.last += 1
        entry = Entry(n=self.last, **fields)
        self._entries.append(entry)
        self._feed.tell({"type": "log", "entry": vars(entry)})

    def refusal(self, at: str, name: str, refused: SlackError, given: Any) -> None:
        """Note an answer of the bot's that came with an ack and could not be used."""
        metadata = refused.extra.get("response_metadata") or {}
        self.add(
            at=at,
            direction="from_bot",
            name=f"{name}:answer",
            ms=0,
            ok=False,
            error=refused.error,
            request=given,
            response=None,
            checks=metadata.get("messages", []),
        )

    def after(self, n: int) -> list[dict[str, Any]]:
        """The exchanges numbered above `n`, oldest first."""
        return [vars(entry) for entry in self._entries if entry.n > n]

    def clear(self) -> None:
        """Forget the exchanges; the numbers go on."""
        self._entries.clear()
