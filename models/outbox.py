"""The outbox: messages are rows, written in the transaction of what they tell.

A tick releases what is due (by priority, fair between workspaces, within Slack's pace); a worker claims
a released row, sends it and writes down what became of it. The engine between the two knows only ids.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import uuid4

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models.db import dialect_of
from models.domain.delivery import LEASE, DeliveryState, Operation, Priority, retry_at
from models.domain.messages import READS, Message, message_of
from models.tables import Delivery
from models.tables.delivery import ONE_REFRESH


class Claimed(NamedTuple):
    """A delivery in a worker's hands. `ambiguous`: an earlier attempt may have reached Slack."""

    row: Delivery
    message: Message
    ambiguous: bool


class Post(NamedTuple):
    """A message on its way into the outbox; the workspace is the session's unless it is named."""

    message: Message
    to: str
    workspace_id: int | None = None
    expires_at: datetime | None = None
    again: str = ""


class Spot(NamedTuple):
    """Where a message stands in Slack."""

    channel: str
    ts: str


async def post(
    session: AsyncSession,
    message: Message,
    *,
    to: str,
    now: datetime,
    again: str = "",
) -> None:
    """Have `message` sent to the channel or person `to`, once: the same message twice is one row.

    `again` tells apart the times that the same thing is asked of Slack on purpose.
    """
    await post_all(session, [Post(message, to, again=again)], now=now)


async def post_all(session: AsyncSession, posts: Sequence[Post], *, now: datetime) -> None:
    """Have many messages sent, in one statement."""
    rows = [
        {
            "workspace_id": post.workspace_id or session.info["workspace_id"],
            "dedupe_key": f"{post.message.subject}{post.again and ':' + post.again}",
            "operation": Operation.READ if isinstance(post.message, READS) else Operation.POST,
            "subject": post.message.subject,
            "destination": post.to,
            "priority": post.message.priority,
            "expires_at": post.expires_at,
            **_waiting(post.message, now),
        }
        for post in posts
    ]
    if rows:
        await session.execute(
            dialect_of(session).insert(Delivery).values(rows).on_conflict_do_nothing()
        )


async def refresh_all(session: AsyncSession, posts: Sequence[Post], *, now: datetime) -> None:
    """Have what stands in Slack updated from the rows of the moment when it is sent.

    Nothing is done where nothing was ever to be posted, or where a refresh already waits: it will show
    this change too.
    """
    wanted = {post.message.subject: post for post in posts}
    # The locks keep a worker from rendering either row before this transaction's change can be seen.
    posted = await session.scalars(
        select(Delivery)
        .where(
            Delivery.workspace_id.in_({post.workspace_id for post in posts}),
            Delivery.subject.in_(wanted),
            Delivery.operation == Operation.POST,
            Delivery.state != DeliveryState.WAITING,
        )
        .order_by(Delivery.id)
        .with_for_update()
    )
    rows = [
        {
            "workspace_id": row.workspace_id,
            "dedupe_key": f"{row.subject}:refresh:{uuid4().hex}",
            "operation": Operation.REFRESH,
            "subject": row.subject,
            "destination": row.destination,
            "priority": Priority.REFRESH,
            **_waiting(wanted[row.subject].message, now),
        }
        for row in posted
    ]
    if rows:
        insert = dialect_of(session).insert(Delivery)
        await session.execute(
            insert.values(rows).on_conflict_do_update(
                index_elements=["workspace_id", "subject"],
                index_where=ONE_REFRESH,
                set_={"created_at": insert.excluded.created_at},
            )
        )


def _waiting(message: Message, now: datetime) -> dict[str, object]:
    return {
        "kind": message.kind,
        "payload": message.model_dump(mode="json"),
        "state": DeliveryState.WAITING,
        "not_before": now,
        "attempts": 0,
        "created_at": now,
    }


async def spot(session: AsyncSession, subject: str) -> Spot | None:
    """Where the message called `subject` stands in Slack; None while it was not sent."""
    row = await session.scalar(
        select(Delivery).where(
            Delivery.subject == subject,
            Delivery.operation == Operation.POST,
            Delivery.state == DeliveryState.SENT,
        )
    )
    if row is None or row.slack_channel is None or row.slack_ts is None:
        return None
    return Spot(row.slack_channel, row.slack_ts)


