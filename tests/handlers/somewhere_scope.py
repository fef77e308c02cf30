"""What the clicks and the form of a scope change carry."""

from typing import Any

from handlers.ids import Click, Form


def of_scope(project_id: int, scope_id: int) -> dict[str, dict[str, Any]]:
    """By their ids."""
    change = {"before": "All", "after": "Some", "reason": "data", "because": "It is late"}
    return {
        Click.SCOPE_CHANGE: {"value": f"{project_id}"},
        Click.SCOPE_CONFIRM: {"value": f"{scope_id}"},
        Click.FINDING_REMIND: {"value": f"0|project:{project_id}|scope_change_unacknowledged"},
        Form.SCOPE_CHANGE: {"metadata": f"{project_id}", "values": change},
    }
