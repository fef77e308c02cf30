"""A standup's page: how it is set up, what comes next, and who has answered."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.facts import StandupPage
from models.domain.facts_standup import Place, RunState, StandupDetails
from models.people import person
from models.standups import page_of
from models.tables import Ceremony, Member, Project, Prompt, Run


async def details_of(session: AsyncSession, ceremony_id: int, now: datetime) -> StandupDetails:
    """One standup in full.

    Raises:
        Unknown: there is no such standup.
    """
    return await details(session, await page_of(session, ceremony_id), now)


async def details(session: AsyncSession, page: StandupPage, now: datetime) -> StandupDetails:
    """A standup in full. Two statements."""
    owner, project_name = (
        await session.execute(
            select(Member, Project.name)
            .select_from(Ceremony)
            .join(Member, Member.id == Ceremony.owner_id)
            .outerjoin(Project, Project.id == Ceremony.project_id)
            .where(Ceremony.id == page.ceremony_id)
        )
    ).one()
    run = await _last_run(session, page.ceremony_id, now)
    return StandupDetails(page, person(owner), project_name, run)


async def _last_run(session: AsyncSession, ceremony_id: int, now: datetime) -> RunState | None:
    """The run that opened last, with everybody's place in it; None before the first."""
    last = (
        select(func.max(Run.id))
        .where(Run.ceremony_id == ceremony_id, Run.ahead.is_(False))
        .scalar_subquery()
    )
    found = (
        await session.execute(
            select(Run, Prompt, Member)
            .join(Prompt, Prompt.run_id == Run.id)
            .join(Member, Member.id == Prompt.member_id)
            .where(Run.id == last)
            .order_by(Member.name, Member.id)
        )
    ).all()
    if not found:
        return None
    run = found[0][0]
    places = tuple(
        Place(person(member), prompt.state, prompt.closes_at) for _, prompt, member in found
    )
    return RunState(run.day, run.closed_at is not None, places, now)
