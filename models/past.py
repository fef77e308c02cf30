"""What stood on a past day, as parts of statements about projects and experiments (domain §2.4-5)."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, String, and_, case, exists, func, or_, type_coerce

from models import chronicle
from models.tables import Benchmark, Experiment, Metric, Project


def had_begun(today: date, end: datetime) -> ColumnElement[bool]:
    """Whether a project was there by `today`, which is over at `end`.

    One whose log was imported is older than its row: it begins with its first benchmark.
    """
    measured_from = (
        exists()
        .where(Metric.project_id == Project.id, Benchmark.metric_id == Metric.id)
        .where(Benchmark.effective <= today)
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
