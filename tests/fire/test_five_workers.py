"""Five workers on one PostgreSQL, twenty standups due in the same minute, and one of the five is killed."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from datetime import time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from models.db import Database
from models.domain.delivery import DeliveryState
from models.tables import Delivery, Prompt, Run
from models.workspaces import settle_in
from tests import rows
from tests.fire.launcher import Fate, Program
from tests.fire.place import Place, Start
from tests.fire.standup import moment
from tests.stories import team

STANDUPS, WORKERS = 20, 5
DUE = "2026-02-02T12:05:00Z"
CHANNELS = [f"C0TEAM{number:02}" for number in range(STANDUPS)]


class Crew(Place):
    """Workers of which some are dead; nobody starts them again."""

    dead = 0

    async def alive(self) -> None:
        dead = sum(not program.lives for program in self.programs)
        if dead > self.dead:
            self.dead = dead
            await self.leases_over()


@pytest.fixture
async def place(postgresql: str, tmp_path: Path) -> AsyncIterator[Place]:
    """Twenty channels of the same four people, each with a standup at five past twelve."""
    await twenty_standups(postgresql)
    people = [*map(team.user, team.ZONES), team.BOT]
    channels = [{"id": one, "name": one.lower(), "members": people} for one in CHANNELS]
    place = Crew(Start("socket", postgresql, tmp_path), channels=channels)
    await place.open()
    yield place
    await place.end()


async def twenty_standups(url: str) -> None:
    db, due = Database(url), moment(DUE)
    async with db.writing(None) as session:
        home = await settle_in(
            session, slack_id="T0STORY", name="Lab", bot_user_id=team.BOT, tz="UTC", now=due
        )
        people = [
            await rows.make_member(session, home, slack_id=team.user(handle), described=True)
            for handle in team.ZONES
        ]
        for channel in CHANNELS:
            project = await rows.make_project(session, home, channel_id=channel)
            for person in people:
                # Who has nothing to report is asked once a day only, whatever number of standups.
                await rows.make_experiment(session, project, person, started_on=due.date())
            await rows.make_ceremony(
                session,
                people,
                project,
                channel_id=channel,
                days="mon",
                local_time=time(12, 5),
                tz="UTC",
                next_day=due.date(),
                opens_at=due,
            )
    await db.close()


@pytest.mark.timeout(300)
async def test_every_run_opens_once_and_every_question_comes_once(place: Place) -> None:
    workers = [place.begin_program("worker", Fate()) for _ in range(WORKERS)]
    for worker in workers:
        await place.until(lambda worker=worker: works(worker.log), "five workers")  # type: ignore[misc]
    await asyncio.gather(place.to(moment(DUE)), one_is_killed(workers))
    await place.settled(timedelta(minutes=2))
    assert sum(worker.was_killed for worker in workers) == 1

    db = Database(place.begins.database_url)
    async with db.reading(None) as session:
        runs = Counter(await session.scalars(select(Run.ceremony_id)))
        prompts = Counter(await session.scalars(select(Prompt.member_id)))
        states = Counter(await session.scalars(select(Delivery.state)))
    await db.close()
    assert list(runs.values()) == [1] * STANDUPS
    assert list(prompts.values()) == [STANDUPS] * 4
    assert states == {DeliveryState.SENT: 4 * STANDUPS}
    for handle in team.ZONES:
        ids = [
            one.raw["metadata"]["event_payload"]["id"] for one in await place.person(handle).dms()
        ]
        assert len(ids) == len(set(ids)) == STANDUPS
    posting = [worker.points.count("before chat.postMessage") for worker in workers]
    assert sum(number > 0 for number in posting) >= 3, posting
    log = (await place.see("log"))["entries"]
    refused = [one for one in log if one["direction"] == "from_bot" and not one["ok"]]
    assert refused == []


async def one_is_killed(workers: list[Program]) -> None:
    """The first that is seen posting, in the middle of it."""
    while True:
        for worker in workers:
            if "before chat.postMessage" in worker.points:
                worker.kill()
                return
        await asyncio.sleep(0.005)


async def works(log: str) -> bool:
    return "Labmate works" in log
