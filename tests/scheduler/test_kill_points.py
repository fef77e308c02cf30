"""A process is killed before and after every commit and every call to Slack; another one goes on.

The killing exception is no `Exception`, so nothing in the product can catch it, and what was not committed
is gone.
"""

from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.db import Database
from models.domain.delivery import LEASE, DeliveryState
from models.domain.errands import ReadPerson
from models.domain.messages import (
    Message,
    StandupDetail,
    StandupSummary,
)
from models.domain.sending import Parcel, Spot
from models.outbox import Post, refresh_all
from models.people import Profile
from models.tables import Delivery
from tests.clock import FixedClock
from tests.scheduler.process import Process, note, workspaces, write
from tests.scheduler.slack import Slack

SUMMARY = StandupSummary(run_id=7)
MESSAGES: list[tuple[Message, str]] = [
    (SUMMARY, "C1"),
    (StandupDetail(run_id=7, member_id=1, entry_id=1), "C1"),
    (note(1), "U1"),
    (ReadPerson(slack_id="U1"), "U1"),
]


class Killed(BaseException):
    """The end of the process."""


class Doom:
    """Kills at the n-th point that is passed."""

    def __init__(self, point: int) -> None:
        self.points_left = point

    def point(self) -> None:
        self.points_left -= 1
        if self.points_left == 0:
            raise Killed


class DoomedDatabase(Database):
    """Killed before it begins, before it commits, or after it has committed."""

    def __init__(self, url: str, doom: Doom) -> None:
        super().__init__(url)
        self._doom = doom

    @asynccontextmanager
    async def writing(self, workspace_id: int | None) -> AsyncIterator[AsyncSession]:
        self._doom.point()
        async with super().writing(workspace_id) as session:
            yield session
            self._doom.point()
        self._doom.point()


class DoomedSender:
    """Killed before the call has left, or after Slack has done what it asked for."""

    def __init__(self, slack: Slack, doom: Doom) -> None:
        self._slack, self._doom = slack, doom

    async def send(self, parcel: Parcel) -> Spot | None:
        self._doom.point()
        spot = await self._slack.send(parcel)
        self._doom.point()
        return spot

    async def read(self, parcel: Parcel) -> Sequence[Profile]:
        self._doom.point()
        answer = await self._slack.read(parcel)
        self._doom.point()
        return answer


async def run_and_refresh(process: Process, workspace: int, seconds: int) -> None:
    """Deliver for a while, and have the summary changed on the way."""
    await process.run(seconds)
    async with process.db.writing(workspace) as session:
        await refresh_all(session, [Post(SUMMARY, "C1")], now=process.clock.now())
    await process.run(seconds)


async def is_killed_at(point: int, url: str, db: Database, clock: FixedClock) -> bool:
    """Kill a process at that point, let another one go on, and see that nothing is missing or twice."""
    (workspace,) = await workspaces(db)
    slack, doom = Slack(clock), Doom(point)
    posts = [(workspace, message, to) for message, to in MESSAGES]
    await write(db, clock.now(), *posts)
    doomed_db = DoomedDatabase(url, doom)
    doomed = Process(doomed_db, clock, DoomedSender(slack, doom))
    killed = False
    try:
        await run_and_refresh(doomed, workspace, seconds=1)
    except Killed:
        killed = True
    await doomed_db.close()
    clock.advance(LEASE)
    heir = Process(db, clock, slack)
    await run_and_refresh(heir, workspace, seconds=3)

    assert sorted(slack.subjects) == ["detail:1", "refused:1", "summary:7"], point
    assert slack.refreshed, point
    assert doomed.asked.learned or heir.asked.learned, point
    async with db.reading(workspace) as session:
        states = Counter(await session.scalars(select(Delivery.state)))
    assert set(states) <= {DeliveryState.SENT, DeliveryState.CANCELLED}, point
    return killed


async def test_killed_anywhere_nothing_is_lost_or_sent_twice(
    database: Database, database_url: str, clock: FixedClock
) -> None:
    point = 1
    while await is_killed_at(point, database_url, database, clock):
        point += 1
    assert point > 40
