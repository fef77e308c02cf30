"""Numbers for leaders: whole ones, out of the phrase's own hundred or thousand, that hide nothing."""

from typing import Any

import pytest

from models.domain.metric import Goal
from models.domain.plain_numbers import bare, figures, plain, scale_of

FRAUDS = "Out of 100 frauds, how many we stop"
MERGES = "Out of 1,000 merges, how many were right"


@pytest.mark.parametrize(
    ("phrase", "scale"),
    [(FRAUDS, 100), (MERGES, 1000), ("out of 20 calls", 20), ("frauds caught", None), ("", None)],
)
def test_the_phrase_says_what_it_is_out_of(phrase: str, scale: int | None) -> None:
    assert scale_of(phrase) == scale


@pytest.mark.parametrize(
    ("values", "needed", "unit", "phrase", "said"),
    [
        ([0.648, 0.41], 0.6, "share", FRAUDS, ["65", "41", "60"]),
        ([0.9655, 0.9], 0.97, "share", MERGES, ["966", "900", "970"]),
        ([0.452, 0.28], 0.4, "share", "", ["45 of 100", "28 of 100", "40 of 100"]),
        ([0.596, 0.41], 0.6, "share", FRAUDS, ["59.6", "41.0", "60.0"]),
        ([0.59999, 0.41], 0.6, "share", FRAUDS, ["59.999", "41.000", "60.000"]),
        ([0.599999999, 0.41], 0.6, "share", FRAUDS, ["60.000", "41.000", "60.000"]),
        ([12_345.6, 9_000.0], 20_000.0, "", "", ["12,346", "9,000", "20,000"]),
        ([2.91, 168.0], 2.0, "hours", "", ["2.91 hours", "168 hours", "2 hours"]),
        ([30.0, 10.0], 20.0, "ms", "", ["30 ms", "10 ms", "20 ms"]),
        ([2.5, 3.0], 2.0, " hours ", "", ["2.5 hours", "3 hours", "2 hours"]),
    ],
)
def test_values_are_written_alike(
    values: list[float], needed: float, unit: str, phrase: str, said: list[str]
) -> None:
    assert plain(values, needed, unit=unit, phrase=phrase, goal=Goal.MAX) == said


@pytest.mark.parametrize("unit", ["%", "percent"])
def test_what_is_better_when_it_is_smaller_keeps_its_decimals(unit: str) -> None:
    said = plain([19.8, 21.0], 14.0, unit=unit, phrase="", goal=Goal.MIN)
    assert said == ["19.8%", "21.0%", "14.0%"]


def test_the_needed_value_alone() -> None:
    assert plain([], 14.0, unit="%", phrase="", goal=Goal.MIN) == ["14%"]


def test_a_team_reads_them_in_the_phrases_own_thousand() -> None:
    """Domain §5.2: 966 of 1,000, minimum 970; what is out of a hundred keeps its digits."""
    thousand: dict[str, Any] = {"unit": "share", "phrase": "Out of 1,000 merges", "goal": Goal.MAX}
    assert figures([0.9655], 0.97, **thousand) == ["966 of 1,000", "970"]
    assert bare([0.9], 0.97, **thousand) == ["900", "970"]
    hundred = thousand | {"phrase": "Out of 100 frauds"}
    assert figures([0.536], 0.6, **hundred) == ["53.6 of 100", "60 of 100"]
    assert bare([0.41], 0.6, **hundred) == ["41", "60"]
    assert figures([19.8], 14, **thousand | {"unit": "%"}) == ["19.8%", "14%"]
