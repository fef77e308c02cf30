"""Whether product and experiment give the same, within the smallest change that counts (S4-12)."""

from models.domain.parity import Parity


def test_the_smallest_difference_that_counts_is_still_the_same() -> None:
    assert Parity(0.60, 0.59, 0.01).same
    assert Parity(0.59, 0.60, 0.01).same
    assert not Parity(0.60, 0.589, 0.01).same
    assert Parity(0.60, 0.589, 0.01).difference == 0.60 - 0.589
