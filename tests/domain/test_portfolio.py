"""The portfolio: in which order, where people differ, and whether the bets are spread (S0-31)."""

import pytest

from models.domain.portfolio import Effort, Ranked, Unhedged, hedged, ranked
from models.domain.score import Axis
from models.domain.scoring import Given, Scored, together
from tests.scenarios import scenarios

OF_FILE = [
    Ranked(
        number,
        one["key"],
        one["name"],
        Scored(
            (one["scores"]["benefit_ux"] + one["scores"]["benefit_profit"]) / 2,
            one["scores"]["complexity"],
        ),
        {},
    )
    for number, one in enumerate(scenarios()["projects"])
]


def test_the_quarter_s_projects_in_order() -> None:
    assert [(row.key, row.scored.quadrant) for row in ranked(OF_FILE)] == [
        ("routing", "on the line"),
        ("churn", "start here"),
        ("fraud", "big bet"),
        ("dedupe", "confidence builder"),
        ("cashflow", "big bet"),
    ]


def test_where_people_differ_by_four_points_they_should_talk() -> None:
    axes = together(
        [
            Given(Axis.BENEFIT_UX, 2, ""),
            Given(Axis.BENEFIT_UX, 6, ""),
            Given(Axis.COMPLEXITY, 5, ""),
            Given(Axis.COMPLEXITY, 8, ""),
        ]
    )
    assert Ranked(1, "A", "A", Scored(4, 6), axes).apart == (Axis.BENEFIT_UX,)


@pytest.mark.parametrize(
    ("efforts", "said"),
    [
        ([], (None, None, None)),
        ([("a", False, 2.0)], (Unhedged.NO_BET, None, None)),
        ([("a", True, 0.0)], (Unhedged.NO_BET, None, None)),
        ([("a", True, None), ("b", False, 2.0)], (Unhedged.ONE_BET, "a", None)),
        ([("a", True, 7.0), ("b", True, 3.0)], (Unhedged.ONE_TAKES_MOST, "a", 0.7)),
        ([("a", True, 6.0), ("b", True, 4.0)], (None, "a", 0.6)),
        ([("a", True, None), ("b", True, None)], (None, "a", None)),
    ],
)
def test_bets_are_spread_or_not(
    efforts: list[tuple[str, bool, float | None]], said: tuple[object, ...]
) -> None:
    assert hedged([Effort(*one) for one in efforts]) == said


def test_the_quarter_s_bets_are_spread() -> None:
    efforts = [
        Effort(one["name"], True, one["effort_pw_per_week"]) for one in scenarios()["projects"]
    ]
    unhedged, most, share = hedged(efforts)
    assert (unhedged, most, share and round(share, 2)) == (None, "Card fraud alerts", 0.38)
