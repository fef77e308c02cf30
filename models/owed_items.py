"""Reviews that a person is told about: what they still owe, and what they are to close."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.checklist import Gate
from models.domain.facts_notices import (
    ItemsOwed,
    ReviewComing,
    ReviewDone,
    ReviewHomeless,
    ToClose,
)
from models.domain.notices import notice_of
from models.domain.notices_reviews import (
    ReviewAhead,
    ReviewEnded,
    ReviewItems,
    ReviewNowhere,
    ReviewToClose,
)
from models.domain.project import Role
from models.domain.review import ReviewKind, ReviewState
from models.reviews import kept
from models.tables import (
    Decision,
    Member,
    Membership,
    Notice,
    Project,
    Review,
    ReviewAnswer,
    ReviewParticipant,
)

TO_BE_HELD = (ReviewState.SCHEDULED, ReviewState.OPEN)


OfReview = ReviewItems | ReviewToClose | ReviewAhead | ReviewNowhere | ReviewEnded
AsTold = ItemsOwed | ToClose | ReviewComing | ReviewHomeless | ReviewDone


async def owed(session: AsyncSession, member_id: int, rows: Sequence[Notice]) -> dict[str, AsTold]:
    """Those notices that are about reviews, as their person reads them, by subject; three statements."""
    about = {
        row.subject: one for row in rows if isinstance(one := notice_of(row.payload), OfReview)
    }
    if not about:
        return {}
    decided = (
        select(Decision.id)
        .where(Decision.review_id == Review.id)
        .order_by(Decision.id.desc())
        .limit(1)
        .correlate(Review)
        .scalar_subquery()
    )
    is_me = (ReviewParticipant.review_id == Review.id) & (ReviewParticipant.member_id == member_id)
    found = await session.execute(
        select(Review, Project, Decision, ReviewParticipant.proposed)
        .join(Project, Project.id == Review.project_id)
        .outerjoin(Decision, Decision.id == decided)
        .outerjoin(ReviewParticipant, is_me)
        .where(Review.id.in_({one.review_id for one in about.values()}))
    )
    reviews = {row[0].id: Told(*row) for row in found}
    answered = await _answered(session, reviews)
    asked = await _asked_of(session, member_id, {one.project.id for one in reviews.values()})
    return {
        subject: _told(one, reviews[one.review_id], member_id, answered, asked)
        for subject, one in about.items()
        if one.review_id in reviews
    }


class Told(NamedTuple):
    """A review that somebody is told about; `proposed` is None where they don't take part."""

    review: Review
    project: Project
    decision: Decision | None
    proposed: bool | None


def _told(
    one: OfReview,
    about: Told,
    member_id: int,
    answered: set[tuple[int, str]],
    asked: set[tuple[int, str, bool]],
) -> AsTold:
    review, project, decision, proposed = about
    name = review.kind.label
    match one:
        case ReviewToClose():
            over = review.state is not ReviewState.OPEN
            return ToClose(review.id, kept(review).title, project.name, over)
        case ReviewAhead():
            over = review.state not in (ReviewState.SCHEDULED, ReviewState.OPEN)
            leads = review.chair_id == member_id
            return ReviewComing(
                review.id,
                name,
                project.name,
                review.due,
                leads=leads,
                proposed=bool(proposed),
                over=over or (proposed is None and not leads),
            )
        case ReviewNowhere(channel_id=channel_id):
            settled = review.channel_id != channel_id or review.state not in TO_BE_HELD
            return ReviewHomeless(review.id, name, project.name, channel_id, settled)
        case ReviewEnded():
            decided = decision.kind.label if decision else ""
            reason = decision.reason if decision else ""
            return ReviewDone(review.id, name, project.name, decided, reason)
        case ReviewItems():
            left = _left(about, member_id, answered, asked)
            return ItemsOwed(review.id, kept(review).title, project.name, review.due, left)


def _left(
    about: Told,
    member_id: int,
    answered: set[tuple[int, str]],
    asked: set[tuple[int, str, bool]],
) -> int:
    """How many open items are asked of this person."""
    review, project, _, proposed = about
    if review.state is not ReviewState.OPEN:
        return 0
    mine = {role for of, role, is_mine in asked if of == project.id and is_mine}
    held = {role for of, role, _ in asked if of == project.id}
    looks = review.kind is ReviewKind.PEER and proposed is False and not mine
    return sum(
        (review.id, item.key) not in answered
        and item.gate is not Gate.INFO
        and (
            item.asked_of in mine
            or (looks and item.asked_of is Role.DATA_SCIENTIST)
            or (item.asked_of not in held and review.chair_id == member_id)
        )
        for item in kept(review).items
    )


async def _answered(session: AsyncSession, ids: Collection[int]) -> set[tuple[int, str]]:
    found = await session.execute(
        select(ReviewAnswer.review_id, ReviewAnswer.item).where(
            ReviewAnswer.review_id.in_(ids), ReviewAnswer.given, ReviewAnswer.answer.is_not(None)
        )
    )
    return {(row[0], row[1]) for row in found}


async def _asked_of(
    session: AsyncSession, member_id: int, project_ids: set[int]
) -> set[tuple[int, str, bool]]:
    """Which roles are held in the projects by people who are there, and whether by this one."""
    found = await session.execute(
        select(Membership.project_id, Membership.role, Membership.member_id)
        .join(Member, Member.id == Membership.member_id)
        .where(Membership.project_id.in_(project_ids), Member.active)
    )
    return {(of, role, holder == member_id) for of, role, holder in found}