async def claim(session: AsyncSession, delivery_id: int, now: datetime) -> Claimed | None:
    """Take a released delivery for sending; None when somebody else has it or it is done.

    A row still in state *sending* after its lease belongs to a worker that died in the middle.
    """
    row = await session.scalar(
        select(Delivery).where(Delivery.id == delivery_id).with_for_update(skip_locked=True)
    )
    if row is None:
        return None
    if row.state is not DeliveryState.RELEASED:
        return None
    claimed = Claimed(row, message_of(row.payload), ambiguous=row.error == INTERRUPTED)
    row.state = DeliveryState.SENDING
    row.attempts += 1
    row.lease_until = now + LEASE
    return claimed


INTERRUPTED = "interrupted"
"""Left in `error` when a worker died while sending: look in Slack before sending again."""


async def take_back(session: AsyncSession, now: datetime, limit: int = 200) -> int:
    """Make deliveries whose lease ran out wait again; returns how many.

    One that was being sent is marked, so that the next worker looks whether it arrived.
    """
    rows = await session.scalars(
        select(Delivery)
        .where(
            Delivery.state.in_((DeliveryState.RELEASED, DeliveryState.SENDING)),
            Delivery.lease_until <= now,
        )
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    count = 0
    for row in rows:
        if row.state is DeliveryState.SENDING:
            row.error = INTERRUPTED
        await _wait(session, row, now)
        count += 1
    return count


async def _wait(session: AsyncSession, row: Delivery, not_before: datetime) -> None:
    """Back to waiting; a refresh that a newer one has overtaken is not needed any more."""
    if row.operation is Operation.REFRESH and await session.scalar(
        select(Delivery.id).where(
            Delivery.workspace_id == row.workspace_id,
            Delivery.subject == row.subject,
            Delivery.operation == Operation.REFRESH,
            Delivery.state == DeliveryState.WAITING,
        )
    ):
        row.state, row.lease_until = DeliveryState.CANCELLED, None
        return
    row.state, row.lease_until, row.not_before = DeliveryState.WAITING, None, not_before


async def sent(
    session: AsyncSession, delivery_id: int, now: datetime, spot: Spot | None = None
) -> None:
    """Slack has it."""
    await session.execute(
        update(Delivery)
        .where(Delivery.id == delivery_id)
        .values(
            state=DeliveryState.SENT,
            sent_at=now,
            lease_until=None,
            error=None,
            slack_channel=spot.channel if spot else None,
            slack_ts=spot.ts if spot else None,
        )
    )


async def try_again(
    session: AsyncSession,
    delivery_id: int,
    now: datetime,
    *,
    error: str,
    retry_after: float | None = None,
    pause: bool = False,
) -> None:
    """Slack could not take it now: it waits, twice as long each time, or as long as Slack says.

    `pause` is for what is not a failure (the message it belongs to is not posted yet): no error is kept.
    """
    row = await session.get_one(Delivery, delivery_id)
    row.error = None if pause else error
    await _wait(session, row, retry_at(now, row.attempts, retry_after))


async def refused(session: AsyncSession, delivery_id: int, error: str) -> None:
    """Slack will never take it: kept with Slack's word, for the owner and `labmate doctor`."""
    await _end(session, delivery_id, DeliveryState.REFUSED, error)


async def cancelled(session: AsyncSession, delivery_id: int, why: str) -> None:
    """Nobody needs it any more."""
    await _end(session, delivery_id, DeliveryState.CANCELLED, why)


async def _end(session: AsyncSession, delivery_id: int, state: DeliveryState, error: str) -> None:
    await session.execute(
        update(Delivery)
        .where(Delivery.id == delivery_id)
        .values(state=state, error=error, lease_until=None)
    )


async def next_due(session: AsyncSession) -> datetime | None:
    """When the next delivery waits to be sent."""
    moment: datetime | None = await session.scalar(
        select(func.min(Delivery.not_before)).where(Delivery.state == DeliveryState.WAITING)
    )
    return moment


async def in_hand(session: AsyncSession) -> int:
    """How many deliveries workers hold now."""
    return (
        await session.scalar(
            select(func.count(Delivery.id)).where(
                Delivery.state.in_((DeliveryState.RELEASED, DeliveryState.SENDING))
            )
        )
        or 0
    )
