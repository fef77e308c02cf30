"""Deliveries in a worker's hands: taken up, written down, taken back from one that died; when more is due."""

from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from pydantic import ValidationError
from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.delivery import (
    IN_HAND,
    LEASE,
    NO_MESSAGE,
    PAUSE,
    UNSURE,
    DeliveryState,
    Operation,
    is_unsure,
    retry_at,
)
from models.domain.messages import Message, message_of
from models.domain.sending import Spot
from models.tables import Delivery
from models.tables.delivery import in_state


class Claimed(NamedTuple):
    """A delivery in a worker's hands. `ambiguous`: an earlier attempt may have reached Slack."""

    row: Delivery
    message: Message
    ambiguous: bool


async def claim(session: AsyncSession, delivery_id: int, now: datetime) -> Claimed | None:
    """Take a released delivery for sending; None when somebody else has it or it is done.

    A message that this version doesn't know is refused.
    """
    row = await session.scalar(
        # It waits for the lock: a refresh that is being written holds it too, and not for long.
        select(Delivery).where(Delivery.id == delivery_id).with_for_update()
    )
    if row is None or row.state is not DeliveryState.RELEASED:
        return None
    try:
        message = message_of(row.payload)
    except ValidationError:
        refuse(row, "written by another version of labmate")
        return None
    row.state = DeliveryState.SENDING
    row.attempts += 1
    row.lease_until = now + LEASE
    return Claimed(row, message, is_unsure(row.error))


async def hold(session: AsyncSession, delivery_id: int) -> Delivery | None:
    """The delivery that a worker comes back with, locked; None once somebody else has done what leaves none.

    Its attempt may be somebody else's by now.
    """
    return (
        await session.scalars(select(Delivery).where(Delivery.id == delivery_id).with_for_update())
    ).one_or_none()


async def sent(
    session: AsyncSession, row: Delivery, now: datetime, spot: Spot | None = None
) -> None:
    """Slack has it. Of what is no message nothing is kept: nobody asks for it again."""
    if row.operation in NO_MESSAGE:
        await session.delete(row)
        return
    row.state, row.sent_at = DeliveryState.SENT, now
    row.lease_until = row.error = None
    if spot is not None:
        row.slack_channel, row.slack_ts = spot


async def try_again(
    session: AsyncSession,
    row: Delivery,
    now: datetime,
    *,
    error: str,
    retry_after: float | None = None,
    unsure: bool = False,
) -> None:
    """Slack could not take it now: it waits, twice as long each time, or as long as Slack says (seconds).

    Once it is unsure whether it arrived, it stays so until somebody has looked.
    """
    row.error = f"{UNSURE}: {error}" if unsure or is_unsure(row.error) else error
    await _wait(session, row, retry_at(now, row.attempts, retry_after))


async def pause(session: AsyncSession, row: Delivery, now: datetime) -> None:
    """The message that it belongs to is not posted yet. That was no attempt."""
    row.attempts -= 1
    await _wait(session, row, now + PAUSE)


def refuse(row: Delivery, error: str) -> None:
    """Slack will never take it: kept with Slack's word, for the owner and `labmate doctor`."""
    row.state, row.error, row.lease_until = DeliveryState.REFUSED, error, None


def cancel(row: Delivery, why: str) -> None:
    """Nobody needs it any more."""
    row.state, row.error, row.lease_until = DeliveryState.CANCELLED, why, None


async def take_back(session: AsyncSession, now: datetime, limit: int = 200) -> int:
    """Make deliveries whose lease ran out wait again; returns how many.

    One that was being sent is marked, so that the next worker looks whether it arrived.
    """
    rows = await session.scalars(
        select(Delivery)
        .where(in_state(Delivery, *IN_HAND), Delivery.lease_until <= now)
        .order_by(Delivery.lease_until)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    count = 0
    for row in rows:
        if row.state is DeliveryState.SENDING:
            row.error = f"{UNSURE}: the worker was interrupted"
        await _wait(session, row, now)
        count += 1
    return count


async def _wait(session: AsyncSession, row: Delivery, not_before: datetime) -> None:
    """Back to waiting; a refresh that a newer one has overtaken is not needed any more."""
    if row.operation is Operation.REFRESH and await _overtaken(session, row):
        cancel(row, "a newer one shows this change too")
        return
    row.state, row.lease_until, row.not_before = DeliveryState.WAITING, None, not_before


async def _overtaken(session: AsyncSession, row: Delivery) -> bool:
    newer = await session.scalar(
        select(Delivery.id).where(
            Delivery.workspace_id == row.workspace_id,
            Delivery.subject == row.subject,
            Delivery.operation == Operation.REFRESH,
            in_state(Delivery, DeliveryState.WAITING),
        )
    )
    return newer is not None


class Work(NamedTuple):
    """When the next delivery is due, how many the workers have in hand, and when their first lease ends."""

    next_due: datetime | None
    in_hand: int
    lease_ends: datetime | None


@cache
def _work() -> Select[Any]:
    """Asked in every tick: it never differs, and costs more to build than to run."""
    waits = select(func.min(Delivery.not_before)).where(in_state(Delivery, DeliveryState.WAITING))
    held = in_state(Delivery, *IN_HAND)
    return select(
        waits.scalar_subquery().label("next_due"),
        select(func.count(Delivery.id)).where(held).scalar_subquery().label("in_hand"),
        select(func.min(Delivery.lease_until)).where(held).scalar_subquery().label("lease_ends"),
    )


async def work(session: AsyncSession) -> Work:
    """Where the deliveries stand, in one statement."""
    return Work(*(await session.execute(_work())).one())


async def next_due(session: AsyncSession) -> datetime | None:
    """When the next delivery waits to be sent."""
    return (await work(session)).next_due
