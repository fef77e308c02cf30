"""Incidents and values of a live model for tests, as `tests.rows` makes the others."""

from datetime import date
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.experiment import Split
from models.tables import Incident, Measurement, Member, Metric, Project
from tests.clock import MORNING
from tests.rows import DAY


async def make_live(
    session: AsyncSession, metric: Metric, value: float, on: date = DAY, **columns: Any
) -> Measurement:
    """A value of the model in use."""
    row = Measurement(
        **{
            "workspace_id": metric.workspace_id,
            "metric_id": metric.id,
            "on": on,
            "at": MORNING.replace(year=on.year, month=on.month, day=on.day),
            "value": value,
            "split": Split.PRODUCTION,
            "benchmark_version": 1,
            **columns,
        }
    )
    session.add(row)
    await session.flush()
    return row


async def make_incident(
    session: AsyncSession, project: Project, by: Member, **columns: Any
) -> Incident:
    """Open since today."""
    row = Incident(
        **{
            "workspace_id": project.workspace_id,
            "project_id": project.id,
            "what": "Every second alert is a false one",
            "since": DAY,
            "by_id": by.id,
            "opened_on": DAY,
            "created_at": MORNING,
            **columns,
        }
    )
    session.add(row)
    await session.flush()
    return row
