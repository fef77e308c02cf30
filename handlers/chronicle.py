"""A project's chronicle, from its page."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks import chronicle as blocks
from handlers.deps import Ask
from handlers.forms_blockers import PlaceRef
from models import chronicle_page
from models.search import AsOf


async def page(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """“History”: what happened, newest first.

    Raises:
        Unknown: see `models.reading.readable`.
    """
    ref = PlaceRef.of_page(ask.value)
    as_of = AsOf(ask.today, ask.home.zone)
    facts = await chronicle_page.page(session, ref.project_id, as_of, ref.offset)
    return blocks.page(facts, chronicle_page.PER_PAGE)
