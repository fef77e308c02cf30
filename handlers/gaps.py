"""`/lab gaps`: what projects still lack, and the way to fill it."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from handlers import metrics, project_charter, project_people, project_plan
from handlers.blocks import gaps as blocks
from handlers.blocks.document import Rendered
from handlers.deps import Ask
from handlers.project_parts import page, ref_of
from models import gaps, project_pages
from models.domain.errors import Unknown
from models.domain.gaps import Part
from models.domain.project_facts import GapsFacts

Opens = Callable[[Ask, AsyncSession], Awaitable[dict[str, Any]]]


async def say(ask: Ask, session: AsyncSession) -> Rendered:
    """The channel's project, or several with their first gaps; behind the verb, one project's key.

    Raises:
        Unknown: no project has this key.
        NoProject, NotMetYet, GuestsMayNot: see `models.gaps.overview`.
    """
    words = ask.text.split()[1:]
    if not words:
        found = await gaps.overview(session, ask.channel or "", ask.at)
        return blocks.overview(found, ask.command)
    facts = await project_pages.facts(session, words[0].upper()[:12], ask.user, ask.at)
    one = GapsFacts(facts.project_id, facts.key, facts.name, facts.stage, facts.gaps)
    return blocks.of_one(one)


async def _numbers(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """The page on which numbers are added and agreed."""
    return await metrics.open_page(replace(ask, value=str(ref_of(ask).project_id)), session)


FILLS: dict[Part, Opens] = {
    Part.ROLES: project_people.open_role,
    Part.CHARTER: project_charter.open_topic,
    Part.GOVERNANCE: project_charter.open_track,
    Part.PLAN: project_plan.open_plan,
    Part.NUMBERS: _numbers,
    Part.EXPECTATIONS: page,
}


async def fill(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """The form in which a gap is filled; the project's page where that is a button there.

    Raises:
        Unknown: it is none that we made.
        NotMetYet, GuestsMayNot, NotAllowed: see `models.project_pages.to_change`.
    """
    ref = ref_of(ask)
    part, _, about = ref.about.partition(".")
    if part not in set(Part):
        raise Unknown
    return await FILLS[Part(part)](replace(ask, value=ref._replace(about=about).value), session)
