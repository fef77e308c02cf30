"""The ceremonies' steps of a tick: open, ask, remind, show, summarise, close; each a short transaction."""

from datetime import datetime

from models import (
    absences,
    asking,
    briefs,
    composing,
    digests,
    escalating,
    notices,
    opening,
    review_ticks,
    runs,
    showing,
)
from models.db import Database

STEPS = (
    opening.open_due,
    asking.ask_due,
    asking.remind_due,
    showing.show_answers,
    runs.summarise_due,
    runs.close_due,
    notices.tell_due,
)


async def ceremonies(db: Database, now: datetime) -> int:
    """Do what is due in the ceremonies; returns how much was done. A full step is looked at again."""
    done = 0
    async with db.reading(None) as session:
        await absences.prepare(session, now)
    for step in STEPS:
        async with db.writing(None) as session:
            done += await step(session, now)
    done += await escalations_due(db, now)
    done += await digests_due(db, now) + await reviews_due(db, now)
    return done + await briefs_due(db, now)


async def escalations_due(db: Database, now: datetime) -> int:
    """Ask the named leaders about what has been in the way for too long; read first, then claimed."""
    async with db.reading(None) as session:
        due = await escalating.due(session, now)
    if not due:
        return 0
    async with db.writing(None) as session:
        return await escalating.ask_leaders(session, due, now)


async def digests_due(db: Database, now: datetime) -> int:
    """Post the digests that are due. Each is read without a transaction and claimed in a short one."""
    async with db.reading(None) as session:
        due = await digests.due(session, now)
    done = 0
    for one in due:
        async with db.reading(one.workspace_id) as session:
            content = await composing.compose(session, one)
        async with db.writing(one.workspace_id) as session:
            done += await composing.post(session, one, content, now)
    return done


async def reviews_due(db: Database, now: datetime) -> int:
    """Open, chase and end the reviews whose time has come, each in a short transaction."""
    async with db.reading(None) as session:
        due = await review_ticks.due(session, now)
    done = 0
    for one in due:
        async with db.writing(one.workspace_id) as session:
            done += await review_ticks.wake(session, one.review_id, now)
    return done


async def briefs_due(db: Database, now: datetime) -> int:
    """Post the briefs of decisions that come, each claimed in a short transaction."""
    async with db.reading(None) as session:
        due = await briefs.due(session, now)
    done = 0
    for one in due:
        async with db.writing(one.workspace_id) as session:
            done += await briefs.claim(session, one, now)
    return done
