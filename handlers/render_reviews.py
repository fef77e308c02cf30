"""Messages about reviews, from what the outbox holds to what Slack shows."""

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks import review_card, review_planned
from handlers.blocks.document import Rendered
from models import review_calendar, review_lists, review_pages
from models.domain.clock import Moment
from models.domain.messages_reviews import (
    MonthlyReview,
    ReviewCalendar,
    ReviewCard,
    ReviewChecklist,
    ReviewPlanned,
    ReviewResult,
)

OfReview = (
    ReviewCard | ReviewChecklist | ReviewPlanned | MonthlyReview | ReviewResult | ReviewCalendar
)


async def of_review(session: AsyncSession, message: OfReview, at: Moment) -> Rendered:
    """The message as it should read now.

    Raises:
        Unknown: what it is about is gone.
    """
    match message:
        case MonthlyReview(month=month, project_ids=ids):
            return review_planned.month(await review_lists.of_month(session, month, ids))
        case ReviewCalendar(review_id=review_id):
            facts = await review_calendar.appointment(session, review_id)
            return review_planned.beside_calendar(facts)
        case ReviewCard(review_id=review_id):
            return review_card.card(await review_pages.facts(session, review_id, at.today))
        case ReviewChecklist(review_id=review_id):
            return review_card.checklist(await review_pages.facts(session, review_id, at.today))
        case ReviewPlanned(review_id=review_id):
            return review_planned.line(await review_pages.facts(session, review_id, at.today))
        case ReviewResult(review_id=review_id):
            return review_planned.result(await review_pages.facts(session, review_id, at.today))
