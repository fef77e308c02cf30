"""The ML Test Score: the scenario's answers, and the bands."""

import pytest

from models.domain.ml_test_score import Band, scored
from tests.scenarios import scenarios

GIVEN = scenarios()["ml_test_score_answers"]["scores"]
EXPECTED = scenarios()["expected"]["ml_test_score"]
SECTIONS = {name: tuple(f"{name}_{n}" for n in range(1, 8)) for name in GIVEN}
POINTS = {f"{name}_{n}": one for name, row in GIVEN.items() for n, one in enumerate(row, 1)}
BANDS = tuple(
    Band(to, says, over)
    for over, to, says in [
        (None, 0, "research"),
        (0, 1, "holes"),
        (1, 2, "first pass"),
        (2, 3, "reasonable"),
        (3, 5, "strong"),
        (5, 7, "exceptional"),
    ]
)


def test_the_scenario_s_score() -> None:
    found = scored(SECTIONS, POINTS, BANDS)
    assert (found.sections, found.score) == (EXPECTED["sections"], EXPECTED["score"])
    assert (found.weakest, found.band.range) == ("monitor", "over 1, up to 2")
    assert found.says == "2 of 7, first pass; weakest: Monitoring"


def test_the_next_half_points_are_in_the_weakest_section_what_is_not_done_first() -> None:
    assert scored(SECTIONS, POINTS, BANDS).next == ("monitor_3", "monitor_4", "monitor_5")
    by_hand = {**POINTS, **{f"monitor_{n}": 0.5 for n in (3, 4, 5)}}
    fewer = scored({"monitor": SECTIONS["monitor"]}, by_hand, BANDS)
    assert fewer.next == ("monitor_7", "monitor_1", "monitor_3")


@pytest.mark.parametrize(
    ("each", "says", "range_"),
    [
        (0.0, "research", "0"),
        (0.5, "strong", "over 3, up to 5"),
        (1.0, "exceptional", "over 5, up to 7"),
    ],
)
def test_the_band(each: float, says: str, range_: str) -> None:
    band = scored(SECTIONS, dict.fromkeys(POINTS, each), BANDS).band
    assert (band.says, band.range) == (says, range_)


def test_nothing_is_left_of_a_full_section() -> None:
    assert scored(SECTIONS, dict.fromkeys(POINTS, 1.0), BANDS).next == ()
