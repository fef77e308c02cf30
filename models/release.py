"""Release: which waiting deliveries may go out now. Takes their pacing slots in the same transaction."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, exists, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from models.db import dialect_of
from models.domain.delivery import IN_HAND, LEASE, DeliveryState
from models.domain.pacing import Limit, filled, limits_of, wait_for_one
from models.tables import Delivery, Pacing, Workspace
from models.tables.delivery import in_state

AT_ONCE = 200
"""Deliveries a tick: a short transaction. Also how many may lie in the engine and wait for a worker, so
that they are sent about when their slots were taken, and before their lease runs out."""

FULL = timedelta(milliseconds=100)
"""When to look again after as many as possible were released."""


class Released(NamedTuple):
    """Ids in the order of sending, and when it is worth another look, if that is known."""

    ids: list[int]
    again_at: datetime | None


async def release(session: AsyncSession, now: datetime) -> Released:
    """Release what is due: by priority, in turns between workspaces.

    What has no pacing slot gets a new `not_before`, about when its slot will come.
    """
    room = AT_ONCE - await _not_taken_up(session)
    rows = await _due(session, now, room) if room > 0 else []
    buckets = await _buckets(session, rows, now)
    released: dict[tuple[int, str], int] = {}
    for row in rows:
        if (row.workspace_id, row.subject) in released:
            continue
        wait = buckets.take_or_wait(row)
        if wait:
            row.not_before = now + wait
            continue
        row.state, row.lease_until = DeliveryState.RELEASED, now + LEASE
        released[row.workspace_id, row.subject] = row.id
    again_at = now + FULL if len(rows) >= room else await _next_slot(session, now)
    return Released(list(released.values()), again_at)


async def _next_slot(session: AsyncSession, now: datetime) -> datetime | None:
    """When the next delivery comes due; one that is due now waits for something else than time."""
    moment: datetime | None = await session.scalar(
        select(func.min(Delivery.not_before)).where(
            in_state(Delivery, DeliveryState.WAITING), Delivery.not_before > now
        )
    )
    return moment


async def _not_taken_up(session: AsyncSession) -> int:
    waiting = select(func.count(Delivery.id)).where(
        in_state(
            Delivery, *IN_HAND
        ),  # what the index holds; SQLite doesn't conclude it from the next line
        in_state(Delivery, DeliveryState.RELEASED),
    )
    return await session.scalar(waiting) or 0


async def _due(session: AsyncSession, now: datetime, limit: int) -> list[Delivery]:
    """Due rows, locked; the first of each workspace before the second of any.

    They are chosen first and locked then: who comes second may get fewer, but never what is released.
    """
    ids = (await session.scalars(_choice(now, limit))).all()
    if not ids:
        return []
    locked = await session.scalars(
        select(Delivery)
        .where(Delivery.id.in_(ids), *_is_due(now))
        .with_for_update(skip_locked=True)
    )
    place = {delivery_id: n for n, delivery_id in enumerate(ids)}
    return sorted(locked, key=lambda row: place[row.id])


def _is_due(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Nothing of a workspace that has uninstalled the app: its bot is nobody."""
    installed = exists().where(Workspace.id == Delivery.workspace_id, Workspace.bot_user_id != "")
    return (
        in_state(Delivery, DeliveryState.WAITING),
        Delivery.not_before <= now,
        installed.correlate(Delivery),
    )


def _choice(now: datetime, limit: int) -> Select[int]:
    """A subject that is in somebody's hands is left alone: no older words may overtake newer ones."""
    busy = aliased(Delivery)
    turn = func.row_number().over(
        partition_by=Delivery.workspace_id, order_by=(Delivery.priority, Delivery.id)
    )
    is_busy = (
        select(busy.id)
        .where(
            busy.workspace_id == Delivery.workspace_id,
            busy.subject == Delivery.subject,
            in_state(busy, *IN_HAND),
        )
        .exists()
    )
    return (
        select(Delivery.id)
        .where(*_is_due(now), ~is_busy)
        .order_by(turn, Delivery.priority, Delivery.id)
        .limit(limit)
    )


class _Buckets:
    """The pacing rows of this release. `_reserved` counts who waits already: each waits behind them."""

    def __init__(self, rows: dict[tuple[int, str], Pacing]) -> None:
        self._rows = rows
        self._reserved: Counter[tuple[int, str]] = Counter()

    def take_or_wait(self, row: Delivery) -> timedelta | None:
        """Take one token of each of the row's limits, or say how long until they are there."""
        limits = limits_of(row.operation, row.destination)
        keys = [(row.workspace_id, limit.bucket) for limit in limits]
        waits = (
            wait_for_one(self._rows[key].tokens - self._reserved[key], limit)
            for key, limit in zip(keys, limits, strict=True)
        )
        wait = max(waits, default=timedelta(0))
        if wait > timedelta(milliseconds=1):
            self._reserved.update(keys)
            return wait
        for key in keys:
            self._rows[key].tokens -= 1.0
        return None


async def _buckets(session: AsyncSession, rows: Sequence[Delivery], now: datetime) -> _Buckets:
    wanted: dict[tuple[int, str], Limit] = {
        (row.workspace_id, limit.bucket): limit
        for row in rows
        for limit in limits_of(row.operation, row.destination)
    }
    if not wanted:
        return _Buckets({})
    await session.execute(
        dialect_of(session)
        .insert(Pacing)
        .values(
            [
                {"workspace_id": ws, "bucket": bucket, "tokens": limit.burst, "filled_at": now}
                for (ws, bucket), limit in sorted(wanted.items(), key=lambda item: item[0])
            ]
        )
        .on_conflict_do_nothing()
    )
    found = await session.scalars(
        select(Pacing)
        .where(tuple_(Pacing.workspace_id, Pacing.bucket).in_(sorted(wanted)))
        .order_by(Pacing.workspace_id, Pacing.bucket)
        .with_for_update()
    )
    known = {(row.workspace_id, row.bucket): row for row in found}
    for key, row in known.items():
        row.tokens = filled(row.tokens, row.filled_at, now, wanted[key])
        row.filled_at = now
    return _Buckets(known)
