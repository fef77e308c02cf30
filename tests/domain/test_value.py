"""What a model is worth: the scenario's figures, guap's, and the ways to get it wrong."""

import pytest
from pydantic import ValidationError

from models.domain.metric import Goal
from models.domain.value import (
    Confusion,
    Counts,
    Money,
    PerPoint,
    average,
    rounded,
    value_model_of,
)
from tests.scenarios import scenarios

MODELS = {
    metric["project"]: metric
    for metric in scenarios()["metrics"]
    if metric["value_model"] is not None
}
EXPECTED = [
    (project, float(value), tuple(money))
    for project, by_value in scenarios()["expected"]["value_uplift_eur_per_month"].items()
    for value, money in by_value.items()
]


@pytest.mark.parametrize(("project", "value", "money"), EXPECTED)
def test_the_scenario_s_uplift_over_the_baseline(
    project: str, value: float, money: tuple[int, int]
) -> None:
    metric = MODELS[project]
    model = value_model_of(metric["value_model"])
    baseline = metric["benchmarks"][-1]["baseline"]
    uplift = model.uplift(value, baseline, Goal(metric["goal"]))
    assert (round(uplift.low), round(uplift.high)) == money


def test_guap_s_worked_figure() -> None:
    matrix = Confusion(
        currency="EUR",
        cases_per_month=113,
        positive_rate=10 / 113,
        list_share=13 / 113,
        tp=(450, 450),
        fp=(-15, -15),
        fn=(-500, -500),
    )
    counts = Counts(tp=8, fp=5, fn=2, tn=98)
    assert matrix.counts(recall=0.8) == pytest.approx(counts)
    total = matrix.value(counts)
    assert total == Money(2_525, 2_525)
    assert average(total, counts).low == pytest.approx(2_525 / 113)


def test_a_point_of_an_error_that_shrinks_is_worth_money() -> None:
    model = value_model_of(MODELS["cashflow"]["value_model"])
    assert isinstance(model, PerPoint)
    at_best = model.uplift(19.8, 21.0, Goal.MIN)
    assert (rounded(at_best.low), rounded(at_best.high)) == (1_800, 4_800)
    at_acceptance = model.uplift(14.0, 21.0, Goal.MIN)
    assert (rounded(at_acceptance.low), rounded(at_acceptance.high)) == (11_000, 28_000)


def test_worse_than_the_baseline_costs_the_smaller_end_first() -> None:
    model = PerPoint(currency="EUR", per_point_per_month=(1_500, 4_000))
    assert model.uplift(22.0, 21.0, Goal.MIN) == Money(-4_000, -1_500)


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (10_500, 11_000),
        (10_499, 10_000),
        (0, 0),
        (-10_500, -11_000),
        (47_752, 48_000),
        (9.96, 10),
        (99, 99),
    ],
)
def test_money_is_said_in_two_figures_half_up(amount: float, said: int) -> None:
    assert rounded(amount) == said


@pytest.mark.parametrize(
    ("cells", "dearer"),
    [
        ({"tp": (100, 140), "fp": (-10, -6)}, "misses"),
        ({"tp": (1, 1), "fp": (-10, -6)}, "false alarms"),
        ({"tp": (8, 8), "fp": (-8, -8)}, "neither"),
    ],
)
def test_which_error_is_dearer(cells: dict[str, tuple[float, float]], dearer: str) -> None:
    model = Confusion.model_validate(
        {
            "currency": "EUR",
            "cases_per_month": 100,
            "positive_rate": 0.1,
            "fixed_precision": 0.9,
            **cells,
        }
    )
    assert model.dearer_error() == dearer


@pytest.mark.parametrize(
    "ways", [{}, {"fixed_precision": 0.9, "list_share": 0.1}], ids=["none", "both"]
)
def test_the_list_is_counted_one_way(ways: dict[str, float]) -> None:
    with pytest.raises(ValidationError, match="say the precision that is kept"):
        Confusion.model_validate(
            {
                "currency": "EUR",
                "cases_per_month": 100,
                "positive_rate": 0.1,
                "tp": (1, 1),
                "fp": (0, 0),
                **ways,
            }
        )
