"""The ML Test Score of a launch check: its page, and its four sections as forms."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks import ml_score
from handlers.deps import Ask
from handlers.doors import Reply
from handlers.forms_answers import id_of
from handlers.forms_review import Section, points_of
from models import ml_scores, reviewing
from models.domain.permissions import Action
from models.people import require_met
from models.permits import permit


async def page(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """How much is tested, and what was said last time."""
    await require_met(session, ask.user)
    review_id, _, _ = (ask.value or ask.metadata).partition("|")
    return ml_score.page(await ml_scores.page(session, id_of(review_id)))


async def open_section(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """The seven tests of a section.

    Raises:
        Unknown: there is no such section.
        NotMetYet, GuestsMayNot: see `models.permits.permit`.
    """
    await permit(session, ask.user, Action.JOIN_REVIEW)
    section = Section.of(ask.value)
    return ml_score.section_form(await ml_scores.page(session, section.review_id), section.name)


async def save_section(ask: Ask, session: AsyncSession) -> Reply | None:
    """Its points are stored.

    Raises:
        InvalidForm: a test has no points.
        Unknown, ReviewOver, NotAllowed: see `models.ml_scores.give`.
    """
    section = Section.of(ask.metadata)
    taking = await reviewing.take_part(session, section.review_id, ask.user)
    points = points_of(ask.values, section.tests)
    await ml_scores.give(session, taking, section.name, points, ask.now)
    return None
