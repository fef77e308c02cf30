"""A line of blocks stands for the step line of the best so far (domain §5.5-4)."""

from hypothesis import given
from hypothesis import strategies as st

from models.domain.metric import Goal
from models.domain.sparkline import LEVELS, WIDTH, sampled, sparkline


def test_better_is_higher_whichever_way_is_better() -> None:
    assert sparkline([0.41, 0.53, 0.65], goal=Goal.MAX) == "▁▅█"
    assert sparkline([168, 3, 2], goal=Goal.MIN) == "▁██"


def test_a_flat_stretch_is_a_flat_line() -> None:
    assert sparkline([2.76, 2.76, 2.76], goal=Goal.MIN) == "▁▁▁"


def test_nothing_measured_draws_nothing() -> None:
    assert sparkline([], goal=Goal.MAX) == ""


def test_a_long_series_keeps_its_ends() -> None:
    values = [float(n) for n in range(500)]
    assert sampled(values)[0] == 0
    assert sampled(values)[-1] == 499
    assert len(sparkline(values, goal=Goal.MAX)) == WIDTH


@given(st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=60), st.sampled_from(Goal))
def test_any_series_fits(values: list[float], goal: Goal) -> None:
    line = sparkline(values, goal=goal)
    assert 1 <= len(line) <= WIDTH
    assert set(line) <= set(LEVELS)
