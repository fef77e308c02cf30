"""States of a message on its way to Slack, pacing, and when it is tried again."""

from datetime import datetime, timedelta
from enum import StrEnum


class Operation(StrEnum):
    """What is done in Slack."""

    POST = "post"
    REFRESH = "refresh"
    READ = "read"


class DeliveryState(StrEnum):
    """waiting → released (a worker has it) → sending → sent | refused | cancelled."""

    WAITING = "waiting"
    RELEASED = "released"
    SENDING = "sending"
    SENT = "sent"
    REFUSED = "refused"
    CANCELLED = "cancelled"


class Priority:
    """Smaller goes first: a person who waits before a channel, a channel before a refresh."""

    PERSON = 10
    CHANNEL = 20
    REFRESH = 30


LEASE = timedelta(seconds=60)
"""How long a worker may hold a delivery before another one takes it up."""

FIRST_RETRY = timedelta(seconds=2)
LONGEST_RETRY = timedelta(minutes=10)


def retry_at(now: datetime, attempts: int, retry_after: float | None = None) -> datetime:
    """When to try again: what Slack asked for (seconds), otherwise twice as long each time."""
    if retry_after is not None:
        return now + timedelta(seconds=retry_after)
    return now + min(FIRST_RETRY * (1 << min(attempts - 1, 12)), LONGEST_RETRY)
