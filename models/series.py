"""Series: everything that was measured of projects' primary metrics, as their charts want it."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.charts import Drawn, ProgressChart, Stop, progress_chart
from models.domain.experiment import Outcome, Split
from models.domain.findings.kinds import Thresholds
from models.domain.metric import MetricKind
from models.domain.progress import Mark, Measured, Yardstick
from models.tables import Benchmark, Experiment, Measurement, Metric, Project


async def progress_charts(
    session: AsyncSession, project_ids: Collection[int], today: date
) -> dict[int, ProgressChart]:
    """The chart of each project as of a day; two statements however many there are.

    Projects without a primary metric, or whose first benchmark is still to come, are left out.
    """
    rows = await _projects(session, project_ids, today)
    measured, outcomes = await _measured(session, [metric.id for _, metric, _ in rows], today)
    charts: dict[int, ProgressChart] = {}
    for project, metric, marks in rows:
        yardstick = Yardstick(metric.goal, metric.min_delta)
        thresholds = Thresholds(**project.thresholds)
        of = Drawn(yardstick, marks, measured.get(metric.id, ()), outcomes, thresholds)
        charts[project.id] = progress_chart(project.name, metric.unit, of, today, _stop(project))
    return charts


def _stop(project: Project) -> Stop | None:
    if project.stop_threshold is None or project.stop_by is None:
        return None
    return Stop(threshold=project.stop_threshold, by=project.stop_by)


async def _projects(
    session: AsyncSession, project_ids: Collection[int], today: date
) -> list[tuple[Project, Metric, list[Mark]]]:
    """In the projects' order of names, each with the versions that have begun."""
    found = await session.execute(
        select(Project, Metric, Benchmark)
        .join(Metric, Metric.project_id == Project.id)
        .join(Benchmark, Benchmark.metric_id == Metric.id)
        .where(
            Project.id.in_(project_ids),
            Metric.kind == MetricKind.PRIMARY,
            Benchmark.effective <= today,
        )
        .order_by(Project.name, Project.id, Benchmark.version)
    )
    by_project: dict[int, tuple[Project, Metric, list[Mark]]] = {}
    for project, metric, benchmark in found:
        marks = by_project.setdefault(project.id, (project, metric, []))[2]
        marks.append(benchmark.mark_on(today))
    return list(by_project.values())


async def _measured(
    session: AsyncSession, metric_ids: Collection[int], today: date
) -> tuple[dict[int, list[Measured]], dict[int, Outcome]]:
    """By metric, in time order, ties in recording order; and what became of the experiments by then."""
    found = await session.execute(
        select(
            Measurement.metric_id,
            Measurement.experiment_id,
            Measurement.on,
            Measurement.value,
            Measurement.benchmark_version,
            Measurement.split,
            Measurement.excluded_on,
            Measurement.confirmed_on,
            Experiment.outcome,
            Experiment.concluded_on,
        )
        .outerjoin(Experiment, Experiment.id == Measurement.experiment_id)
        .where(
            Measurement.metric_id.in_(metric_ids),
            Measurement.split == Split.VALIDATION,
            Measurement.on <= today,
        )
        .order_by(Measurement.metric_id, Measurement.at, Measurement.id)
    )
    measured: dict[int, list[Measured]] = {}
    outcomes: dict[int, Outcome] = {}
    for metric_id, experiment_id, on, value, *rest, outcome, concluded_on in found:
        version, split, excluded_on, confirmed_on = rest
        row = Measured(experiment_id, on, value, version, split, excluded_on, confirmed_on)
        measured.setdefault(metric_id, []).append(row)
        if experiment_id and outcome and concluded_on and concluded_on <= today:
            outcomes[experiment_id] = outcome
    return measured, outcomes
