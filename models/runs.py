"""Runs: their summary, their end, and what is due next (`opening` opens them, `asking` asks)."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from models.showing import heard_in, show, show_closed, waited_for
from models.tables import Run

AT_ONCE = 200
"""Rows of one kind that a tick takes in one transaction."""


async def summarise_due(session: AsyncSession, now: datetime) -> int:
    """Post the summaries of runs whose time has come. Returns how many."""
    return await _each(session, Run.summarised_at.is_(None) & (Run.summary_at <= now), now)


async def close_due(session: AsyncSession, now: datetime) -> int:
    """Close runs whose last answering time is over, with a last look at their summary."""
    return await _each(session, Run.closes_at <= now, now)


async def _each(session: AsyncSession, due: ColumnElement[bool], now: datetime) -> int:
    runs = (
        await session.scalars(
            select(Run)
            .where(Run.closed_at.is_(None), ~Run.ahead, due)
            # In the order of the index of open runs: SQLite would go through all runs that ever were.
            .order_by(Run.closes_at, Run.id)
            .limit(AT_ONCE)
            .with_for_update(skip_locked=True, of=Run)
            .options(joinedload(Run.ceremony, innerjoin=True))
        )
    ).all()
    quiet = await _quiet(session, [run for run in runs if run.summarised_at is None])
    closing = [run for run in runs if run.closes_at <= now or run.id in quiet]
    for run in closing:
        run.closed_at = now
    await session.flush()
    await show(session, [run for run in runs if run.id not in quiet], now)
    await show_closed(session, closing, now)
    return len(runs)


async def _quiet(session: AsyncSession, runs: Sequence[Run]) -> set[int]:
    """Runs that have nothing to tell: everybody was away or sat it out. They end without a summary."""
    ids = {run.id for run in runs}
    if not ids:
        return set()
    return ids - await waited_for(session, ids) - await heard_in(session, ids)
