"""What clicks, forms and shortcuts of the notebook carry."""

from typing import Any

from handlers.ids import Click, Form, Shortcut


def of_notebook(project_id: int) -> dict[str, dict[str, Any]]:
    """A hypothesis, written, kept while something else is shown, and from a message; a decision."""
    about = f'{{"project_id":{project_id}}}'
    short = '{"threshold":60,"timebox":8,"category":"modeling"}'
    kept = f'{{"ref":{about},"form":{short},"change":9}}\nmore databecause'
    written = {"change": "more data", "because": "it has seen more", "threshold": "60"}
    decided = {"project": str(project_id), "kind": "hold", "reason": "The labels come in May"}
    return {
        **{one: {"said": "More data"} for one in Shortcut},
        Click.HYPOTHESIS_BACK: {"metadata": kept},
        Form.TRIED_BEFORE: {"metadata": kept, "values": {}},
        Form.HYPOTHESIS: {
            "metadata": about,
            "values": {**written, "category": "modeling", "timebox": "8"},
        },
        Form.DECISION: {"metadata": "", "values": decided},
    }
