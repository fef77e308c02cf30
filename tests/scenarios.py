"""A made-up quarter, `data/scenarios.json`: five projects, 48 experiments, and what is expected of them."""

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from models.domain.experiment import Split
from models.domain.metric import Goal
from models.domain.progress import Mark, Measured, Progress, Yardstick, current, standing
from models.domain.working_days import Span


def day(text: str | None) -> date | None:
    """A date of the file, where there is one."""
    return None if text is None else date.fromisoformat(text)


@cache
def scenarios() -> dict[str, Any]:
    """The whole file."""
    found: dict[str, Any] = json.loads(
        Path(__file__).with_name("data").joinpath("scenarios.json").read_text("utf-8")
    )
    return found


def experiments() -> list[dict[str, Any]]:
    """All experiments, in the file's order, which is recording order."""
    found: list[dict[str, Any]] = scenarios()["experiments"]
    return found


def metric(project: str, key: str) -> dict[str, Any]:
    """A project's metric by its key."""
    return next(
        one for one in scenarios()["metrics"] if (one["project"], one["key"]) == (project, key)
    )


def measured(project: str, key: str) -> list[Measured]:
    """What was measured of a metric, in production too; in time order, ties in recording order."""
    of_experiments = [
        Measured(
            experiment_id=number,
            on=date.fromisoformat(row["at"]),
            value=row["value"],
            benchmark_version=experiment["benchmark_version"],
            split=Split(row["split"]),
            excluded_on=day(row["excluded"] and row["excluded"]["at"]),
            confirmed_on=day(row["confirmed"] and row["confirmed"]["at"]),
        )
        for number, experiment in enumerate(experiments())
        for row in experiment["measurements"]
        if (experiment["project"], row["metric"]) == (project, key)
    ]
    in_production = [
        Measured(None, date.fromisoformat(row["at"]), row["value"], 1, Split(row["split"]))
        for row in scenarios()["production_measurements"]
        if (row["project"], row["metric"]) == (project, key)
    ]
    return sorted(of_experiments + in_production, key=lambda one: one.on)


def yardstick(of: dict[str, Any]) -> Yardstick:
    """How a metric is compared."""
    return Yardstick(Goal(of["goal"]), of["min_delta"])


def mark_on(of: dict[str, Any], today: date) -> Mark:
    """A metric's benchmark as of a date."""
    marks = [
        Mark(
            one["version"],
            date.fromisoformat(one["effective"]),
            one["baseline"],
            one["acceptance"],
        )
        for one in of["benchmarks"]
    ]
    found = current(marks, today)
    assert found is not None
    return found


def progress(project: str, key: str, today: date) -> Progress:
    """Where a metric stood as of a date."""
    of = metric(project, key)
    return standing(measured(project, key), yardstick(of), mark_on(of, today), today=today)


def away(member: str) -> tuple[Span, ...]:
    """A member's days off."""
    return tuple(
        Span(date.fromisoformat(one["start"]), date.fromisoformat(one["end"]))
        for one in scenarios()["away"]
        if one["member"] == member
    )
