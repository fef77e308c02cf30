"""The projects of a search, with what of their notices nobody has confirmed, and their open incidents."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal, NamedTuple

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models import past
from models.absences import holidays_as_known
from models.domain.acknowledging import Matter, Subject
from models.domain.as_it_was import AsItWas
from models.domain.findings.kinds import Kind
from models.domain.findings.state import Addressee, Notice
from models.domain.findings.state import Member as Owner
from models.domain.incident import Clock, OpenIncident
from models.domain.project import ProjectStatus
from models.domain.working_days import ONE_DAY
from models.people import away_of, person
from models.tables import (
    Acknowledgement,
    Benchmark,
    Decision,
    Event,
    Incident,
    Member,
    Metric,
    Project,
)
from models.walking import IS_OWN, has_begun, versions_in

WAITS: Mapping[Matter, Literal[Kind.SCOPE_CHANGE_UNACKNOWLEDGED, Kind.NOTICE_UNACKNOWLEDGED]] = {
    Matter.SCOPE: Kind.SCOPE_CHANGE_UNACKNOWLEDGED,
    Matter.END: Kind.NOTICE_UNACKNOWLEDGED,
}
"""What is a finding while somebody has not confirmed it."""
SHOWN = (ProjectStatus.ACTIVE.value, ProjectStatus.ON_HOLD.value)


class Then(NamedTuple):
    """A project as it was on the asked day, when the stage that it was in began, and its last decision."""

    project: AsItWas
    stage_since: datetime
    decided_on: date | None


class Found(NamedTuple):
    """Projects in their order; their own metrics with each benchmark; the rest by project id."""

    projects: list[Project]
    then: dict[int, Then]
    notices: dict[int, list[Notice]]
    incidents: dict[int, OpenIncident]
    versions: list[tuple[Metric, Benchmark]]


async def projects_in(
    session: AsyncSession, today: date, end: datetime, project_id: int | None
) -> Found:
    """The projects that are worked on, or one of them, as of a date that is over at `end`; one statement."""
    waits = (
        (Acknowledgement.project_id == Project.id)
        & or_(
            *(Acknowledgement.subject.startswith(f"{matter}:") for matter in WAITS),
        )
        & (Acknowledgement.asked_on <= today)
        & or_(Acknowledgement.acknowledged_on.is_(None), Acknowledgement.acknowledged_on > today)
    )
    is_open = (
        (Incident.project_id == Project.id)
        & (Incident.opened_on <= today)
        & or_(Incident.closed_on.is_(None), Incident.closed_on > today)
    )
    decided = (
        select(func.max(Decision.on))
        .where(Decision.project_id == Project.id, Decision.on <= today)
        .scalar_subquery()
    )
    statement = (
        select(
            *(Project, Acknowledgement, Member, Incident, Event),
            *(past.stage_began(end), decided, Metric, Benchmark),
        )
        .outerjoin(Event, past.changed_since(end))
        .outerjoin(Acknowledgement, waits)
        .outerjoin(Member, (Member.id == Acknowledgement.member_id) & Member.active)
        .outerjoin(Incident, is_open)
        .outerjoin(Metric, IS_OWN)
        .outerjoin(Benchmark, has_begun(today))
        .where(past.status_then(end).in_(SHOWN))
        .order_by(*(Project.name, Project.id, Acknowledgement.id, Incident.id, Event.at, Event.id))
    )
    if project_id is not None:
        statement = statement.where(Project.id == project_id)
    projects: dict[int, tuple[Project, datetime | None, date | None]] = {}
    later: dict[int, dict[int, Event]] = {}
    incidents: dict[int, OpenIncident] = {}
    asked: dict[tuple[int, str, date], dict[int, Addressee]] = {}
    rows = (await session.execute(statement)).all()
    for project, row, member, incident, line, began, decided_on, *_ in rows:
        projects[project.id] = project, began, decided_on
        lines = later.setdefault(project.id, {})
        if line is not None:
            lines[line.id] = line
        if member is not None:
            people = asked.setdefault((project.id, row.subject, row.asked_on), {})
            people[member.id] = Addressee(owner_of(member, today))
        if incident is not None:
            clock = Clock(incident.created_at, agreed=incident.repair_hours)
            late = clock.over_time(end - ONE_DAY)  # from the day after on, as all findings
            incidents[project.id] = OpenIncident(incident.id, incident.opened_on, late)
    notices: dict[int, list[Notice]] = {}
    for (of, subject, on), people in asked.items():
        notices.setdefault(of, []).append(_notice(subject, on, tuple(people.values())))
    then = {
        key: Then(
            past.as_of(project, later[key].values(), end), began or project.created_at, decided_on
        )
        for key, (project, began, decided_on) in projects.items()
    }
    in_order = [project for project, *_ in projects.values()]
    return Found(in_order, then, notices, incidents, versions_in(rows))


def _notice(subject: str, on: date, addressees: tuple[Addressee, ...]) -> Notice:
    about = Subject.of(subject)
    return Notice(about.number, on, addressees, WAITS[about.matter])


def owner_of(member: Member, today: date) -> Owner:
    """Somebody with their leave and their public holidays, as findings know them (domain §2.5)."""
    off = (*away_of(member), *holidays_as_known(member, today))
    return Owner(person(member), off, tuple(member.workdays.split(",")))
