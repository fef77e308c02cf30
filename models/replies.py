"""What follows when a delivery comes back from Slack: is it still wanted, what was read, what was refused."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from models import asking, chart_orders, export_orders, notices, review_calendar, standups
from models.domain.errands import ReadChannel, ReadPerson
from models.domain.messages import (
    ChartAsked,
    Export,
    Message,
    Notices,
    StandupPrompt,
    StandupReminder,
)
from models.domain.messages_reviews import ReviewCalendar
from models.people import Profile, remember


async def why_not(session: AsyncSession, message: Message, now: datetime) -> str | None:
    """Why a message need not be sent any more; None when it is still wanted."""
    if isinstance(message, (StandupPrompt, StandupReminder)):
        return await asking.why_not_ask(session, message.prompt_id, now)
    if isinstance(message, Notices):
        return await notices.why_not(session, message, now)
    if isinstance(message, Export):
        return await export_orders.why_not(session, message)
    if isinstance(message, ReviewCalendar):
        return await review_calendar.why_not(session, message)
    if isinstance(message, ChartAsked):
        return await chart_orders.why_not(session, message)
    return None


async def learned(
    session: AsyncSession, message: Message, profiles: Sequence[Profile], now: datetime
) -> None:
    """Slack has said who people are, or who is in a channel."""
    members = await remember(session, profiles, now)
    match message:
        case ReadChannel():
            await standups.channel_is_known(session, message, members, now)
        case ReadPerson():
            await standups.person_is_known(session, [member.id for member in members])
        case _:
            raise TypeError(f"nothing is read for {message.kind}")
