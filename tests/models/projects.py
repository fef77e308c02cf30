"""What tests of projects look at: a project's page, and its chronicle."""

from typing import Any

from sqlalchemy import select

from models import project_pages
from models.domain.project_facts import ProjectFacts
from models.tables import Event
from tests.models.conftest import NOW, Team


async def page(team: Team, who: str = "UANA") -> ProjectFacts:
    async with team.db.reading(team.workspace_id) as session:
        return await project_pages.facts(session, "FRAUD", who, NOW)


async def events(team: Team, kind: str) -> list[Any]:
    async with team.db.reading(team.workspace_id) as session:
        found = await session.scalars(select(Event).where(Event.kind == kind).order_by(Event.id))
        return [event.data for event in found]
