"""Charts of the made-up quarter and of the two real logs, as facts."""

from datetime import date

from models.domain.charts import Drawn, ProgressChart, Stop, progress_chart
from models.domain.experiment import Outcome
from models.domain.progress import Mark
from tests.scenarios import experiments, measured, metric, scenarios, yardstick

PNG = b"\x89PNG\r\n\x1a\n"
LAST = date(2026, 11, 13)


def chart_of(project: str, key: str, unit: str, today: date = LAST) -> ProgressChart:
    """A project's chart as of a day."""
    of = metric(project, key)
    marks = [
        Mark(
            one["version"], date.fromisoformat(one["effective"]), one["baseline"], one["acceptance"]
        )
        for one in of["benchmarks"]
    ]
    outcomes = {
        number: Outcome(one["outcome"])
        for number, one in enumerate(experiments())
        if one["concluded"] and one["concluded"] <= str(today)
    }
    (about,) = [one for one in scenarios()["projects"] if one["key"] == project]
    stop = about["kill_criterion"]
    drawn = Drawn(yardstick(of), marks, measured(project, key), outcomes)
    return progress_chart(
        about["name"],
        unit,
        drawn,
        today,
        stop and Stop(threshold=stop["threshold"], by=date.fromisoformat(stop["by"])),
    )
