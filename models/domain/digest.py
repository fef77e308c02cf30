"""When a digest is posted, and how late it may come (design §3, domain §5)."""

from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple

from models.domain.standup import CeremonyKind


class Usual(NamedTuple):
    """What a kind of digest is called, and when it is posted unless somebody says otherwise."""

    name: str
    ceremony: CeremonyKind
    days: tuple[str, ...]
    time: time


class DigestKind(StrEnum):
    """Digests that there are."""

    STALLED = "stalled"
    LEADERSHIP = "leadership"
    PROGRESS = "progress"

    @property
    def usual(self) -> Usual:
        """Its name, and its usual day and time (domain §5.1 to §5.3)."""
        return USUAL[self]

    @classmethod
    def of(cls, ceremony: CeremonyKind) -> "DigestKind":
        """The digest that a ceremony is the appointment of.

        Raises:
            ValueError: it is no digest's.
        """
        return cls(ceremony.value.removeprefix("digest_"))


class DigestFormat(StrEnum):
    """How a digest is printed on the command line."""

    TEXT = "text"
    BLOCKS = "blocks"
    HTML = "html"


USUAL = {
    DigestKind.STALLED: Usual("Stalled digest", CeremonyKind.DIGEST_STALLED, ("thu",), time(15, 0)),
    DigestKind.LEADERSHIP: Usual(
        "Leadership digest", CeremonyKind.DIGEST_LEADERSHIP, ("mon",), time(9, 0)
    ),
    DigestKind.PROGRESS: Usual(
        "Progress digest", CeremonyKind.DIGEST_PROGRESS, ("fri",), time(15, 0)
    ),
}
CEREMONIES = tuple(usual.ceremony for usual in USUAL.values())
"""The ceremonies that are digests."""

GRACE = timedelta(hours=24)
"""A digest that could not be posted is still posted this long after its time; then its slot is skipped."""

LATE = timedelta(minutes=30)
"""From here on it says that it is late."""


def is_too_late(due_at: datetime, now: datetime) -> bool:
    """Whether a slot's digest is skipped because its day is over."""
    return now - due_at > GRACE


def is_late(due_at: datetime, now: datetime) -> bool:
    """Whether a digest says that it comes late."""
    return now - due_at > LATE
