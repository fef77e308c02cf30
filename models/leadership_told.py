"""What PMs and leaders are told: what comes on Monday, what is missing, never said, or how likely."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.cadence import zone_of
from models.domain.errors import Unknown
from models.domain.facts_notices import DraftTold, Told, Untold, ValueAsked
from models.domain.facts_scores import LikelyAsked, LikelySaid
from models.domain.findings.of_projects import SEARCHING
from models.domain.leaders_notices import LeadersDraft, LeadersUntold, LikelyWanted, ValueWanted
from models.domain.leadership import WEEK
from models.domain.leadership_facts import ProjectFacts
from models.domain.leadership_gaps import lacks
from models.domain.metric import MetricKind
from models.domain.notices import NoticeKind
from models.domain.project import ProjectStatus, Role
from models.domain.score import Axis
from models.leadership import leadership
from models.search import AsOf
from models.tables import Ceremony, Member, Membership, Metric, Project, Score


async def told_of_leaders(
    session: AsyncSession, member: Member, about: Sequence[NoticeKind]
) -> dict[str, Told]:
    """The parts of these notices, by their subject; no statement where there is none of them."""
    told: dict[str, Told] = {}
    wanted = [one for one in about if isinstance(one, ValueWanted | LeadersUntold)]
    known = await _projects(session, {one.project_id for one in wanted}) if wanted else {}
    for one in wanted:
        if (project := known.get(one.project_id)) is None:
            continue
        name, has_value = project
        told[one.subject] = (
            ValueAsked(one.project_id, name, one.by, said=has_value)
            if isinstance(one, ValueWanted)
            else Untold(one.project_id, name, one.since, one.posted)
        )
    for draft in (one for one in about if isinstance(one, LeadersDraft)):
        mine = Member.id == member.id
        _, projects = await draft_of(session, mine, draft.ceremony_id, draft.on)
        if projects:
            lines = tuple((one.name, lacks(one)) for one in projects)
            told[draft.subject] = DraftTold(draft.ceremony_id, draft.on, lines)
    for asked in (one for one in about if isinstance(one, LikelyWanted)):
        if led := await _led(session, member, asked):
            told[asked.subject] = LikelyAsked(asked.on, led)
    return told


async def _led(
    session: AsyncSession, member: Member, asked: LikelyWanted
) -> tuple[LikelySaid, ...]:
    """The projects still searching that a person leads and is not the PM of, who is asked with the draft."""
    ceremony = await session.get(Ceremony, asked.ceremony_id)
    if ceremony is None or not ceremony.active or ceremony.next_day != asked.on or member.limited:
        return ()
    own = select(Membership.project_id).where(
        Membership.member_id == member.id, Membership.role == Role.PM
    )
    last = (
        select(func.max(Score.id))
        .where(Score.project_id == Project.id, Score.axis == Axis.CONFIDENCE)
        .correlate(Project)
        .scalar_subquery()
    )
    statement = (
        select(Project.id, Project.name, Score.value, Score.on)
        .join(Membership, Membership.project_id == Project.id)
        .outerjoin(Score, Score.id == last)
        .where(Membership.member_id == member.id, Membership.role == Role.LEADER)
        .where(Project.status == ProjectStatus.ACTIVE, Project.stage.in_(SEARCHING))
        .where(Project.id.not_in(own))
        .order_by(Project.name, Project.id)
    )
    if ceremony.project_id is not None:
        statement = statement.where(Project.id == ceremony.project_id)
    return tuple(
        LikelySaid(*row, fresh=row.on is not None and asked.on - row.on < WEEK)
        for row in await session.execute(statement)
    )


class Draft(NamedTuple):
    """What leaders will read of somebody's projects on a day; those held back are among them."""

    on: date
    projects: tuple[ProjectFacts, ...] = ()


async def draft_for(session: AsyncSession, slack_id: str, ceremony_id: int) -> Draft:
    """The draft of a digest's next day for one person; seven statements.

    Raises:
        Unknown: the digest is posted no more.
    """
    ceremony = await session.get(Ceremony, ceremony_id)
    if ceremony is None or ceremony.next_day is None:
        raise Unknown("It is posted no more.")
    mine = Member.slack_id == slack_id
    _, projects = await draft_of(session, mine, ceremony_id, ceremony.next_day)
    return Draft(ceremony.next_day, projects)


async def draft_of(
    session: AsyncSession, whose: ColumnElement[bool], ceremony_id: int, today: date
) -> tuple[Ceremony | None, tuple[ProjectFacts, ...]]:
    """What leaders will read of a person's projects as things stand; those held back are among them.

    `whose` names the member. Nothing where the digest of that day was posted, or is posted no more. Seven
    statements.
    """
    ceremony = await session.get(Ceremony, ceremony_id)
    if ceremony is None or not ceremony.active or ceremony.next_day != today:
        return None, ()
    mine = set(
        await session.scalars(
            select(Membership.project_id)
            .join(Member, Member.id == Membership.member_id)
            .where(whose, Membership.role == Role.PM)
        )
    )
    if not mine:
        return ceremony, ()
    facts = await leadership(
        session,
        AsOf(today, zone_of(ceremony.tz)),
        ceremony.project_id,
        leave_out=[*ceremony.leave_out, "learned"],
        held_back=False,
    )
    return ceremony, tuple(one for one in facts.projects if one.project_id in mine)


async def _projects(session: AsyncSession, ids: set[int]) -> dict[int, tuple[str, bool]]:
    """Names, and whether what a project is worth is known."""
    found = await session.execute(
        select(Project.id, Project.name, Metric.value_model)
        .outerjoin(Metric, and_(Metric.project_id == Project.id, Metric.kind == MetricKind.PRIMARY))
        .where(Project.id.in_(ids))
    )
    return {project_id: (name, model is not None) for project_id, name, model in found}
