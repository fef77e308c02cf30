"""The velocity of the made-up quarter: its experiments, and what is expected of three windows."""

from datetime import UTC, date, datetime, time
from typing import Any

from models.domain.experiment import Category, Outcome
from models.domain.velocity import Tried, Velocity
from tests.scenarios import away, experiments, scenarios


def midnight(text: str | None) -> datetime | None:
    """Where only dates are known."""
    return None if text is None else datetime.combine(date.fromisoformat(text), time(), UTC)


def tried_in(project: str | None) -> list[Tried]:
    """The experiments of a project, or of all, as velocity is counted from them."""
    return [
        Tried(
            category=Category(one["category"]),
            started_on=date.fromisoformat(one["started"]),
            concluded_on=date.fromisoformat(one["concluded"]) if one["concluded"] else None,
            outcome=Outcome(one["outcome"]) if one["outcome"] else None,
            has_learning=bool(one["learning"]),
            criterion_set_at=midnight(one["criterion"] and one["criterion"]["set_at"]),
            first_measured_at=midnight(
                min((row["at"] for row in one["measurements"]), default=None)
            ),
            timebox=one["timebox_working_days"],
            off=away(one["owner"]),
        )
        for one in experiments()
        if project in (None, one["project"])
    ]


EXPECTED = [
    *scenarios()["expected"]["velocity"],
    # The check figures in the domain's words (§2.7).
    {
        "window": ["2026-10-17", "2026-11-13"],
        "concluded": 13,
        "outcomes": {"supported": 5, "refuted": 7, "inconclusive": 1, "abandoned": 0},
        "decisive_share": 0.923,
        "with_learning": 13,
        "refuted_with_learning": 7,
        "preregistered": 13,
        "preregistered_share": 1.0,
        "median_working_days_to_conclusion": 6,
        "within_timebox": 11,
    },
]


def figures(expected: dict[str, Any]) -> dict[str, Any]:
    """What is expected of a window."""
    return {key: value for key, value in expected.items() if key != "project"}


def as_expected(found: Velocity) -> dict[str, Any]:
    """What was found, in the words of the expected figures."""
    assert found.settled_share is not None
    assert found.set_in_advance_share is not None
    return {
        "window": [str(found.window.start), str(found.window.end)],
        "concluded": found.concluded,
        "outcomes": {outcome.value: count for outcome, count in found.outcomes.items()},
        "decisive_share": round(found.settled_share, 3),
        "with_learning": found.with_learning,
        "refuted_with_learning": found.refuted_with_learning,
        "preregistered": found.set_in_advance,
        "preregistered_share": round(found.set_in_advance_share, 3),
        "median_working_days_to_conclusion": found.median_days,
        "within_timebox": found.within_timebox,
    }
