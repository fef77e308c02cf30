"""Where a project stands, on one page; and the projects to choose from."""

from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, case, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from models import decided
from models.domain import charter
from models.domain.clock import Moment
from models.domain.errors import NotMetYet, Unknown
from models.domain.facts import Person
from models.domain.findings.kinds import Thresholds
from models.domain.gaps import Dates, gaps
from models.domain.permissions import Action, Standing, may
from models.domain.project import GovernanceKind, ProjectStatus, Role
from models.domain.project_facts import (
    GovernanceFacts,
    Held,
    Plan,
    ProjectFacts,
    ProjectRow,
    ProjectRows,
)
from models.domain.stages import Record, following, missing
from models.people import perhaps, person, require_met
from models.permits import permit
from models.readiness import expectations, records
from models.tables import Acknowledgement, Blocker, Governance, Member, Membership, Project
from models.walking import numbers_of, walked

MOST = 30
"""Projects that are listed at once."""


class Loaded(NamedTuple):
    """A project with its reader, and how much is in its way."""

    project: Project
    reader: Member
    blockers: int
    risks: int
    governance: tuple[GovernanceFacts, ...]


async def load(session: AsyncSession, which: int | str, slack_id: str) -> Loaded:
    """The project with this id or key, for somebody of the workspace.

    Raises:
        Unknown: there is no such project.
        NotMetYet: Slack has not said yet who this is.
    """

    def count(risk: Any) -> Any:
        return (
            select(func.count(Blocker.id))
            .where(Blocker.project_id == Project.id, Blocker.resolved_at.is_(None), risk)
            .scalar_subquery()
        )

    owner = aliased(Member)
    is_it = Project.id == which if isinstance(which, int) else Project.key == which
    found = (
        await session.execute(
            select(Project, Member, count(~Blocker.risk), count(Blocker.risk), Governance, owner)
            .select_from(Project)
            .outerjoin(Member, Member.slack_id == slack_id)
            .outerjoin(Governance, Governance.project_id == Project.id)
            .outerjoin(owner, owner.id == Governance.owner_id)
            .where(is_it)
        )
    ).all()
    if not found:
        raise Unknown(f"There is no project {which}. /lab project shows the ones there are.")
    project, reader, blockers, risks, *_ = found[0]
    if reader is None or not reader.described:
        raise NotMetYet
    tracks = {row.kind: _track(row, who) for *_, row, who in found if row is not None}
    governance = tuple(tracks.get(kind, GovernanceFacts(kind)) for kind in GovernanceKind)
    return Loaded(project, reader, blockers, risks, governance)


def _track(row: Governance, owner: Member | None) -> GovernanceFacts:
    return GovernanceFacts(row.kind, row.state, perhaps(owner), row.link)


async def facts(session: AsyncSession, which: int | str, slack_id: str, at: Moment) -> ProjectFacts:
    """Everything on a project's page; at most eight statements.

    Raises:
        Unknown: there is no such project.
        NotMetYet: Slack has not said yet who this is.
    """
    loaded = await load(session, which, slack_id)
    project, reader = loaded.project, loaded.reader
    held = await roles_of(session, project.id)
    mine = frozenset(
        one.role for one in held if any(who.member_id == reader.id for who in one.people)
    )
    walk = (await walked(session, [project.id], at.today)).get(project.id)
    record = (
        await records(session, [project], at.today, {project.id: walk.progress} if walk else None)
    )[project.id]
    after = following(project.stage)
    standing = Standing(roles=mine, admin=reader.admin, limited=reader.limited)
    return ProjectFacts(
        project_id=project.id,
        key=project.key,
        name=project.name,
        business_goal=project.business_goal,
        channel_id=project.channel_id,
        stakeholders_channel_id=project.stakeholders_channel_id,
        stage=project.stage,
        status=project.status,
        numbers=numbers_of(walk) if walk else None,
        agreed=record.agreed if record.baseline else None,
        plan=plan_of(project),
        roles=held,
        blockers=loaded.blockers,
        risks=loaded.risks,
        charter=charter.share(tuple(charter.QUESTIONS), record.answered),
        production=charter.share(charter.PRODUCTION, record.answered),
        governance=loaded.governance,
        missing=missing(project.stage, after, record) if after else (),
        gaps=gaps(project.stage, record, dates_of(project), at.today),
        waiting_for=await _waiting_for(session, project, record),
        may_change=may(Action.CHANGE_PROJECT, standing),
        answered=record.answered,
        thresholds=Thresholds(**project.thresholds),
        decided=await decided.newest(session, project.id),
    )


