"""Incidents, values and the end of a live model for tests, as `tests.rows` makes the others."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.acknowledging import Matter, Subject
from models.domain.deprecation import EndReason
from models.domain.experiment import Split
from models.tables import (
    Acknowledgement,
    DeprecationNotice,
    Incident,
    Measurement,
    Member,
    Metric,
    Project,
)
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


async def make_end(
    session: AsyncSession, project: Project, by: Member, told: Sequence[Member], **columns: Any
) -> DeprecationNotice:
    """It stops in forty days; those who were `told` have not confirmed it."""
    row = DeprecationNotice(
        **{
            "workspace_id": project.workspace_id,
            "project_id": project.id,
            "stops_on": DAY + timedelta(days=40),
            "why": EndReason.LOW_USE,
            "reason": "Nobody opens its page",
            "instead": "The list in the console",
            "by_id": by.id,
            "on": DAY,
            "created_at": MORNING,
            **columns,
        }
    )
    session.add(row)
    await session.flush()
    session.add_all(
        Acknowledgement(
            workspace_id=project.workspace_id,
            project_id=project.id,
            subject=str(Subject(Matter.END, row.id)),
            member_id=member.id,
            asked_on=row.on,
        )
        for member in told
    )
    await session.flush()
    return row
