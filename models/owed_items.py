"""Reviews that a person is told about: what they still owe, and what they are to close."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.checklist import Gate
from models.domain.facts_notices import ItemsOwed, ToClose
from models.domain.notices import ReviewItems, ReviewToClose, notice_of
from models.domain.review import ReviewState
from models.reviews import kept
from models.tables import Member, Membership, Notice, Project, Review, ReviewAnswer


async def owed(
    session: AsyncSession, member_id: int, rows: Sequence[Notice]
) -> dict[str, ItemsOwed | ToClose]:
    """Those notices that are about reviews, as their person reads them, by subject; three statements."""
    about = {
        row.subject: one
        for row in rows
        if isinstance(one := notice_of(row.payload), ReviewItems | ReviewToClose)
    }
    if not about:
        return {}
    found = await session.execute(
        select(Review, Project)
        .join(Project, Project.id == Review.project_id)
        .where(Review.id.in_({one.review_id for one in about.values()}))
    )
    reviews = {review.id: (review, project) for review, project in found}
    answered = await _answered(session, reviews)
    asked = await _asked_of(session, member_id, {project.id for _, project in reviews.values()})
    return {
        subject: _told(one, *reviews[one.review_id], member_id, answered, asked)
        for subject, one in about.items()
        if one.review_id in reviews
    }


def _told(
    one: ReviewItems | ReviewToClose,
    review: Review,
    project: Project,
    member_id: int,
    answered: set[tuple[int, str]],
    asked: set[tuple[int, str, bool]],
) -> ItemsOwed | ToClose:
    checklist = kept(review)
    over = review.state is not ReviewState.OPEN
    if isinstance(one, ReviewToClose):
        return ToClose(review.id, checklist.title, project.name, over)
    mine = {role for of, role, is_mine in asked if of == project.id and is_mine}
    held = {role for of, role, _ in asked if of == project.id}
    left = [
        item
        for item in checklist.items
        if (review.id, item.key) not in answered
        and item.gate is not Gate.INFO
        and (item.asked_of in mine or (item.asked_of not in held and review.chair_id == member_id))
    ]
    count = 0 if over else len(left)
    return ItemsOwed(review.id, checklist.title, project.name, review.due, count)


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
