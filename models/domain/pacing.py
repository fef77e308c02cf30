"""How fast Slack may be told things: token buckets, filled by time (contract §6).

Slots are taken when a message is released, not when it is written: slots given out beforehand would all
be due at once after a pause.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from models.domain.delivery import Operation


@dataclass(frozen=True)
class Limit:
    """A bucket: its name, how many tokens a second flow in, and how many it holds."""

    bucket: str
    per_second: float
    burst: float = 1.0


def limits_of(operation: Operation, destination: str) -> tuple[Limit, ...]:
    """Which of Slack's limits a delivery counts against.

    chat.postMessage: 1 a second and channel, “several hundred” a minute and workspace (300 here).
    chat.update: tier 3, 50 a minute. Reads: users.info and conversations.members are tier 4, and so are
    views.publish and views.update, each: a person waits for them, so half a minute's worth may come at once.
    Slack has no limit for what isn't done there.
    """
    if operation is Operation.POST:
        return Limit(f"to:{destination}", 1.0), Limit("post", 5.0, burst=5.0)
    if operation is Operation.REFRESH:
        return (Limit("update", 50 / 60, burst=5.0),)
    if operation is Operation.DO:
        return ()
    if operation is Operation.SHOW:
        return (Limit("show", 100 / 60, burst=50.0),)
    return (Limit("read", 100 / 60, burst=5.0),)


def filled(tokens: float, filled_at: datetime, now: datetime, limit: Limit) -> float:
    """How many tokens the bucket holds at `now`; a clock that went back fills nothing."""
    seconds = max((now - filled_at).total_seconds(), 0.0)
    return min(tokens + seconds * limit.per_second, limit.burst)


def wait_for_one(tokens: float, limit: Limit) -> timedelta:
    """How long until the bucket holds one token."""
    return timedelta(seconds=max(1.0 - tokens, 0.0) / limit.per_second)
