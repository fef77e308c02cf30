"""The outbox: messages are rows, written in the transaction of what they tell.

A tick releases what is due (by priority, fair between workspaces, within Slack's pace); a worker claims
a released row, sends it and writes down what became of it (`deliveries`). The engine between the two
knows only ids.
"""

import json
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from secrets import token_hex
from typing import NamedTuple
from zlib import crc32

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models import going_along
from models.db import dialect_of
from models.domain.delivery import (
    OPEN,
    DeliveryState,
    Operation,
    Priority,
    is_unsure,
)
from models.domain.errands import Chore, HomePage, ModalPage, Task
from models.domain.messages import READS, Message, message_of
from models.domain.sending import Spot
from models.tables import Delivery
from models.tables.delivery import ONE_REFRESH

AFTER = timedelta(seconds=5)
"""Until then what is posted at the same time stands in Slack, so that it can be linked."""


class Post(NamedTuple):
    """A message on its way into the outbox; the workspace is the session's unless it is named.

    It waits until `not_before`, if that is given.
    """

    message: Message
    to: str
    workspace_id: int | None = None
    expires_at: datetime | None = None
    again: str = ""
    not_before: datetime | None = None


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


async def post_all(
    session: AsyncSession, posts: Sequence[Post], *, now: datetime, anew: Sequence[Post] = ()
) -> None:
    """Have many messages sent, and others that stand already shown `anew`, all in one statement.

    Where a person waits for the end of the transaction, that statement is its last one (`send_along`).

    A refresh that waits already does for another one. What never was posted is not shown anew. Where the
    change may be seen by nobody else before it is committed, `refresh_all` is the one to ask.
    """
    home = session.info["workspace_id"]
    rows = [_row(post, post.workspace_id or home, now) for post in posts]
    rows += [_again(post, post.workspace_id or home, now) for post in anew]
    going = going_along.with_it(session)
    if going is not None:
        going += rows
    elif rows:
        await _insert(session, rows)


def along(session: AsyncSession, views: Sequence[HomePage | ModalPage], now: datetime) -> None:
    """Have these views shown anew once the transaction is committed, to whoever did something there.

    They go with what else it posts, in one statement (`send_along`). Each time is another one: a view that
    waits to be shown may have been read already.
    """
    home = session.info["workspace_id"]
    rows = [_each(Post(view, view.slack_id), home, now, Operation.SHOW) for view in views]
    going_along.begin(session, rows)


async def follow(
    session: AsyncSession, chore: Chore, now: datetime, at_once: Callable[[], Awaitable[None]]
) -> None:
    """Have a chore done once the transaction is committed: a person waits for its end (design §6).

    It is done `at_once` where nobody waits: by the tick, the command line, an import.
    """
    going = going_along.with_it(session)
    if going is None:
        await at_once()
    else:
        home = session.info["workspace_id"]
        going.append(_each(Post(chore, ""), home, now, Operation.DO))


async def send_along(session: AsyncSession) -> None:
    """Whatever goes into the outbox; the last statement of its transaction."""
    if rows := going_along.end(session):
        await _insert(session, rows)


async def _insert(session: AsyncSession, rows: list[dict[str, object]]) -> None:
    await session.execute(dialect_of(session).insert(Delivery).on_conflict_do_nothing(), rows)


def _each(post: Post, workspace_id: int, now: datetime, operation: Operation) -> dict[str, object]:
    return {
        **_row(post, workspace_id, now),
        "dedupe_key": f"{workspace_id}/{post.message.subject}:{operation}:{token_hex(8)}",
        "operation": operation,
        "priority": Priority.PERSON,
    }


def _row(post: Post, workspace_id: int, now: datetime) -> dict[str, object]:
    message = post.message
    return {
        "workspace_id": workspace_id,
        "dedupe_key": f"{workspace_id}/{message.subject}{post.again and ':' + post.again}",
        "operation": Operation.READ if isinstance(message, READS) else Operation.POST,
        "subject": message.subject,
        "destination": post.to,
        "priority": message.priority,
        "expires_at": post.expires_at,
        **_waiting(message, now),
        "not_before": post.not_before or now,
    }


