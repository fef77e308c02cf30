"""What Slack refuses for good: the owner is told, with what to do (design §4-3)."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models import outbox, review_places
from models.domain.errands import ReadChannel
from models.domain.facts import RefusalFacts
from models.domain.messages import (
    ChartAsked,
    CouldNotPost,
    Export,
    Message,
    StandupSummary,
    message_of,
)
from models.domain.messages_reviews import ReviewCard, ReviewPlanned
from models.tables import Ceremony, Delivery, Member, Run

WHAT = {
    "standup_summary": "post the standup's summary",
    "read_channel": "start the standup",
    "export": "send you the file",
    "chart_asked": "send you the chart",
}


async def tell_owner(session: AsyncSession, delivery: Delivery, now: datetime) -> None:
    """Tell the standup's owner, or who asked for a file, that Slack refused it for good; once a message.

    The chair of a review hears of it in their one message a day.

    Any other refusal of what is meant for one person is in `labmate doctor` only: there is nothing to mend.
    """
    message = message_of(delivery.payload)
    if isinstance(message, ReviewCard | ReviewPlanned):
        await review_places.could_not_post(session, message.review_id, now)
        return
    if isinstance(message, Export | ChartAsked):
        owner_id = message.member_id
    elif ceremony := await _ceremony(session, message):
        owner_id = ceremony.owner_id
    else:
        return
    owner = await session.get_one(Member, owner_id)
    await outbox.post(session, CouldNotPost(delivery_id=delivery.id), to=owner.slack_id, now=now)


async def _ceremony(session: AsyncSession, message: Message) -> Ceremony | None:
    match message:
        case StandupSummary(run_id=run_id):
            ceremony: Ceremony | None = await session.scalar(
                select(Ceremony).join(Run, Run.ceremony_id == Ceremony.id).where(Run.id == run_id)
            )
            return ceremony
        case ReadChannel(ceremony_id=ceremony_id):
            return await session.get(Ceremony, ceremony_id)
        case _:
            return None


async def facts(session: AsyncSession, delivery_id: int) -> RefusalFacts:
    """What was refused, and Slack's word for why."""
    delivery = await session.get_one(Delivery, delivery_id)
    return RefusalFacts(
        channel_id=None if delivery.kind in {"export", "chart_asked"} else delivery.destination,
        error=delivery.error or "no reason given",
        what=WHAT.get(delivery.kind, "post a message"),
    )
