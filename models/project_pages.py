"""Where a project stands, on one page; and the projects to choose from."""

from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from models import decided
from models.domain import charter
from models.domain.clock import Moment
from models.domain.decision_facts import DecisionFacts
from models.domain.errors import NotMetYet, Unknown
from models.domain.facts import Person
from models.domain.findings.kinds import Thresholds
from models.domain.gaps import Dates, gaps
from models.domain.metric import MetricKind
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
from models.domain.stages import following, missing
from models.people import perhaps, person, require_met
from models.permits import permit
from models.readiness import expectations, records
from models.tables import (
    Acknowledgement,
    Benchmark,
    Blocker,
    Governance,
    Member,
    Membership,
    Metric,
    Project,
)
from models.walking import numbers_of, walked_from

MOST = 30
"""Projects that are listed at once."""


class _People(NamedTuple):
    """Who reads, who holds which role, and which stakeholders have not read the expectations note yet."""

    reader: Member
    standing: Standing
    held: tuple[Held, ...]
    waiting: tuple[Person, ...]


class _Loaded(NamedTuple):
    """A project, how much is in its way, its governance, its newest decision, and its benchmarks."""

    project: Project
    blockers: int
    risks: int
    governance: tuple[GovernanceFacts, ...]
    decided: DecisionFacts | None
    versions: list[tuple[Metric, Benchmark]]


async def facts(session: AsyncSession, which: int | str, slack_id: str, at: Moment) -> ProjectFacts:
    """Everything on a project's page; four statements.

    Raises:
        Unknown: there is no such project.
        NotMetYet: Slack has not said yet who this is.
    """
    people = await _people(session, which, slack_id)
    loaded = await _load(session, which, at.today)
    project = loaded.project
    walk = await walked_from(session, loaded.versions, at.today)
    progress = {project.id: walk.progress} if walk else None
    record = (await records(session, [project], at.today, progress))[project.id]
    after = following(project.stage)
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
        roles=people.held,
        blockers=loaded.blockers,
        risks=loaded.risks,
        charter=charter.share(tuple(charter.QUESTIONS), record.answered),
        production=charter.share(charter.PRODUCTION, record.answered),
        governance=loaded.governance,
        missing=missing(project.stage, after, record) if after else (),
        gaps=gaps(project.stage, record, dates_of(project), at.today),
        waiting_for=people.waiting if record.expectations_sent else None,
        may_change=may(Action.CHANGE_PROJECT, people.standing),
        answered=record.answered,
        thresholds=Thresholds(**project.thresholds),
        decided=loaded.decided,
        reads_only=people.standing.limited,
        may=frozenset(one for one in Action if may(one, people.standing)),
    )


async def _people(session: AsyncSession, which: int | str, slack_id: str) -> _People:
    its: Any = which
    if isinstance(which, str):
        its = select(Project.id).where(Project.key == which).scalar_subquery()
    waits = exists().where(
        Acknowledgement.project_id == its,
        Acknowledgement.subject.startswith(expectations(0)[:-1]),
        Acknowledgement.member_id == Member.id,
        Acknowledgement.acknowledged_on.is_(None),
    )
    theirs = select(Membership.member_id).where(Membership.project_id == its)
    found = (
        await session.execute(
            select(Member, Membership.role, waits)
            .outerjoin(
                Membership,
                and_(Membership.member_id == Member.id, Membership.project_id == its),
            )
            .where(or_(Member.slack_id == slack_id, Member.id.in_(theirs)))
            .order_by(Membership.id)
        )
    ).all()
    reader = next((member for member, *_ in found if member.slack_id == slack_id), None)
    if reader is None or not reader.described:
        raise NotMetYet
    holders: dict[Role, list[Person]] = {}
    waiting = []
    for member, role, is_waiting in found:
        if role is not None:
            holders.setdefault(role, []).append(person(member))
        if role is Role.STAKEHOLDER and is_waiting and member.active:
            waiting.append(person(member))
    mine = frozenset(role for member, role, _ in found if member is reader and role)
    standing = Standing(roles=mine, admin=reader.admin, limited=reader.limited)
    held = tuple(Held(role, tuple(holders.get(role, ()))) for role in Role)
    return _People(reader, standing, held, tuple(waiting))


async def _load(session: AsyncSession, which: int | str, today: date) -> _Loaded:
    owner = aliased(Member)
    newest = decided.Newest()
    found = (
        await session.execute(
            select(
                Project,
                _open(~Blocker.risk).label("blockers"),
                _open(Blocker.risk).label("risks"),
                Governance,
                owner,
                Metric,
                Benchmark,
                *newest.columns,
            )
            .select_from(Project)
            .outerjoin(Governance, Governance.project_id == Project.id)
            .outerjoin(owner, owner.id == Governance.owner_id)
            .outerjoin(
                Metric, and_(Metric.project_id == Project.id, Metric.kind == MetricKind.PRIMARY)
            )
            .outerjoin(
                Benchmark, and_(Benchmark.metric_id == Metric.id, Benchmark.effective <= today)
            )
            .outerjoin(*newest.of_project)
            .outerjoin(*newest.of_review)
            .outerjoin(*newest.of_before)
            .outerjoin(*newest.of_later)
            .options(newest.by)
            .where(Project.id == which if isinstance(which, int) else Project.key == which)
            .order_by(Benchmark.version)
        )
    ).all()
    if not found:
        raise Unknown(f"There is no project {which}. /lab project shows the ones there are.")
    first = found[0]
    tracks = {
        row.Governance.kind: _track(row.Governance, row[4]) for row in found if row.Governance
    }
    versions = {row.Benchmark.id: (row.Metric, row.Benchmark) for row in found if row.Benchmark}
    return _Loaded(
        first.Project,
        first.blockers,
        first.risks,
        tuple(tracks.get(kind, GovernanceFacts(kind)) for kind in GovernanceKind),
        newest.facts(first.Project, first[-len(newest.columns) :]),
        list(versions.values()),
    )


def _open(risk: Any) -> Any:
    """How many of a project's blockers, or risks, are open."""
    return (
        select(func.count(Blocker.id))
        .where(Blocker.project_id == Project.id, Blocker.resolved_at.is_(None), risk)
        .scalar_subquery()
    )


def _track(row: Governance, owner: Member | None) -> GovernanceFacts:
    return GovernanceFacts(row.kind, row.state, perhaps(owner), row.link)


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
