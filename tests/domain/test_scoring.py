"""Scores read together (S1-6 … S1-13)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.score import Axis
from models.domain.scoring import Given, Scored, likelihood, scored, together

UX, PROFIT, COMPLEXITY = Axis.BENEFIT_UX, Axis.BENEFIT_PROFIT, Axis.COMPLEXITY


def test_each_axis_has_its_mean_its_spread_and_its_reasons() -> None:
    axes = together(
        [Given(UX, 9, "fewer calls"), Given(UX, 5, ""), Given(UX, 7, "calm"), Given(PROFIT, 4, "")]
    )
    assert list(axes) == [UX, PROFIT]
    ux = axes[UX]
    assert (ux.count, ux.mean, ux.low, ux.high, ux.apart) == (3, 7, 5, 9, True)
    assert ux.reasons == ((7, "calm"), (9, "fewer calls"))
    assert not axes[PROFIT].apart


def test_benefit_is_the_mean_of_the_two() -> None:
    axes = together([Given(UX, 6, ""), Given(PROFIT, 10, ""), Given(COMPLEXITY, 6, "")])
    assert scored(axes) == Scored(8, 6)
    assert scored(together([Given(UX, 6, "")])) is None
    assert scored(together([Given(COMPLEXITY, 6, "")])) is None


@pytest.mark.parametrize(
    ("benefit", "complexity", "quadrant"),
    [
        (6.5, 4, "start here"),
        (8, 6, "big bet"),
        (5, 3, "confidence builder"),
        (5, 6, "avoid for now"),
        (5.5, 2, "on the line"),
        (8, 5.5, "on the line"),
    ],
)
def test_the_quadrants_of_the_portfolio(benefit: float, complexity: float, quadrant: str) -> None:
    assert Scored(benefit, complexity).quadrant == quadrant


def test_most_benefit_for_least_complexity_comes_first() -> None:
    assert Scored(6.5, 4).order > Scored(8, 6).order


@given(st.lists(st.integers(1, 10), min_size=1))
def test_a_mean_lies_between_lowest_and_highest(values: list[int]) -> None:
    axis = together(Given(UX, value, "x") for value in values)[UX]
    assert axis.low <= axis.mean <= axis.high
    assert [value for value, _ in axis.reasons] == sorted(values)


def test_likelihood_has_three_words() -> None:
    words = [likelihood(value) for value in range(1, 11)]
    assert words == ["unlikely"] * 3 + ["open"] * 4 + ["likely"] * 3
