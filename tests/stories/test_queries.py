"""How often an interaction asks the database: at most eight times, however big the workspace (design §6)."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import pytest
from sqlalchemy import select

from bot.app import Labmate, running
from bot.web import server
from models.db import Database
from models.tables import Member, Workspace
from tests import rows
from tests.queries import count_queries
from tests.stories import team
from tests.stories.steps import a_team_at_work
from tests.stories.world import World

MOST = 8
ASKED = {
    "/lab": 1,
    "/lab help": 0,
    "/lab list": 6,
    "/lab show FRAUD-1": 8,
    "/lab nonsense": 0,
    "/lab project": 2,
    "/lab project FRAUD": 4,
    "/lab project new": 1,
    "/lab project new: submit": 8,
    "/lab new": 5,
    "/lab new: submit": 4,
    "/lab new: start it all the same": 7,
    "/lab find history": 2,
    "/lab settings": 1,
    "/lab settings: submit": 5,
    "/lab standup": 5,
    "Run now": 8,
    "Pause": 6,
    "Resume": 7,
    "Move the next one": 3,
    "Move the next one: submit": 7,
    "Change": 7,
    "Change: submit": 8,
    "End": 7,
    "no change": 4,
    "update": 8,
    "update: submit": 7,
    "conclude": 8,
    "conclude: submit": 8,
    "conclude: remember": 5,
    "home": 9,
    "home: no change": 12,
    "/lab update": 8,
    "somebody joins": 3,
    "somebody moves": 5,
}
"""Statements of each interaction; BEGIN and COMMIT are not counted."""
MORE = {"home": 9, "home: no change": 12}
"""What asks more often, with what follows the ack: the App Home is shown by eight; then it is noted that
somebody looks at it, or it was shown after something was done there."""


@asynccontextmanager
async def only_listening(world: World) -> AsyncIterator[Labmate]:
    """The bot without its scheduler, so that what is counted was caused by an interaction alone."""
    await world.stop()
    async with running(world.settings, listens=True, works=False) as labmate:
        http = server(labmate)
        with socket.socket() as port:
            port.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            port.bind(("127.0.0.1", world.port))
            serving = asyncio.create_task(http.serve(sockets=[port]))
            await world.until(world.is_up, "a bot that listens")
            yield labmate
            http.should_exit = True
            await serving


async def a_crowd(url: str, people: int) -> None:
    """So many more people, projects and experiments; and as many more experiments of Jonas."""
    db = Database(url)
    async with db.writing(1) as session:
        home = await session.get_one(Workspace, 1)
        found = await session.scalars(select(Member).where(Member.slack_id == team.user("jonas")))
        jonas = found.one()
        for n in range(people):
            member = await rows.make_member(session, home, slack_id=f"U1{n:05}", described=True)
            project = await rows.make_project(session, home, channel_id=f"C{n:08}")
            for owner in (member, jonas):
                experiment = await rows.make_experiment(session, project, owner)
                await rows.make_measurement(session, experiment, 0.5)
    await db.close()


def assert_seldom(asked: dict[str, int], more: dict[str, int]) -> None:
    """Eight statements at most, with what follows the ack; more only where it is said, and so many."""
    assert {name: count for name, count in asked.items() if count > MOST} == more


class Counter:
    """Counts the statements of interactions, by name."""

    def __init__(self, labmate: Labmate) -> None:
        self._db = labmate.db
        self.counts: dict[str, int] = {}

    @contextmanager
    def of(self, name: str) -> Iterator[list[str]]:
        """Count those of the block, which sees them coming."""
        with count_queries(self._db) as statements:
            yield statements
        self.counts[name] = len(statements)


async def commands(world: World, count: Counter) -> None:
    """Every verb, and its form."""
    jonas = world.person("jonas")
    for verb in ("/lab", "/lab help", "/lab list", "/lab show FRAUD-1", "/lab nonsense"):
        with count.of(verb):
            await jonas.type(verb)
    for verb in ("/lab project", "/lab project FRAUD"):
        with count.of(verb):
            form = await jonas.opens(verb)
        await form.close()
    for verb, values in (
        ("/lab project new", {**team.PROJECT, "key": "NEW"}),
        ("/lab new", team.HYPOTHESIS),
        (
            "/lab settings",
            {"ask_time": "10:00", "away_from": "2026-03-02", "away_to": "2026-03-06"},
        ),
    ):
        with count.of(verb):
            form = await jonas.opens(verb)
        with count.of(f"{verb}: submit"):
            outcome = await form.submit(**values)
        if outcome.form is not None and outcome.form.title == "Tried before":
            with count.of(f"{verb}: start it all the same"):
                outcome = await outcome.form.submit()
        if outcome.form is not None:
            await outcome.form.close()
    with count.of("/lab find history"):
        page = await jonas.opens("/lab find history")
    await page.close()


async def the_page(world: World, count: Counter) -> None:
    """The standup's page, and everything that it can do."""
    jonas = world.person("jonas")
    with count.of("/lab standup"):
        page = await jonas.opens("/lab standup")
    for label in ("Run now", "Pause", "Resume"):
        with count.of(label):
            await page.click(label)
            page = await page.again()
    people = {"people": [team.user("mira"), team.user("kai"), team.user("jonas")]}
    for label, values in (("Move the next one", {"day": "2026-02-12"}), ("Change", people)):
        with count.of(label):
            await page.click(label)
            form = await jonas.form()
        with count.of(f"{label}: submit"):
            outcome = await form.submit(**values)
            page = await page.again()
        if outcome.form is not None:
            await outcome.form.close()
    with count.of("End"):
        await page.click("End")
        page = await page.again()
    await page.close()


