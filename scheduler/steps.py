"""The ceremonies' steps of a tick: open, ask, remind, show, summarise, close and the rest, where due."""

from datetime import datetime

from models import (
    absences,
    agenda,
    asking,
    briefs,
    composing,
    digests,
    escalating,
    notices,
    opening,
    review_planning,
    review_ticks,
    runs,
    showing,
)
from models.agenda import Step
from models.db import Database

STEPS = (
    (Step.OPEN, opening.open_due),
    (Step.ASK, asking.ask_due),
    (Step.REMIND, asking.remind_due),
    (Step.REMIND_NO_MORE, asking.remind_due),
    (Step.SHOW, showing.show_answers),
    (Step.SUMMARISE, runs.summarise_due),
    (Step.CLOSE, runs.close_due),
    (Step.TELL, notices.tell_due),
)
"""Each in one short transaction."""
ASK_THE_CALENDAR = {Step.OPEN, Step.ASK, Step.TELL}
"""Steps that ask who has a public holiday."""


async def ceremonies(db: Database, now: datetime) -> int:
    """Do what is due in the ceremonies; returns how much was done.

    What is due is read first, in one statement. What a step makes due, or leaves over because it was full, is
    seen at the next look: the tick comes again at once while something was done.
    """
    async with db.reading(None) as session:
        moments = await agenda.read(session)
        due = {step for step, at in moments.items() if at <= now}
        if due & ASK_THE_CALENDAR:
            await absences.prepare(session, now)
    done = 0
    for step, do in STEPS:
        if step in due:
            async with db.writing(None) as session:
                done += await do(session, now)
    for step, look in LOOKS:
        if step in due:
            done += await look(db, now)
    for look in ALWAYS:
        done += await look(db, now)
    return done


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
            composed = await composing.compose(session, one)
        content = await composing.finished(one, composed)
        async with db.writing(one.workspace_id) as session:
            done += await composing.post(session, one, content, now)
    return done


async def reviews_planned(db: Database, now: datetime) -> int:
    """Plan the reviews that come round. Projects are read without a transaction, each workspace claimed."""
    async with db.reading(None) as session:
        due = await review_planning.due(session, now)
    done = 0
    for one in due:
        async with db.reading(one.workspace_id) as session:
            wanted = await review_planning.look(session, one, now)
        off = await review_planning.days_off(one.tz, now)
        async with db.writing(one.workspace_id) as session:
            done += await review_planning.plan(session, one, wanted, now, off)
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


LOOKS = (
    (Step.ESCALATE, escalations_due),
    (Step.DIGEST, digests_due),
    (Step.PLAN_REVIEWS, reviews_planned),
    (Step.REVIEW, reviews_due),
)
"""Each reads first, and claims what it found in transactions of their own."""
ALWAYS = (briefs_due,)
"""Looked at in every tick: no single moment says when they are due."""
