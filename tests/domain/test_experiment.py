"""An experiment's states, its outcome by the criterion, its name."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.domain.errors import ExperimentConcluded
from models.domain.experiment import (
    OPEN,
    AbandonReason,
    Category,
    Outcome,
    Status,
    experiment_key,
    require_open,
    suggested_outcome,
    title_of,
)
from models.domain.metric import Goal, gain
from tests.scenarios import experiments, metric


@pytest.mark.parametrize(
    ("value", "low", "high", "expected"),
    [
        (0.60, None, None, Outcome.SUPPORTED),
        (0.61, 0.50, 0.70, Outcome.SUPPORTED),
        (0.59, None, None, Outcome.REFUTED),
        (0.59, 0.58, 0.61, Outcome.INCONCLUSIVE),
        (0.59, 0.58, 0.60, Outcome.INCONCLUSIVE),
        (0.59, 0.58, 0.599, Outcome.REFUTED),
        (0.59, 0.58, None, Outcome.REFUTED),
        (0.59, None, 0.61, Outcome.REFUTED),
    ],
)
def test_the_criterion_suggests_an_outcome(
    value: float, low: float | None, high: float | None, expected: Outcome
) -> None:
    assert suggested_outcome(value, 0.60, goal=Goal.MAX, low=low, high=high) is expected
    mirrored = suggested_outcome(
        -value,
        -0.60,
        goal=Goal.MIN,
        low=None if high is None else -high,
        high=None if low is None else -low,
    )
    assert mirrored is expected


def test_without_a_number_or_a_criterion_nothing_is_suggested() -> None:
    assert suggested_outcome(None, 0.60, goal=Goal.MAX) is None
    assert suggested_outcome(0.60, None, goal=Goal.MAX) is None


def concluded() -> list[Any]:
    return [pytest.param(one, id=one["id"]) for one in experiments() if one["outcome"]]


@pytest.mark.parametrize("experiment", concluded())
def test_the_scenarios_came_out_as_their_criteria_say(experiment: dict[str, Any]) -> None:
    """An abandoned one is a person's decision; F8's only number was excluded before it ended."""
    criterion = experiment["criterion"]
    if criterion is None:
        assert suggested_outcome(0.463, None, goal=Goal.MAX) is None
        return
    goal = Goal(metric(experiment["project"], criterion["metric"])["goal"])
    valid = [
        row
        for row in experiment["measurements"]
        if row["metric"] == criterion["metric"]
        and not (row["excluded"] and row["excluded"]["at"] <= experiment["concluded"])
    ]
    best = max(valid, key=lambda row: gain(goal, row["value"], 0), default=None)
    suggested = suggested_outcome(
        best and best["value"],
        criterion["threshold"],
        goal=goal,
        low=best and best["low"],
        high=best and best["high"],
    )
    expected = None if experiment["outcome"] == "abandoned" else Outcome(experiment["outcome"])
    assert suggested is expected


@pytest.mark.parametrize("status", OPEN)
def test_open_experiments_can_be_worked_on(status: Status) -> None:
    require_open(status)


def test_a_concluded_one_is_never_reopened() -> None:
    with pytest.raises(ExperimentConcluded, match="new hypothesis that follows it up"):
        require_open(Status.CONCLUDED)


def test_every_choice_has_words_of_its_own() -> None:
    for kind in (Category, Outcome, AbandonReason):
        labels = [one.label for one in kind]
        assert len(set(labels)) == len(labels)


def test_no_outcome_is_called_a_failure() -> None:
    assert Outcome.REFUTED.label == "Ruled out"
    assert not any("fail" in outcome.label.lower() for outcome in Outcome)


def test_a_key_names_project_and_number() -> None:
    assert experiment_key("FRAUD", 12) == "FRAUD-12"


@pytest.mark.parametrize(
    ("change", "title"),
    [
        ("train on 18 months", "train on 18 months"),
        ("  train \n on  18 months ", "train on 18 months"),
        ("one, two, three, four, five", "one, two, three…"),
        ("a " + "b" * 30, "a " + "b" * 17 + "…"),
        ("x" * 30, "x" * 19 + "…"),
    ],
)
def test_a_title_is_the_first_words(change: str, title: str) -> None:
    assert title_of(change, 20) == title


@settings(max_examples=80, deadline=None)
@given(st.text(min_size=1))
def test_a_title_fits_on_one_line(change: str) -> None:
    title = title_of(change * 5)
    assert len(title) <= 80
    assert "\n" not in title
    assert bool(title) == bool(change.split())
