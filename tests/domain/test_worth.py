"""What a month is worth, what its errors cost, and what its gains took."""

from datetime import date

import pytest

from models.domain.metric import Goal
from models.domain.orders import Charts, Windows, order_of
from models.domain.progress import Counted
from models.domain.value import Confusion, Money, PerPoint, ValueModel, barely_moved
from models.domain.working_days import Span
from models.domain.worth import gains_of, whole

MONDAY = date(2026, 1, 5)
CASES = Confusion(
    currency="EUR",
    cases_per_month=1_000,
    positive_rate=0.1,
    list_share=0.1,
    tp=(100, 140),
    fp=(-10, -6),
)
POINT = PerPoint(currency="EUR", per_point_per_month=(1, 3))


def test_each_gain_took_tries_and_working_days_since_the_one_before() -> None:
    counted = [Counted(date(2026, 1, 9), 0.5, 3), Counted(date(2026, 1, 19), 0.6, 8)]
    holiday = (Span(date(2026, 1, 6), date(2026, 1, 6)),)
    first, second = gains_of(counted, MONDAY, effort=2.0, holidays=holiday)
    assert (first.tries, first.days) == (3, 3)
    assert first.weeks == pytest.approx(1.2)
    assert (second.tries, second.days) == (5, 6)
    assert gains_of(counted, MONDAY, effort=None)[0].weeks is None


def test_a_month_as_a_whole_is_known_of_cases_only() -> None:
    found = whole(CASES, 0.5)
    assert found is not None
    assert found.counts == pytest.approx((50, 50, 50, 850))
    assert found.total == pytest.approx(Money(4_500, 6_700))
    assert found.each.high == pytest.approx(6.7)
    assert whole(POINT, 0.5) is None


def test_a_list_that_is_too_short_for_all_hits_has_no_alarms_below_none() -> None:
    short = CASES.model_copy(update={"list_share": 0.01})
    assert short.counts(0.9).fp == 0


@pytest.mark.parametrize(
    ("changed", "pays", "twice"),
    [
        ({}, 8 / 128, False),
        ({"fn": (-500, -500)}, 8 / 628, True),
        ({"tp": (-5, -1)}, None, False),
        ({"fp": (1, 3)}, None, False),
    ],
)
def test_from_which_share_an_alarm_pays(
    changed: dict[str, tuple[float, float]], pays: float | None, twice: bool
) -> None:
    model = CASES.model_copy(update=changed)
    assert model.pays_from == (pays if pays is None else pytest.approx(pays))
    assert model.counted_twice is twice


@pytest.mark.parametrize(
    ("model", "counted", "baseline", "barely"),
    [
        (CASES, [0.901, 0.902], 0.9, False),
        (CASES, [0.901, 0.902, 0.903], 0.9, True),
        (CASES, [0.5, 0.902, 0.903, 0.904], 0.1, False),
        (POINT, [2, 3, 4], 1, False),
        (POINT, [101, 102, 103, 104], 1, True),
    ],
)
def test_three_gains_may_hardly_move_the_money(
    model: ValueModel, counted: list[float], baseline: float, barely: bool
) -> None:
    assert barely_moved(model, counted, baseline, Goal.MAX) is barely


def test_orders_travel_as_json() -> None:
    for order in (Charts(charts=[]), Windows(tried={"A": []}, windows=[Span(MONDAY, MONDAY)])):
        assert order_of(order.model_dump_json().encode()) == order
