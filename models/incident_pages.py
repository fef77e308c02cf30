"""Incidents as they are read: one in full, what a form knows beforehand, a project's list."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.cadence import zone_of
from models.domain.errors import IncidentIsClosed, Unknown
from models.domain.facts_live import IncidentFacts, IncidentLine, IncidentsPage, LateTold, LiveValue
from models.domain.incident import Clock, OpenIncident
from models.domain.live_notices import IncidentLate
from models.domain.notices import notice_of
from models.domain.permissions import Action
from models.people import person
from models.permits import permit
from models.reading import readable
from models.tables import (
    Benchmark,
    CharterAnswer,
    Incident,
    Measurement,
    Member,
    Metric,
    Notice,
    Project,
    Workspace,
)
from models.walking import walked

SHOWN = 10
INPUTS = "sources"
"""The charter's question that the model's inputs are the answer to."""


class ToOpen(NamedTuple):
    """What the form for an incident knows beforehand; where one is open, that one.

    `inputs` is what the charter says of the systems that the model reads from, and who owns them (S2-11).
    """

    name: str
    since: date
    incident: OpenIncident | None
    inputs: str | None


async def to_open(session: AsyncSession, project_id: int, slack_id: str, today: date) -> ToOpen:
    """What is known before an incident is opened: since when the live values are bad. Four statements.

    Raises:
        NotMetYet, GuestsMayNot, NotAllowed: see `models.permits.permit`.
        Unknown: there is no such project.
    """
    await permit(session, slack_id, Action.REPORT_INCIDENT, project_id=project_id)
    its_inputs = (CharterAnswer.project_id == Project.id) & (CharterAnswer.key == INPUTS)
    found = (
        await session.execute(
            select(Project, Incident, CharterAnswer.text)
            .outerjoin(Incident, (Incident.project_id == Project.id) & Incident.closed_on.is_(None))
            .outerjoin(CharterAnswer, its_inputs)
            .where(Project.id == project_id)
        )
    ).one_or_none()
    if found is None:
        raise Unknown
    project: Project = found[0]
    row: Incident | None = found[1]
    walks = await walked(session, [project_id], today, with_live=True)
    bad_since = next((one.live.bad_since for one in walks.values() if one.live), None)
    incident = None if row is None else OpenIncident(row.id, row.opened_on)
    return ToOpen(project.name, bad_since or today, incident, found[2])


def _whole() -> Any:
    return (
        select(Incident, Project, Member, Workspace.tz, Measurement, Metric, Benchmark)
        .join(Project, Project.id == Incident.project_id)
        .join(Member, Member.id == Incident.by_id)
        .join(Workspace, Workspace.id == Incident.workspace_id)
        .outerjoin(Measurement, Measurement.id == Incident.measurement_id)
        .outerjoin(Metric, Metric.id == Measurement.metric_id)
        .outerjoin(
            Benchmark,
            (Benchmark.metric_id == Metric.id)
            & (Benchmark.version == Measurement.benchmark_version),
        )
    )


async def facts(session: AsyncSession, incident_id: int, now: datetime) -> IncidentFacts:
    """One incident as it stands; one statement.

    Raises:
        Unknown: there is no such incident, or none that the reader sees.
    """
    found = await _by_id(session, [incident_id])
    if incident_id not in found:
        raise Unknown
    one = found[incident_id]
    return replace(one, over_time=one.closed_on is None and one.clock.over_time(now))


async def told_of_late(session: AsyncSession, rows: Sequence[Notice]) -> dict[str, LateTold]:
    """Those notices that say that an incident takes longer than agreed, by subject; one statement."""
    about = {
        row.subject: one.incident_id
        for row in rows
        if isinstance(one := notice_of(row.payload), IncidentLate)
    }
    known = await _by_id(session, about.values()) if about else {}
    return {name: LateTold(known[key]) for name, key in about.items() if key in known}


async def _by_id(session: AsyncSession, ids: Collection[int]) -> dict[int, IncidentFacts]:
    found = (await session.execute(_whole().where(Incident.id.in_(ids)))).all()
    return {row[0].id: _facts(row) for row in found}


def _facts(found: Any) -> IncidentFacts:
    row, project, by, tz, number, metric, mark = found
    live = None
    if number is not None:
        needed = mark.mark_on(number.on).acceptance if mark else None
        live = LiveValue(metric.business_phrase, metric.unit, number.value, needed)
    return IncidentFacts(
        incident_id=row.id,
        project_id=project.id,
        key=project.key,
        project_name=project.name,
        what=row.what,
        since=row.since,
        by=person(by),
        opened_on=row.opened_on,
        clock=clock_of(row),
        zone=ZoneInfo(str(zone_of(tz))),
        cause=row.cause,
        fix=row.fix,
        prevention=row.prevention,
        told=row.told,
        live=live,
        closed_on=row.closed_on,
    )


async def to_handle(
    session: AsyncSession, incident_id: int, slack_id: str, now: datetime
) -> IncidentFacts:
    """One that is open, for somebody who may say what became of it.

    Raises:
        Unknown, NotMetYet, GuestsMayNot, NotAllowed, IncidentIsClosed: as `account`.
    """
    found = await facts(session, incident_id, now)
    await permit(session, slack_id, Action.HANDLE_INCIDENT, project_id=found.project_id)
    if found.closed_on is not None:
        raise IncidentIsClosed
    return found


def clock_of(row: Incident) -> Clock:
    """How long it takes to repair."""
    return Clock(row.created_at, row.closed_at, row.repair_hours)


async def page(session: AsyncSession, project_id: int) -> IncidentsPage:
    """A project's incidents; two statements.

    Raises:
        Unknown: see `models.reading.readable`.
    """
    project = await readable(session, project_id)
    found = (
        await session.execute(
            select(Incident, func.count().over())
            .where(Incident.project_id == project.id)
            .order_by(Incident.closed_on.is_not(None), Incident.id.desc())
            .limit(SHOWN)
        )
    ).all()
    return IncidentsPage(
        project_id=project.id,
        key=project.key,
        name=project.name,
        lines=tuple(
            IncidentLine(
                row.id,
                row.what,
                row.since,
                row.opened_on,
                row.closed_on,
                row.cause,
                clock_of(row),
            )
            for row, _ in found
        ),
        more=found[0][1] - len(found) if found else 0,
    )