def _again(post: Post, workspace_id: int, now: datetime) -> dict[str, object]:
    """A refresh, after what is posted with it: it may lead there."""
    return {
        **_row(post, workspace_id, now),
        "dedupe_key": _once(workspace_id, post.message.subject),
        "operation": Operation.REFRESH,
        "priority": Priority.REFRESH,
        "not_before": now + AFTER,
    }


def _once(workspace_id: int, subject: str) -> str:
    """The key of a refresh: each is another one."""
    return f"{workspace_id}/{subject}:refresh:{token_hex(8)}"


async def stands_already(
    session: AsyncSession, message: Message, *, to: str, now: datetime
) -> None:
    """Note that this stands in Slack without the outbox's doing, so that it can be refreshed."""
    row = _row(Post(message, to), session.info["workspace_id"], now)
    known = {"state": DeliveryState.SENT, "sent_at": now, "slack_channel": to, "slack_ts": "0"}
    await session.execute(
        dialect_of(session).insert(Delivery).on_conflict_do_nothing(), row | known
    )


async def refresh_all(session: AsyncSession, posts: Sequence[Post], *, now: datetime) -> None:
    """Have what stands in Slack updated from the rows of the moment when it is sent.

    Nothing is done where nothing was ever to be posted, or where a post or a refresh already waits: it
    will show this change too. Where a person waits for the end of the transaction, a chore looks for that.
    """
    if not posts:
        return
    messages = [post.message.model_dump(mode="json") for post in posts]
    more = json.dumps(messages, separators=(",", ":"))
    chore = Chore(task=Task.REFRESH, number=crc32(more.encode()), more=more)
    await follow(session, chore, now, partial(_refresh_all, session, posts, now))


async def refreshed(session: AsyncSession, chore: Chore, now: datetime) -> None:
    """What was to be refreshed, by the chore that it became."""
    posts = [Post(message_of(one), "") for one in json.loads(chore.more)]
    await _refresh_all(session, posts, now)


async def _refresh_all(session: AsyncSession, posts: Sequence[Post], now: datetime) -> None:
    wanted = {post.message.subject: post for post in posts}
    # The locks keep a worker from rendering either row before this transaction's change can be seen.
    posted = await session.scalars(
        select(Delivery)
        .where(
            Delivery.workspace_id.in_(
                {post.workspace_id or session.info["workspace_id"] for post in posts}
            ),
            Delivery.subject.in_(wanted),
            Delivery.operation == Operation.POST,
        )
        .order_by(Delivery.id)
        .with_for_update()
    )
    rows = [
        {
            "workspace_id": row.workspace_id,
            "dedupe_key": _once(row.workspace_id, row.subject),
            "operation": Operation.REFRESH,
            "subject": row.subject,
            "destination": row.destination,
            "priority": Priority.REFRESH,
            **_waiting(wanted[row.subject].message, now),
        }
        for row in posted
        if _has_old_words(row)
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


def _has_old_words(posted: Delivery) -> bool:
    """Whether something may stand in Slack, or soon, that was rendered before now."""
    if posted.state is DeliveryState.WAITING:
        return is_unsure(posted.error)
    return posted.state not in (DeliveryState.REFUSED, DeliveryState.CANCELLED)


def _waiting(message: Message, now: datetime) -> dict[str, object]:
    return {
        "kind": message.kind,
        "payload": message.model_dump(mode="json"),
        "state": DeliveryState.WAITING,
        "not_before": now,
        "attempts": 0,
        "created_at": now,
    }


class Standing(NamedTuple):
    """A message that another one belongs to: where it stands, or whether it is still to come."""

    spot: Spot | None
    to_come: bool


async def standing(session: AsyncSession, subject: str) -> Standing:
    """Where the message called `subject` stands in Slack, in the session's workspace."""
    row = await session.scalar(
        select(Delivery)
        .where(Delivery.subject == subject, Delivery.operation == Operation.POST)
        .order_by(Delivery.id.desc())
        .limit(1)
    )
    if row is None:
        return Standing(None, to_come=False)
    if row.state is DeliveryState.SENT and row.slack_channel and row.slack_ts:
        return Standing(Spot(row.slack_channel, row.slack_ts), to_come=False)
    return Standing(None, to_come=row.state in OPEN)
