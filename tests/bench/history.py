"""What a tick costs: idle beside years of history, and when ten thousand people are to be asked at once."""

import time
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import String, cast, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import SystemClock
from bot.serve import rest_collector
from models.db import Base, Database
from models.domain.cadence import WEEKDAYS
from models.domain.delivery import DeliveryState, Operation
from models.domain.standup import PromptState
from models.tables import Ceremony, Delivery, Member, Prompt, Run
from scheduler.engine import EmbeddedEngine
from scheduler.jobs import release_due
from scheduler.steps import ceremonies
from tests import rows
from tests.bench import databases
from tests.bench.copies import copies, numbers, settle
from tests.bench.report import Figure, p50

CEREMONIES = 10_000
HISTORY = (10_000, 1_000_000)
TICKS = 60
WORKSPACES, STANDUPS, PEOPLE = 200, 5, 10
AWAY = timedelta(days=30)


async def idle(folder: Path) -> list[Figure]:
    """An idle tick beside one indexed SELECT, after a short history and after a long one."""
    figures = []
    with databases.server(folder) as server:
        for kind in databases.KINDS:
            async with databases.opened(await databases.fresh(kind, folder, server)) as db:
                await _standups(db, SystemClock().now())
                written = 0
                for history in HISTORY:
                    await _past(db, written, history)
                    written = history
                    tick, one = await _ticks(db)
                    what = f"idle tick, {CEREMONIES:,} standups, {history:,} past runs, {kind}"
                    figures.append(Figure(what, tick, "ms", one, "one SELECT by key", "≤ 20 ms"))
    return figures


async def _standups(db: Database, now: datetime) -> None:
    async with db.writing(None) as session:
        home = await rows.make_workspace(session)
        member = await rows.make_member(session, home)
        first = await rows.make_ceremony(session, [member], opens_at=now + AWAY)
        counted = numbers(2, CEREMONIES)
        row = {"channel_id": cast(counted.c.n, String), "id": counted.c.n}
        await session.execute(copies(first, row, select(counted.c.n)))


async def _past(db: Database, after: int, to: int) -> None:
    """Runs, prompts and deliveries number `after` + 1 to `to`, long over."""
    over = SystemClock().now() - AWAY
    ended = over + timedelta(hours=1)
    async with db.writing(None) as session:
        if after == 0:
            ceremony = await session.get_one(Ceremony, 1)
            member = await session.get_one(Member, ceremony.owner_id)
            run = await rows.make_run(
                session,
                ceremony,
                opened_at=over,
                summarised_at=over,
                closes_at=ended,
                closed_at=ended,
            )
            await rows.make_prompt(
                session, run, member, state=PromptState.ANSWERED, answered_at=over
            )
            session.add(_sent(ceremony.workspace_id, over))
            await session.flush()
        counted = numbers(max(after, 1) + 1, to)
        n, base = counted.c.n, select(counted.c.n)
        unique = cast(n, String)
        standup = n % CEREMONIES + 1
        run, prompt = await session.get_one(Run, 1), await session.get_one(Prompt, 1)
        sent = await session.get_one(Delivery, 1)
        await session.execute(copies(run, {"id": n, "ceremony_id": standup, "slot": unique}, base))
        await session.execute(copies(prompt, {"id": n, "run_id": n}, base))
        keys = {"id": n, "dedupe_key": unique, "subject": unique}
        await session.execute(copies(sent, keys, base))
    await settle(db)


def _sent(workspace_id: int, over: datetime) -> Delivery:
    return Delivery(
        workspace_id=workspace_id,
        dedupe_key="1",
        operation=Operation.POST,
        subject="1",
        kind="standup_prompt",
        payload={"kind": "standup_prompt", "prompt_id": 1},
        destination="U1",
        priority=1,
        state=DeliveryState.SENT,
        not_before=over,
        sent_at=over,
        created_at=over,
    )


async def _ticks(db: Database) -> tuple[float, float]:
    """The medians of an idle tick and of a SELECT by key, in milliseconds, in turns."""
    engine, clock = EmbeddedEngine(), SystemClock()

    async def tick() -> None:
        now = clock.now()
        if await ceremonies(db, now):
            raise ValueError("something was due")
        await release_due(db, engine, now)

    async def one() -> None:
        async with db.reading(None) as session:
            await session.execute(select(Ceremony).where(Ceremony.id == CEREMONIES // 2))

    ticks, ones = [], []
    for _ in range(TICKS):
        ticks.append(await _ms(tick))
        ones.append(await _ms(one))
    return p50(ticks), p50(ones)


async def _ms(work: Callable[[], Awaitable[None]]) -> float:
    begun = time.perf_counter()
    await work()
    return (time.perf_counter() - begun) * 1000


async def opening(folder: Path) -> list[Figure]:
    """All prompts of one minute, until the last is in the outbox, beside one bulk INSERT of the same rows."""
    figures = []
    rest_collector()  # as the bot does
    with databases.server(folder) as server:
        for kind in databases.KINDS:
            async with databases.opened(await databases.fresh(kind, folder, server)) as db:
                now = SystemClock().now()
                await _due(db, now)
                begun = time.perf_counter()
                while await ceremonies(db, now):
                    pass
                took = time.perf_counter() - begun
                what = f"{WORKSPACES * STANDUPS * PEOPLE:,} prompts due in {WORKSPACES} workspaces, {kind}"
                bulk = await _bulk(db)
                figures.append(Figure(what, took, "s", bulk, "bulk INSERT", "≤ 5 s"))
    return figures


async def _due(db: Database, now: datetime) -> None:
    day = now.date()
    async with db.writing(None) as session:
        for n in range(WORKSPACES):
            home = await rows.make_workspace(session, tz="UTC", slack_id=f"TBENCH{n}")
            home.reviews_at = now + AWAY  # its reviews are planned at another time of the day
            for number in range(STANDUPS):
                # Each of their own, and at work whatever day it is: nobody is asked twice, or on a free day.
                people = [
                    await rows.make_member(session, home, workdays=",".join(WEEKDAYS), country="ZZ")
                    for _ in range(PEOPLE)
                ]
                await rows.make_ceremony(
                    session,
                    people,
                    channel_id=f"C{number}",
                    local_time=now.time().replace(second=0, microsecond=0, tzinfo=None),
                    next_day=day,
                    opens_at=now,
                )


async def _bulk(db: Database) -> float:
    """Take the rows out that were made, and put the same ones back at once; seconds."""
    tables: tuple[type[Base], ...] = (Run, Prompt, Delivery)
    async with db.writing(None) as session:
        made = [(table, await _all(session, table)) for table in tables]
        for table in reversed(tables):
            await session.execute(delete(table))
    expected = WORKSPACES * STANDUPS * PEOPLE
    if [len(found) for _, found in made] != [expected // PEOPLE, expected, expected]:
        raise ValueError("not everybody was asked")
    begun = time.perf_counter()
    async with db.writing(None) as session:
        for table, found in made:
            await session.execute(insert(table), found)
    return time.perf_counter() - begun


async def _all(session: AsyncSession, table: type[Base]) -> list[dict[str, Any]]:
    found = await session.execute(select(*table.__table__.columns))
    return [dict(row) for row in found.mappings()]
