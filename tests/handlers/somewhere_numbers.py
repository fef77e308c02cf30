"""What the clicks and forms of metrics, benchmarks, numbers and scores carry."""

from typing import Any, NamedTuple

from handlers.ids import Click, Form
from tests.clock import MORNING


class NumbersPlace(NamedTuple):
    """Ids."""

    project_id: int
    experiment_id: int
    metric_id: int
    benchmark_id: int
    measurement_id: int


def of_numbers(at: NumbersPlace) -> dict[str, dict[str, Any]]:
    """By their ids."""
    project, metric = {"value": f"{at.project_id}"}, {"value": f"{at.metric_id}"}
    number, seen = {"value": f"{at.measurement_id}"}, {"value": f"{at.benchmark_id}|0.7"}
    return {
        Click.METRIC_ADD: project,
        Click.METRIC_CHANGE: metric,
        Click.ACCEPTANCE_CHANGE: {"value": f"{at.benchmark_id}"},
        Click.BENCHMARK_NEW: metric,
        Click.AGREE_BUSINESS: seen,
        Click.AGREE_MAKERS: seen,
        Click.LIVE_VALUE: project,
        Click.NUMBER_FULL: {"value": f"{at.experiment_id}"},
        Click.NUMBER_MORE: {"metadata": f"0|experiment:{at.experiment_id}|silent"},
        Click.MEASURED_ASIDE: number,
        Click.MEASURED_CONFIRM: number,
        Click.SCORE_REVEAL: project,
        Click.CONFIDENCE: project,
        **_forms(at),
    }


def _forms(at: NumbersPlace) -> dict[str, dict[str, Any]]:
    project, metric = f"{at.project_id}", f"{at.project_id}|{at.metric_id}"
    good = {"acceptance": "75", "reason": "the call centre"}
    number = {"metric": f"{at.metric_id}", "value": "60"}
    since = MORNING.date().isoformat()
    version = {"moved": "data", "effective": since, "baseline": "55", "source": "rules"}
    guardrail = {"kind": "guardrail", "name": "Answer time", "unit": "ms", "goal": "min"}
    return {
        Form.METRIC_ADD: _form(project, **guardrail, phrase="how long one waits", limit="60"),
        Form.METRIC_CHANGE: _form(metric, name="Recall", phrase="frauds caught"),
        Form.ACCEPTANCE: _form(f"{at.project_id}|{at.benchmark_id}", **good),
        Form.BENCHMARK: _form(metric, **good, **version),
        Form.NUMBER_FULL: _form(f"{at.experiment_id}", **number),
        Form.NUMBER_LISTED: _form(f"{at.experiment_id}|list", **number),
        Form.MEASURED_ASIDE: _form(f"{at.experiment_id}|{at.measurement_id}", reason="bug"),
        Form.SCORE: _form(project, benefit_ux="6", benefit_profit="8", benefit_ux_why="calm"),
        Form.CONFIDENCE: _form(project, value="6", why="labels are coming"),
    }


def _form(metadata: str, **values: Any) -> dict[str, Any]:
    return {"metadata": metadata, "values": values}
