"""Numbers as people say them: never an exponent, never a unit that nobody uses."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.domain.errors import NotInUnit
from models.domain.metric import (
    Goal,
    OutOf100,
    amount,
    assumed_min_delta,
    entered_as,
    gain,
    reaches,
    step_as,
    stored_as,
    written,
)

UNITS = ("share", "%", "percent", "hours", "ms", "", " Points ")


@pytest.mark.parametrize(
    ("value", "unit", "words", "figure"),
    [
        (0.54, "share", "54 of 100", "54"),
        (0.538, "Share", "53.8 of 100", "53.8"),
        (0.07, "share", "7 of 100", "7"),
        (19.8, "%", "19.8%", "19.8%"),
        (-2.5, "percent", "-2.5%", "-2.5%"),
        (2.76, "hours", "2.76 hours", "2.76"),
        (1_200_000, " ms ", "1,200,000 ms", "1,200,000"),
        (999.96, "ms", "1,000 ms", "1,000"),
        (999.94, "ms", "999.9 ms", "999.9"),
        (0.98271, "", "0.9827", "0.9827"),
        (1.65, "", "1.65", "1.65"),
        (0.00001234, "", "0.000012", "0.000012"),
        (-1e-9, "", "0", "0"),
        (-0.0, "points", "0 points", "0"),
        (0, "share", "0 of 100", "0"),
    ],
)
def test_a_value_is_written_as_people_say_it(
    value: float, unit: str, words: str, figure: str
) -> None:
    assert written(value, unit) == words
    assert amount(value, unit) == figure


@settings(max_examples=150, deadline=None)
@given(st.floats(-1e12, 1e12), st.sampled_from(UNITS))
def test_no_value_needs_an_exponent(value: float, unit: str) -> None:
    for words in (written(value, unit), amount(value, unit)):
        assert re.fullmatch(r"-?\d{1,3}(,?\d{3})*(\.\d+)?( of 100|%| \w+)?", words), words
        assert not words.startswith("-0 ")


@settings(max_examples=150, deadline=None)
@given(st.integers(100, 10_000_000).map(lambda cents: cents / 100_000), st.sampled_from(UNITS))
def test_what_is_stored_comes_back_as_it_was_typed(typed: float, unit: str) -> None:
    if unit == "share" and typed < 1:
        return
    assert entered_as(stored_as(typed, unit), unit) == pytest.approx(typed, abs=1e-9)
    assert stored_as(entered_as(stored_as(typed, unit), unit), unit) == pytest.approx(
        stored_as(typed, unit), abs=1e-11
    )


def test_a_share_is_typed_out_of_100() -> None:
    assert stored_as(54, "share") == 0.54
    assert stored_as(0, "share") == 0
    assert stored_as(1, "share") == 0.01
    assert entered_as(0.57, "share") == 57  # 0.57 × 100 is 56.99999999999999 in floating point


def test_a_share_typed_as_a_fraction_is_asked_about() -> None:
    with pytest.raises(NotInUnit) as asked:
        stored_as(0.54, "share")
    assert asked.value.sentence == "Out of 100, please: did you mean 54? If not, write 0.54%."


def test_a_percent_sign_leaves_no_doubt() -> None:
    assert stored_as(OutOf100(0.5), "share") == 0.005
    assert stored_as(OutOf100(54), "share") == 0.54
    assert stored_as(OutOf100(0.5), "%") == 0.5
    with pytest.raises(NotInUnit, match="Without the % sign"):
        stored_as(OutOf100(5), "ms")
    typed = entered_as(0.005, "share")
    assert isinstance(typed, OutOf100)
    assert stored_as(typed, "share") == 0.005, "what is opened again can be saved as it is"


def test_other_units_are_stored_as_typed() -> None:
    assert stored_as(0.54, "hours") == entered_as(0.54, "hours") == 0.54


def test_better_is_higher_or_lower_as_the_goal_says() -> None:
    assert gain(Goal.MAX, 3, over=2) == gain(Goal.MIN, 2, over=3) == 1
    assert reaches(Goal.MAX, 0.1 + 0.2, 0.3)
    assert reaches(Goal.MAX, 0.3, 0.1 + 0.2)  # 0.30000000000000004, by tolerance
    assert reaches(Goal.MIN, 17.5, 17.5)
    assert not reaches(Goal.MIN, 17.6, 17.5)


@pytest.mark.parametrize(
    ("baseline", "acceptance", "expected"), [(0.4, 0.6, 0.01), (24, 14, 0.5), (7, 7, 0.01)]
)
def test_the_smallest_change_that_counts_is_five_percent_of_the_way(
    baseline: float, acceptance: float, expected: float
) -> None:
    assert assumed_min_delta(baseline, acceptance) == pytest.approx(expected)


def test_one_of_a_unit_is_no_plural() -> None:
    assert written(1, "minutes") == "1 minute"
    assert written(1.5, "minutes") == "1.5 minutes"
    assert written(1, "ms") == "1 ms"


def test_a_difference_of_shares_may_be_less_than_one_of_a_hundred() -> None:
    assert step_as(0.5, "share") == 0.005
    assert step_as(0.5, "ms") == 0.5
