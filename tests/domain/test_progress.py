"""Best-so-far: what counts as progress, on small cases and on two real records (domain §2.5, §6, §7)."""

import csv
from datetime import date, timedelta
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.domain.experiment import Split
from models.domain.metric import Goal
from models.domain.progress import Measured, Point, Progress, points, walk
from tests.scenarios import experiments, measured, metric, scenarios

START = date(2026, 1, 5)
TODAY = START + timedelta(days=99)


def on(day: int) -> date:
    return START + timedelta(days=day)


def walked(*values: float, goal: Goal = Goal.MAX, min_delta: float = 1) -> Progress:
    found = [Point(on(n), value) for n, value in enumerate(values, start=1)]
    return walk(found, goal=goal, baseline=10, effective=START, min_delta=min_delta)


def test_before_anything_is_measured_the_baseline_is_the_best() -> None:
    assert walked() == Progress(10, START, 10, START, 0, 0)


def test_a_real_gain_is_the_new_reference() -> None:
    assert walked(12) == Progress(12, on(1), 12, on(1), 0, 1)


def test_a_gain_that_is_too_small_is_the_best_but_not_counted() -> None:
    assert walked(10.5) == Progress(10.5, on(1), 10, START, 1, 1)


def test_slow_creep_adds_up_until_it_counts() -> None:
    assert walked(10.4, 10.8, 11) == Progress(11, on(3), 11, on(3), 0, 3)


def test_a_gain_of_exactly_the_smallest_change_counts_in_floating_point_too() -> None:
    found = [Point(on(1), 0.59), Point(on(2), 0.60)]
    progress = walk(found, goal=Goal.MAX, baseline=0.5, effective=START, min_delta=0.01)
    assert (progress.reference, progress.wait) == (0.60, 0)


def test_worse_results_are_tries() -> None:
    assert walked(12, 9, 11) == Progress(12, on(1), 12, on(1), 2, 3)


def test_where_lower_is_better_lower_is_better() -> None:
    assert walked(9.5, 8.9, 12, goal=Goal.MIN) == Progress(8.9, on(2), 8.9, on(2), 1, 3)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.floats(-1e6, 1e6), max_size=30), st.floats(1e-3, 10))
def test_whichever_way_is_better_the_walk_is_the_same_in_the_mirror(
    values: list[float], min_delta: float
) -> None:
    up = [Point(on(n), value) for n, value in enumerate(values)]
    down = [Point(on(n), -value) for n, value in enumerate(values)]
    one = walk(up, goal=Goal.MAX, baseline=1, effective=START, min_delta=min_delta)
    other = walk(down, goal=Goal.MIN, baseline=-1, effective=START, min_delta=min_delta)
    assert (one.best, one.reference) == (-other.best, -other.reference)
    assert (one.since, one.last_gain, one.wait) == (other.since, other.last_gain, other.wait)
    assert one.best == pytest.approx(max([1, *values]), abs=1e-8 * (len(values) + 1))
    assert one.measured == len(values)


FIRST = Measured(1, on(1), 0.5, benchmark_version=1)


def valid(*rows: Measured, today: date = TODAY, goal: Goal = Goal.MAX) -> list[Point]:
    return points(rows, goal=goal, version=1, today=today)


def test_an_experiment_is_one_point_its_best() -> None:
    rows = (FIRST, FIRST._replace(on=on(2), value=0.7), FIRST._replace(on=on(3), value=0.6))
    assert valid(*rows) == [Point(on(2), 0.7)]
    assert valid(*rows, goal=Goal.MIN) == [Point(on(1), 0.5)]


def test_the_same_value_again_stays_where_it_was_first() -> None:
    assert valid(FIRST, FIRST._replace(on=on(2))) == [Point(on(1), 0.5)]


def test_numbers_without_an_experiment_stand_alone() -> None:
    alone = FIRST._replace(experiment_id=None)
    assert valid(alone, alone._replace(on=on(2), value=0.1)) == [
        Point(on(1), 0.5),
        Point(on(2), 0.1),
    ]


