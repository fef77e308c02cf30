"""What could use a hand in a workspace with many experiments: under a second, constant queries."""

import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, insert, select

from models.db import Database
from models.domain.experiment import Category, Outcome, Split, Status
from models.search import AsOf
from models.stalled import stalled
from models.tables import Experiment, Measurement
from tests import rows
from tests.bench import databases
from tests.bench.report import Figure
from tests.queries import count_queries

MANY = 100_000
RUNNING = 300
BEGIN = date(2026, 1, 6)
TODAY = date(2026, 11, 13)


async def fill(db: Database, projects: int, many: int) -> int:
    """So many experiments, one number each, spread over projects; RUNNING of them are open."""
    async with db.writing(None) as session:
        workspace = await rows.make_workspace(session)
        owner = await rows.make_member(session, workspace)
        made = [await rows.make_project(session, workspace) for _ in range(projects)]
        await rows.make_ceremony(session, [owner])
        for at in range(0, many, 10_000):
            numbers = range(at, min(at + 10_000, many))
            ids = (
                await session.execute(
                    insert(Experiment).returning(Experiment.id),
                    [_experiment(n, made[n % projects], owner.id, many) for n in numbers],
                )
            ).scalars()
            await session.execute(
                insert(Measurement),
                [
                    _measurement(n, made[n % projects], key)
                    for n, key in zip(numbers, ids, strict=True)
                ],
            )
        return workspace.id


def _experiment(n: int, project: Any, owner_id: int, many: int) -> dict[str, Any]:
    day = BEGIN + timedelta(days=n * (TODAY - BEGIN).days // many)
    is_open = n >= many - RUNNING
    return {
        "workspace_id": project.workspace_id,
        "project_id": project.id,
        "number": n + 1,
        "owner_id": owner_id,
        "title": f"Try {n}",
        "category": Category.MODELING,
        "change": f"Try {n}",
        "expected_effect": "",
        "because": "",
        "criterion_metric_id": project.metrics[0].id,
        "criterion_threshold": 0.6,
        "timebox_days": 8,
        "status": Status.RUNNING if is_open else Status.CONCLUDED,
        "outcome": None if is_open else Outcome.REFUTED,
        "started_on": day - timedelta(days=7),
        "concluded_on": None if is_open else day,
        "created_at": datetime.combine(day, datetime.min.time(), UTC),
    }


def _measurement(n: int, project: Any, experiment_id: int) -> dict[str, Any]:
    day = BEGIN + timedelta(days=n * (TODAY - BEGIN).days // MANY)
    return {
        "workspace_id": project.workspace_id,
        "metric_id": project.metrics[0].id,
        "experiment_id": experiment_id,
        "on": day,
        "at": datetime.combine(day, datetime.min.time(), UTC),
        "value": 0.5 + (n % 997) / 10_000,
        "split": Split.VALIDATION,
        "benchmark_version": 1,
    }


async def bench(folder: Path) -> list[Figure]:
    """The stalled digest's facts, beside one SQL statement that goes over the same numbers."""
    figures = []
    with databases.server(folder) as server:
        for kind in databases.KINDS:
            for projects in (1, 1_000):
                async with databases.opened(await databases.fresh(kind, folder, server)) as db:
                    workspace = await fill(db, projects, MANY)
                    took, statements = await _digest(db, workspace)
                    what = f"{MANY:,} experiments, {projects:,} projects, {kind}, {statements} statements"
                    beside = await _aggregate(db, workspace)
                    figures.append(Figure(what, took, "s", beside, "one GROUP BY", "< 1 s"))
    return figures


async def _digest(db: Database, workspace: int) -> tuple[float, int]:
    """The best of three, and how many statements one takes."""
    best = float("inf")
    for _ in range(3):
        async with db.reading(workspace) as session:
            with count_queries(db) as statements:
                begun = time.perf_counter()
                await stalled(session, AsOf(TODAY, ZoneInfo("UTC")))
                best = min(best, time.perf_counter() - begun)
    return best, len(statements)


async def _aggregate(db: Database, workspace: int) -> float:
    async with db.reading(workspace) as session:
        begun = time.perf_counter()
        await session.execute(
            select(Measurement.metric_id, func.max(Measurement.value), func.count()).group_by(
                Measurement.metric_id
            )
        )
        return time.perf_counter() - begun
