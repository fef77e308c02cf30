"""What follows from something that was stored, done by the outbox in a transaction of its own."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from models import adopting, blockers, course, erasing, leaving, outbox, places, projects, surprises
from models.asked import heard_about
from models.domain.errands import Chore, Task
from models.domain.messages import Message
from models.tables import Blocker, Experiment, Measurement, Member

Row = TypeVar("Row")
Does = Callable[[AsyncSession, Chore, datetime], Awaitable[None]]


async def does(session: AsyncSession, message: Message, now: datetime) -> None:
    """Do a chore; where what it is about is gone, nothing is left to do."""
    if not isinstance(message, Chore):
        raise TypeError(f"{message.kind} is no chore")
    await DOES[message.task](session, message, now)


async def _heard(session: AsyncSession, chore: Chore, now: datetime) -> None:
    await heard_about(session, [chore.number], now)


def _with(table: type[Row], does: Callable[[AsyncSession, Row, datetime], Awaitable[None]]) -> Does:
    """A chore about one row, if that is still there."""

    async def chore(session: AsyncSession, of: Chore, now: datetime) -> None:
        row = await session.get(table, of.number)
        if row is not None:
            await does(session, row, now)

    return chore


async def _concluded(session: AsyncSession, chore: Chore, now: datetime) -> None:
    async def ended(session: AsyncSession, experiment: Experiment, now: datetime) -> None:
        await course.ended(session, experiment, int(chore.more), now)

    await _with(Experiment, ended)(session, chore, now)


async def _left(session: AsyncSession, member: Member, now: datetime) -> None:
    if not member.active:
        await leaving.has_left(session, member, now)


async def _first_admin(session: AsyncSession, member: Member, _now: datetime) -> None:
    await projects.be_first_admin(session, member)


DOES: Mapping[Task, Does] = {
    Task.BLOCKER: _with(Blocker, blockers.show_all),
    Task.HEARD: _heard,
    Task.REFRESH: outbox.refreshed,
    Task.SECOND_LOOK: _with(Measurement, surprises.ask_for_second_look),
    Task.CONCLUDED: _concluded,
    Task.ADOPTED: _with(Experiment, adopting.tell),
    Task.ERASE: erasing.done,
    Task.CHANNEL_CLOSED: places.done,
    Task.CHANNEL_OPEN: places.done,
    Task.LEFT: _with(Member, _left),
    Task.FIRST_ADMIN: _with(Member, _first_admin),
}
