"""Lists of reviews: what is to be held, and what was held last; of everybody, of one person, of a project."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, case, func, or_, select, true, type_coerce
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from models.db import UtcDateTime
from models.domain.cadence import local_date, zone_of
from models.domain.decision import DecisionKind
from models.domain.errors import Unknown
from models.domain.facts_reviews import MonthFacts, ReviewRow
from models.domain.project import ProjectStatus
from models.domain.review import ReviewKind, ReviewState
from models.domain.review_dates import SINCE_PROTOTYPE, long_in_work
from models.people import perhaps
from models.stages import CHANGED
from models.tables import Decision, Event, Membership, Project, Review, ReviewParticipant, Workspace

SHOWN = 20
HELD = 5
"""Of those that were held, the last ones."""
COMING = (ReviewState.OPEN, ReviewState.SCHEDULED)


class Listed(NamedTuple):
    """Reviews to be held, the soonest first; how many more there are; and the last that were held.

    `by_itself`: those that come round are planned without anybody asking.
    """

    rows: tuple[ReviewRow, ...]
    more: int
    held: tuple[ReviewRow, ...] = ()
    by_itself: bool = True


async def listed(
    session: AsyncSession, project_key: str | None = None, of_member: int | None = None
) -> Listed:
    """Of a project, by its key; of what somebody leads, takes part in or has a role in; three statements."""
    which = and_(_of_project(project_key), _of_member(of_member))
    found = (
        await session.execute(
            select(Review, Project, func.count().over())
            .join(Project, Project.id == Review.project_id)
            .where(
                Review.state.in_(COMING),
                Project.status.in_((ProjectStatus.ACTIVE, ProjectStatus.ON_HOLD)),
                which,
            )
            .order_by(case((Review.state == ReviewState.OPEN, 0), else_=1), Review.due, Review.id)
            .limit(SHOWN)
            .options(joinedload(Review.chair))
        )
    ).all()
    rows = tuple(_row(review, project) for review, project, _ in found)
    workspace = await session.get_one(Workspace, session.info["workspace_id"])
    more = found[0][2] - len(rows) if found else 0
    return Listed(rows, more, await _held(session, which), workspace.plans_reviews)


async def coming(session: AsyncSession, project_key: str, kind: ReviewKind) -> int | None:
    """The review of that kind that is to be held in a project, by its key."""
    review_id: int | None = await session.scalar(
        select(Review.id)
        .join(Project, Project.id == Review.project_id)
        .where(Project.key == project_key, Review.kind == kind, Review.state.in_(COMING))
    )
    return review_id


async def _held(session: AsyncSession, which: ColumnElement[bool]) -> tuple[ReviewRow, ...]:
    decided = (
        select(Decision.kind)
        .where(Decision.review_id == Review.id)
        .order_by(Decision.id.desc())
        .limit(1)
        .correlate(Review)
        .scalar_subquery()
    )
    held = await session.execute(
        select(Review, Project, decided)
        .join(Project, Project.id == Review.project_id)
        .where(Review.state == ReviewState.HELD, which)
        .order_by(Review.held_on.desc(), Review.id.desc())
        .limit(HELD)
        .options(joinedload(Review.chair))
    )
    return tuple(_row(*row) for row in held)


def _row(review: Review, project: Project, decided: DecisionKind | None = None) -> ReviewRow:
    return ReviewRow(
        review.id,
        review.kind,
        review.state,
        review.held_on or review.due,
        project.key,
        project.name,
        perhaps(review.chair),
        decided,
    )


def _of_project(key: str | None) -> ColumnElement[bool]:
    return true() if key is None else Project.key == key


def _of_member(member_id: int | None) -> ColumnElement[bool]:
    if member_id is None:
        return true()
    takes_part = select(ReviewParticipant.review_id).where(
        ReviewParticipant.member_id == member_id, ~ReviewParticipant.proposed
    )
    has_role = select(Membership.project_id).where(Membership.member_id == member_id)
    return or_(
        Review.chair_id == member_id, Review.id.in_(takes_part), Review.project_id.in_(has_role)
    )


async def of_month(session: AsyncSession, month: str, project_ids: Sequence[int]) -> MonthFacts:
    """The project reviews of a month, “2026-02”, that are not cancelled.

    Raises:
        Unknown: there is none.
    """
    began = (
        select(func.min(Event.at))
        .where(
            Event.project_id == Project.id,
            Event.kind == CHANGED,
            Event.data["after"].as_string().in_(SINCE_PROTOTYPE),
        )
        .correlate(Project)
        .scalar_subquery()
    )
    found = await session.execute(
        select(
            Review,
            Project,
            type_coerce(func.coalesce(began, Project.created_at), UtcDateTime),
            Workspace.tz,
        )
        .join(Project, Project.id == Review.project_id)
        .join(Workspace, Workspace.id == Review.workspace_id)
        .where(
            Review.kind == ReviewKind.PROJECT,
            Review.occasion == month,
            Review.project_id.in_(project_ids),
            Review.state != ReviewState.CANCELLED,
        )
        .order_by(Project.name, Project.id)
        .options(joinedload(Review.chair))
    )
    rows, long = [], {}
    for review, project, since, tz in found:
        rows.append(_row(review, project))
        days = long_in_work(local_date(since, zone_of(tz)), project.stage, review.due)
        if days is not None:
            long[review.id] = days
    if not rows:
        raise Unknown
    return MonthFacts(rows[0].due, tuple(rows), long)
