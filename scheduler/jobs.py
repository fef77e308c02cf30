"""What a tick does: one short transaction a step."""

from datetime import datetime, timedelta

from models import deliveries
from models.db import Database
from models.deliveries import take_back
from models.release import release
from scheduler.engine import Engine


async def release_due(db: Database, engine: Engine, now: datetime) -> timedelta | None:
    """Release what is due to the engine, after taking back what dead workers held.

    Only a process that serves the engine does this. Returns how soon it is worth another look, where
    that is known: slots of Slack's pace come between two ticks.
    """
    async with db.reading(None) as session:
        work = await deliveries.work(session)
    if work.next_due is None and work.lease_ends is None:
        return None
    if not any(at is not None and at <= now for at in (work.next_due, work.lease_ends)):
        return None if work.next_due is None else work.next_due - now
    async with db.writing(None) as session:
        await take_back(session, now)
        released = await release(session, now)
        await engine.enqueue(session, released.ids)
    return None if released.again_at is None else released.again_at - now
