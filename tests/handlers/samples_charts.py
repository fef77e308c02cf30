"""What the clicks and forms about money, rank and charts carry."""

from typing import Any

from handlers.ids import Click, Form

CASES = {
    "currency": "EUR",
    "cases": "1200000",
    "positive": "0.12",
    "way": "precision",
    "kept": "90",
    "tp": "100 to 140",
    "fp": "-10 to -6",
}
POINTS = {"currency": "EUR", "per_point": "1500 to 4000"}


def of_charts(project_id: int) -> dict[str, dict[str, Any]]:
    """By id."""
    project = {"value": f"{project_id}"}
    return {
        Click.WORTH_POINTS: project,
        Click.WORTH_CASES: project,
        Form.WORTH_POINTS: {"metadata": f"{project_id}", "values": POINTS},
        Form.WORTH_CASES: {"metadata": f"{project_id}", "values": CASES},
    }
