"""When decision briefs are posted: two working days before a touchpoint or a review that decides (§5.4)."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    String,
    Subquery,
    cast,
    func,
    or_,
    select,
    union,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.brief import next_brief
from models.domain.cadence import zone_of
from models.domain.messages import DecisionBrief
from models.domain.project import ProjectStatus
from models.domain.review import ReviewKind, ReviewState
from models.outbox import post
from models.tables import Project, Review, Workspace

AT_ONCE = 50
AHEAD = timedelta(days=8)
"""Two working days before a decision are never more days of the calendar than this."""
DECIDING = (ReviewKind.PROJECT, ReviewKind.STAKEHOLDER)
"""Reviews that have a brief (domain §5.4)."""
BETWEEN, AFTER = "|", ","
"""What stands between the parts of one decision in the agenda's text, and after each."""


class Due(NamedTuple):
    """A project whose brief is to be posted, for the decision of that day."""

    project_id: int
    workspace_id: int
    on: date


def days_soon(today: date) -> ScalarSelect[str | None]:
    """The days on which something is decided soon, each with its zone and the last brief, as one text.

    However many projects decide on a day, it stands there once; see `first_moment`.
    """
    soon = _decided_soon(today)
    said = _text(cast(soon.c.day, String), Workspace.tz, _or_nothing(Project.briefed_for))
    days = (
        select(said.label("said"))
        .select_from(soon)
        .join(Project, Project.id == soon.c.project_id)
        .join(Workspace, Workspace.id == Project.workspace_id)
        .where(*_IN_WORK)
        .distinct()
        .subquery()
    )
    return select(func.aggregate_strings(days.c.said, AFTER)).scalar_subquery()


def first_moment(said: str | None, now: datetime) -> datetime | None:
    """When the first of these briefs is posted; not later than now where one is due."""
    moments = []
    for one in said.split(AFTER) if said else ():
        day, tz, briefed_for = one.split(BETWEEN)
        covered = date.fromisoformat(briefed_for) if briefed_for else None
        coming = next_brief([date.fromisoformat(day)], covered, now=now, zone=zone_of(tz))
        moments += [coming.at] if coming else []
    return min(moments, default=None)


async def due(session: AsyncSession, now: datetime) -> Sequence[Due]:
    """Briefs that are to be posted, at most 50; one statement."""
    soon = _decided_soon(now.date())
    found = await session.execute(
        select(Project, Workspace.tz, soon.c.day)
        .select_from(soon)
        .join(Project, Project.id == soon.c.project_id)
        .join(Workspace, Workspace.id == Project.workspace_id)
        .where(*_IN_WORK)
        .order_by(Project.id)
    )
    days: dict[int, list[date]] = {}
    projects: dict[int, tuple[Project, str]] = {}
    for project, tz, day in found:
        days.setdefault(project.id, []).append(day)
        projects[project.id] = project, tz
    coming = [
        (project, next_brief(days[key], project.briefed_for, now=now, zone=zone_of(tz)))
        for key, (project, tz) in projects.items()
    ]
    return [
        Due(project.id, project.workspace_id, one.on)
        for project, one in coming
        if one is not None and one.at <= now
    ][:AT_ONCE]


_IN_WORK = (
    Project.status.in_((ProjectStatus.ACTIVE, ProjectStatus.ON_HOLD)),
    Project.channel_id.is_not(None),
)


def _decided_soon(today: date) -> Subquery:
    """Projects with a touchpoint, or such a review, in these days; both are found by an index."""
    first, last = today - timedelta(days=1), today + AHEAD
    return union(
        select(Project.id.label("project_id"), Project.next_touchpoint.label("day")).where(
            Project.next_touchpoint.between(first, last)
        ),
        select(Review.project_id, Review.due).where(
            Review.wakes_at.is_not(None),
            Review.kind.in_(DECIDING),
            Review.state.in_((ReviewState.SCHEDULED, ReviewState.OPEN)),
            Review.project_id.is_not(None),
            Review.due.between(first, last),
        ),
    ).subquery()


def _or_nothing(day: Any) -> ColumnElement[str]:
    return func.coalesce(cast(day, String), "")


def _text(*parts: ColumnElement[str] | Any) -> ColumnElement[str]:
    first, *others = parts
    for one in others:
        first = first.concat(BETWEEN).concat(one)
    said: ColumnElement[str] = first
    return said


async def claim(session: AsyncSession, brief: Due, now: datetime) -> int:
    """Have it posted, once whoever else does it too; 1 when it was this one that did."""
    taken = await session.execute(
        update(Project)
        .where(
            Project.id == brief.project_id,
            or_(Project.briefed_for.is_(None), Project.briefed_for < brief.on),
        )
        .values(briefed_for=brief.on)
        .returning(Project.channel_id)
        .execution_options(synchronize_session=False)
    )
    channel = taken.scalar_one_or_none()
    if channel is None:
        return 0
    message = DecisionBrief(project_id=brief.project_id, on=brief.on)
    await post(session, message, to=channel, now=now)
    return 1
