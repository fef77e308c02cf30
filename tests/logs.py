"""Experiment logs for tests, and what an import makes of them."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from models.db import Database
from models.domain.logbook import Entry, Line, LogLine, entries
from models.domain.metric import Goal
from models.exporting import export
from models.importing import Imported, import_log
from models.landing import Target
from models.tables import Experiment, Measurement
from tests.clock import MORNING

NEW = Target("NANO", "Nanochat", "loss", Goal.MIN, 10.0, 5.0)
"""A project that isn't there yet; 0.25 is the smallest change that counts."""
DAY = date(2026, 1, 8)


def log(*said: dict[str, object], believing: bool = True) -> list[Entry]:
    """Experiments with the keys k2, k3, … by their lines' numbers, each `believing` something."""
    lines = [
        Line(
            number,
            LogLine.model_validate(({"hypothesis": f"belief {number}"} if believing else {}) | one),
        )
        for number, one in enumerate(said, start=2)
    ]
    return entries([(line.says.key or f"k{line.number}", line) for line in lines])


async def bring(
    database: Database, workspace_id: int, entries: Sequence[Entry], target: Target = NEW
) -> Imported:
    """Import into the workspace."""
    async with database.writing(workspace_id) as session:
        return await import_log(session, target, entries, now=MORNING, told=lambda _: None)


async def everything(
    database: Database, workspace_id: int, key: str | None = None
) -> list[LogLine]:
    """What an export gives: the metrics, the numbers of models in use, the experiments."""
    async with database.reading(workspace_id) as session:
        return [line async for line in export(session, key)]


async def exported(database: Database, workspace_id: int, key: str | None = None) -> list[LogLine]:
    """The experiments of an export."""
    lines = await everything(database, workspace_id, key)
    return [line for line in lines if not line.of_project]


async def recorded(
    database: Database, workspace_id: int
) -> tuple[list[Experiment], list[Measurement]]:
    """Every experiment and every number of the workspace, in their order."""
    async with database.reading(workspace_id) as session:
        experiments = await session.scalars(select(Experiment).order_by(Experiment.id))
        numbers = await session.scalars(select(Measurement).order_by(Measurement.id))
        return list(experiments), list(numbers)
