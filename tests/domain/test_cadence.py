"""Slots are wall-clock times of a local date: 09:30 stays 09:30 when the clocks change."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.domain.cadence import (
    WEEKDAYS,
    OwnTime,
    first_moment,
    known_zone,
    local_date,
    local_moment,
    next_slot,
    upcoming,
    working_days,
    zone_of,
)

AT = time(9, 30)
ZONES = (
    "Australia/Sydney",
    "Australia/Lord_Howe",
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kathmandu",
    "Asia/Kolkata",
    "Pacific/Auckland",
    "Pacific/Honolulu",
    "Pacific/Apia",
    "Pacific/Kiritimati",
    "Etc/GMT+12",
)
zones = st.sampled_from(ZONES).map(ZoneInfo)
days = st.dates(date(2025, 1, 1), date(2027, 12, 31))
times = st.times().map(lambda at: at.replace(second=0, microsecond=0))


def utc(day: date, at: time, zone: str) -> str:
    return f"{local_moment(day, at, ZoneInfo(zone)):%d %b %H:%M}"


@pytest.mark.parametrize(
    ("zone", "before", "after", "in_utc"),
    [
        (
            "Australia/Sydney",
            date(2026, 10, 3),
            date(2026, 10, 5),
            ("02 Oct 23:30", "04 Oct 22:30"),
        ),
        ("Europe/Berlin", date(2026, 10, 24), date(2026, 10, 26), ("24 Oct 07:30", "26 Oct 08:30")),
        ("Europe/Berlin", date(2026, 3, 28), date(2026, 3, 30), ("28 Mar 08:30", "30 Mar 07:30")),
        (
            "America/New_York",
            date(2026, 10, 31),
            date(2026, 11, 2),
            ("31 Oct 13:30", "02 Nov 14:30"),
        ),
        (
            "Australia/Lord_Howe",
            date(2026, 10, 3),
            date(2026, 10, 5),
            ("02 Oct 23:00", "04 Oct 22:30"),
        ),
        (
            "Pacific/Auckland",
            date(2026, 9, 26),
            date(2026, 9, 28),
            ("25 Sep 21:30", "27 Sep 20:30"),
        ),
        (
            "Asia/Kathmandu",
            date(2026, 10, 24),
            date(2026, 10, 26),
            ("24 Oct 03:45", "26 Oct 03:45"),
        ),
        ("Asia/Kolkata", date(2026, 10, 24), date(2026, 10, 26), ("24 Oct 04:00", "26 Oct 04:00")),
        (
            "Pacific/Honolulu",
            date(2026, 10, 31),
            date(2026, 11, 2),
            ("31 Oct 19:30", "02 Nov 19:30"),
        ),
        ("Pacific/Apia", date(2026, 10, 24), date(2026, 10, 26), ("23 Oct 20:30", "25 Oct 20:30")),
        (
            "Pacific/Kiritimati",
            date(2026, 10, 24),
            date(2026, 10, 26),
            ("23 Oct 19:30", "25 Oct 19:30"),
        ),
    ],
)
def test_half_past_nine_stays_half_past_nine(
    zone: str, before: date, after: date, in_utc: tuple[str, str]
) -> None:
    assert (utc(before, AT, zone), utc(after, AT, zone)) == in_utc


@pytest.mark.parametrize(
    ("zone", "day", "gone", "instead"),
    [
        ("Australia/Sydney", date(2026, 10, 4), time(2, 30), time(3, 0)),
        ("Europe/Berlin", date(2026, 3, 29), time(2, 0), time(3, 0)),
        ("Europe/Berlin", date(2026, 3, 29), time(2, 59), time(3, 0)),
        ("America/New_York", date(2026, 3, 8), time(2, 1), time(3, 0)),
        ("Australia/Lord_Howe", date(2026, 10, 4), time(2, 15), time(2, 30)),
    ],
)
def test_a_time_in_the_gap_is_the_first_minute_after_it(
    zone: str, day: date, gone: time, instead: time
) -> None:
    moment = local_moment(day, gone, ZoneInfo(zone))
    assert moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == datetime.combine(day, instead)


def test_a_whole_day_that_was_skipped_is_the_midnight_after_it() -> None:
    """Samoa went over the date line: there was no 30 December 2011."""
    apia = ZoneInfo("Pacific/Apia")
    moment = local_moment(date(2011, 12, 30), AT, apia)
    assert moment.astimezone(apia).isoformat() == "2011-12-31T00:00:00+14:00"


@pytest.mark.parametrize(
    ("zone", "day", "twice", "in_utc"),
    [
        ("Europe/Berlin", date(2026, 10, 25), time(2, 30), "25 Oct 00:30"),
        ("America/New_York", date(2026, 11, 1), time(1, 30), "01 Nov 05:30"),
        ("Australia/Sydney", date(2026, 4, 5), time(2, 30), "04 Apr 15:30"),
        ("Australia/Lord_Howe", date(2026, 4, 5), time(1, 45), "04 Apr 14:45"),
    ],
)
def test_a_time_that_comes_twice_is_taken_the_first_time(
    zone: str, day: date, twice: time, in_utc: str
) -> None:
    assert utc(day, twice, zone) == in_utc


@settings(max_examples=150, deadline=None)
@given(days, times, zones)
def test_a_slot_is_on_its_date_at_its_time_unless_that_does_not_exist(
    day: date, at: time, zone: ZoneInfo
) -> None:
    moment = local_moment(day, at, zone)
    local = moment.astimezone(zone)
    assert moment.tzinfo is UTC
    assert local_date(moment, zone) == day
    if local.time() != at:  # in a gap: the minute before has another offset
        assert local.time() > at
        assert (moment - timedelta(minutes=1)).astimezone(zone).utcoffset() != local.utcoffset()


@settings(max_examples=60, deadline=None)
@given(days, times, zones)
def test_slots_come_in_the_order_of_their_dates(day: date, at: time, zone: ZoneInfo) -> None:
    moments = [local_moment(day + timedelta(days=n), at, zone) for n in range(5)]
    assert moments == sorted(set(moments))


@settings(max_examples=60, deadline=None)
@given(days, st.sets(st.sampled_from(WEEKDAYS), min_size=1))
def test_each_slot_comes_once_and_none_is_left_out(start: date, names: set[str]) -> None:
    wanted = [
        day for n in range(1, 29) if WEEKDAYS[(day := start + timedelta(days=n)).weekday()] in names
    ]
    found, day = [], start
    for _ in wanted:
        day = next_slot(names, day)
        found.append(day)
    assert found == wanted


def test_a_cadence_without_days_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one weekday"):
        next_slot([], date(2026, 3, 3))


def test_the_first_moment_is_that_of_the_easternmost_person() -> None:
    places = ("Pacific/Honolulu", "Pacific/Auckland", "Europe/Berlin")
    people = [OwnTime(AT, ZoneInfo(place)) for place in places]
    assert first_moment(date(2026, 3, 3), people).isoformat() == "2026-03-02T20:30:00+00:00"


def test_who_is_asked_at_a_time_of_their_own_may_be_the_first() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    people = [OwnTime(AT, berlin), OwnTime(time(7), berlin)]
    assert first_moment(date(2026, 3, 3), people).isoformat() == "2026-03-03T06:00:00+00:00"


def test_where_nobody_is_asked_there_is_no_first_moment() -> None:
    with pytest.raises(ValueError, match="empty"):
        first_moment(date(2026, 3, 3), [])


def test_the_next_slot_is_one_that_nobody_is_late_for() -> None:
    """Tuesday 10:00 in Auckland: for Honolulu Tuesday's 09:30 is still to come, for Auckland it is over."""
    now = datetime(2026, 3, 2, 21, 0, tzinfo=UTC)
    both = [OwnTime(AT, ZoneInfo("Pacific/Honolulu")), OwnTime(AT, ZoneInfo("Pacific/Auckland"))]
    monday = date(2026, 3, 2)
    assert upcoming(("tue", "thu"), both, after=monday, not_before=now) == date(2026, 3, 5)
    assert upcoming(("tue", "thu"), both[:1], after=monday, not_before=now) == date(2026, 3, 3)


