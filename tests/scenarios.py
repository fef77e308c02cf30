"""A made-up quarter, `data/scenarios.json`: five projects, 48 experiments, and what is expected of them."""

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from models.domain.experiment import Split
from models.domain.progress import Measured


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
            excluded_on=date.fromisoformat(row["excluded"]["at"]) if row["excluded"] else None,
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
