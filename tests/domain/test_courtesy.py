"""Nobody is told anything outside their working hours, nor twice a day (domain §10)."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.cadence import WEEKDAYS, WORKDAYS, local_date
from models.domain.courtesy import DAY_BEGINS, DAY_ENDS, LOOK_AHEAD, may_tell, works_on

BERLIN = ZoneInfo("Europe/Berlin")
ALWAYS = works_on(WORKDAYS, None, None)
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
workdays = st.sets(st.sampled_from(WEEKDAYS), min_size=1).map(",".join)
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
    assert may_tell(now, BERLIN, ALWAYS, told) == then


def test_away_days_include_both_ends() -> None:
    works = works_on(WORKDAYS, date(2026, 2, 3), date(2026, 2, 5))
    assert may_tell(in_berlin(3, 12), BERLIN, works, None) == in_berlin(6, 9)


def test_who_never_works_is_looked_at_again_in_a_year() -> None:
    assert may_tell(in_berlin(3, 12), BERLIN, works_on("", None, None), None) == in_berlin(
        3, 12
    ) + timedelta(days=LOOK_AHEAD)


@given(moments, zones, workdays, days, st.integers(0, 30), st.none() | days)
def test_never_outside_working_hours_and_never_twice_a_day(
    now: datetime, zone: ZoneInfo, kept: str, away: date, length: int, told: date | None
) -> None:
    works = works_on(kept, away, away + timedelta(days=length))
    told = None if told is None else min(told, local_date(now, zone))
    moment = may_tell(now, zone, works, told)
    local = moment.astimezone(zone)
    assert moment >= now
    assert works(local.date())
    assert DAY_BEGINS <= local.time() < DAY_ENDS
    assert told is None or local.date() > told


@given(moments, zones, workdays)
def test_it_is_the_first_such_moment(now: datetime, zone: ZoneInfo, kept: str) -> None:
    works = works_on(kept, None, None)
    moment = may_tell(now, zone, works, None)
    assert may_tell(moment, zone, works, None) == moment
    if moment > now:
        earlier = moment - timedelta(seconds=1)
        assert may_tell(max(now, earlier), zone, works, None) == moment
