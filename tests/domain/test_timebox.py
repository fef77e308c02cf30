"""How long an experiment has been worked on: without days off, and without its pauses."""

from datetime import date

import pytest

from models.domain.timebox import pause_of, worked
from models.domain.working_days import Span

MONDAY = date(2026, 3, 2)


def day(number: int) -> date:
    return date(2026, 3, number)


def test_a_pause_ends_the_day_before_it_goes_on() -> None:
    assert pause_of(None, None, paused=True) == ()
    assert pause_of(MONDAY, day(5), paused=False) == (Span(MONDAY, day(4)),)
    assert pause_of(MONDAY, None, paused=True) == (Span(MONDAY, date.max),)
    assert pause_of(MONDAY, None, paused=False) == (), "nobody knows when it ended"


@pytest.mark.parametrize(
    ("until", "off", "earlier", "since", "days"),
    [
        (day(9), (), 0, None, 5),
        (day(9), (Span(day(3), day(4)),), 0, None, 3),
        (day(9), (Span(day(3), day(4)), Span(day(4), day(8))), 0, day(3), 1),
        (day(16), (Span(day(10), day(11)),), 3, day(10), 5),
        (day(9), (), 3, day(10), 5),
        (day(10), (), 9, day(10), 0),
        (MONDAY, (), 0, None, 0),
    ],
)
def test_working_days_that_were_spent_on_it(
    until: date, off: tuple[Span, ...], earlier: int, since: date | None, days: int
) -> None:
    assert worked(MONDAY, until, off, earlier, since=since) == days
