"""What follows once a review is decided, at once and by the tick: what was known is kept, people are told."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from models import conditions, decisions, notices, planning, review_answers, review_results
from models.decisions import Within
from models.domain.clock import Moment
from models.domain.facts_reviews import ReviewFacts
from models.outbox import refresh_all
from models.people import meet_all
from models.review_pages import facts
from models.review_posts import said_of
from models.tables import Condition, Decision, Member, Project, Review
from models.walking import walked

PROMISED = "promised"
"""What a decision's evidence calls its conditions until they are rows."""


async def follow(session: AsyncSession, review: Review, project: Project, now: datetime) -> None:
    """Do what follows from the decision of a review that was held; once, with the review locked.

    All of it counts as done when it was decided, however late the tick comes. See `models.decisions.follow`
    for what becomes of the project.
    """
    decision = await session.scalar(
        select(Decision)
        .where(Decision.review_id == review.id)
        .order_by(Decision.id.desc())
        .limit(1)
        .options(joinedload(Decision.by, innerjoin=True))
    )
    if decision is None:
        return
    at = Moment(decision.at, decision.on)
    await _keep_what_was_known(session, await facts(session, review.id, at.today), review, at)
    walk = (await walked(session, [project.id], at.today)).get(project.id)
    within = Within(review, walk.progress if walk else None)
    by = planning.InHand(project, decision.by)
    await decisions.follow(session, by, decision, at=at, within=within)
    await _store_conditions(session, decision, at)
    await review_results.tell(session, review, project, now)
    told = [f"items:{review.id}", f"close:{review.id}", f"ahead:{review.id}"]
    shown = await notices.settle(session, told, now)
    await refresh_all(session, [*shown, *said_of(review)], now=now)


async def _store_conditions(session: AsyncSession, decision: Decision, at: Moment) -> None:
    """What was promised becomes conditions, and their owners are told; who is new to Labmate is met."""
    promised: Sequence[dict[str, Any]] = decision.evidence.get(PROMISED, ())
    if not promised:
        return
    owners = await _owners(session, {one["owner"] for one in promised}, at.now)
    rows = [
        Condition(
            decision_id=decision.id,
            item=one["item"],
            text=one["text"],
            owner_id=owners[one["owner"]].id,
            due=date.fromisoformat(one["due"]),
        )
        for one in promised
    ]
    session.add_all(rows)
    decision.evidence = {key: said for key, said in decision.evidence.items() if key != PROMISED}
    await session.flush()
    by_id = {one.id: one for one in owners.values()}
    await conditions.tell_owners(session, [(one, by_id[one.owner_id]) for one in rows], at)


async def _owners(session: AsyncSession, named: set[str | int], now: datetime) -> dict[Any, Member]:
    """Those who see to conditions, by Slack id; by their own id where a former version has noted that."""
    met = await meet_all(session, {one for one in named if isinstance(one, str)}, now)
    noted = {one for one in named if isinstance(one, int)}
    former = await session.scalars(select(Member).where(Member.id.in_(noted))) if noted else ()
    return {one.slack_id: one for one in met} | {one.id: one for one in former}


async def _keep_what_was_known(
    session: AsyncSession, found: ReviewFacts, review: Review, at: Moment
) -> None:
    """What was filled in by rule is written down as it was on that day."""
    rows = [
        {
            "workspace_id": review.workspace_id,
            "review_id": found.review_id,
            "item": line.item.key,
            "answer": line.answer,
            "note": line.note,
            "evidence": line.evidence,
            "given": False,
            "by_id": None,
            "at": at.now,
        }
        for line in found.lines
        if line.known
    ]
    if rows:
        await review_answers.put(session, rows, review_answers.ANSWER)
