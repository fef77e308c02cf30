"""Rows for tests: each function adds one thing that makes sense, any column can be given by name.

They flush, so that the ids are there; the caller's transaction commits.
"""

from collections.abc import Sequence
from datetime import date, time, timedelta
from itertools import count
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.experiment import DEFAULT_TIMEBOX, Category, Split, Status
from models.domain.metric import Goal, MetricKind
from models.domain.project import ProjectStatus, Stage
from models.domain.standup import ANSWER_HOURS, DEFAULT_TIME, SUMMARY_TIME, CeremonyKind, PromptState
from models.tables import (
    Benchmark,
    Ceremony,
    Experiment,
    Measurement,
    Member,
    Metric,
    Participant,
    Project,
    Prompt,
    Run,
    Workspace,
)
from tests.clock import MORNING

_number = count(1)


async def _added[Row](session: AsyncSession, row: Row) -> Row:
    session.add(row)
    await session.flush()
    return row
