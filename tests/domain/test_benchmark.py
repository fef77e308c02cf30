"""Benchmarks over time: past dates read as they did then, whatever was agreed since."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.benchmark import (
    Moved,
    advised_min_delta,
    earlier_with,
    is_beyond,
    needed_on,
    still_holds,
)
from models.domain.metric import Goal

START = date(2026, 8, 24)
FIRST, SECOND, THIRD = 0.6, 0.65, 0.7


def on(days: int) -> date:
    return START + timedelta(days=days)


def test_a_former_acceptance_held_until_the_day_before_it_was_changed() -> None:
    earlier = earlier_with(FIRST, [], effective=START, today=on(10))
    assert earlier == [[on(9).isoformat(), FIRST]]
    assert needed_on(SECOND, earlier, on(9)) == FIRST
    assert needed_on(SECOND, earlier, on(10)) == SECOND
    assert not still_holds(earlier, on(9))
    assert still_holds(earlier, on(10))


def test_what_held_for_no_whole_day_is_not_kept() -> None:
    assert earlier_with(FIRST, [], effective=START, today=START) == []
    assert earlier_with(FIRST, [], effective=on(5), today=on(2)) == []
    once = earlier_with(FIRST, [], effective=START, today=on(10))
    assert earlier_with(SECOND, once, effective=START, today=on(10)) == once


@given(st.lists(st.tuples(st.integers(0, 40), st.floats(0, 1)), min_size=1, max_size=8))
def test_every_past_day_reads_as_it_did_when_that_day_was_over(
    changes: list[tuple[int, float]],
) -> None:
    acceptance, earlier = FIRST, list[list[Any]]()
    read: dict[date, float] = {}
    by_day = sorted(changes, key=lambda change: change[0])
    for day in range(50):
        for _, value in [one for one in by_day if one[0] == day]:
            earlier = earlier_with(acceptance, earlier, effective=START, today=on(day))
            acceptance = value
        read[on(day)] = acceptance
    assert {day: needed_on(acceptance, earlier, day) for day in read} == read


def test_more_than_can_be_had_is_noticed() -> None:
    assert is_beyond(Goal.MAX, 0.98, 0.97)
    assert not is_beyond(Goal.MAX, 0.97, 0.97)
    assert is_beyond(Goal.MIN, 0.5, 1)
    assert not is_beyond(Goal.MIN, 1.5, 1)
    assert not is_beyond(Goal.MAX, 0.98, None)


def test_less_than_two_spreads_of_repeated_runs_may_be_chance() -> None:
    assert advised_min_delta(0.2400, 0.2565) == pytest.approx(0.033)
    assert advised_min_delta(3, 1) == 4
    assert advised_min_delta(1, 1) is None


def test_everything_that_starts_a_version_has_its_words() -> None:
    assert len({moved.label for moved in Moved}) == 4
