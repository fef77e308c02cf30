"""Working days between two dates, without days off (domain §2.5)."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.domain.working_days import MONDAY_TO_FRIDAY, Span, elapsed, single_days

MONDAY = date(2026, 1, 5)
days = st.integers(-400, 400).map(lambda n: MONDAY + timedelta(days=n))
spans = st.tuples(days, st.integers(0, 40)).map(
    lambda row: Span(row[0], row[0] + timedelta(days=row[1]))
)


def after(days: int) -> date:
    return MONDAY + timedelta(days=days)


@pytest.mark.parametrize(
    ("end", "off", "expected"),
    [
        (0, (), 0),
        (-3, (), 0),
        (1, (), 1),
        (7, (), 5),
        (7, (Span(after(1), after(2)),), 3),
        (7, (Span(after(4), after(8)),), 4),
        (7, (Span(after(5), after(6)),), 5),
        (7, (Span(after(1), after(2)), Span(after(2), after(3))), 2),
        (7, (Span(after(0), after(4)), Span(after(2), after(2))), 0),
        (7, (Span(date.min, date.max),), 0),
        (7, single_days([after(0), after(7)]), 4),
    ],
)
def test_the_day_it_began_counts_and_days_off_do_not(
    end: int, off: tuple[Span, ...], expected: int
) -> None:
    assert elapsed(MONDAY, after(end), off) == expected


@settings(max_examples=120, deadline=None)
@given(days, days, st.lists(spans, max_size=6), st.frozensets(st.integers(0, 6)))
def test_it_is_what_counting_by_hand_gives(
    start: date, end: date, off: list[Span], weekdays: frozenset[int]
) -> None:
    counted = [
        day
        for n in range((end - start).days)
        if (day := start + timedelta(days=n)).weekday() in weekdays
        and not any(span.holds(day) for span in off)
    ]
    assert elapsed(start, end, off, weekdays) == len(counted)
    if weekdays == MONDAY_TO_FRIDAY:
        assert elapsed(start, end, off) == len(counted)
