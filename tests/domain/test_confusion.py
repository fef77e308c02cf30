"""The confusion matrix: four counts and what comes from them (S1-27)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.confusion import Computed, Counts, computed_as, in_unit

COUNTS = Counts(tp=8, fp=5, fn=2, tn=98)
"""The example of domain §2.6."""
many = st.integers(0, 10**9)


@pytest.mark.parametrize(
    ("of", "value"),
    [
        (Computed.ACCURACY, 106 / 113),
        (Computed.PRECISION, 8 / 13),
        (Computed.RECALL, 0.8),
        (Computed.FALSE_POSITIVE_RATE, 5 / 103),
        (Computed.F1, 16 / 23),
    ],
)
def test_the_five_come_from_the_four(of: Computed, value: float) -> None:
    assert COUNTS.value(of) == pytest.approx(value)


def test_nothing_to_divide_by_is_no_number() -> None:
    assert [Counts(0, 0, 0, 0).value(of) for of in Computed] == [None] * 5
    nobody = Counts(tp=0, fp=0, fn=0, tn=9)
    assert nobody.value(Computed.RECALL) is None
    assert nobody.value(Computed.ACCURACY) == 1


@given(many, many, many, many)
def test_a_share_is_a_share_and_f1_lies_between(tp: int, fp: int, fn: int, tn: int) -> None:
    counts = Counts(tp, fp, fn, tn)
    values = {of: counts.value(of) for of in Computed}
    assert all(value is None or 0 <= value <= 1 for value in values.values())
    f1, ends = values[Computed.F1], (values[Computed.PRECISION], values[Computed.RECALL])
    if f1 is not None and None not in ends:
        low, high = sorted(end for end in ends if end is not None)
        assert low - 1e-9 <= f1 <= high + 1e-9


def test_a_metric_is_known_by_its_whole_name() -> None:
    assert computed_as("Recall") is Computed.RECALL
    assert computed_as(" False-Positive_Rate ") is Computed.FALSE_POSITIVE_RATE
    assert computed_as("F1 score") is Computed.F1
    assert computed_as("Recall at 9 in 10 precision") is None
    assert computed_as("") is None


def test_a_share_is_stored_in_the_metrics_unit() -> None:
    assert in_unit(0.5, "share") == 0.5
    assert in_unit(0.5, "%") == 50
    assert in_unit(0.5, "") == 0.5


def test_every_one_has_its_word() -> None:
    assert len({of.label for of in Computed}) == 5


def test_what_has_nothing_to_divide_by_is_left_out() -> None:
    assert set(Counts(0, 0, 0, 5).computed()) == {Computed.ACCURACY, Computed.FALSE_POSITIVE_RATE}
    assert Counts(1, 1, 1, 1).computed() == dict.fromkeys(Computed, 0.5)
