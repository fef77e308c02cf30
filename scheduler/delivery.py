"""The delivery worker: takes a delivery up, asks whether it is still wanted, sends it, writes it down.

Two short transactions, and none open while Slack is spoken to. Whatever happens in between, the row says
enough for the next worker to go on.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from models import deliveries, outbox
from models.db import Database
from models.deliveries import Claimed
from models.domain.clock import Clock
from models.domain.delivery import MOST_CRASHES, PATIENCE, DeliveryState, Operation
from models.domain.messages import Message
from models.domain.sending import Parcel, SlackBusy, SlackRefused, Spot
from models.people import Profile
from models.tables import Delivery

UNWRITTEN = "labmate could not write this message"
"""The error of a message whose rendering crashes again and again."""

log = structlog.get_logger(__name__)


class Sender(Protocol):
    """Speaks to Slack. Raises SlackBusy and SlackRefused; anything else is a bug in rendering."""

    async def send(self, parcel: Parcel) -> Spot | None:
        """Post or refresh; returns where it stands. An ambiguous post is looked for first."""
        ...

    async def read(self, parcel: Parcel) -> Sequence[Profile]:
        """The people that Slack was asked about, for `Rules.learned`."""
        ...


@dataclass(frozen=True)
class Rules:
    """What the worker asks of the use cases; each is called inside a transaction of the workspace.

    `wanted` says why a message need not be posted any more, or None; `learned` stores what was read; `does`
    does a chore; `refused` hears of what Slack will never take, its row already says why.
    """

    wanted: Callable[[AsyncSession, Message, datetime], Awaitable[str | None]]
    learned: Callable[[AsyncSession, Message, Sequence[Profile], datetime], Awaitable[None]]
    refused: Callable[[AsyncSession, Delivery, datetime], Awaitable[None]]
    does: Callable[[AsyncSession, Message, datetime], Awaitable[None]]


@dataclass(frozen=True)
class _Done:
    """What Slack answered: a Spot or None, or what was read."""

    spot: Spot | None = None
    people: Sequence[Profile] = ()


class _Crashed(Exception):
    """Our own bug, while rendering or while storing what Slack said."""


class Courier:
    """Brings deliveries to Slack. `deliver` is what an engine serves."""

    def __init__(self, db: Database, clock: Clock, sender: Sender, rules: Rules) -> None:
        self._db = db
        self._clock = clock
        self._sender = sender
        self._rules = rules

    async def deliver(self, delivery_id: int) -> None:
        """Bring one released delivery as far as it goes. One that is done or taken is left alone.

        Raises what the database raises: the row stays as it is then, and comes back after its lease.
        """
        parcel = await self._take(delivery_id)
        if parcel is None:
            return
        try:
            await self._write_down(parcel, await self._ask_slack(parcel))
        except Exception as bug:
            # Any bug of one message: it may neither stop the others nor be tried for ever.
            log.exception("A message could not be written", delivery=delivery_id, exc_info=bug)
            await self._write_down(parcel, _Crashed(type(bug).__name__))

    async def _take(self, delivery_id: int) -> Parcel | None:
        """Transaction 1: the parcel, unless it is nobody's to send, or not now."""
        now = self._clock.now()
        async with self._db.writing(None) as session:
            claimed = await deliveries.claim(session, delivery_id, now)
            if claimed is None:
                return None
            session.info["workspace_id"] = claimed.row.workspace_id
            if why_not := await self._why_not(session, claimed, now):
                deliveries.cancel(claimed.row, why_not)
                return None
            return await _parcel(session, claimed, now)

    async def _why_not(self, session: AsyncSession, claimed: Claimed, now: datetime) -> str | None:
        expires_at = claimed.row.expires_at
        if expires_at is not None and expires_at < now:
            return "its time is over"
        if claimed.row.operation is not Operation.POST:
            return None
        return await self._rules.wanted(session, claimed.message, now)

    async def _ask_slack(self, parcel: Parcel) -> _Done | SlackBusy | SlackRefused:
        try:
            async with asyncio.timeout(PATIENCE.total_seconds()):
                if parcel.operation is Operation.DO:
                    return _Done()
                if parcel.operation is Operation.READ:
                    return _Done(people=await self._sender.read(parcel))
                return _Done(await self._sender.send(parcel))
        except TimeoutError:
            return SlackBusy("no answer in time")
        except (SlackBusy, SlackRefused) as answer:
            return answer

    async def _write_down(
        self, parcel: Parcel, outcome: _Done | SlackBusy | SlackRefused | _Crashed
    ) -> None:
        """Transaction 2: what became of it."""
        now = self._clock.now()
        async with self._db.writing(parcel.workspace_id) as session:
            row = await deliveries.hold(session, parcel.delivery_id)
            if row is None:
                log.warning("Another worker has done this", delivery=parcel.delivery_id)
            elif isinstance(outcome, _Done):
                await self._done(session, row, parcel, outcome)
            elif row.state is not DeliveryState.SENDING or row.attempts != parcel.attempt:
                log.warning("Another worker has taken this over", delivery=row.id)
            elif isinstance(outcome, SlackBusy):
                await deliveries.try_again(
                    session,
                    row,
                    now,
                    error=outcome.reason,
                    retry_after=outcome.retry_after,
                    unsure=outcome.unsure,
                )
            elif isinstance(outcome, _Crashed) and row.attempts < MOST_CRASHES:
                await deliveries.try_again(session, row, now, error=str(outcome), unsure=True)
            else:
                error = outcome.error if isinstance(outcome, SlackRefused) else UNWRITTEN
                deliveries.refuse(row, error)
                await self._rules.refused(session, row, now)

    async def _done(
        self, session: AsyncSession, row: Delivery, parcel: Parcel, done: _Done
    ) -> None:
        """It is true whoever holds the row by now, so that a slow worker's post isn't sent again."""
        if row.state is DeliveryState.SENT:
            return
        now = self._clock.now()
        if parcel.operation is Operation.DO:
            await self._rules.does(session, parcel.message, now)
        if parcel.operation is Operation.READ:
            await self._rules.learned(session, parcel.message, done.people, now)
        await deliveries.sent(session, row, now, done.spot)


async def _parcel(session: AsyncSession, claimed: Claimed, now: datetime) -> Parcel | None:
    """The claimed delivery with the message it belongs to; None while that is not posted."""
    row, message, ambiguous = claimed
    belongs_to = {Operation.REFRESH: message.subject, Operation.POST: message.thread_subject}.get(
        row.operation
    )
    spot = None
    if belongs_to is not None:
        spot, to_come = await outbox.standing(session, belongs_to)
        if spot is None and to_come:
            await deliveries.pause(session, row, now)
            return None
        if spot is None:
            deliveries.cancel(row, "the message that it belongs to was never posted")
            return None
    is_refresh = row.operation is Operation.REFRESH
    return Parcel(
        delivery_id=row.id,
        workspace_id=row.workspace_id,
        attempt=row.attempts,
        message=message,
        operation=row.operation,
        destination=row.destination,
        # A database that was set up anew counts from 1 again, in the same channels.
        metadata_id=f"{row.id}-{row.created_at.timestamp():.0f}",
        written_at=row.created_at,
        standing=spot if is_refresh else None,
        thread=None if is_refresh else spot,
        ambiguous=ambiguous,
    )
