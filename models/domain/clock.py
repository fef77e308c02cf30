"""Where the time comes from. Nothing below `bot` asks the machine: a Clock is passed in."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Gives the present moment. In the playground it follows the playground's clock."""

    def now(self) -> datetime:
        """The present moment, timezone-aware, in UTC."""
        ...
