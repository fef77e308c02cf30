"""The decision brief: when it is posted, and what the next weeks would tell (domain §5.4)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from models.domain.advice import Advice, Rule
from models.domain.brief import BriefFacts, Idea, affordable, brief_moment, next_brief

BERLIN = ZoneInfo("Europe/Berlin")
WEDNESDAY, MONDAY = date(2026, 11, 18), date(2026, 11, 16)
NINE = datetime(2026, 11, 16, 8, tzinfo=UTC)
IDEAS = tuple(Idea(f"FRAUD-{days}", f"idea {days}", days) for days in (3, 5, 8))
FACTS = BriefFacts(
    project_id=1,
    key="FRAUD",
    name="Card fraud",
    on=WEDNESDAY,
    today=MONDAY,
    numbers=None,
    series=(),
    stop=None,
    estimate=None,
    ruled_out=(),
    ruled_out_more=0,
    ideas=IDEAS,
    ideas_more=0,
    effort=None,
    worth=None,
    gaps=(),
    advice=Advice(Rule.STILL_MOVING, MONDAY + timedelta(days=14)),
)


def coming(days: list[date], briefed_for: date | None, now: datetime) -> date | None:
    one = next_brief(days, briefed_for, now=now, zone=BERLIN)
    return one and one.on


def test_it_is_posted_two_working_days_before_at_nine() -> None:
    assert brief_moment(WEDNESDAY, BERLIN) == NINE
    early = NINE - timedelta(days=3)
    assert next_brief([WEDNESDAY], None, now=early, zone=BERLIN) == (WEDNESDAY, NINE)


def test_a_weekend_lies_between() -> None:
    monday = date(2026, 11, 23)
    assert brief_moment(monday, BERLIN) == datetime(2026, 11, 19, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("on", "hour"), [(date(2026, 3, 31), 8), (date(2026, 4, 1), 7)], ids=["winter", "summer"]
)
def test_nine_is_nine_over_a_change_of_the_clocks(on: date, hour: int) -> None:
    """Europe puts its clocks forward on 29 March 2026."""
    assert brief_moment(on, BERLIN).hour == hour


def test_once_a_decision_and_days_that_are_close_share_one() -> None:
    assert coming([WEDNESDAY], WEDNESDAY, NINE) is None
    thursday = WEDNESDAY + timedelta(days=1)
    late = NINE + timedelta(days=1)
    assert coming([thursday, WEDNESDAY], None, late) == WEDNESDAY
    assert coming([thursday, WEDNESDAY], WEDNESDAY, late) is None
    a_week = WEDNESDAY + timedelta(days=7)
    assert coming([a_week], WEDNESDAY, NINE + timedelta(days=7)) == a_week


def test_late_is_better_than_never_until_the_day_is_over() -> None:
    on_the_day = datetime(2026, 11, 18, 22, tzinfo=UTC)
    assert coming([WEDNESDAY], None, on_the_day) == WEDNESDAY
    assert coming([WEDNESDAY], None, on_the_day + timedelta(hours=2)) is None


def test_what_so_many_days_are_enough_for() -> None:
    assert affordable(IDEAS, 2.9) == ()
    assert affordable(IDEAS, 8) == IDEAS[:2]
    assert affordable(IDEAS, 99) == IDEAS


def test_the_next_person_weeks() -> None:
    """Two working weeks at 0.5 person-weeks a week are one: five days."""
    planned = replace(FACTS, effort=0.5)
    assert (planned.person_weeks, planned.would_tell) == (1.0, IDEAS[:1])
    assert (FACTS.person_weeks, FACTS.would_tell) == (3.2, IDEAS)


def test_the_horizon_without_a_next_look_is_four_weeks_after_the_decision() -> None:
    stop = replace(FACTS, advice=Advice(Rule.STOP_MARK_MISSED))
    assert stop.horizon == WEDNESDAY + timedelta(weeks=4)
    assert replace(stop, on=None).horizon == MONDAY + timedelta(weeks=4)
