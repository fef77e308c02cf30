"""Best-so-far: what counts as progress, on small cases and on a made-up quarter (domain §2.5, §6)."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.domain.experiment import Split
from models.domain.findings.kinds import Thresholds
from models.domain.findings.of_projects import is_flat
from models.domain.metric import Goal
from models.domain.progress import (
    Mark,
    Measured,
    Point,
    Progress,
    Yardstick,
    current,
    points,
    standing,
    walk,
)
from models.domain.project import Stage
from tests.scenarios import experiments, progress, scenarios

START = date(2026, 1, 5)
TODAY = START + timedelta(days=99)


def on(day: int) -> date:
    return START + timedelta(days=day)


def stands(progress: Progress) -> tuple[object, ...]:
    return (
        progress.best,
        progress.since,
        progress.reference,
        progress.last_gain,
        progress.wait,
        progress.measured,
    )


def walked(*values: float, goal: Goal = Goal.MAX, min_delta: float = 1) -> Progress:
    found = [Point(on(n), value) for n, value in enumerate(values, start=1)]
    return walk(found, goal=goal, baseline=10, effective=START, min_delta=min_delta)


def test_before_anything_is_measured_the_baseline_is_the_best() -> None:
    assert stands(walked()) == (10, START, 10, START, 0, 0)


def test_a_real_gain_is_the_new_reference() -> None:
    assert stands(walked(12)) == (12, on(1), 12, on(1), 0, 1)


def test_a_gain_that_is_too_small_is_the_best_but_not_counted() -> None:
    assert stands(walked(10.5)) == (10.5, on(1), 10, START, 1, 1)


def test_slow_creep_adds_up_until_it_counts() -> None:
    assert stands(walked(10.4, 10.8, 11)) == (11, on(3), 11, on(3), 0, 3)


def test_a_gain_of_exactly_the_smallest_change_counts_in_floating_point_too() -> None:
    found = [Point(on(1), 0.59), Point(on(2), 0.60)]
    progress = walk(found, goal=Goal.MAX, baseline=0.5, effective=START, min_delta=0.01)
    assert (progress.reference, progress.wait) == (0.60, 0)


def test_worse_results_are_tries() -> None:
    assert stands(walked(12, 9, 11)) == (12, on(1), 12, on(1), 2, 3)


def test_where_lower_is_better_lower_is_better() -> None:
    assert stands(walked(9.5, 8.9, 12, goal=Goal.MIN)) == (8.9, on(2), 8.9, on(2), 1, 3)


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
    assert valid(*rows) == [Point(on(2), 0.7, 1)]
    assert valid(*rows, goal=Goal.MIN) == [Point(on(1), 0.5, 1)]


def test_the_same_value_again_stays_where_it_was_first() -> None:
    assert valid(FIRST, FIRST._replace(on=on(2))) == [Point(on(1), 0.5, 1)]


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
    assert valid(FIRST._replace(excluded_on=on(50)), today=on(49)) == [Point(on(1), 0.5, 1)]


def expectations() -> list[Any]:
    return [
        pytest.param(date.fromisoformat(day), row, id=f"{row['project']} {day}")
        for day, rows in scenarios()["expected"]["progress"].items()
        for row in rows
    ]


@pytest.mark.parametrize(("day", "expected"), expectations())
def test_the_scenarios_stand_where_they_are_expected(day: date, expected: dict[str, Any]) -> None:
    found = progress(expected["project"], expected["metric"], day)
    ground = found.ground_covered
    names = [one["id"] for one in experiments()]
    assert expected == {
        "project": expected["project"],
        "metric": expected["metric"],
        "version": found.mark.version,
        "baseline": found.mark.baseline,
        "acceptance": found.mark.acceptance,
        "best": found.best,
        "best_from": None if found.best_from is None else names[found.best_from],
        "reference": found.reference,
        "experiments_since_improvement": found.wait,
        "last_improvement": found.last_gain.isoformat(),
        "days_since_improvement": found.flat_days(day),
        "gap_closed": None if ground is None else round(ground, 3),
        "acceptance_met": found.accepted_on is not None,
        "acceptance_reached_on": found.accepted_on and found.accepted_on.isoformat(),
        "plateau": plateau(found, day, expected["project"]),
        "surprises": [
            {
                "experiment": one.experiment_id is not None and names[one.experiment_id],
                "value": one.value,
                "gain": round(one.gain, 6),
                "first_past_acceptance": one.first_past_acceptance,
                "confirmed": one.confirmed,
            }
            for one in found.surprises
        ],
    }


def plateau(found: Progress, day: date, project: str) -> str | None:
    """Never for a live model."""
    stage = next(one["stage"] for one in scenarios()["projects"] if one["key"] == project)
    if stage == Stage.PRODUCTION or not is_flat(found, day, Thresholds()):
        return None
    return "below_acceptance" if found.accepted_on is None else "above_acceptance"


MARKS = (Mark(1, START, 10, 20), Mark(2, on(9), 12, 20))


def test_the_latest_version_effective_is_the_current_one() -> None:
    third = replace(MARKS[1], version=3)
    assert current(MARKS, START - timedelta(days=1)) is None
    assert current(MARKS, on(8)) == MARKS[0]
    assert current(reversed(MARKS), on(9)) == MARKS[1]
    assert current((third, MARKS[1]), on(9)) == third


def accepting(
    *rows: Measured, acceptance: float | None = 20, confirmed_only: bool = False
) -> Progress:
    mark = Mark(1, START, 10, acceptance)
    return standing(rows, Yardstick(Goal.MAX, 1), mark, today=TODAY, confirmed_only=confirmed_only)


def row(number: int, value: float, confirmed_on: date | None = None) -> Measured:
    return Measured(number, on(number), value, 1, confirmed_on=confirmed_on)


def test_the_first_past_acceptance_is_a_surprise_the_next_is_none() -> None:
    found = accepting(row(1, 15), row(2, 20), row(3, 22))
    assert [(one.value, one.first_past_acceptance) for one in found.surprises] == [(20, True)]
    assert found.accepted_on == on(2)


@pytest.mark.parametrize(("value", "surprises"), [(20, 1), (19.99, 0)])
def test_a_gain_of_ten_smallest_changes_is_a_surprise(value: float, surprises: int) -> None:
    assert len(accepting(row(1, value), acceptance=None).surprises) == surprises


def test_a_baseline_that_is_good_enough_is_accepted_from_the_start() -> None:
    found = accepting(row(1, 12), acceptance=9)
    assert (found.accepted_on, found.surprises) == (START, ())


def test_leadership_does_not_hear_of_a_leap_before_it_is_confirmed() -> None:
    rows = (row(1, 12), row(2, 11), row(3, 30), row(4, 31), row(5, 12.5))
    assert accepting(*rows).best == 31
    told = accepting(*rows, confirmed_only=True)
    assert (told.best, told.last_gain, told.wait) == (12.5, on(1), 2)
    assert told.to_confirm == ()
    rows = (*rows[:2], row(3, 30, confirmed_on=on(9)), *rows[3:])
    confirmed = accepting(*rows, confirmed_only=True)
    assert (confirmed.best, confirmed.last_gain, confirmed.accepted_on) == (31, on(4), on(3))
    assert not accepting(row(3, 30, confirmed_on=TODAY + timedelta(days=1))).surprises[0].confirmed


def test_ground_is_covered_past_the_mark_too() -> None:
    assert accepting(row(1, 25)).ground_covered == 1.5
    assert accepting(row(1, 25), acceptance=None).ground_covered is None
    assert accepting(row(1, 25), acceptance=10).ground_covered is None


@settings(max_examples=80, deadline=None)
@given(st.lists(st.floats(0, 100), max_size=20), st.integers(0, 25))
def test_a_past_day_stays_what_it_was(values: list[float], day: int) -> None:
    rows = [row(number, value) for number, value in enumerate(values)]
    mark, yardstick = Mark(1, START, 10, 60), Yardstick(Goal.MAX, 1)
    then = standing(rows[: day + 1], yardstick, mark, today=on(day))
    assert standing(rows, yardstick, mark, today=on(day)) == then
    told = standing(rows, yardstick, mark, today=on(day), confirmed_only=True)
    assert told.best <= then.best
    assert told.measured <= then.measured
