"""What follows from something that was stored, done by the outbox in a transaction of its own."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from models import adopting, blockers, course, erasing, leaving, outbox, places, projects, surprises
from models.asked import heard_about
from models.domain.errands import Chore, Task
from models.domain.messages import Message
from models.tables import Blocker, Experiment, Measurement, Member

Does = Callable[[AsyncSession, Chore, datetime], Awaitable[None]]


async def does(session: AsyncSession, message: Message, now: datetime) -> None:
    """Do a chore; where what it is about is gone, nothing is left to do."""
    if not isinstance(message, Chore):
        raise TypeError(f"{message.kind} is no chore")
    await DOES[message.task](session, message, now)


async def _heard(session: AsyncSession, chore: Chore, now: datetime) -> None:
    await heard_about(session, [chore.number], now)


async def _blocker(session: AsyncSession, chore: Chore, now: datetime) -> None:
    row = await session.get(Blocker, chore.number)
    if row is not None:
        await blockers.show_all(session, row, now)


async def _second_look(session: AsyncSession, chore: Chore, now: datetime) -> None:
    row = await session.get(Measurement, chore.number)
    if row is not None:
        await surprises.ask_for_second_look(session, row, now)


async def _concluded(session: AsyncSession, chore: Chore, now: datetime) -> None:
    experiment = await session.get(Experiment, chore.number)
    if experiment is not None:
        await course.ended(session, experiment, int(chore.more), now)


async def _adopted(session: AsyncSession, chore: Chore, now: datetime) -> None:
    experiment = await session.get(Experiment, chore.number)
    if experiment is not None:
        await adopting.tell(session, experiment, now)


async def _left(session: AsyncSession, chore: Chore, now: datetime) -> None:
    member = await session.get(Member, chore.number)
    if member is not None and not member.active:
        await leaving.has_left(session, member, now)


async def _first_admin(session: AsyncSession, chore: Chore, _now: datetime) -> None:
    member = await session.get(Member, chore.number)
    if member is not None:
        await projects.be_first_admin(session, member)


DOES: Mapping[Task, Does] = {
    Task.BLOCKER: _blocker,
    Task.HEARD: _heard,
    Task.REFRESH: outbox.refreshed,
    Task.SECOND_LOOK: _second_look,
    Task.CONCLUDED: _concluded,
    Task.ADOPTED: _adopted,
    Task.ERASE: erasing.done,
    Task.CHANNEL_CLOSED: places.done,
    Task.CHANNEL_OPEN: places.done,
    Task.LEFT: _left,
    Task.FIRST_ADMIN: _first_admin,
}
