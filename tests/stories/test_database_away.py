"""The database is away while somebody submits: the form keeps their words, and works afterwards."""

import asyncio
import re
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import asyncpg

from tests.stories import team
from tests.stories.steps import a_team_at_work, summary
from tests.stories.world import World

WENT_WRONG = re.compile(
    r"Something went wrong on Labmate's side, and nothing was changed\. Please try again in a moment; "
    r"if it stays, tell your admin this reference: ([0-9a-f]{8})\."
)


@asynccontextmanager
async def away(world: World) -> AsyncIterator[None]:
    """While it lasts, nothing can be stored: SQLite is locked, PostgreSQL lets nobody in."""
    if world.database_url.startswith("sqlite"):
        other = sqlite3.connect(
            urlsplit(world.database_url).path, isolation_level=None, check_same_thread=False
        )
        # The bot runs in this thread: it has to finish what it writes before the lock is there.
        await asyncio.to_thread(other.execute, "BEGIN EXCLUSIVE")
        yield
        other.close()
        return
    name = urlsplit(world.database_url).path.removeprefix("/")
    server = await asyncpg.connect(world.database_url.replace(f"/{name}?", "/postgres?"))
    await server.execute(f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false")
    await server.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", name
    )
    yield
    await server.execute(f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS true")
    await server.close()


async def test_a_database_that_is_away(world: World) -> None:
    world.expected_errors = {
        "unexpected error",
        "A tick failed; it is tried again every second",
        "A delivery broke off; it is tried again",
    }
    jonas, kai = world.person("jonas"), world.person("kai")
    await a_team_at_work(world, now=True)
    await jonas.click("Update")
    form = await jonas.form()
    typed = "Contactless fraud behaves differently"
    async with away(world):
        outcome, click = await asyncio.gather(
            form.submit(learned=typed, value="53"), kai.click("No change, still running")
        )
        assert outcome.kind == "errors"
        found = WENT_WRONG.fullmatch(outcome.errors["learned"])
        assert found, outcome.errors
        references = [entry.get("reference") for entry in world.log.entries]
        assert found[1] in references, "the reference leads to the log"
        assert click["status"] == "ok"
        whisper = (await world.calls("response_url"))[-1]["request"]["text"]
        assert WENT_WRONG.fullmatch(whisper)
    form = await jonas.look()
    assert form.value("learned") == typed

    async def stored() -> bool:
        return (await form.submit()).kind == "closed"

    await world.until(stored, "a database that takes the answer")
    await kai.click("No change, still running")
    await world.settled()
    await world.to("2026-02-02T16:30:00Z")
    await world.settled()
    told = await summary(world)
    assert "2 of 4 people answered" in told.shown
    thread = await jonas.reads(team.CHANNEL, told.ts)
    assert [said.shown.count(typed) for said in thread[1:]].count(1) == 1
