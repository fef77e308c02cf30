"""How often an interaction asks the database: at most eight times, however big the workspace (design §6)."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import select

from bot.app import Labmate, running
from bot.web import server
from handlers.sender import Sender
from models import chores, replies
from models.db import Database
from models.domain.delivery import LEASE, DeliveryState, Operation
from models.refusals import tell_owner
from models.tables import Delivery, Member, Workspace
from scheduler.delivery import Courier, Rules
from tests import rows
from tests.stories import team
from tests.stories.asked import MOST, Statements
from tests.stories.steps import a_team_at_work
from tests.stories.world import World

ASKED = {
    "/lab": 1,
    "/lab help": 0,
    "/lab list": 6,
    "/lab show FRAUD-1": 7,
    "/lab nonsense": 0,
    "/lab project": 2,
    "/lab project FRAUD": 4,
    "/lab project new": 1,
    "/lab project new: submit": 7,
    "/lab new": 4,
    "/lab new: submit": 3,
    "/lab new: start it all the same": 5,
    "/lab find history": 2,
    "/lab settings": 1,
    "/lab settings: submit": 5,
    "/lab standup": 5,
    "Run now": 7,
    "Pause": 5,
    "Resume": 6,
    "Move the next one": 3,
    "Move the next one: submit": 6,
    "Change": 6,
    "Change: submit": 6,
    "End": 6,
    "no change": 4,
    "update": 8,
    "update: submit": 6,
    "conclude": 8,
    "conclude: submit": 7,
    "conclude: remember": 3,
    "home": 2,
    "home: no change": 5,
    "/lab update": 8,
    "somebody joins": 3,
    "somebody moves": 4,
}
"""Statements of each interaction; BEGIN and COMMIT are not counted."""
IS_SHOWN = (Delivery.operation == Operation.SHOW) & (Delivery.state == DeliveryState.WAITING)


@asynccontextmanager
async def only_listening(world: World) -> AsyncIterator[None]:
    """The bot without its scheduler, which only shows views: so that one count is like another."""
    await world.stop()
    async with running(world.settings, listens=True, works=False) as labmate:
        http = server(labmate)
        with socket.socket() as port:
            port.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            port.bind(("127.0.0.1", world.port))
            serving = asyncio.create_task(http.serve(sockets=[port]))
            showing = asyncio.create_task(shows_views(labmate))
            await world.until(world.is_up, "a bot that listens")
            yield
            showing.cancel()
            await asyncio.wait({showing})
            http.should_exit = True
            await serving


async def shows_views(labmate: Labmate) -> None:
    """Deliver what is shown anew, and nothing else of the outbox."""
    settings, home = labmate.settings, labmate.installed.home
    client = AsyncWebClient(token=settings.slack_bot_token, base_url=settings.slack_api_url)
    sender = Sender(labmate.db, labmate.clock, client, {home.workspace_id: home})
    courier = Courier(
        labmate.db,
        labmate.clock,
        sender,
        Rules(replies.why_not, replies.learned, tell_owner, chores.does),
    )
    while True:
        async with labmate.db.writing(None) as session:
            found = await session.scalars(select(Delivery).where(IS_SHOWN).order_by(Delivery.id))
            rows = list(found)
            for row in rows:
                row.state, row.lease_until = DeliveryState.RELEASED, labmate.clock.now() + LEASE
        for row in rows:
            await courier.deliver(row.id)
        await asyncio.sleep(0.01)


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


class Counter:
    """Counts the statements of interactions, by name: with all that follows, but the scheduler's."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._asked: dict[str, list[Statements]] = {}

    @contextmanager
    def of(self, name: str) -> Iterator[Callable[[], Statements]]:
        """Count those of the block; it can look at them while they come."""
        before = {id(one) for one in self._all()}

        def asked() -> list[Statements]:
            return [one for one in self._all() if id(one) not in before]

        yield lambda: [statement for one in asked() for statement in one]
        self._asked[name] = asked()

    def _all(self) -> Iterator[Statements]:
        for times in self._world.told.values():
            yield from times

    @property
    def counts(self) -> dict[str, int]:
        """How many, by name."""
        return {name: sum(map(len, of)) for name, of in self._asked.items()}


def assert_seldom(asked: dict[str, int]) -> None:
    """Eight statements at most."""
    assert {name: count for name, count in asked.items() if count > MOST} == {}


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
    with count.of("home") as asked:
        home = await sofia.home()

        async def noted() -> bool:
            return any(one.startswith("INSERT INTO delivery") for one in asked())

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
    async with only_listening(signed):
        await a_crowd(signed.database_url, people)
        count = Counter(signed)
        for things in (answers, at_home, commands, the_page, events):
            await things(signed, count)
    assert count.counts == ASKED
    assert_seldom(ASKED)