def test_points_are_in_the_order_of_their_measurement_not_of_their_experiment() -> None:
    later = FIRST._replace(on=on(3), value=0.9)
    between = FIRST._replace(experiment_id=2, on=on(2), value=0.6)
    assert [point.value for point in valid(FIRST, between, later)] == [0.6, 0.9]


@pytest.mark.parametrize(
    "other",
    [
        FIRST._replace(benchmark_version=2),
        FIRST._replace(split=Split.TEST),
        FIRST._replace(split=Split.PRODUCTION),
        FIRST._replace(on=on(100)),
        FIRST._replace(excluded_on=on(50)),
        FIRST._replace(excluded_on=on(99)),
    ],
    ids=["version", "split", "production", "future", "excluded", "excluded today"],
)
def test_only_like_is_compared_with_like_as_of_the_date(other: Measured) -> None:
    assert valid(other) == []


def test_until_it_was_excluded_a_number_counted() -> None:
    assert valid(FIRST._replace(excluded_on=on(50)), today=on(49)) == [Point(on(1), 0.5)]


def expectations() -> list[Any]:
    return [
        pytest.param(date.fromisoformat(day), row, id=f"{row['project']} {day}")
        for day, rows in scenarios()["expected"]["progress"].items()
        for row in rows
    ]


@pytest.mark.parametrize(("day", "expected"), expectations())
def test_the_scenarios_stand_where_they_are_expected(day: date, expected: dict[str, Any]) -> None:
    of = metric(expected["project"], expected["metric"])
    goal = Goal(of["goal"])
    mark = [one for one in of["benchmarks"] if one["effective"] <= day.isoformat()][-1]
    rows = measured(expected["project"], expected["metric"])
    valid_ones = points(rows, goal=goal, version=mark["version"], today=day)
    progress = walk(
        valid_ones,
        goal=goal,
        baseline=mark["baseline"],
        effective=date.fromisoformat(mark["effective"]),
        min_delta=of["min_delta"],
    )
    assert mark["version"] == expected["version"]
    assert (mark["baseline"], mark["acceptance"]) == (expected["baseline"], expected["acceptance"])
    assert progress.best == expected["best"]
    assert progress.since == date_of(expected["best_from"], expected["metric"])
    assert progress.reference == expected["reference"]
    assert progress.last_gain.isoformat() == expected["last_improvement"]
    assert (day - progress.last_gain).days == expected["days_since_improvement"]
    assert progress.wait == expected["experiments_since_improvement"]


def date_of(experiment_id: str, metric_key: str) -> date:
    found = next(one for one in experiments() if one["id"] == experiment_id)
    (day,) = [row["at"] for row in found["measurements"] if row["metric"] == metric_key]
    return date.fromisoformat(day)


@pytest.mark.parametrize(
    ("day", "best", "since", "tries", "last_gain"),
    [
        (date(2026, 1, 31), 3.04, date(2026, 1, 29), 0, date(2026, 1, 29)),
        (date(2026, 2, 28), 2.76, date(2026, 2, 5), 0, date(2026, 2, 5)),
        (date(2026, 3, 31), 1.65, date(2026, 3, 14), 0, date(2026, 3, 14)),
        (date(2026, 5, 31), 1.65, date(2026, 3, 14), 0, date(2026, 3, 14)),
    ],
)
def test_nanochats_hours_to_gpt2_at_the_end_of_each_month(
    day: date, best: float, since: date, tries: int, last_gain: date
) -> None:
    """GPT-2 took 168 hours (the source is in every row). From 5 Feb to 4 Mar it stood still."""
    with files("bot.seed").joinpath("nanochat_log.csv").open(encoding="utf-8") as log:
        rows = [row for row in csv.DictReader(log) if row["metric"] == "hours_to_gpt2"]
    found = points(
        [
            Measured(number, date.fromisoformat(row["logged_on"]), float(row["result"]), 1)
            for number, row in enumerate(rows)
        ],
        goal=Goal.MIN,
        version=1,
        today=day,
    )
    progress = walk(found, goal=Goal.MIN, baseline=168, effective=date(2026, 1, 1), min_delta=0.05)
    assert (progress.best, progress.since) == (best, since)
    assert (progress.wait, progress.last_gain) == (tries, last_gain)
