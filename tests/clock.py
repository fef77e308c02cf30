"""A clock that stands still until a test moves it."""

from datetime import UTC, datetime, timedelta

MORNING = datetime(2026, 3, 3, 8, 30, tzinfo=UTC)
"""A Tuesday, 09:30 in Berlin."""


class FixedClock:
    """A `Clock`: always the same moment, which a test may set or advance."""

    def __init__(self, moment: datetime = MORNING) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment

    def advance(self, by: timedelta) -> datetime:
        """Move on by a duration; the new moment."""
        self.moment += by
        return self.moment
