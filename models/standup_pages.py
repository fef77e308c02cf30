"""A standup's page: how it is set up, what comes next, and who has answered."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from models.domain.cadence import zone_of
from models.domain.errors import Unknown
from models.domain.facts_standup import Place, RunState, StandupDetails
from models.domain.standup import CeremonyKind, Part
from models.people import person
from models.standups import page_with
from models.tables import Ceremony, Member, Participant, Project, Prompt, Run


async def details_of(
    session: AsyncSession, ceremony_id: int, slack_id: str, now: datetime
) -> StandupDetails:
    """One standup in full, its moments on its reader's clock. Two statements.

    Raises:
        Unknown: there is no such standup.
    """
    ceremony, owner, zone, people = await _set_up(session, ceremony_id, slack_id)
    page = page_with(ceremony, people)
    here = zone_of(zone or ceremony.tz)
    moments = tuple((moment.astimezone(here), asked) for moment, asked in page.moments)
    project_name, run = await _last_run(session, ceremony_id, now)
    return StandupDetails(
        replace(page, moments=moments), person(owner), project_name, run, here.key
    )


class _SetUp(NamedTuple):
    """A standup, whose it is, its reader's time zone, and everybody in it, by name."""

    ceremony: Ceremony
    owner: Member
    zone: str | None
    people: list[tuple[Part, Member]]


async def _set_up(session: AsyncSession, ceremony_id: int, slack_id: str) -> _SetUp:
    owner, reader = aliased(Member), aliased(Member)
    found: Sequence[Any] = (
        await session.execute(
            select(Ceremony, owner, reader, Participant.part, Member)
            .join(owner, owner.id == Ceremony.owner_id)
            .outerjoin(reader, reader.slack_id == slack_id)
            .outerjoin(Participant, Participant.ceremony_id == Ceremony.id)
            .outerjoin(Member, and_(Member.id == Participant.member_id, Member.active))
            .where(Ceremony.id == ceremony_id, Ceremony.kind == CeremonyKind.STANDUP)
            .order_by(Member.name, Member.id)
        )
    ).all()
    if not found:
        raise Unknown
    ceremony, whose, reads, *_ = found[0]
    people = [(row.part, row.Member) for row in found if row.Member is not None]
    return _SetUp(ceremony, whose, None if reads is None else reads.tz, people)


async def _last_run(
    session: AsyncSession, ceremony_id: int, now: datetime
) -> tuple[str | None, RunState | None]:
    """The project's name; and the run that opened last, with everybody's place in it."""
    last = (
        select(func.max(Run.id))
        .where(Run.ceremony_id == ceremony_id, Run.ahead.is_(False))
        .scalar_subquery()
    )
    found: Sequence[Any] = (
        await session.execute(
            select(Project.name, Run, Prompt, Member)
            .select_from(Ceremony)
            .outerjoin(Project, Project.id == Ceremony.project_id)
            .outerjoin(Run, Run.id == last)
            .outerjoin(Prompt, Prompt.run_id == Run.id)
            .outerjoin(Member, Member.id == Prompt.member_id)
            .where(Ceremony.id == ceremony_id)
            .order_by(Member.name, Member.id)
        )
    ).all()
    name, run = found[0][:2] if found else (None, None)
    places = tuple(
        Place(person(member), prompt.state, prompt.closes_at)
        for *_, prompt, member in found
        if member is not None
    )
    if run is None or not places:
        return name, None
    return name, RunState(run.day, run.closed_at is not None, places, now)
