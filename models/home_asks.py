"""What others ask of somebody on their Home: to clear what is in the way, reviews, open incidents."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import Select, and_, func, literal, or_, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.cadence import working_days
from models.domain.facts_home import MyBlocker, MyIncident, MyReview
from models.domain.project import Role
from models.domain.review import ReviewState
from models.tables import (
    Blocker,
    Incident,
    Member,
    Membership,
    Project,
    Review,
    ReviewParticipant,
)

MOST_BLOCKERS = 3
MOST_REVIEWS = 4
MOST_INCIDENTS = 2
AHEAD = (ReviewState.SCHEDULED, ReviewState.OPEN)


class Asked(NamedTuple):
    """The oldest blockers first, the reviews that are due first, the oldest incidents first."""

    blockers: tuple[MyBlocker, ...]
    reviews: tuple[MyReview, ...]
    incidents: tuple[MyIncident, ...]


class _Row(NamedTuple):
    """One of the three."""

    blocker: Blocker | None
    raised_by: str
    review: Review | None
    incident: Incident | None
    project: str


async def asked_of(session: AsyncSession, member_id: int, today: date) -> Asked:
    """What others wait for that this person can clear, and what they owe and see to; one statement."""
    parts = [part(member_id).subquery() for part in (_blockers, _reviews, _incidents)]
    all_of_it = union_all(*(select(part) for part in parts)).subquery()
    what, key = all_of_it.c.what, all_of_it.c.id
    project_id = func.coalesce(Blocker.project_id, Review.project_id, Incident.project_id)
    found = await session.execute(
        select(Blocker, Member.name, Review, Incident, Project.name)
        .select_from(all_of_it)
        .outerjoin(Blocker, and_(what == "blocker", Blocker.id == key))
        .outerjoin(Member, Member.id == Blocker.raised_by_id)
        .outerjoin(Review, and_(what == "review", Review.id == key))
        .outerjoin(Incident, and_(what == "incident", Incident.id == key))
        .join(Project, Project.id == project_id)
        .order_by(Blocker.opened_at, Review.due, key)
    )
    rows = [_Row(*row) for row in found]
    return Asked(
        tuple(
            _blocker(blocker, row, today) for row in rows if (blocker := row.blocker) is not None
        ),
        tuple(
            _review(review, row, member_id) for row in rows if (review := row.review) is not None
        ),
        tuple(
            MyIncident(incident.id, row.project, incident.since)
            for row in rows
            if (incident := row.incident) is not None
        ),
    )


def _blockers(member_id: int) -> Select[int, str]:
    return (
        select(Blocker.id.label("id"), literal("blocker").label("what"))
        .where(
            Blocker.owner_id == member_id,
            Blocker.resolved_at.is_(None),
            Blocker.risk.is_(False),
        )
        .order_by(Blocker.opened_at, Blocker.id)
        .limit(MOST_BLOCKERS)
    )


def _reviews(member_id: int) -> Select[int, str]:
    """Those that somebody leads, or takes part in: not who was only proposed by the bot."""
    takes_part = (
        select(ReviewParticipant.id)
        .where(
            ReviewParticipant.review_id == Review.id,
            ReviewParticipant.member_id == member_id,
            ReviewParticipant.proposed.is_(False),
        )
        .correlate(Review)
        .exists()
    )
    return (
        select(Review.id.label("id"), literal("review").label("what"))
        .where(Review.state.in_(AHEAD), or_(Review.chair_id == member_id, takes_part))
        .order_by(Review.due, Review.id)
        .limit(MOST_REVIEWS)
    )


def _incidents(member_id: int) -> Select[int, str]:
    """Those that somebody has reported, or of a model whose PM they are."""
    is_pm = (
        select(Membership.id)
        .where(
            Membership.project_id == Incident.project_id,
            Membership.member_id == member_id,
            Membership.role == Role.PM,
        )
        .correlate(Incident)
        .exists()
    )
    return (
        select(Incident.id.label("id"), literal("incident").label("what"))
        .where(Incident.closed_on.is_(None), or_(Incident.by_id == member_id, is_pm))
        .order_by(Incident.id)
        .limit(MOST_INCIDENTS)
    )


def _blocker(blocker: Blocker, row: _Row, today: date) -> MyBlocker:
    return MyBlocker(
        blocker_id=blocker.id,
        kind=blocker.kind,
        text=blocker.text,
        raised_by=row.raised_by,
        project_name=row.project,
        days=working_days(blocker.opened_at.date(), today),
        acknowledged=blocker.acknowledged_at is not None,
    )


def _review(review: Review, row: _Row, member_id: int) -> MyReview:
    return MyReview(
        review_id=review.id,
        kind=review.kind,
        project_name=row.project,
        due=review.due,
        is_open=review.state is ReviewState.OPEN,
        leads=review.chair_id == member_id,
    )
