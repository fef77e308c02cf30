"""What stood on a past day, as parts of statements about projects and experiments (domain §2.4-5)."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    String,
    and_,
    case,
    exists,
    func,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.orm import aliased

from models import chronicle
from models.domain.as_it_was import AsItWas, Changes, Smallest, as_it_was
from models.tables import Benchmark, Event, Experiment, Metric, Project

TAKEN_BACK = (
    chronicle.DECIDED,
    chronicle.STAGE_CHANGED,
    "plan_changed",
    "touchpoint_moved",
    "status_changed",
    "thresholds_changed",
    chronicle.VALUE_SAID,
    chronicle.MIN_DELTA_SET,
)
"""Lines of the chronicle that hold what a project was before them."""


def had_begun(today: date, end: datetime) -> ColumnElement[bool]:
    """Whether a project was there by `today`, which is over at `end`.

    One whose log was imported is older than its row: it begins with its first benchmark.
    """
    measured_from = (
        exists()
        .where(Metric.project_id == Project.id, Benchmark.metric_id == Metric.id)
        .where(Benchmark.effective <= today)
        .correlate(Project)
    )
    return or_(Project.created_at < end, measured_from)


def status_then(end: datetime) -> ColumnElement[str]:
    """A project's status at `end`."""
    was = chronicle.before("status_changed", "status", end)
    return func.coalesce(was, type_coerce(Project.status, String))


def known_start() -> ColumnElement[date | None]:
    """When an experiment was started; nothing where its log did not say so.

    A line without a start is imported as one that began when it ended: that is no time to an answer.
    """
    made_up = and_(
        Experiment.source_key.is_not(None), Experiment.started_on == Experiment.concluded_on
    )
    return case((made_up, None), else_=Experiment.started_on)


def changed_since(end: datetime) -> ColumnElement[bool]:
    """An outer join's condition: a project's lines of the chronicle since `end` that are to be taken back.

    They are to be ordered by `Event.at, Event.id`; `as_of` makes something of them.
    """
    return and_(Event.project_id == Project.id, Event.at >= end, Event.kind.in_(TAKEN_BACK))


def as_of(project: Project, later: Iterable[Event | None], end: datetime) -> AsItWas:
    """A project as it was at `end`; `later` are its lines since then, the oldest first, None for none."""
    lines = [line for line in later if line is not None]
    return as_it_was(
        vars(project),
        [_changes(line) for line in lines],
        [
            (line.data["metric"], Smallest(line.data["before"], line.data.get("assumed", False)))
            for line in lines
            if line.kind == chronicle.MIN_DELTA_SET
        ],
        before_it_was_here=project.created_at >= end,
    )


def as_they_were(
    rows: Iterable[Sequence[Any]], end: datetime
) -> list[tuple[Any, tuple[Any, ...], AsItWas]]:
    """Projects as they were at `end`, in the rows' order: (project, what a row has beside it, as it was).

    A row begins with a project and ends with one of its lines since then, or None; see `changed_since`.
    """
    found: dict[int, tuple[Project, tuple[Any, ...]]] = {}
    later: dict[int, list[Event | None]] = {}
    for project, *beside, line in rows:
        found[project.id] = project, tuple(beside)
        later.setdefault(project.id, []).append(line)
    return [
        (project, beside, as_of(project, later[key], end))
        for key, (project, beside) in found.items()
    ]


def smallest(of: Iterable[AsItWas]) -> dict[int, Smallest]:
    """The smallest changes that counted then, by metric id, where they were others than today."""
    return {metric_id: one for was in of for metric_id, one in was.smallest.items()}


def _changes(line: Event) -> Changes:
    data: dict[str, Any] = line.data
    if line.kind == chronicle.STAGE_CHANGED:
        return {"stage": (data["before"], data["after"])}
    return {name: (before, after) for name, (before, after) in data.get("changes", {}).items()}


def stage_began(end: datetime) -> ScalarSelect[datetime]:
    """When the stage began in which a project was at `end`; nothing where it is still in its first."""
    move = aliased(Event)
    return (
        select(func.max(move.at))
        .where(move.project_id == Project.id, move.kind == chronicle.STAGE_CHANGED, move.at < end)
        .correlate(Project)
        .scalar_subquery()
    )
