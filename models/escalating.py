"""Escalating: what has been in the way for five working days goes to the named leader as one ask (S3-7)."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import String, case, cast, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models import notices
from models.absences import holidays_at
from models.domain.blocking import NEVER_BEFORE, escalation_moment
from models.domain.cadence import local_date, zone_of
from models.domain.experiment import Status
from models.domain.findings.kinds import Kind
from models.domain.notices import HelpWanted
from models.domain.project import ProjectStatus, Role
from models.notices import ToTell
from models.tables import (
    Blocker,
    Event,
    Experiment,
    Member,
    Membership,
    Project,
    Snooze,
    Workspace,
)

AT_ONCE = 200
"""Blockers that a tick looks at."""


class Due(NamedTuple):
    """A blocker that is one for the named leader, and who that is."""

    blocker_id: int
    member_id: int


async def due(session: AsyncSession, now: datetime) -> list[Due]:
    """What is to be escalated now, the oldest first: one statement, however many blockers are open.

    The named leader is who holds that role in the project, else its PM; nobody is asked about what they
    are to clear themselves. Projects on hold, paused experiments and what was put off are left alone.
    """
    leader = (
        select(Membership.member_id)
        .join(Member, Member.id == Membership.member_id)
        .where(
            Membership.project_id == Blocker.project_id,
            Membership.role.in_((Role.LEADER, Role.PM)),
            Member.active,
            Member.id.is_distinct_from(Blocker.owner_id),
        )
        .order_by(case((Membership.role == Role.LEADER, 0), else_=1), Membership.id)
        .limit(1)
        .correlate(Blocker)
        .scalar_subquery()
    )
    of_experiment = "experiment:" + cast(Blocker.experiment_id, String)
    of_project = "project:" + cast(Blocker.project_id, String)
    put_off = select(Snooze.until).where(
        Snooze.workspace_id == Blocker.workspace_id,
        Snooze.kind == Kind.BLOCKED.value,
        Snooze.subject == case((Blocker.experiment_id.is_(None), of_project), else_=of_experiment),
    )
    until = put_off.order_by(Snooze.until.desc()).limit(1).correlate(Blocker).scalar_subquery()
    found = await session.execute(
        select(Blocker.id, Blocker.opened_at, Workspace.tz, leader, until)
        .join(Workspace, Workspace.id == Blocker.workspace_id)
        .join(Project, Project.id == Blocker.project_id)
        .outerjoin(Experiment, Experiment.id == Blocker.experiment_id)
        .where(
            Blocker.resolved_at.is_(None),
            Blocker.escalated_at.is_(None),
            Blocker.risk.is_(False),
            Blocker.opened_at <= now - NEVER_BEFORE,
            Project.status == ProjectStatus.ACTIVE,
            or_(Experiment.id.is_(None), Experiment.status != Status.PAUSED),
            leader.is_not(None),
        )
        .order_by(Blocker.opened_at, Blocker.id)
        .limit(AT_ONCE)
    )
    rows = found.all()
    holidays = await holidays_at({tz for _, _, tz, _, _ in rows}, now)
    return [
        Due(blocker_id, member_id or 0)
        for blocker_id, opened_at, tz, member_id, snoozed in rows
        if (snoozed is None or snoozed <= local_date(now, zone_of(tz)))
        and escalation_moment(opened_at, zone_of(tz), holidays[tz]) <= now
    ]


async def ask_leaders(session: AsyncSession, found: Sequence[Due], now: datetime) -> int:
    """Ask each leader once, in their working hours, within their one message a day; returns how many.

    What was cleared or escalated meanwhile is left alone.
    """
    leaders = dict(found)
    rows = (
        await session.scalars(
            select(Blocker)
            .where(
                Blocker.id.in_(leaders),
                Blocker.resolved_at.is_(None),
                Blocker.escalated_at.is_(None),
                Blocker.risk.is_(False),
            )
            .with_for_update(skip_locked=True)
        )
    ).all()
    if not rows:
        return 0
    for row in rows:
        row.escalated_at = now
    about = [
        ToTell(row.workspace_id, leaders[row.id], HelpWanted(blocker_id=row.id)) for row in rows
    ]
    await notices.give(session, about, now)
    await session.execute(
        insert(Event),
        [
            {
                "workspace_id": row.workspace_id,
                "project_id": row.project_id,
                "kind": "blocker_escalated",
                "data": {"blocker": row.id, "to": leaders[row.id]},
                "by_id": None,
                "at": now,
            }
            for row in rows
        ],
    )
    return len(rows)
