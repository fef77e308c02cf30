"""Incidents of a live model: opened once, told of in one card, closed with fix and prevention (S3-12)."""

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models import chronicle, notices, outbox
from models.db import dialect_of
from models.domain.cadence import zone_of
from models.domain.clock import Moment
from models.domain.decision import Cause
from models.domain.errors import IncidentIsClosed, IncidentIsOpen, StillToCome, Unknown
from models.domain.experiment import Split
from models.domain.facts_live import IncidentFacts, IncidentLine, IncidentsPage, LiveValue
from models.domain.incident import Clock, OpenIncident
from models.domain.live_messages import IncidentCard
from models.domain.live_notices import live_fell
from models.domain.metric import MetricKind
from models.domain.permissions import Action
from models.outbox import Post
from models.people import person
from models.permits import permit
from models.reading import readable
from models.tables import Benchmark, Incident, Measurement, Member, Metric, Project, Workspace
from models.walking import walked

SHOWN = 10


@dataclass(frozen=True)
class Seen:
    """What was seen of a model that does worse than it should, and what is known of it so far."""

    what: str
    since: date
    cause: Cause | None = None
    told: str | None = None


@dataclass(frozen=True)
class Account:
    """What became of an incident; `closed` with a cause, a fix and a prevention."""

    what: str
    cause: Cause | None = None
    fix: str | None = None
    prevention: str | None = None
    told: str | None = None
    closed: bool = False


class Opened(NamedTuple):
    """A stored incident, where it is shown, and what is to be shown anew."""

    incident_id: int
    channel_id: str | None
    refresh: list[Post]


async def open_one(
    session: AsyncSession, project_id: int, seen: Seen, slack_id: str, at: Moment
) -> Opened:
    """Open an incident: one card where the model's users read. Nobody is asked any more whether there is one.

    Raises:
        NotMetYet, GuestsMayNot, NotAllowed: see `models.permits.permit`.
        Unknown: there is no such project.
        StillToCome: it was seen on a day that is still to come.
        IncidentIsOpen: one is open already.
    """
    by = await permit(session, slack_id, Action.REPORT_INCIDENT, project_id=project_id)
    found = (
        await session.execute(select(Project, _last_live()).where(Project.id == project_id))
    ).one_or_none()
    if found is None:
        raise Unknown
    if seen.since > at.today:
        raise StillToCome
    project: Project = found[0]
    row = await session.scalar(
        dialect_of(session)
        .insert(Incident)
        .values(
            workspace_id=project.workspace_id,
            project_id=project.id,
            measurement_id=found[1],
            **vars(seen),
            repair_hours=project.repair_hours,
            by_id=by.id,
            opened_on=at.today,
            created_at=at.now,
        )
        .on_conflict_do_nothing(
            index_elements=["project_id"], index_where=Incident.closed_on.is_(None)
        )
        .returning(Incident)
    )
    if row is None:
        raise IncidentIsOpen
    _record(session, "incident_opened", row, by, at, text=seen.what)
    channel = project.stakeholders_channel_id or project.channel_id
    if channel is not None:
        card = IncidentCard(incident_id=row.id)
        await outbox.post(session, card, to=channel, now=at.now)
    told = await notices.settle_all(session, live_fell(project.id, ""), at.now)
    return Opened(row.id, channel, told)


def _last_live() -> Any:
    """The id of the last value of the project's live model that counts."""
    return (
        select(Measurement.id)
        .join(Metric, Metric.id == Measurement.metric_id)
        .where(
            Metric.project_id == Project.id,
            Metric.kind == MetricKind.PRIMARY,
            Measurement.split == Split.PRODUCTION,
            Measurement.excluded_on.is_(None),
        )
        .order_by(Measurement.at.desc(), Measurement.id.desc())
        .limit(1)
        .scalar_subquery()
    )


def _record(
    session: AsyncSession, kind: str, row: Incident, by: Member, at: Moment, *, text: str
) -> None:
    chronicle.record(
        session,
        kind,
        project_id=row.project_id,
        by_id=by.id,
        at=at.now,
        incident=row.id,
        text=text,
        cause=row.cause and row.cause.value,
    )


class ToOpen(NamedTuple):
    """What the form for an incident knows beforehand; where one is open, that one."""

    name: str
    since: date
    incident: OpenIncident | None


async def to_open(session: AsyncSession, project_id: int, slack_id: str, today: date) -> ToOpen:
    """What is known before an incident is opened: since when the live values are bad. Four statements.

    Raises:
        NotMetYet, GuestsMayNot, NotAllowed: see `models.permits.permit`.
        Unknown: there is no such project.
    """
    await permit(session, slack_id, Action.REPORT_INCIDENT, project_id=project_id)
    found = (
        await session.execute(
            select(Project, Incident)
            .outerjoin(Incident, (Incident.project_id == Project.id) & Incident.closed_on.is_(None))
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
    return ToOpen(project.name, bad_since or today, incident)


async def account(
    session: AsyncSession, incident_id: int, said: Account, slack_id: str, at: Moment
) -> Incident:
    """Say how it stands, or that it is over; its card is brought up to date.

    Raises:
        Unknown: there is no such incident.
        NotMetYet, GuestsMayNot, NotAllowed: see `models.permits.permit`.
        IncidentIsClosed: nothing is said about it any more.
    """
    row = await session.get(Incident, incident_id, with_for_update=True)
    if row is None:
        raise Unknown
    by = await permit(session, slack_id, Action.HANDLE_INCIDENT, project_id=row.project_id)
    if row.closed_on is not None:
        raise IncidentIsClosed
    row.what, row.cause, row.told = said.what, said.cause, said.told
    row.fix, row.prevention = said.fix, said.prevention
    if said.closed:
        row.closed_on, row.closed_at = at.today, at.now
    kind = "incident_closed" if said.closed else "incident_told"
    _record(session, kind, row, by, at, text=said.fix or said.what)
    card = IncidentCard(incident_id=row.id)
    await outbox.refresh_all(session, [Post(card, "")], now=at.now)
    return row


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


async def facts(session: AsyncSession, incident_id: int) -> IncidentFacts:
    """One incident; one statement.

    Raises:
        Unknown: there is no such incident, or none that the reader sees.
    """
    found: Any = (await session.execute(_whole().where(Incident.id == incident_id))).one_or_none()
    if found is None:
        raise Unknown
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


async def to_handle(session: AsyncSession, incident_id: int, slack_id: str) -> IncidentFacts:
    """One that is open, for somebody who may say what became of it.

    Raises:
        Unknown, NotMetYet, GuestsMayNot, NotAllowed, IncidentIsClosed: as `account`.
    """
    found = await facts(session, incident_id)
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
