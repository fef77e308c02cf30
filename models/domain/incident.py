"""An incident of a live model: one at a time, from when it was seen to fix and prevention (S3-12, S3-19)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

HOUR = timedelta(hours=1)
A_SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class OpenIncident:
    """That an incident of a project is open; `late`: for longer than was agreed."""

    incident_id: int
    opened_on: date
    late: bool = False


@dataclass(frozen=True)
class Clock:
    """How long an incident takes to repair, against what was agreed, from when it was opened.

    Hours of the clock, nights and weekends too: a live model works then. `agreed` is None where nothing is.
    """

    opened_at: datetime
    closed_at: datetime | None = None
    agreed: int | None = None

    @property
    def until(self) -> datetime | None:
        """When it is to be over."""
        return None if self.agreed is None else self.opened_at + self.agreed * HOUR

    @property
    def late_from(self) -> datetime | None:
        """From when on it takes longer than agreed, if anything is."""
        return None if self.until is None else self.until + A_SECOND

    @property
    def hours(self) -> int | None:
        """How many hours it took, a begun one counted; None while it is open."""
        if self.closed_at is None:
            return None
        return max(-((self.opened_at - self.closed_at) // HOUR), 1)

    @property
    def late(self) -> bool:
        """Whether it was closed later than agreed."""
        return self.closed_at is not None and self.over_time(self.closed_at)

    def over_time(self, now: datetime) -> bool:
        """Whether the agreed hours were over by then."""
        return self.until is not None and now > self.until
