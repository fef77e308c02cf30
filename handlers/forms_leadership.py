"""Forms and buttons of what leaders read, as frozen values (see `forms`)."""

from datetime import date, timedelta
from typing import Literal, NamedTuple, Self

from handlers.forms import FrozenForm, Optional300
from models.domain.digest import DigestKind
from models.domain.errors import Unknown

AHEAD = 14
"""Days that a draft is written ahead, at most."""


class NoteForm(FrozenForm):
    """A sentence, and whether leaders read about the project this week."""

    sentence: Optional300 = None
    told: Literal["told", "held_back"]


class DraftRef(NamedTuple):
    """A project in the draft of a digest and the day it is read on; 0 where it was opened by itself."""

    project_id: int
    ceremony_id: int = 0
    day: int = 0

    @property
    def value(self) -> str:
        """As a button or a form carries it."""
        return f"{self.project_id}|{self.ceremony_id}|{self.day}"

    def on(self, today: date) -> date:
        """The draft's day, while it is to come: what stands in the draft stands in the form as well."""
        days = self.day - today.toordinal()
        return today + timedelta(days) if 0 < days <= AHEAD else today

    @classmethod
    def of(cls, value: str) -> Self:
        """From “project|ceremony|day”; the day may be left out.

        Raises:
            Unknown: it is none that we made.
        """
        numbers = value.split("|")
        if not all(one.isascii() and one.isdecimal() and len(one) <= 18 for one in numbers):
            raise Unknown
        return cls(*(int(one) for one in numbers[:3]))


def kind_of(words: list[str]) -> DigestKind:
    """The digest that is meant; what could use a hand where none is named."""
    return next((kind for kind in DigestKind if kind.value in words), DigestKind.STALLED)


class ChannelRef(NamedTuple):
    """A digest of a channel, as its buttons carry it: “leadership|C0123”; alone, what could use a hand."""

    kind: DigestKind
    channel: str

    @property
    def value(self) -> str:
        """As a button carries it."""
        return f"{self.kind.value}|{self.channel}"

    @classmethod
    def of(cls, value: str) -> Self:
        """From a button's value.

        Raises:
            Unknown: it is none that we made.
        """
        kind, _, channel = value.rpartition("|")
        if kind and kind not in set(DigestKind):
            raise Unknown
        return cls(DigestKind(kind or DigestKind.STALLED), channel)
