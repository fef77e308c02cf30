"""A review in people's calendars: a file for whoever asks, and a new one when it is moved or cancelled."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.absences import weeks_at_once
from models.domain.errors import Unknown
from models.domain.facts_reviews import Appointment
from models.domain.messages_reviews import ReviewCalendar
from models.domain.review import ReviewState
from models.outbox import Post, post_all
from models.people import perhaps
from models.tables import Delivery, Member, Project, Review, Workspace

WANTED_FOR = timedelta(days=1)
"""A file that Slack couldn't take for so long can be asked for again."""
KIND = ReviewCalendar.model_fields["kind"].default


async def order(
    session: AsyncSession, member: Member, review_id: int, *, asked: str, now: datetime
) -> None:
    """Have the file sent to a person; `asked` is where it was asked for: twice there is once."""
    message = ReviewCalendar(review_id=review_id, member_id=member.id, asked=asked)
    await post_all(session, [Post(message, member.slack_id, expires_at=now + WANTED_FOR)], now=now)


async def send_anew(session: AsyncSession, review: Review, now: datetime) -> None:
    """Whoever had the file gets it as it is now, in their working hours; their calendar replaces the old."""
    found = await session.scalars(
        select(Member)
        .join(Delivery, Delivery.destination == Member.slack_id)
        .where(
            Delivery.subject.startswith(f"calendar:{review.id}:"),
            Delivery.kind == KIND,
            Member.active,
        )
        .distinct()
        .order_by(Member.id)
    )
    members = found.all()
    weeks = weeks_at_once(members)
    posts = [
        Post(
            ReviewCalendar(
                review_id=review.id, member_id=member.id, asked=f"move {review.sequence}"
            ),
            member.slack_id,
            review.workspace_id,
            not_before=weeks[member.id].first_working_moment(now),
        )
        for member in members
    ]
    await post_all(session, posts, now=now)


async def appointment(session: AsyncSession, review_id: int) -> Appointment:
    """What stands in the calendar.

    Raises:
        Unknown: there is no such review.
    """
    found = (
        await session.execute(
            select(Review, Project, Workspace, Member)
            .join(Project, Project.id == Review.project_id)
            .join(Workspace, Workspace.id == Review.workspace_id)
            .outerjoin(Member, Member.id == Review.chair_id)
            .where(Review.id == review_id)
        )
    ).one_or_none()
    if found is None:
        raise Unknown
    review, project, workspace, chair = found
    return Appointment(
        review_id=review.id,
        workspace=workspace.slack_id,
        name=review.kind.label,
        project_name=project.name,
        reason=review.reason,
        chair=perhaps(chair),
        day=review.due,
        tz=workspace.tz,
        sequence=review.sequence,
        cancelled=review.state is ReviewState.CANCELLED,
        planned_at=review.created_at,
    )


async def why_not(session: AsyncSession, message: ReviewCalendar) -> str | None:
    """Why a file must not be sent."""
    member = await session.scalar(select(Member).where(Member.id == message.member_id))
    return "they have left" if member is None or not member.active else None
