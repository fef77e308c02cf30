"""Where the time comes from. Nothing below `bot` asks the machine: a Clock is passed in."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol


class Clock(Protocol):
    """Gives the present moment. In the playground it follows the playground's clock."""

    def now(self) -> datetime:
        """The present moment, timezone-aware, in UTC."""
        ...


@dataclass(frozen=True)
class Moment:
    """A moment in UTC, and the date on the workspace's wall."""

    now: datetime
    today: date
