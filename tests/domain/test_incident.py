"""How long an incident took to repair, against what was agreed (S3-19)."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from models.domain.incident import Clock

OPENED = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def after(**took: int) -> datetime:
    return OPENED + timedelta(**took)


@pytest.mark.parametrize(
    ("closed", "hours"),
    [
        (after(minutes=0), 1),
        (after(minutes=59), 1),
        (after(hours=1), 1),
        (after(hours=1, seconds=1), 2),
        (after(days=3), 72),
    ],
)
def test_a_begun_hour_counts(closed: datetime, hours: int) -> None:
    assert Clock(OPENED, closed).hours == hours


def test_an_open_one_says_until_when() -> None:
    clock = Clock(OPENED, agreed=8)
    assert (clock.hours, clock.until, clock.late) == (None, after(hours=8), False)
    assert Clock(OPENED).until is None


def test_late_is_one_second_after_what_was_agreed() -> None:
    assert not Clock(OPENED, after(hours=8), 8).late
    assert Clock(OPENED, after(hours=8, seconds=1), 8).late
    assert not Clock(OPENED, after(days=30)).late


def test_an_open_one_is_over_time_once_the_agreed_hours_are_over() -> None:
    clock = Clock(OPENED, agreed=8)
    assert not clock.over_time(after(hours=8))
    assert clock.over_time(after(hours=8, seconds=1))
    assert clock.late_from == after(hours=8, seconds=1)
    assert not Clock(OPENED).over_time(after(days=30)), "nothing is agreed"
    assert Clock(OPENED).late_from is None


def test_hours_are_the_clocks_also_when_the_wall_jumps() -> None:
    """On the night to 29 March Berlin's wall skips an hour: eight hours later is nine on the wall."""
    opened = datetime(2026, 3, 28, 22, 0, tzinfo=UTC)
    until = Clock(opened, agreed=8).until
    assert until is not None
    assert until.astimezone(ZoneInfo("Europe/Berlin")).hour == 23 - 24 + 8 + 1
