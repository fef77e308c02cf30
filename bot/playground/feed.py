"""What people's windows are told as it happens."""

import asyncio
from collections.abc import Callable
from typing import Any


class Reader:
    """One open window of one person."""

    def __init__(self, person: str) -> None:
        self.person = person
        self.waiting: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()


class Feed:
    """All open windows."""

    def __init__(self) -> None:
        self._readers: set[Reader] = set()

    def open(self, person: str) -> Reader:
        """Begin to listen as this person."""
        reader = Reader(person)
        self._readers.add(reader)
        return reader

    def leave(self, reader: Reader) -> None:
        """Stop listening."""
        self._readers.discard(reader)

    def tell(self, item: dict[str, Any], sees: Callable[[str], bool] = lambda _: True) -> None:
        """Tell every window whose person `sees` this."""
        for reader in self._readers:
            if sees(reader.person):
                reader.waiting.put_nowait(item)

    def tell_one(self, person: str, item: dict[str, Any]) -> None:
        """Tell the windows of one person."""
        self.tell(item, lambda reader: reader == person)

    def notice(self, person: str, text: str, level: str = "error") -> None:
        """What Slack itself says to a person."""
        self.tell_one(person, {"type": "notice", "level": level, "text": text})

    def close(self) -> None:
        """End every window's stream."""
        for reader in self._readers:
            reader.waiting.put_nowait(None)
