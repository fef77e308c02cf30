"""A review is announced: its channel reads when it is, its people are told, a peer is looked for."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models import notices
from models.db import dialect_of
from models.domain.errors import BotError, Unknown
from models.domain.notices_reviews import ReviewAhead, ReviewItems, ReviewToClose
from models.domain.permissions import Action
from models.domain.review import ReviewKind, ReviewState
from models.domain.review_entry import SCIENTISTS, chairs
from models.notices import ToTell
from models.outbox import post_all, refresh_all
from models.permits import permit
from models.review_posts import line_of, said_of
from models.reviews import record, require_not_over
from models.tables import Member, Membership, Project, Review, ReviewParticipant


class ReviewsOwn(BotError):
    """A peer review wants somebody from another project, who sees it with fresh eyes."""


async def announce(session: AsyncSession, review: Review, now: datetime) -> None:
    """Say in the channel when it is and who leads it; those who did not plan it themselves are told."""
    review.announced_at = now
    if review.kind is ReviewKind.PEER:
        await _look_for_a_peer(session, review)
    if review.state is ReviewState.SCHEDULED:
        await post_all(session, [line_of(review)], now=now)
    people = await session.scalars(
        select(ReviewParticipant.member_id).where(ReviewParticipant.review_id == review.id)
    )
    chair = set() if review.chair_id is None else {review.chair_id}
    told = {*people, *chair} - {review.planned_by_id}
    await _tell(session, review, told, now)


async def _tell(
    session: AsyncSession, review: Review, member_ids: Iterable[int], now: datetime
) -> None:
    about = ReviewAhead(review_id=review.id)
    told = [ToTell(review.workspace_id, one, about) for one in sorted(member_ids)]
    await notices.give(session, told, now)


async def _look_for_a_peer(session: AsyncSession, review: Review) -> None:
    """Propose a scientist from another project, unless one takes part: who has the fewest reviews ahead."""
    inside = select(Membership.member_id).where(Membership.project_id == review.project_id)
    takes_part = select(ReviewParticipant.member_id).where(ReviewParticipant.review_id == review.id)
    outsider = await session.scalar(
        select(ReviewParticipant.id).where(
            ReviewParticipant.review_id == review.id,
            ReviewParticipant.member_id.not_in(inside),
            ReviewParticipant.member_id != (review.chair_id or 0),
        )
    )
    if outsider is not None:
        return
    ahead = (
        select(func.count(ReviewParticipant.id))
        .join(Review, Review.id == ReviewParticipant.review_id)
        .where(
            ReviewParticipant.member_id == Member.id,
            Review.state.in_((ReviewState.SCHEDULED, ReviewState.OPEN)),
        )
        .correlate(Member)
        .scalar_subquery()
    )
    found = await session.scalar(
        select(Member.id)
        .join(Membership, Membership.member_id == Member.id)
        .join(Project, Project.id == Membership.project_id)
        .where(
            Member.workspace_id == review.workspace_id,
            Membership.role.in_(SCIENTISTS),
            Member.id.not_in(inside),
            Member.id.not_in(takes_part),
            Member.id != (review.chair_id or 0),
            *(Member.active, ~Member.limited, Member.described),
        )
        .order_by(ahead, Member.id)
        .limit(1)
    )
    if found is not None:
        session.add(
            ReviewParticipant(
                workspace_id=review.workspace_id,
                review_id=review.id,
                member_id=found,
                proposed=True,
            )
        )
        await session.flush()


async def take_part(session: AsyncSession, review_id: int, slack_id: str, now: datetime) -> Review:
    """“I'll review it”: whoever volunteers takes part; twice is once.

    Raises:
        Unknown: there is no such review.
        ReviewOver: it was held or cancelled.
        NotMetYet, GuestsMayNot: see `models.permits.permit`.
        ReviewsOwn: a peer review of one's own project.
    """
    review, by, inside = await _found(session, review_id, slack_id)
    if review.kind is ReviewKind.PEER and inside:
        raise ReviewsOwn
    insert = dialect_of(session).insert(ReviewParticipant)
    row = {"workspace_id": review.workspace_id, "review_id": review.id, "member_id": by.id}
    await session.execute(
        insert.values({**row, "proposed": False}).on_conflict_do_update(
            index_elements=["review_id", "member_id"], set_={"proposed": False}
        )
    )
    # Whoever was only proposed need not look any more.
    await session.execute(
        delete(ReviewParticipant).where(
            ReviewParticipant.review_id == review.id, ReviewParticipant.proposed
        )
    )
    record(session, "review_joined", review, by.id, now)
    await _answered(session, review, by.id, now)
    return review


async def stay_out(session: AsyncSession, review_id: int, slack_id: str, now: datetime) -> Review:
    """“Not me”, by somebody who was proposed; others see that somebody is looked for.

    Raises:
        Unknown, ReviewOver, NotMetYet, GuestsMayNot: as `take_part`.
    """
    review, by, _ = await _found(session, review_id, slack_id)
    await session.execute(
        delete(ReviewParticipant).where(
            ReviewParticipant.review_id == review.id,
            ReviewParticipant.member_id == by.id,
            ReviewParticipant.member_id != (review.chair_id or 0),
        )
    )
    await _answered(session, review, by.id, now)
    return review


async def _found(
    session: AsyncSession, review_id: int, slack_id: str
) -> tuple[Review, Member, bool]:
    """The review, locked, the person, and whether they have a part in its project."""
    by = await permit(session, slack_id, Action.JOIN_REVIEW)
    found = (
        await session.execute(
            select(Review, Membership.id)
            .outerjoin(
                Membership,
                (Membership.project_id == Review.project_id) & (Membership.member_id == by.id),
            )
            .where(Review.id == review_id)
            .limit(1)
            .with_for_update(of=Review)
        )
    ).one_or_none()
    if found is None:
        raise Unknown
    require_not_over(found[0])
    return found[0], by, found[1] is not None


async def _answered(session: AsyncSession, review: Review, member_id: int, now: datetime) -> None:
    """Who was asked has said it: their message shows it, and the channel."""
    about = ReviewAhead(review_id=review.id).subject
    only = [member_id]
    shown = await notices.settle(session, [about], now, member_ids=only)
    await refresh_all(session, [*shown, *said_of(review)], now=now)


async def called_off(session: AsyncSession, review: Review, now: datetime) -> None:
    """It is cancelled: what people were told about it asks for nothing any more."""
    about = [one(review_id=review.id).subject for one in (ReviewAhead, ReviewItems, ReviewToClose)]
    await refresh_all(session, await notices.settle(session, about, now), now=now)


async def next_chair(session: AsyncSession, review: Review) -> int | None:
    """Who leads it in place of somebody who has left: whoever holds the first of the roles that may."""
    wanted = chairs(review.kind)
    found = await session.execute(
        select(Membership.role, Member.id)
        .join(Member, Member.id == Membership.member_id)
        .where(
            Membership.project_id == review.project_id,
            Membership.role.in_(wanted),
            *(Member.active, ~Member.limited),
        )
        .order_by(Membership.id)
    )
    holders = sorted(found.all(), key=lambda row: wanted.index(row[0]))
    return holders[0][1] if holders else None
