"""Who hears how a review ended, besides those who read its card (domain §4.1)."""

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models import notices
from models.domain.messages_reviews import ReviewResult
from models.domain.notices_reviews import ReviewEnded
from models.domain.review_entry import RESULT_GOES_TO, TOLD, Reader
from models.leadership_channel import leadership_channel
from models.notices import ToTell
from models.outbox import Post, post_all
from models.tables import Member, Membership, Project, Review, ReviewParticipant


async def tell(session: AsyncSession, review: Review, project: Project, now: datetime) -> None:
    """People hear of it in their one message a day, leadership and stakeholders in their channels.

    Where they have none its card stands in the project's, as always. Who leads it knows already.
    """
    readers = RESULT_GOES_TO[review.kind]
    roles = [role for reader in readers for role in TOLD.get(reader, ())]
    has_role = select(Membership.member_id).where(
        Membership.project_id == review.project_id, Membership.role.in_(roles)
    )
    in_it = select(ReviewParticipant.member_id).where(
        ReviewParticipant.review_id == review.id, ~ReviewParticipant.proposed
    )
    among = [Member.id.in_(has_role)]
    if Reader.REVIEWERS in readers:
        among.append(Member.id.in_(in_it))
    found = await session.scalars(
        select(Member.id)
        .where(or_(*among), Member.active, Member.id != (review.chair_id or 0))
        .order_by(Member.id)
    )
    about = ReviewEnded(review_id=review.id)
    told = [ToTell(review.workspace_id, one, about) for one in found]
    await notices.give(session, told, now)
    channels = {
        Reader.LEADERSHIP: await leadership_channel(session),
        Reader.STAKEHOLDERS: project.stakeholders_channel_id,
    }
    message = ReviewResult(review_id=review.id)
    # The project's own channel has the card.
    posts = [
        Post(message, channel, review.workspace_id, again=channel)
        for reader, channel in channels.items()
        if reader in readers and channel is not None and channel != review.channel_id
    ]
    await post_all(session, posts, now=now)
