"""What the clicks and forms of a review carry."""

from datetime import timedelta
from typing import Any

from handlers.ids import Click, Form
from tests.clock import MORNING

LATER = (MORNING.date() + timedelta(days=5)).isoformat()


def of_reviews(project_id: int, review_id: int) -> dict[str, dict[str, Any]]:
    """By their ids."""
    review = {"value": f"{review_id}"}
    planned = {"kind": "peer", "project": f"{project_id}", "due": LATER, "chair": "UANA"}
    return {
        **dict.fromkeys((one for one in Click if one.startswith("review_")), review),
        Click.REVIEW_SWITCH: {},
        Form.REVIEW: _form("", **planned),
        Form.REVIEW_ANSWERS: _form(f"{review_id}|", answer_sla="yes"),
        Form.REVIEW_CLOSE: _form(f"{review_id}", decision="no_go", reason="Not yet"),
        Form.REVIEW_MOVE: _form(f"{review_id}", due=LATER),
        Form.REVIEW_CANCEL: _form(f"{review_id}", reason="No longer needed"),
    }


def _form(metadata: str, **values: Any) -> dict[str, Any]:
    return {"metadata": metadata, "values": values}
