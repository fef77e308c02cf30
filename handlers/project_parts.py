"""The parts of a project's page: lists that stand in its place, and what is shown anew after a form."""

from collections.abc import Awaitable, Callable
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks import gaps, project_charter, project_page, project_people
from handlers.deps import Ask
from handlers.project_refs import Back, ProjectRef
from models import project_pages
from models.domain.project_facts import ProjectFacts

Shows = Callable[[Ask, AsyncSession], Awaitable[dict[str, Any]]]


def ref_of(ask: Ask) -> ProjectRef:
    """What a click or a form is about.

    Raises:
        Unknown: it is none that we made.
    """
    return ProjectRef.of(ask.value or ask.metadata)


async def facts_of(ask: Ask, session: AsyncSession) -> ProjectFacts:
    """The project as anybody reads it.

    Raises:
        Unknown, NotMetYet, GuestsMayNot: see `models.project_pages.facts`.
    """
    return await project_pages.facts(session, ref_of(ask).project_id, ask.user, ask.at)


async def to_change(ask: Ask, session: AsyncSession) -> ProjectFacts:
    """The project, for somebody who may change it.

    Raises:
        Unknown, NotMetYet, GuestsMayNot, NotAllowed: see `models.project_pages.to_change`.
    """
    return await project_pages.to_change(session, ref_of(ask).project_id, ask.user, ask.at)


async def page(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """The project's page, as it is now."""
    return project_page.page(await facts_of(ask, session), ask.command)


async def of_project(ask: Ask, session: AsyncSession, project_id: int) -> dict[str, Any]:
    """The project's page, for a form whose metadata says more than a page's do."""
    facts = await project_pages.facts(session, project_id, ask.user, ask.at)
    return project_page.page(facts, ask.command)


async def roles(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """Who does what."""
    return project_people.roles(await facts_of(ask, session))


async def charter(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """The charter's topics."""
    return project_charter.topics(await facts_of(ask, session))


async def governance(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """The four governance tracks."""
    return project_charter.tracks(await facts_of(ask, session))


async def gaps_page(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """What is still to fill in."""
    return gaps.page(await facts_of(ask, session))


SHOWS: dict[Back, Shows] = {
    Back.PAGE: page,
    Back.ROLES: roles,
    Back.CHARTER: charter,
    Back.GOVERNANCE: governance,
    Back.GAPS: gaps_page,
}


async def back(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """What the form was opened from, as it is now."""
    return await SHOWS[ref_of(ask).back](ask, session)