async def at_home(world: World, count: Counter) -> None:
    """The App Home, what can be done there, and early answers."""
    sofia = world.person("sofia")
    with count.of("home") as statements:
        home = await sofia.home()

        async def noted() -> bool:
            return any(one.startswith("INSERT INTO delivery") for one in statements)

        await world.until(noted, "a note that she has opened it, after she sees it")
    with count.of("home: no change"):
        await home.click("No change, still running")
        await sofia.home_after(home)
    with count.of("/lab update"):
        await (await sofia.opens("/lab update")).close()


async def answers(world: World, count: Counter) -> None:
    """Every way to answer a question."""
    jonas, mira, kai = (world.person(name) for name in ("jonas", "mira", "kai"))
    with count.of("no change"):
        await kai.click("No change, still running")
    with count.of("update"):
        await mira.click("Update")
        form = await mira.form()
    filled = {"learned": "x", "value": "53", "blocker_kind": "compute", "blocker_text": "x"}
    with count.of("update: submit"):
        outcome = await form.submit(**filled, blocker_owner=kai.id)
    assert outcome.kind == "closed"
    with count.of("conclude"):
        await jonas.click("It's concluded", near="FRAUD-3")
        form = await jonas.form()
    with count.of("conclude: submit"):
        outcome = await form.submit(learned="x", value="46", status="refuted")
    assert outcome.form is not None
    with count.of("conclude: remember"):
        assert (await outcome.form.submit(learning="x")).kind == "closed"


async def events(world: World, count: Counter) -> None:
    """What happens in the workspace."""
    with count.of("somebody joins"):
        await world.do("channels", id=team.CHANNEL, add=[team.user("vera")])
    with count.of("somebody moves"):
        await world.do("people", id=team.user("kai"), tz="Asia/Tokyo")


@pytest.mark.parametrize("people", [pytest.param(0, id="small"), pytest.param(40, id="big")])
async def test_interactions_ask_seldom_and_constantly(signed: World, people: int) -> None:
    await a_team_at_work(signed)
    await signed.to("2026-02-03T15:00:00Z")
    await signed.settled()
    async with only_listening(signed) as labmate:
        await a_crowd(signed.database_url, people)
        count = Counter(labmate)
        for things in (answers, at_home, commands, the_page, events):
            await things(signed, count)
    assert count.counts == ASKED
    assert_seldom(ASKED, MORE)
