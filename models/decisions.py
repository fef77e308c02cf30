"""Decisions: what was decided about a project, announced in one line and never changed (domain §2.4-7)."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased, joinedload

from models import chronicle, outbox
from models.domain.clock import Moment
from models.domain.decision import DecisionKind
from models.domain.decision_facts import DecisionFacts
from models.domain.errors import Unknown
from models.domain.messages import DecisionMade
from models.domain.permissions import Action
from models.people import person
from models.permits import permit
from models.tables import Decision, Project

SHOWN = 5


@dataclass(frozen=True)
class Decided:
    """What was decided, and why. `link`: the message where it was; `supersedes_id`: the one it replaces."""

    project_id: int
    kind: DecisionKind
    reason: str
    next_on: date | None = None
    link: str | None = None
    dissent: str | None = None
    supersedes_id: int | None = None


async def decide(
    session: AsyncSession, decided: Decided, slack_id: str, *, at: Moment
) -> tuple[Decision, Project]:
    """Record a decision and have it announced in the project's channel, if it has one.

    Raises:
        Unknown: there is no such project, or no decision of it that this one could replace.
        NotMetYet, GuestsMayNot, NotAllowed: see `models.permits.permit`.
    """
    by = await permit(session, slack_id, Action.DECIDE, project_id=decided.project_id)
    project = await session.get(Project, decided.project_id)
    if project is None:
        raise Unknown
    if decided.supersedes_id is not None:
        before = await session.get(Decision, decided.supersedes_id)
        if before is None or before.project_id != project.id:
            raise Unknown
    row = Decision(
        project_id=project.id,
        kind=decided.kind,
        reason=decided.reason,
        dissent=decided.dissent,
        link=decided.link,
        next_on=decided.next_on,
        supersedes_id=decided.supersedes_id,
        by_id=by.id,
        on=at.today,
        at=at.now,
    )
    session.add(row)
    await session.flush()
    chronicle.record(
        session,
        "decided",
        project_id=project.id,
        by_id=by.id,
        at=at.now,
        decision=row.id,
        what=decided.kind.value,
    )
    if project.channel_id is not None:
        await outbox.post(
            session, DecisionMade(decision_id=row.id), to=project.channel_id, now=at.now
        )
    return row, project


async def facts(session: AsyncSession, decision_id: int) -> DecisionFacts:
    """One decision, as it is announced.

    Raises:
        Unknown: it is gone.
    """
    found = (
        await session.execute(
            select(Decision, Project)
            .join(Project, Project.id == Decision.project_id)
            .where(Decision.id == decision_id)
            .options(joinedload(Decision.by, innerjoin=True))
        )
    ).one_or_none()
    if found is None:
        raise Unknown
    return _facts(*found)


async def of_project(session: AsyncSession, project: Project) -> tuple[DecisionFacts, ...]:
    """The project's newest decisions that no later one replaces; one statement."""
    later = aliased(Decision)
    rows = await session.scalars(
        select(Decision)
        .outerjoin(later, later.supersedes_id == Decision.id)
        .where(Decision.project_id == project.id, later.id.is_(None))
        .order_by(Decision.on.desc(), Decision.id.desc())
        .limit(SHOWN)
        .options(joinedload(Decision.by, innerjoin=True))
    )
    return tuple(_facts(row, project) for row in rows)


def _facts(row: Decision, project: Project) -> DecisionFacts:
    return DecisionFacts(
        project_name=project.name,
        kind=row.kind,
        reason=row.reason,
        by=person(row.by),
        on=row.on,
        next_on=row.next_on,
        link=row.link,
    )
