"""Series: everything that was measured of projects' primary metrics, as their charts want it."""

from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models import past
from models.domain.as_it_was import AsItWas, Smallest
from models.domain.charts import Drawn, ProgressChart, Stop, progress_chart
from models.domain.experiment import Outcome, Split
from models.domain.findings.kinds import Thresholds
from models.domain.metric import MetricKind
from models.domain.progress import Mark, Measured, Yardstick
from models.tables import Benchmark, Event, Experiment, Measurement, Metric, Project


async def progress_charts(
    session: AsyncSession, project_ids: Collection[int], today: date, end: datetime
) -> dict[int, ProgressChart]:
    """The chart of each project as of a day that is over at `end`; two statements however many there are.

    Projects without a primary metric, or whose first benchmark is still to come, are left out.
    """
    rows = await _projects(session, project_ids, today, end)
    measured, outcomes = await _measured(session, [one.metric.id for one in rows], today)
    charts: dict[int, ProgressChart] = {}
    for one in rows:
        project, metric = one.project, one.metric
        was = past.as_of(project, one.later.values(), end)
        smallest = was.smallest.get(metric.id, Smallest(metric.min_delta))
        yardstick = Yardstick(metric.goal, smallest.min_delta)
        marks = list(one.marks.values())
        thresholds = Thresholds(**was.thresholds)
        of = Drawn(yardstick, marks, measured.get(metric.id, ()), outcomes, thresholds)
        charts[project.id] = progress_chart(project.name, metric.unit, of, today, _stop(was))
    return charts


class _Row(NamedTuple):
    """A project with its metric's versions that have begun, and its lines of the chronicle since the day."""

    project: Project
    metric: Metric
    marks: dict[int, Mark]
    later: dict[int, Event]


def _stop(was: AsItWas) -> Stop | None:
    if was.stop_threshold is None or was.stop_by is None:
        return None
    return Stop(threshold=was.stop_threshold, by=was.stop_by)


async def _projects(
    session: AsyncSession, project_ids: Collection[int], today: date, end: datetime
) -> list[_Row]:
    """In the projects' order of names."""
    found = await session.execute(
        select(Project, Metric, Benchmark, Event)
        .outerjoin(Event, past.changed_since(end))
        .join(Metric, Metric.project_id == Project.id)
        .join(Benchmark, Benchmark.metric_id == Metric.id)
        .where(
            Project.id.in_(project_ids),
            Metric.kind == MetricKind.PRIMARY,
            Benchmark.effective <= today,
        )
        .order_by(Project.name, Project.id, Benchmark.version, Event.at, Event.id)
    )
    by_project: dict[int, _Row] = {}
    for project, metric, benchmark, line in found:
        row = by_project.setdefault(project.id, _Row(project, metric, {}, {}))
        row.marks[benchmark.version] = benchmark.mark_on(today)
        if line is not None:
            row.later[line.id] = line
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
