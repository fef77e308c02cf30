"""What could use a hand in a workspace with many experiments: under a second, constant queries."""

import asyncio
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert

from models.db import Database
from models.domain.experiment import Category, Outcome, Split, Status
from models.migrations import upgrade
from models.search import AsOf
from models.stalled import stalled
from models.tables import Experiment, Measurement
from tests import rows
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


async def measured(url: str, projects: int, many: int) -> str:
    """One line: how long it took, and how many statements."""
    await upgrade(url)
    db = Database(url)
    workspace = await fill(db, projects, many)
    best = float("inf")
    for _ in range(3):
        async with db.reading(workspace) as session:
            with count_queries(db) as statements:
                began = time.process_time()
                facts = await stalled(session, AsOf(TODAY, ZoneInfo("UTC")))
                best = min(best, time.process_time() - began)
    await db.close()
    return (
        f"{many:>7} experiments in {projects:>4} projects: {best:.2f} s, "
        f"{len(statements)} statements, {len(facts.findings)} findings"
    )


async def main() -> None:
    """Report it for one and for a thousand projects."""
    for projects, many in ((1, 1_000), (1, MANY), (1_000, MANY)):
        with tempfile.TemporaryDirectory() as folder:
            print(await measured(f"sqlite:///{Path(folder) / 'bench.db'}", projects, many))


if __name__ == "__main__":
    asyncio.run(main())
