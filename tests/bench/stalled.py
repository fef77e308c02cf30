"""What could use a hand, and what leaders read, in a big workspace: constant queries, few seconds."""

import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.serve import rest_collector
from models.db import Database
from models.leadership import leadership
from models.search import AsOf
from models.stalled import stalled
from models.tables import Measurement
from tests.bench import databases
from tests.bench.big import MANY, TODAY, fill
from tests.bench.report import Figure
from tests.queries import count_queries

SIZES = ((1, 1), (100, 1), (1_000, 1), (1_000, 10))
"""Projects, and numbers of each experiment: at last a thousand projects with a million measurements."""
DAY = AsOf(TODAY, ZoneInfo("UTC"))


async def bench(folder: Path) -> list[Figure]:
    """Their facts, beside one SQL statement that makes the best of each experiment from the same numbers."""
    figures = []
    rest_collector()  # as the bot does
    with databases.server(folder) as server:
        for kind in databases.KINDS:
            for projects, each in SIZES:
                async with databases.opened(await databases.fresh(kind, folder, server)) as db:
                    workspace = await fill(db, projects, MANY, each)
                    one, _ = await _best(db, workspace, _aggregate)
                    size = f"{projects:,} projects, {MANY:,} experiments, {MANY * each:,} numbers"
                    budget = "< 1 s" if each == 1 else "≤ 2 s"
                    for name, read in (("stalled", stalled), ("leadership", leadership)):
                        took, statements = await _best(db, workspace, read)
                        what = f"{name}, {size}, {kind}, {statements} statements"
                        figures.append(Figure(what, took, "s", one, "one statement", budget))
    return figures


async def _best(
    db: Database, workspace: int, read: Callable[[AsyncSession, AsOf], Awaitable[Any]]
) -> tuple[float, int]:
    """The best of three, in seconds, and how many statements one takes."""
    best = float("inf")
    for _ in range(3):
        async with db.reading(workspace) as session:
            with count_queries(db) as statements:
                begun = time.perf_counter()
                await read(session, DAY)
                best = min(best, time.perf_counter() - begun)
    return best, len(statements)


async def _aggregate(session: AsyncSession, as_of: AsOf) -> None:
    """The best of each experiment, and of each metric how many there are and the best of them."""
    each = (
        select(Measurement.metric_id, func.max(Measurement.value).label("best"))
        .where(Measurement.on <= as_of.today)
        .group_by(Measurement.metric_id, Measurement.experiment_id)
        .subquery()
    )
    found = await session.execute(
        select(each.c.metric_id, func.max(each.c.best), func.count()).group_by(each.c.metric_id)
    )
    found.all()
