"""When a digest is posted, and how late it may come (design §3, domain §5)."""

from datetime import datetime, time, timedelta
from enum import StrEnum


class DigestKind(StrEnum):
    """Digests that there are."""

    STALLED = "stalled"


class DigestFormat(StrEnum):
    """How a digest is printed on the command line."""

    TEXT = "text"
    BLOCKS = "blocks"


STALLED_DAYS = ("thu",)
STALLED_TIME = time(15, 0)
"""Domain §5.2."""

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
