"""Incidents of a live model: opened once, told of in one card, closed with fix and prevention (S3-12)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from models import chronicle, notices, outbox
from models.db import dialect_of
from models.domain.clock import Moment
from models.domain.decision import Cause
from models.domain.errors import IncidentIsClosed, IncidentIsOpen, StillToCome, Unknown
from models.domain.experiment import Split
from models.domain.live_messages import IncidentCard
from models.domain.live_notices import IncidentLate, live_fell
from models.domain.metric import MetricKind
from models.domain.permissions import Action
from models.domain.project import Role
from models.incident_pages import clock_of
from models.notices import ToTell
from models.outbox import Post
from models.permits import permit, permit_known
from models.tables import Incident, Measurement, Member, Membership, Metric, Project


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
    read = await _read(session, project_id, slack_id)
    if seen.since > at.today:
        raise StillToCome
    project = read.project
    row = await session.scalar(
        dialect_of(session)
        .insert(Incident)
        .values(
            workspace_id=project.workspace_id,
            project_id=project.id,
            measurement_id=read.last_live,
            **vars(seen),
            repair_hours=project.repair_hours,
            by_id=read.by.id,
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
    _record(session, "incident_opened", row, read.by, at, text=seen.what)
    channel = project.stakeholders_channel_id or project.channel_id
    if channel is not None:
        card = IncidentCard(incident_id=row.id)
        await outbox.post(session, card, to=channel, now=at.now)
    await _tell_when_late(session, row, (read.by, *read.pms), at)
    told = await notices.settle_all(session, live_fell(project.id, ""), at.now)
    return Opened(row.id, channel, told)


class _Read(NamedTuple):
    """Who reports it, of which project; its last live value and its PMs."""

    by: Member
    project: Project
    last_live: int | None
    pms: list[Member]


async def _read(session: AsyncSession, project_id: int, slack_id: str) -> _Read:
    """All of it in one statement.

    Raises:
        NotMetYet, GuestsMayNot, NotAllowed, Unknown: see `open_one`.
    """
    theirs, pm = aliased(Membership), aliased(Member)
    found = (
        await session.execute(
            select(Member, Project, theirs.role, pm, _last_live())
            .select_from(Member)
            .join(Project, Project.id == project_id)
            .outerjoin(theirs, and_(theirs.member_id == Member.id, theirs.project_id == project_id))
            .outerjoin(
                Membership,
                and_(Membership.project_id == Project.id, Membership.role == Role.PM),
            )
            .outerjoin(pm, and_(pm.id == Membership.member_id, pm.active))
            .where(Member.slack_id == slack_id)
            .order_by(Membership.id)
        )
    ).all()
    if not found:
        await permit(session, slack_id, Action.REPORT_INCIDENT, project_id=project_id)
        raise Unknown
    by, project, *_, last_live = found[0]
    roles = {row[2] for row in found}
    await permit_known(session, by, roles, Action.REPORT_INCIDENT, project_id=project_id)
    return _Read(by, project, last_live, [row[3] for row in found if row[3] is not None])


async def _tell_when_late(
    session: AsyncSession, row: Incident, people: Sequence[Member], at: Moment
) -> None:
    """Who has opened it, and the PM, are told when it takes longer than agreed."""
    late_from = clock_of(row).late_from
    if late_from is None:
        return
    about = IncidentLate(incident_id=row.id)
    told = sorted({one.id for one in people})
    given = [ToTell(row.workspace_id, one, about, late_from) for one in told]
    await notices.give(session, given, at.now)


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
    shown = [Post(IncidentCard(incident_id=row.id), "")]
    if said.closed:
        late = IncidentLate(incident_id=row.id).subject
        shown += await notices.settle(session, [late], at.now)
    await outbox.refresh_all(session, shown, now=at.now)
    return row
