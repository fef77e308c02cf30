"""Nobody is told anything outside their working hours, nor twice a day (domain §10)."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.absence import HORIZON, WORK_BEGINS, WORK_ENDS, Week
from models.domain.cadence import WEEKDAYS, WORKDAYS, local_date
from models.domain.courtesy import day_is_over, may_tell

BERLIN = ZoneInfo("Europe/Berlin")
DAYS = frozenset(WORKDAYS.split(","))
ALWAYS = Week(BERLIN, DAYS)
TUESDAY = date(2026, 2, 3)

zones = st.sampled_from(
    [
        "UTC",
        "Europe/Berlin",
        "America/New_York",
        "Pacific/Apia",
        "Asia/Kathmandu",
        "Australia/Lord_Howe",
    ]
).map(ZoneInfo)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
workdays = st.sets(st.sampled_from(WEEKDAYS), min_size=1).map(frozenset)
days = st.dates(date(2026, 1, 1), date(2027, 1, 1))


def in_berlin(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 2, day, hour, minute, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("now", "told", "then"),
    [
        (in_berlin(3, 12), None, in_berlin(3, 12)),
        (in_berlin(3, 9), None, in_berlin(3, 9)),
        (in_berlin(3, 7), None, in_berlin(3, 9)),
        (in_berlin(3, 17, 59), None, in_berlin(3, 17, 59)),
        (in_berlin(3, 18), None, in_berlin(4, 9)),
        (in_berlin(3, 12), TUESDAY, in_berlin(4, 9)),
        (in_berlin(3, 12), TUESDAY - timedelta(days=1), in_berlin(3, 12)),
        (in_berlin(6, 20), None, in_berlin(9, 9)),
        (in_berlin(7, 12), None, in_berlin(9, 9)),
    ],
)
def test_a_word_waits_for_working_hours_of_a_day_without_one(
    now: datetime, told: date | None, then: datetime
) -> None:
    assert may_tell(now, ALWAYS, told) == then


def test_a_holiday_and_leave_are_waited_out() -> None:
    week = Week(BERLIN, DAYS, date(2026, 2, 3), date(2026, 2, 4), holidays={date(2026, 2, 5)})
    assert may_tell(in_berlin(3, 12), week, None) == in_berlin(6, 9)


def test_who_never_works_is_looked_at_again_later() -> None:
    never = Week(BERLIN, frozenset())
    later = in_berlin(3, 12) + timedelta(days=HORIZON)
    assert may_tell(in_berlin(3, 12), never, None) == later


def test_a_day_is_over_when_its_working_hours_are() -> None:
    assert not day_is_over(in_berlin(3, 17, 59), TUESDAY, ALWAYS)
    assert day_is_over(in_berlin(3, 18), TUESDAY, ALWAYS)
    assert day_is_over(in_berlin(4, 9), TUESDAY, ALWAYS)


@given(moments, zones, workdays, days, st.integers(0, 30), st.none() | days)
def test_never_outside_working_hours_and_never_twice_a_day(
    now: datetime, zone: ZoneInfo, kept: frozenset[str], away: date, length: int, told: date | None
) -> None:
    week = Week(zone, kept, away, away + timedelta(days=length))
    told = None if told is None else min(told, local_date(now, zone))
    moment = may_tell(now, week, told)
    local = moment.astimezone(zone)
    assert moment >= now
    assert week.works_on(local.date())
    assert WORK_BEGINS <= local.time() < WORK_ENDS
    assert told is None or local.date() > told


@given(moments, zones, workdays)
def test_it_is_the_first_such_moment(now: datetime, zone: ZoneInfo, kept: frozenset[str]) -> None:
    week = Week(zone, kept)
    moment = may_tell(now, week, None)
    assert may_tell(moment, week, None) == moment
    if moment > now:
        earlier = moment - timedelta(seconds=1)
        assert may_tell(max(now, earlier), week, None) == moment
