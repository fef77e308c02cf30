"""The ceremonies' steps of a tick: open, ask, remind, show, summarise, close and the rest, where due."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from models import (
    absences,
    agenda,
    asking,
    brief_times,
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
from models.brief_times import Due as BriefDue
from models.db import Database
from models.digests import Due as DigestDue
from models.review_planning import Due as PlanDue
from models.review_ticks import Due as ReviewDue

Found = TypeVar("Found")
Look = Callable[[Database, datetime], Awaitable[int]]

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
        moments = await agenda.read(session, now)
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
    return done


async def escalations_due(db: Database, now: datetime) -> int:
    """Ask the named leaders about what has been in the way for too long; read first, then claimed."""
    async with db.reading(None) as session:
        due = await escalating.due(session, now)
    if not due:
        return 0
    async with db.writing(None) as session:
        return await escalating.ask_leaders(session, due, now)


def one_by_one(
    due: Callable[[AsyncSession, datetime], Awaitable[Sequence[Found]]],
    do: Callable[[Database, Found, datetime], Awaitable[int]],
) -> Look:
    """A step that reads without a transaction what is due, and does each of it in short ones of its own."""

    async def look(db: Database, now: datetime) -> int:
        async with db.reading(None) as session:
            found = await due(session, now)
        return sum([await do(db, one, now) for one in found])

    return look


async def _post_digest(db: Database, one: DigestDue, now: datetime) -> int:
    """Read without a transaction, and claimed in a short one."""
    async with db.reading(one.workspace_id) as session:
        composed = await composing.compose(session, one)
    content = await composing.finished(one, composed)
    async with db.writing(one.workspace_id) as session:
        return await composing.post(session, one, content, now)


async def _plan_reviews(db: Database, one: PlanDue, now: datetime) -> int:
    """A workspace's projects are read without a transaction."""
    async with db.reading(one.workspace_id) as session:
        wanted = await review_planning.look(session, one, now)
    off = await review_planning.days_off(one.tz, now)
    async with db.writing(one.workspace_id) as session:
        return await review_planning.plan(session, one, wanted, now, off)


async def _wake_review(db: Database, one: ReviewDue, now: datetime) -> int:
    """It opens, is chased, or ends."""
    async with db.writing(one.workspace_id) as session:
        return await review_ticks.wake(session, one.review_id, now)


async def _post_brief(db: Database, one: BriefDue, now: datetime) -> int:
    async with db.writing(one.workspace_id) as session:
        return await brief_times.claim(session, one, now)


digests_due = one_by_one(digests.due, _post_digest)
reviews_planned = one_by_one(review_planning.due, _plan_reviews)
reviews_due = one_by_one(review_ticks.due, _wake_review)
briefs_due = one_by_one(brief_times.due, _post_brief)

LOOKS = (
    (Step.ESCALATE, escalations_due),
    (Step.DIGEST, digests_due),
    (Step.PLAN_REVIEWS, reviews_planned),
    (Step.REVIEW, reviews_due),
    (Step.BRIEF, briefs_due),
)
"""Each reads first, and claims what it found in transactions of their own."""
