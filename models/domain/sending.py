"""What passes between a delivery worker and Slack: the parcel, where it stands, what went wrong."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from models.domain.delivery import Operation
from models.domain.messages import Message


class Spot(NamedTuple):
    """Where a message stands in Slack."""

    channel: str
    ts: str


@dataclass(frozen=True)
class Parcel:
    """One thing to do in Slack, in a worker's hands.

    `standing` is the message that a refresh changes, `thread` the one that a post answers to. When it is
    `ambiguous`, an earlier attempt may have arrived: look for `metadata_id` in what was posted since
    `written_at` before posting again.
    """

    delivery_id: int
    workspace_id: int
    attempt: int
    message: Message
    operation: Operation
    destination: str
    metadata_id: str
    written_at: datetime
    standing: Spot | None = None
    thread: Spot | None = None
    ambiguous: bool = False


class SlackBusy(Exception):
    """Slack did not take it now (429, 5xx, time-out, no connection): it is waited out.

    `retry_after` is in seconds, where Slack said so. `unsure` means that it may have arrived all the
    same; only a clear refusal such as 429 is sure.
    """

    def __init__(
        self, reason: str, *, retry_after: float | None = None, unsure: bool = True
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retry_after = retry_after
        self.unsure = unsure


class SlackRefused(Exception):
    """Slack will never take it; `error` is Slack's word for why, such as `channel_not_found`."""

    def __init__(self, error: str) -> None:
        super().__init__(error)
        self.error = error
