"""Conditions of a go: their owners are told, say with what they are met, and are reminded on the day."""

from collections.abc import Iterable, Sequence
from datetime import time
from typing import NamedTuple

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased, joinedload

from models import chronicle, notices
from models.domain.cadence import local_moment, zone_of
from models.domain.clock import Moment
from models.domain.decision_facts import ConditionFacts
from models.domain.errors import BotError
from models.domain.facts_notices import ToMeet
from models.domain.messages import DecisionMade
from models.domain.messages_reviews import ReviewCard
from models.domain.notices import ConditionIsDue, ConditionToMeet, notice_of
from models.domain.permissions import Action
from models.notices import ToTell
from models.outbox import Post, refresh_all
from models.people import person
from models.permits import permit_about
from models.tables import Condition, Decision, Member, Notice, Project

MORNING = time(9)
"""On its owner's wall, on the day on which it is due."""


class MetAlready(BotError):
    """This condition is met already."""


async def tell_owners(
    session: AsyncSession, owned: Iterable[tuple[Condition, Member]], at: Moment
) -> None:
    """Each owner is told now, and once more on the day on which it is due."""
    told = []
    for row, owner in owned:
        due = local_moment(row.due, MORNING, zone_of(owner.tz))
        told.append(ToTell(owner.workspace_id, owner.id, ConditionToMeet(condition_id=row.id)))
        if row.due > at.today:
            about = ConditionIsDue(condition_id=row.id)
            told.append(ToTell(owner.workspace_id, owner.id, about, due))
    await notices.give(session, told, at.now)


class InHand(NamedTuple):
    """A condition, locked, its decision, and who says that it is met."""

    condition: Condition
    decision: Decision
    by: Member


async def take(session: AsyncSession, condition_id: int, slack_id: str) -> InHand:
    """A condition that is not met, for somebody who may say that it is; one statement.

    Raises:
        Unknown: there is no such condition.
        MetAlready: somebody has said so.
        NotMetYet, GuestsMayNot, NotAllowed: see `models.permits.permit`.
    """
    about = (
        select(Condition, Decision)
        .join(Decision, Decision.id == Condition.decision_id)
        .where(Condition.id == condition_id)
        .options(joinedload(Condition.owner, innerjoin=True))
        .with_for_update(of=Condition)
    )
    by, found = await permit_about(
        session,
        about,
        slack_id,
        Action.MEET_CONDITION,
        project=Decision.project_id,
        owner=Condition.owner_id,
    )
    row = found[0].Condition
    if row.met_on is not None:
        raise MetAlready
    return InHand(row, found[0].Decision, by)


async def meet(
    session: AsyncSession, condition_id: int, slack_id: str, evidence: str, *, at: Moment
) -> Condition:
    """It is met, and this shows it; whoever was told of it is told of nothing any more.

    Raises:
        Unknown, MetAlready, NotMetYet, GuestsMayNot, NotAllowed: see `take`.
    """
    row, decision, by = await take(session, condition_id, slack_id)
    row.met_on, row.met_by_id, row.evidence = at.today, by.id, evidence
    chronicle.record(
        session,
        "condition_met",
        project_id=decision.project_id,
        by_id=by.id,
        at=at.now,
        condition=row.id,
        decision=decision.id,
    )
    shown = await notices.settle(session, _subjects(row.id), at.now)
    shown.append(Post(DecisionMade(decision_id=decision.id), ""))
    if decision.review_id is not None:
        shown.append(Post(ReviewCard(review_id=decision.review_id), ""))
    await refresh_all(session, shown, now=at.now)
    return row


def _subjects(condition_id: int) -> list[str]:
    kinds = (ConditionToMeet, ConditionIsDue)
    return [kind(condition_id=condition_id).subject for kind in kinds]


async def to_meet(session: AsyncSession, rows: Sequence[Notice]) -> dict[str, ToMeet]:
    """Those notices that are about conditions, as their owner reads them, by subject; one statement."""
    about = {
        row.subject: one
        for row in rows
        if isinstance(one := notice_of(row.payload), ConditionToMeet | ConditionIsDue)
    }
    if not about:
        return {}
    later = aliased(Decision)
    replaced = exists().where(later.supersedes_id == Decision.id)
    found = await session.execute(
        select(Condition, Project, replaced)
        .join(Decision, Decision.id == Condition.decision_id)
        .join(Project, Project.id == Decision.project_id)
        .where(Condition.id.in_({one.condition_id for one in about.values()}))
        .options(joinedload(Condition.owner, innerjoin=True))
    )
    known = {row.id: (facts_of(row), project.name, off) for row, project, off in found}
    return {
        subject: ToMeet(*known[one.condition_id], today=isinstance(one, ConditionIsDue))
        for subject, one in about.items()
        if one.condition_id in known
    }


def facts_of(row: Condition) -> ConditionFacts:
    """A condition, loaded with its owner."""
    return ConditionFacts(row.id, row.text, person(row.owner), row.due, row.met_on, row.evidence)
