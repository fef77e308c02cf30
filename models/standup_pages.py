"""A standup's page: how it is set up, what comes next, and who has answered."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from models.domain.cadence import zone_of
from models.domain.errors import Unknown
from models.domain.facts_standup import Place, RunState, StandupDetails
from models.domain.standup import CeremonyKind
from models.people import person
from models.standups import pages_of
from models.tables import Ceremony, Member, Project, Prompt, Run


async def details_of(
    session: AsyncSession, ceremony_id: int, slack_id: str, now: datetime
) -> StandupDetails:
    """One standup in full, its moments on its reader's clock. Three statements.

    Raises:
        Unknown: there is no such standup.
    """
    reader = aliased(Member)
    found = await session.execute(
        select(Ceremony, Member, Project.name, reader.tz)
        .join(Member, Member.id == Ceremony.owner_id)
        .outerjoin(Project, Project.id == Ceremony.project_id)
        .outerjoin(reader, reader.slack_id == slack_id)
        .where(Ceremony.id == ceremony_id, Ceremony.kind == CeremonyKind.STANDUP)
    )
    row = found.first()
    if row is None:
        raise Unknown
    ceremony, owner, project_name, zone = row
    (page,) = await pages_of(session, [ceremony])
    here = zone_of(zone or ceremony.tz)
    moments = tuple((moment.astimezone(here), asked) for moment, asked in page.moments)
    run = await _last_run(session, ceremony_id, now)
    return StandupDetails(
        replace(page, moments=moments), person(owner), project_name, run, here.key
    )


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