def test_over_all_three_changes_of_the_clocks_everyone_has_the_same_hour_and_window() -> None:
    """Sydney on 4 October, Berlin on 25 October, New York on 1 November 2026; eight zones, every slot."""
    places = (
        "Pacific/Honolulu",
        "America/Los_Angeles",
        "America/New_York",
        "Europe/Berlin",
        "Asia/Kolkata",
        "Asia/Kathmandu",
        "Australia/Sydney",
        "Pacific/Auckland",
    )
    everyone = [OwnTime(AT, ZoneInfo(place)) for place in places]
    day = date(2026, 9, 28)
    while (day := next_slot(("tue", "thu"), day)) < date(2026, 11, 6):
        moments = {own.zone.key: local_moment(day, own.at, own.zone) for own in everyone}
        for own in everyone:
            shown = moments[own.zone.key].astimezone(own.zone)
            assert (shown.date(), shown.time()) == (day, AT)
        assert first_moment(day, everyone) == moments["Pacific/Auckland"]
        spread = moments["Pacific/Honolulu"] - moments["Pacific/Auckland"]
        assert spread == timedelta(hours=23)


@settings(max_examples=100, deadline=None)
@given(days, st.integers(-5, 60))
def test_working_days_are_mondays_to_fridays_the_first_day_included(
    start: date, length: int
) -> None:
    one_by_one = sum((start + timedelta(days=n)).weekday() < 5 for n in range(length))
    assert working_days(start, start + timedelta(days=length)) == one_by_one


def test_an_unknown_zone_is_refused() -> None:
    assert zone_of("Asia/Kathmandu").key == "Asia/Kathmandu"
    with pytest.raises(ZoneInfoNotFoundError):
        zone_of("Mars/Olympus")


@pytest.mark.parametrize("name", ["", "Mars/Olympus_Mons", "../etc/passwd", "Europe"])
def test_a_zone_that_nobody_knows_is_another_one(name: str) -> None:
    assert known_zone(name, "UTC") == "UTC"
    assert known_zone("Asia/Kathmandu", "UTC") == "Asia/Kathmandu"
