"""When reviews are due."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.project import Stage
from models.domain.review_dates import (
    Prototype,
    half_time,
    last_wednesday,
    long_in_work,
    next_project_review,
    opens_on,
    peer_due,
    peer_is_late,
    stakeholder_due,
    working_day_after,
    working_day_before,
)
from models.domain.working_days import Span, elapsed

FRIDAY = date(2026, 11, 13)


def test_working_days_after_and_before_skip_weekends_and_holidays() -> None:
    assert working_day_after(FRIDAY, 1) == date(2026, 11, 16)
    assert working_day_after(FRIDAY, 1, [Span(date(2026, 11, 16), date(2026, 11, 17))]) == date(
        2026, 11, 18
    )
    assert working_day_before(date(2026, 11, 17), 2) == FRIDAY
    assert working_day_before(date(2026, 11, 17), 2, [Span(FRIDAY, FRIDAY)]) == date(2026, 11, 12)


@given(st.dates(date(2026, 1, 1), date(2027, 1, 1)), st.integers(1, 30))
def test_after_and_before_are_so_many_working_days_away(day: date, days: int) -> None:
    assert elapsed(day, working_day_after(day, days)) == days
    assert elapsed(working_day_before(day, days), day) == days


@pytest.mark.parametrize(
    ("after", "on"),
    [
        (date(2026, 10, 27), date(2026, 10, 28)),
        (date(2026, 10, 28), date(2026, 11, 25)),
        (date(2026, 12, 31), date(2027, 1, 27)),
        (date(2026, 1, 31), date(2026, 2, 25)),
    ],
)
def test_the_project_review_is_on_the_last_wednesday_of_the_month(after: date, on: date) -> None:
    assert next_project_review(after) == on


@given(st.dates())
def test_the_last_wednesday_has_no_other_after_it_in_its_month(day: date) -> None:
    found = last_wednesday(day.replace(year=min(day.year, 9998)))
    assert found.weekday() == 2
    assert (found + timedelta(weeks=1)).month != found.month


def test_the_peer_review_is_due_ten_working_days_after_the_first_number() -> None:
    assert peer_due(Prototype(date(2026, 8, 28), 0)) == date(2026, 9, 11)


@pytest.mark.parametrize(
    ("concluded", "days", "late"), [(6, 0, True), (5, 25, False), (0, 28, True), (0, 25, False)]
)
def test_the_peer_review_is_late(concluded: int, days: int, late: bool) -> None:
    monday = date(2026, 8, 31)
    assert peer_is_late(Prototype(monday, concluded), monday + timedelta(days=days)) is late


def test_stakeholders_meet_every_four_weeks_and_when_something_moved() -> None:
    held, started = date(2026, 9, 23), date(2026, 8, 24)
    assert stakeholder_due(None, started) == date(2026, 9, 21)
    assert stakeholder_due(held, started) == date(2026, 10, 21)
    assert stakeholder_due(held, started, [date(2026, 9, 9), date(2026, 10, 5)]) == date(
        2026, 10, 5
    )


def test_it_is_asked_from_five_working_days_before() -> None:
    assert opens_on(FRIDAY) == date(2026, 11, 6)


def test_half_time() -> None:
    assert half_time(FRIDAY, FRIDAY + timedelta(days=10)) == FRIDAY + timedelta(days=5)
    assert half_time(FRIDAY, FRIDAY) == FRIDAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("days", "stage", "said"),
    [
        (91, Stage.DEVELOPMENT, 91),
        (90, Stage.DEVELOPMENT, None),
        (400, Stage.PRODUCTION, None),
        (400, Stage.DATA, None),
    ],
)
def test_a_model_long_in_work_and_not_in_use_is_flagged(
    days: int, stage: Stage, said: int | None
) -> None:
    assert long_in_work(FRIDAY - timedelta(days=days), stage, FRIDAY) == said
