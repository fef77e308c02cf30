"""The notebook: how long a search takes among many experiments, and what “tried before” finds and misses."""

import time
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import insert, text
from sqlalchemy.ext.asyncio import AsyncSession

from models.db import Database
from models.domain.experiment import Category, Outcome, Status
from models.find import find, tried_before
from models.tables import Experiment
from tests import rows
from tests.bench import databases
from tests.bench.report import Figure, p50, p99
from tests.notebook import CORPUS, NEW, PARAPHRASES, Pair, shares_a_title_word

MANY = 100_000
TIMES = 200
DAY = date(2026, 3, 2)


async def fill(db: Database, many: int) -> int:
    """So many concluded experiments, each put together from sentences of the real logs."""
    chance = Random(4)  # noqa: S311  (no secret)
    said = [one.change for one in CORPUS]
    learned = [one.learning for one in CORPUS if one.learning]
    async with db.writing(None) as session:
        workspace = await rows.make_workspace(session)
        owner = await rows.make_member(session, workspace)
        project = await rows.make_project(session, workspace)
        for at in range(0, many, 10_000):
            await session.execute(
                insert(Experiment),
                [
                    _experiment(
                        n, project, owner.id, chance.choices(said, k=3), chance.choice(learned)
                    )
                    for n in range(at, min(at + 10_000, many))
                ],
            )
        workspace_id = workspace.id
    async with db.writer.begin() as connection:
        await connection.execute(text("ANALYZE"))
    return workspace_id


def _experiment(
    n: int, project: Any, owner_id: int, said: list[str], learned: str
) -> dict[str, Any]:
    return {
        "workspace_id": project.workspace_id,
        "project_id": project.id,
        "number": n + 1,
        "owner_id": owner_id,
        "title": f"{said[0]} {n}"[:80],
        "category": Category.MODELING,
        "change": f"{said[0]} {said[1]} {n}",
        "expected_effect": "",
        "because": said[2],
        "learning": learned,
        "timebox_days": 8,
        "status": Status.CONCLUDED,
        "outcome": Outcome.REFUTED,
        "started_on": DAY,
        "concluded_on": DAY,
        "created_at": datetime.combine(DAY, datetime.min.time(), UTC),
    }


QUERIES = (
    "learning rate",
    "value embeddings",
    "batch",
    "model",
    "fraud rings",
    "muon optim",
    "no such thing",
)


async def bench_find(folder: Path) -> list[Figure]:
    """`/lab find` and “tried before” among 100,000 experiments, on both databases."""
    figures = []
    with databases.server(folder) as server:
        for kind in databases.KINDS:
            async with databases.opened(await databases.fresh(kind, folder, server)) as db:
                workspace = await fill(db, MANY)
                what = f"{MANY:,} experiments, {kind}"

                async def search(n: int, db: Database = db, workspace: int = workspace) -> None:
                    async with db.reading(workspace) as session:
                        await find(session, QUERIES[n % len(QUERIES)])

                async def before(n: int, db: Database = db, workspace: int = workspace) -> None:
                    pair = PARAPHRASES[n % len(PARAPHRASES)]
                    async with db.reading(workspace) as session:
                        await tried_before(session, pair.change, pair.because)

                figures += await _timed(f"find, {what}", search, "≤ 100 ms")
                figures += await _timed(f"tried before, {what}", before, "")
    return figures


async def _timed(what: str, ask: Callable[[int], Awaitable[None]], budget: str) -> list[Figure]:
    took = []
    for n in range(TIMES):
        begun = time.perf_counter()
        await ask(n)
        took.append((time.perf_counter() - begun) * 1_000)
    return [
        Figure(f"{what}: p50", p50(took), "ms", budget=budget),
        Figure(f"{what}: p99", p99(took), "ms", budget=budget),
    ]


async def bench_recall(folder: Path) -> list[Figure]:
    """What “tried before” finds of hypotheses in other words, beside all others, and how often it errs."""
    url = await databases.fresh("SQLite", folder, "")
    async with databases.opened(url) as db:
        workspace, keys = await _record(db)
        async with db.reading(workspace) as session:
            found = [
                (pair, await _close(session, pair.change, pair.because, keys))
                for pair in PARAPHRASES
            ]
            alarms = [(idea, await _close(session, idea.change, "", keys)) for idea in NEW]
    figures = []
    for of, name in (
        ((True, 2), "held out, second round"),
        ((True, 1), "held out"),
        ((False, 1), "seen while tuning"),
    ):
        some = [one for one in found if (one[0].held_out, one[0].round) == of]
        apart = [one for one in some if not shares_a_title_word(one[0])]
        raised = [bool(close) for idea, close in alarms if (idea.held_out, idea.round) == of]
        figures += [
            _recall(f"recall@3, {name}", some),
            _recall(f"recall@3, {name}, no title word shared", apart),
            Figure(
                f"false alarms, {name}, {sum(raised)} of {len(raised)} new ideas",
                100 * sum(raised) / len(raised),
                "%",
            ),
        ]
    return figures


def _recall(what: str, found: list[tuple[Pair, list[str]]]) -> Figure:
    hits = sum(pair.finds in close for pair, close in found)
    return Figure(f"{what}, {hits} of {len(found)}", 100 * hits / len(found), "%")


async def _record(db: Database) -> tuple[int, dict[str, str]]:
    """The whole corpus as concluded experiments; their names in the logs by their keys."""
    async with db.writing(None) as session:
        workspace = await rows.make_workspace(session)
        owner = await rows.make_member(session, workspace)
        project = await rows.make_project(session, workspace, key="ALL")
        for one in CORPUS:
            await rows.make_experiment(
                session,
                project,
                owner,
                title=one.title,
                change=one.change,
                because=one.because,
                learning=one.learning,
                status=Status.CONCLUDED,
                outcome=Outcome.REFUTED,
                concluded_on=DAY,
            )
        return workspace.id, {f"ALL-{n}": one.key for n, one in enumerate(CORPUS, start=1)}


async def _close(
    session: AsyncSession, change: str, because: str, keys: dict[str, str]
) -> list[str]:
    before = await tried_before(session, change, because)
    return [keys[one.key] for one in before.close] if before else []
