"""Nobody is asked on leave or on a holiday, or reminded outside their working hours."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.domain.absence import WORK_BEGINS, WORK_ENDS, Week, reminder_moment
from models.domain.cadence import WEEKDAYS, local_moment

BERLIN = ZoneInfo("Europe/Berlin")
FIVE = frozenset(WEEKDAYS[:5])
WEEK = Week(BERLIN, FIVE)
TUESDAY = date(2026, 3, 3)
DAY = timedelta(days=1)
ZONES = (
    "Australia/Sydney",
    "Australia/Lord_Howe",
    "Europe/Berlin",
    "America/New_York",
    "America/St_Johns",
    "Asia/Kathmandu",
    "Asia/Kolkata",
    "Pacific/Auckland",
    "Pacific/Chatham",
    "Pacific/Honolulu",
)
zones = st.sampled_from(ZONES).map(ZoneInfo)
days = st.dates(date(2026, 1, 1), date(2027, 12, 31))
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
weeks = st.builds(
    Week,
    zone=zones,
    workdays=st.frozensets(st.sampled_from(WEEKDAYS), min_size=1),
    away_from=st.none() | days,
    away_to=st.none() | days,
    holidays=st.frozensets(days, max_size=5),
)


def at(day: date, hour: int, minute: int = 0, zone: ZoneInfo = BERLIN) -> datetime:
    return local_moment(day, time(hour, minute), zone)


@pytest.mark.parametrize(
    ("week", "working"),
    [
        (WEEK, True),
        (Week(BERLIN, frozenset({"mon", "wed"})), False),
        (Week(BERLIN, FIVE, holidays={TUESDAY}), False),
        (Week(BERLIN, FIVE, away_from=TUESDAY, away_to=TUESDAY), False),
        (Week(BERLIN, FIVE, away_from=TUESDAY - DAY, away_to=TUESDAY), False),
        (Week(BERLIN, FIVE, away_from=TUESDAY + DAY, away_to=TUESDAY + DAY), True),
        (Week(BERLIN, FIVE, away_from=TUESDAY - DAY, away_to=TUESDAY - DAY), True),
        (Week(BERLIN, FIVE, away_from=TUESDAY), False),
        (Week(BERLIN, FIVE, away_to=TUESDAY), False),
        (Week(BERLIN, FIVE, away_to=TUESDAY - DAY), True),
    ],
)
def test_a_working_day_is_a_workday_without_leave_or_holiday(week: Week, working: bool) -> None:
    assert week.works_on(TUESDAY) is working


@pytest.mark.parametrize(
    ("after", "first"),
    [
        (at(TUESDAY, 7), at(TUESDAY, 9)),
        (at(TUESDAY, 12, 30), at(TUESDAY, 12, 30)),
        (at(TUESDAY, 18), at(TUESDAY + DAY, 9)),
        (at(date(2026, 3, 6), 20), at(date(2026, 3, 9), 9)),
    ],
)
def test_the_first_working_moment(after: datetime, first: datetime) -> None:
    assert WEEK.first_working_moment(after) == first


def test_leave_without_an_end_has_no_working_moment() -> None:
    away = Week(BERLIN, FIVE, away_from=TUESDAY)
    assert away.first_working_moment(at(TUESDAY, 9)) is None
    assert reminder_moment(at(TUESDAY, 9), at(TUESDAY + DAY, 9), away) is None


@pytest.mark.parametrize(
    ("asked", "hours", "reminded"),
    [
        (at(TUESDAY, 9, 30), 24, at(TUESDAY, 12, 30)),
        (at(TUESDAY, 16), 24, at(TUESDAY + DAY, 9)),
        (at(TUESDAY, 5), 24, at(TUESDAY, 9)),
        (at(TUESDAY, 9, 30), 4, None),
        (at(TUESDAY, 9, 30), 5, at(TUESDAY, 12, 30)),
        (at(date(2026, 3, 6), 16), 24, None),  # Saturday is no workday
        (at(date(2026, 3, 6), 16), 72, at(date(2026, 3, 9), 9)),
    ],
)
def test_the_reminder_comes_inside_the_workday_and_the_window(
    asked: datetime, hours: int, reminded: datetime | None
) -> None:
    assert reminder_moment(asked, asked + timedelta(hours=hours), WEEK) == reminded


def test_on_the_day_of_the_gap_the_day_begins_at_nine_all_the_same() -> None:
    sunday = date(2026, 10, 4)  # Sydney puts its clocks forward
    sydney = Week(ZoneInfo("Australia/Sydney"), frozenset(WEEKDAYS))
    first = sydney.first_working_moment(datetime(2026, 10, 3, 14, tzinfo=UTC))
    assert first == at(sunday, 9, zone=sydney.zone) == datetime(2026, 10, 3, 22, tzinfo=UTC)


@settings(max_examples=300, deadline=None)
@given(weeks, moments)
def test_a_working_moment_is_always_in_the_hours_of_a_working_day(
    week: Week, after: datetime
) -> None:
    first = week.first_working_moment(after)
    if first is not None:
        local = first.astimezone(week.zone)
        assert first >= after
        assert week.works_on(local.date())
        assert WORK_BEGINS <= local.time() < WORK_ENDS
        assert week.first_working_moment(first) == first


@settings(max_examples=300, deadline=None)
@given(weeks, moments, st.integers(1, 100))
def test_a_reminder_leaves_three_hours_before_and_one_after(
    week: Week, asked: datetime, hours: int
) -> None:
    closes = asked + timedelta(hours=hours)
    moment = reminder_moment(asked, closes, week)
    if moment is not None:
        assert asked + timedelta(hours=3) <= moment < closes - timedelta(hours=1)
        assert week.first_working_moment(moment) == moment
