"""A process of Labmate's, as far as delivering goes, with its time in the test's hands."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.db import Database
from models.domain.messages import CouldNotPost, Message
from models.outbox import Post, post_all
from models.people import Profile
from models.tables import Delivery
from scheduler.delivery import Courier, Rules, Sender
from scheduler.engine import Deliver
from scheduler.jobs import release_due
from tests.clock import FixedClock
from tests.rows import make_workspace


class Asked:
    """The use cases that a worker asks: everything is wanted, unless `unwanted` names its subject."""

    def __init__(self) -> None:
        self.unwanted: dict[str, str] = {}
        self.learned: list[tuple[int, str, list[str]]] = []
        self.refused: list[tuple[str, str | None]] = []
        self.done: list[str] = []
        self.rules = Rules(self._wanted, self._learned, self._refused, self._does)

    async def _wanted(self, _: AsyncSession, message: Message, __: datetime) -> str | None:
        return self.unwanted.get(message.subject)

    async def _learned(
        self, session: AsyncSession, message: Message, people: Sequence[Profile], _: datetime
    ) -> None:
        names = [person.name for person in people]
        self.learned.append((session.info["workspace_id"], message.subject, names))

    async def _does(self, _: AsyncSession, message: Message, __: datetime) -> None:
        self.done.append(message.subject)

    async def _refused(self, _: AsyncSession, delivery: Delivery, __: datetime) -> None:
        self.refused.append((delivery.subject, delivery.error))


class ByHand:
    """An engine for tests of what is around it: keeps the ids until they are taken."""

    def __init__(self) -> None:
        self.ids: list[int] = []

    async def enqueue(self, _: AsyncSession, ids: Sequence[int]) -> None:
        self.ids += ids

    async def serve(self, _: Deliver) -> None:
        raise NotImplementedError


class Process:
    """Ticks and delivers when it is told to, one delivery after the other."""

    def __init__(self, db: Database, clock: FixedClock, sender: Sender) -> None:
        self.db, self.clock = db, clock
        self.asked = Asked()
        self.by_hand, self.sender = ByHand(), sender
        self.courier = Courier(db, clock, sender, self.asked.rules)

    async def release(self) -> list[int]:
        """What a tick releases now."""
        self.by_hand.ids = []
        await release_due(self.db, self.by_hand, self.clock.now())
        return self.by_hand.ids

    async def tick(self) -> None:
        """Release what is due, and deliver it."""
        for delivery_id in await self.release():
            await self.courier.deliver(delivery_id)

    async def run(self, seconds: float, every: float = 1.0) -> None:
        """Tick through a stretch of time, its first moment included."""
        end = self.clock.now() + timedelta(seconds=seconds)
        while self.clock.now() <= end:
            await self.tick()
            self.clock.advance(timedelta(seconds=every))


def note(number: int) -> Message:
    """A message that needs nothing else in the database."""
    return CouldNotPost(delivery_id=number)


async def workspaces(db: Database, count: int = 1) -> list[int]:
    """Fresh workspaces; their ids."""
    async with db.writing(None) as session:
        return [(await make_workspace(session)).id for _ in range(count)]


async def write(
    db: Database,
    now: datetime,
    *posts: tuple[int, Message, str],
    expires_at: datetime | None = None,
) -> None:
    """Put (workspace, message, destination) into the outbox."""
    async with db.writing(None) as session:
        rows = [Post(message, to, workspace, expires_at) for workspace, message, to in posts]
        await post_all(session, rows, now=now)


async def deliveries(db: Database) -> list[Delivery]:
    """All rows, oldest first."""
    async with db.reading(None) as session:
        return list(await session.scalars(select(Delivery).order_by(Delivery.id)))


async def one(db: Database) -> Delivery:
    """The only row."""
    (row,) = await deliveries(db)
    return row