async def to_change(
    session: AsyncSession, which: int | str, slack_id: str, at: Moment
) -> ProjectFacts:
    """The same, for somebody who may change the project.

    Raises:
        Unknown, NotMetYet, GuestsMayNot: see `facts`.
        NotAllowed: only its PM or an admin changes it.
    """
    found = await facts(session, which, slack_id, at)
    if not found.may_change:
        await permit(session, slack_id, Action.CHANGE_PROJECT, project_id=found.project_id)
    return found


def plan_of(project: Project) -> Plan:
    """A project's dates and figures."""
    return Plan(
        earliest=project.estimate_earliest,
        latest=project.estimate_latest,
        stop=project.stop_threshold,
        stop_by=project.stop_by,
        touchpoint=project.next_touchpoint,
        effort=project.effort_per_week,
        repair=project.repair_hours,
    )


def dates_of(project: Project) -> Dates:
    """A project's dates as gaps ask for them."""
    return Dates(
        touchpoint=project.next_touchpoint,
        estimated=project.estimate_earliest is not None,
        stop=project.stop_by is not None,
    )


async def roles_of(session: AsyncSession, project_id: int) -> tuple[Held, ...]:
    """All roles in their order, each with those who hold it."""
    found = await session.execute(
        select(Membership.role, Member)
        .join(Member, Member.id == Membership.member_id)
        .where(Membership.project_id == project_id)
        .order_by(Membership.id)
    )
    holders: dict[Role, list[Person]] = {}
    for role, member in found:
        holders.setdefault(role, []).append(person(member))
    return tuple(Held(role, tuple(holders.get(role, ()))) for role in Role)


async def _waiting_for(
    session: AsyncSession, project: Project, record: Record
) -> tuple[Person, ...] | None:
    if not record.expectations_sent:
        return None
    found = await session.scalars(
        select(Member)
        .join(Acknowledgement, Acknowledgement.member_id == Member.id)
        .where(
            Acknowledgement.subject == expectations(project.id),
            Acknowledgement.acknowledged_on.is_(None),
            Member.active,
            exists().where(
                Membership.project_id == project.id,
                Membership.member_id == Member.id,
                Membership.role == Role.STAKEHOLDER,
            ),
        )
        .order_by(Acknowledgement.id)
    )
    return tuple(person(member) for member in found)


def has_part(member_id: int) -> ColumnElement[bool]:
    """Whether this person holds a role in the project."""
    return exists().where(Membership.project_id == Project.id, Membership.member_id == member_id)


async def to_choose_from(session: AsyncSession, slack_id: str, channel: str) -> ProjectRows:
    """Projects: this channel's first, then those that the reader has a part in, the active ones first.

    Raises:
        NotMetYet: Slack has not said yet who this is.
    """
    reader = await require_met(session, slack_id)
    mine = has_part(reader.id)
    over = Project.status.in_((ProjectStatus.STOPPED, ProjectStatus.RETIRED))
    statement = select(Project, func.count().over()).order_by(
        case((Project.channel_id == channel, 0), else_=1),
        case((mine, 0), else_=1),
        case((over, 1), else_=0),
        Project.name,
        Project.id,
    )
    found = (await session.execute(statement.limit(MOST))).all()
    rows = tuple(ProjectRow(row.id, row.key, row.name, row.stage, row.status) for row, _ in found)
    return ProjectRows(rows, found[0][1] - len(found) if found else 0)
