"""The team's week in a workspace with many experiments: constant statements, and counted by pandas beside."""

import time
from pathlib import Path
from zoneinfo import ZoneInfo

from models import frames, progress_digest
from models.db import Database
from models.search import AsOf
from tests.bench import databases
from tests.bench.big import MANY, TODAY, fill
from tests.bench.report import Figure
from tests.queries import count_queries


async def bench(folder: Path) -> list[Figure]:
    """Reading the week, and counting its velocity in a child process beside the rules themselves."""
    figures = []
    for projects in (1, 1_000):
        async with databases.opened(await databases.fresh("SQLite", folder, "")) as db:
            workspace = await fill(db, projects, MANY)
            read, statements, counted, by_rules = await _week(db, workspace)
            what = f"week of {MANY:,} experiments, {projects:,} projects, {statements} statements"
            figures.append(Figure(what, read, "s", by_rules, "the rules over the same", "< 2 s"))
            child = f"its velocity by pandas, {projects:,} projects"
            figures.append(Figure(child, counted, "s", by_rules, "the rules over the same", ""))
    return figures


async def _week(db: Database, workspace: int) -> tuple[float, int, float, float]:
    async with db.reading(workspace) as session:
        with count_queries(db) as statements:
            begun = time.perf_counter()
            of = await progress_digest.gathered(session, AsOf(TODAY, ZoneInfo("UTC")))
            read = time.perf_counter() - begun
    begun = time.perf_counter()
    await frames.worked_out(of.order)
    counted = time.perf_counter() - begun
    begun = time.perf_counter()
    progress_digest.at_once(of)
    return read, len(statements), counted, time.perf_counter() - begun
