"""Fifty people answer in the same minute: one summary, and Slack never says “too fast”."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from models.db import Database
from models.domain.delivery import IN_HAND, DeliveryState, Operation
from models.tables import Delivery
from models.workspaces import settle_in
from tests import rows
from tests.fire.place import Start
from tests.fire.scene import Scene
from tests.fire.standup import moment
from tests.stories import team
from tests.stories.people import Person
from tests.stories.world import Transport

PEOPLE = 50
EXPERIMENTING, A_BATCH = 10, 10
ASKED_AT, SUMMARY_AT = "2026-02-02T12:05:00Z", "2026-02-02T12:10:00Z"
USERS = [f"U1{number:05}" for number in range(PEOPLE)]


@pytest.fixture
async def scene(database_url: str, tmp_path: Path) -> AsyncIterator[Scene]:
    """A standup of fifty at five past twelve, ten with a hypothesis."""
    await fifty(database_url)
    transport: Transport = "http" if database_url.startswith("postgresql") else "socket"
    scene = Scene(Start(transport, database_url, tmp_path), people=PEOPLE)
    await scene.begin()
    yield scene
    await scene.end()


async def fifty(url: str) -> None:
    db, due = Database(url), moment(ASKED_AT)
    async with db.writing(None) as session:
        home = await settle_in(
            session, slack_id="T0STORY", name="Lab", bot_user_id=team.BOT, tz="UTC", now=due
        )
        people = [
            await rows.make_member(session, home, slack_id=user, tz="UTC", described=True)
            for user in USERS
        ]
        project = await rows.make_project(session, home, channel_id=team.CHANNEL)
        for person in people[:EXPERIMENTING]:
            await rows.make_experiment(session, project, person, started_on=due.date())
        await rows.make_ceremony(
            session,
            people,
            project,
            channel_id=team.CHANNEL,
            days="mon",
            local_time=time(12, 5),
            summary_time=time(12, 10),
            tz="UTC",
            next_day=due.date(),
            opens_at=due,
        )
    await db.close()


@pytest.mark.timeout(300)
async def test_fifty_answers_in_a_minute(scene: Scene) -> None:
    people = [Person(scene, user, team.CHANNEL) for user in USERS]
    await scene.to(moment(SUMMARY_AT))
    await scene.settled()
    begun = scene.now()
    async with watched(scene.begins.database_url) as most:
        for at in range(0, PEOPLE, A_BATCH):
            acks = await asyncio.gather(*map(answered, people[at : at + A_BATCH]))
            assert set(acks) == {"ok"}
            await scene.settled(timedelta(seconds=10))
        assert scene.now() - begun <= timedelta(minutes=1)
        await scene.settled(timedelta(minutes=5))
    assert most == {"waiting": 1, "in hand": 1}

    (told,) = await scene.person("jonas").reads(team.CHANNEL)
    assert "50 of 50 people answered" in told.shown
    thread = await scene.person("jonas").reads(team.CHANNEL, told.ts)
    ids = [said.raw["metadata"]["event_payload"]["id"] for said in thread[1:]]
    assert len(ids) == len(set(ids)) == EXPERIMENTING
    for person in people:
        (said,) = await person.dms()
        words = ("Noted: still running, no change.", "not experimenting now, review")
        assert any(one in said.shown for one in words), said.shown
    log = (await scene.see("log"))["entries"]
    assert [entry for entry in log if not entry["ok"]] == []
    changed = [
        one for one in log if one["name"] == "chat.update" and one["request"]["ts"] == told.ts
    ]
    assert len(changed) <= 2 * PEOPLE / A_BATCH


async def answered(person: Person) -> str:
    """One click, whatever the person is asked."""
    buttons = (await person.dm()).buttons
    if "No change, still running" in buttons:
        return str((await person.click("No change, still running"))["status"])
    ack = await person.click("Not experimenting now", value="On a review")
    return str(ack["status"])


@asynccontextmanager
async def watched(url: str) -> AsyncIterator[dict[str, int]]:
    """The most refreshes of one message that were open at the same time."""
    most: dict[str, int] = {}
    db = Database(url)

    async def watch() -> None:
        while True:
            async with db.reading(None) as session:
                rows = await session.execute(
                    select(Delivery.subject, Delivery.state).where(
                        Delivery.operation == Operation.REFRESH,
                        Delivery.state.in_((DeliveryState.WAITING, *IN_HAND)),
                    )
                )
            kinds = {DeliveryState.WAITING: "waiting"}
            open_now = Counter((subject, kinds.get(state, "in hand")) for subject, state in rows)
            for (_, kind), number in open_now.items():
                most[kind] = max(most.get(kind, 0), number)
            await asyncio.sleep(0.02)

    watching = asyncio.create_task(watch())
    try:
        yield most
    finally:
        watching.cancel()
        await asyncio.wait({watching})
        await db.close()
