"""States of a message on its way to Slack, pacing, and when it is tried again."""

from datetime import datetime, timedelta
from enum import StrEnum


class Operation(StrEnum):
    """What is done in Slack; DO is done in our own record."""

    POST = "post"
    REFRESH = "refresh"
    READ = "read"
    SHOW = "show"
    DO = "do"


NO_MESSAGE = (Operation.SHOW, Operation.DO)
"""What stands behind a click of somebody's: done once, and its row is gone."""


class DeliveryState(StrEnum):
    """waiting → released (a worker has it) → sending → sent | refused | cancelled."""

    WAITING = "waiting"
    RELEASED = "released"
    SENDING = "sending"
    SENT = "sent"
    REFUSED = "refused"
    CANCELLED = "cancelled"


IN_HAND = (DeliveryState.RELEASED, DeliveryState.SENDING)
OPEN = (DeliveryState.WAITING, *IN_HAND)

UNSURE = "unsure"
"""How the error of a waiting delivery begins that may have reached Slack: look before sending again."""


def is_unsure(error: str | None) -> bool:
    """Whether an earlier attempt may have reached Slack, by the error that it left."""
    return error is not None and error.startswith(UNSURE)


class Priority:
    """Smaller goes first: a person who waits before a channel, a channel before a refresh."""

    PERSON = 10
    CHANNEL = 20
    REFRESH = 30


LEASE = timedelta(seconds=60)
"""How long a worker may hold a delivery before another one takes it up."""

PATIENCE = timedelta(seconds=45)
"""How long a worker waits for Slack: it has to be over well before the lease is."""

PAUSE = timedelta(seconds=2)
"""How long a message waits for the one that it belongs to."""

MOST_CRASHES = 5
"""After so many attempts a message that can't be rendered is given up."""

FIRST_RETRY = timedelta(seconds=2)
LONGEST_RETRY = timedelta(minutes=10)


def retry_at(now: datetime, attempts: int, retry_after: float | None = None) -> datetime:
    """When to try again: what Slack asked for (seconds), otherwise twice as long each time."""
    if retry_after is not None:
        return now + timedelta(seconds=retry_after)
    return now + min(FIRST_RETRY * (1 << min(attempts - 1, 12)), LONGEST_RETRY)
