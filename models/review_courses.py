"""What is known of projects as far as the planning of their reviews asks (domain §4.1)."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import case, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.cadence import local_date
from models.domain.experiment import Split
from models.domain.metric import MetricKind
from models.domain.project import Role, Stage
from models.domain.review import ReviewKind, ReviewState
from models.domain.review_dates import Prototype
from models.domain.review_plan import PROTOTYPE, Course, Happened
from models.readiness import is_accepted
from models.stages import CHANGED
from models.tables import (
    DeprecationNotice,
    Event,
    Experiment,
    Measurement,
    Member,
    Membership,
    Metric,
    Project,
    Review,
    ScopeChange,
)
from models.walking import walked


async def courses(
    session: AsyncSession, projects: Sequence[Project], today: date, zone: ZoneInfo
) -> dict[int, Course]:
    """What is known of each project as its reviews ask, by its id; eight statements."""
    ids = [project.id for project in projects]
    prototypes = await _prototypes(session, ids)
    held = await _reviews(session, ids)
    happened, readiness = await _moves(session, ids, zone)
    for project_id, on in await _scopes(session, ids):
        happened.setdefault(project_id, []).append(Happened("The scope has changed.", on))
    stakeholders = set(
        await session.scalars(
            select(Membership.project_id)
            .join(Member, Member.id == Membership.member_id)
            .where(
                Membership.project_id.in_(ids),
                Membership.role == Role.STAKEHOLDER,
                Member.active,
            )
        )
    )
    for project_id, walk in (await walked(session, sorted(stakeholders), today)).items():
        if walk.progress.accepted_on is not None and is_accepted(walk.progress):
            met = Happened("What is needed is met.", walk.progress.accepted_on)
            happened.setdefault(project_id, []).append(met)
    stops = await _stops(session, ids)
    return {
        project.id: Course(
            stage=project.stage,
            started=local_date(project.created_at, zone),
            prototype=prototypes.get(project.id),
            has_stakeholder=project.id in stakeholders,
            in_readiness_since=readiness.get(project.id),
            stop=stops.get(project.id),
            happened=tuple(happened.get(project.id, ())),
            **held.get(project.id, {}),
        )
        for project in projects
    }


async def _prototypes(session: AsyncSession, ids: Sequence[int]) -> dict[int, Prototype]:
    """The first measurement of each project's own metric, and the experiments concluded since."""
    first = (
        select(Metric.project_id, func.min(Measurement.on).label("on"))
        .join(Measurement, Measurement.metric_id == Metric.id)
        .where(
            Metric.project_id.in_(ids),
            Metric.kind == MetricKind.PRIMARY,
            Measurement.split == Split.VALIDATION,
            Measurement.excluded_on.is_(None),
        )
        .group_by(Metric.project_id)
        .subquery()
    )
    found = await session.execute(
        select(first.c.project_id, first.c.on, func.count(Experiment.id))
        .outerjoin(
            Experiment,
            (Experiment.project_id == first.c.project_id) & (Experiment.concluded_on >= first.c.on),
        )
        .group_by(first.c.project_id, first.c.on)
    )
    return {row[0]: Prototype(row[1], row[2]) for row in found}


async def _reviews(session: AsyncSession, ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Of each project: what is to be held, when each kind was held or cancelled last, for what occasions."""
    over = case((Review.state == ReviewState.HELD, Review.held_on), else_=Review.cancelled_on)
    found = await session.execute(
        select(
            *(Review.project_id, Review.kind, Review.state, Review.occasion),
            *(over, Review.due, Review.sequence),
        )
        .where(Review.project_id.in_(ids))
        .order_by(over)
    )
    courses: dict[int, dict[str, Any]] = {}
    for project_id, kind, state, occasion, on, due, moves in found:
        course = courses.setdefault(
            project_id, {"last": {}, "coming": frozenset(), "occasions": frozenset()}
        )
        if occasion is not None:
            course["occasions"] |= {(kind, occasion)}
        if state in (ReviewState.SCHEDULED, ReviewState.OPEN):
            course["coming"] |= {kind}
            is_untouched = state is ReviewState.SCHEDULED and not moves
            if is_untouched and (kind, occasion) == (ReviewKind.PEER, PROTOTYPE):
                course["peer_on"] = due
        else:
            course["last"][kind] = on
    return courses


async def _moves(
    session: AsyncSession, ids: Sequence[int], zone: ZoneInfo
) -> tuple[dict[int, list[Happened]], dict[int, date]]:
    """Of each project: its moves, and since when it is in readiness."""
    found = await session.execute(
        select(Event.project_id, Event.at, Event.data)
        .where(
            Event.project_id.in_(ids),
            Event.kind == CHANGED,
        )
        .order_by(Event.id)
    )
    happened: dict[int, list[Happened]] = {}
    readiness: dict[int, date] = {}
    for project_id, at, data in found:
        on = local_date(at, zone)
        happened.setdefault(project_id, []).append(Happened("The stage has changed.", on))
        if data.get("after") == Stage.READINESS:
            readiness[project_id] = on
    return happened, readiness


async def _scopes(session: AsyncSession, ids: Sequence[int]) -> Sequence[tuple[int, date]]:
    found = await session.execute(
        select(ScopeChange.project_id, ScopeChange.on).where(ScopeChange.project_id.in_(ids))
    )
    return [(row[0], row[1]) for row in found]


async def _stops(session: AsyncSession, ids: Sequence[int]) -> dict[int, tuple[int, date]]:
    """The notices that a model ends, the newest of each project."""
    found = await session.execute(
        select(DeprecationNotice.project_id, DeprecationNotice.id, DeprecationNotice.stops_on)
        .where(DeprecationNotice.project_id.in_(ids))
        .order_by(DeprecationNotice.id)
    )
    return {row[0]: (row[1], row[2]) for row in found}
