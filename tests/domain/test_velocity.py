"""Learning velocity: on small cases and on the made-up quarter (domain §2.7)."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.domain.experiment import Category, Outcome
from models.domain.velocity import Tried, Velocity, Waited, velocity
from models.domain.working_days import Span
from tests.velocities import EXPECTED, as_expected, figures, tried_in

MONDAY = date(2026, 1, 5)
WINDOW = Span(MONDAY, MONDAY + timedelta(days=27))
MORNING = datetime.combine(MONDAY, time(9), UTC)


def on(day: int) -> date:
    return MONDAY + timedelta(days=day)


DONE = Tried(Category.MODELING, MONDAY, on(7), Outcome.REFUTED, True, MORNING, MORNING, timebox=5)


def over(*tried: Tried, waits: tuple[Waited, ...] = ()) -> Velocity:
    return velocity(tried, WINDOW, waits=waits)


def test_where_nothing_was_concluded_shares_are_empty() -> None:
    found = over(replace(DONE, concluded_on=None, outcome=None))
    assert (found.concluded, found.running, found.oldest_days) == (0, 1, 20)
    assert found.settled_share is found.set_in_advance_share is found.data_share is None
    assert (found.median_days, found.waiting_days) == (None, None)
    assert over().oldest_days is None


@pytest.mark.parametrize(
    ("day", "counted", "running"),
    [(-1, 0, 0), (0, 1, 0), (27, 1, 0), (28, 0, 1)],
)
def test_a_window_includes_both_ends(day: int, counted: int, running: int) -> None:
    found = over(replace(DONE, started_on=on(-9), concluded_on=on(day)))
    assert (found.concluded, found.running) == (counted, running)
    assert over(replace(DONE, started_on=on(28), concluded_on=None)).running == 0


def test_only_cant_tell_and_dropped_lower_the_settled_share() -> None:
    found = over(*(replace(DONE, outcome=outcome) for outcome in Outcome))
    assert (found.concluded, found.settled_share) == (4, 0.5)
    assert (found.with_learning, found.refuted_with_learning) == (4, 1)
    assert over(replace(DONE, has_learning=False)).refuted_with_learning == 0


@pytest.mark.parametrize(
    ("set_at", "measured_at", "before"),
    [
        (None, None, False),
        (None, MORNING, False),
        (MORNING, None, True),
        (MORNING, MORNING, True),
        (MORNING + timedelta(minutes=1), MORNING, False),
    ],
)
def test_a_criterion_is_set_in_advance_or_not(
    set_at: datetime | None, measured_at: datetime | None, before: bool
) -> None:
    found = over(replace(DONE, criterion_set_at=set_at, first_measured_at=measured_at))
    assert found.set_in_advance_share == before


def test_the_typical_time_needs_three() -> None:
    assert over(DONE, DONE).median_days is None
    longer = replace(DONE, concluded_on=on(9))
    found = over(DONE, longer, longer)
    assert (found.median_days, found.within_timebox, found.timed) == (7, 1, 3)
    off = replace(longer, off=(Span(on(1), on(2)),))
    assert over(off, off, off).within_timebox == 3


def test_what_never_started_has_no_time_and_no_timebox() -> None:
    dropped = replace(DONE, started_on=None, outcome=Outcome.ABANDONED)
    found = over(dropped, DONE)
    assert (found.concluded, found.timed, found.within_timebox) == (2, 1, 1)
    assert over(replace(dropped, concluded_on=None, outcome=None)).running == 0


def test_the_share_of_data_work() -> None:
    assert over(DONE, replace(DONE, category=Category.DATA)).data_share == 0.5


def test_waiting_is_of_what_was_cleared_in_the_window() -> None:
    waits = (
        Waited(MONDAY, on(2)),
        Waited(on(-7), on(2)),
        Waited(MONDAY, None),
        Waited(MONDAY, on(28)),
    )
    assert over(waits=waits).waiting_days == 4.5


outcomes = st.sampled_from(list(Outcome))


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(st.integers(-9, 40), outcomes, st.booleans()), max_size=12))
def test_two_windows_add_up_and_refuted_is_as_good_as_supported(
    rows: list[tuple[int, Outcome, bool]],
) -> None:
    tried = [
        replace(DONE, started_on=on(-20), concluded_on=on(day), outcome=outcome, has_learning=said)
        for day, outcome, said in rows
    ]
    first, second = Span(on(0), on(13)), Span(on(14), on(27))
    parts = [velocity(tried, window) for window in (first, second)]
    whole = velocity(tried, WINDOW)
    assert whole.concluded == sum(part.concluded for part in parts)
    assert whole.with_learning == sum(part.with_learning for part in parts)
    swapped = {Outcome.REFUTED: Outcome.SUPPORTED, Outcome.SUPPORTED: Outcome.REFUTED}
    mirrored = [
        replace(one, outcome=swapped.get(one.outcome or Outcome.REFUTED, one.outcome))
        for one in tried
    ]
    assert velocity(mirrored, WINDOW).settled_share == whole.settled_share


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda row: row["window"][0])
def test_the_quarter_was_as_fast_as_expected(expected: dict[str, Any]) -> None:
    first, last = expected["window"]
    window = Span(date.fromisoformat(first), date.fromisoformat(last))
    assert as_expected(velocity(tried_in(expected.get("project")), window)) == figures(expected)
