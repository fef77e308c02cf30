"""“Show the brief”: what a decision about a project rests on, for one reader."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks import brief
from handlers.deps import Ask
from handlers.forms_answers import id_of
from models import briefs


async def open_brief(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """Of a project, as of now."""
    return brief.page(await briefs.facts(session, id_of(ask.value), ask.at))
