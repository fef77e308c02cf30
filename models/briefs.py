"""Decision briefs: read from the rows of the moment, posted two working days before a decision."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import CompoundSelect, func, or_, select, union, update
from sqlalchemy.ext.asyncio import AsyncSession

from models.deciding import advice_for
from models.domain.brief import IDEAS, BriefFacts, Idea, Uplift, brief_due, brief_moment
from models.domain.cadence import zone_of
from models.domain.experiment import Outcome, Status, experiment_key
from models.domain.gaps import gaps
from models.domain.messages import DecisionBrief
from models.domain.project import ProjectStatus
from models.domain.review import ReviewKind, ReviewState
from models.domain.value import value_model_of
from models.outbox import post
from models.project_pages import dates_of
from models.readiness import records
from models.reading import readable
from models.tables import Experiment, Project, Review, Workspace
from models.walking import Walked, numbers_of, walked

RULED_OUT = 5
MOST_GAPS = 4
AT_ONCE = 50
AHEAD = timedelta(days=8)
"""Two working days before a decision are never more days of the calendar than this."""
DECIDING = (ReviewKind.PROJECT, ReviewKind.STAKEHOLDER)
"""Reviews that have a brief (domain §5.4)."""


async def facts(
    session: AsyncSession, project_id: int, today: date, *, on: date | None = None
) -> BriefFacts:
    """A brief as it reads now, for a decision `on` that day; seven statements at most.

    Raises:
        Unknown: see `models.reading.readable`.
    """
    project = await readable(session, project_id)
    walk = (await walked(session, [project.id], today)).get(project.id)
    progress = {project.id: walk.progress} if walk else {}
    record = (await records(session, [project], today, progress))[project.id]
    ruled_out, ruled_out_more = await _experiments(
        session, project, Experiment.outcome == Outcome.REFUTED, RULED_OUT
    )
    ideas, ideas_more = await _experiments(
        session, project, Experiment.status == Status.PROPOSED, IDEAS
    )
    lacking = [gap.said for gap in gaps(project.stage, record, dates_of(project), today)]
    return BriefFacts(
        project_id=project.id,
        key=project.key,
        name=project.name,
        on=on,
        today=today,
        numbers=numbers_of(walk) if walk else None,
        series=tuple(walk.series) if walk else (),
        stop=_pair(project.stop_threshold, project.stop_by),
        estimate=_pair(project.estimate_earliest, project.estimate_latest),
        ruled_out=tuple(row.title for row in ruled_out),
        ruled_out_more=ruled_out_more,
        ideas=tuple(
            Idea(experiment_key(project.key, row.number), row.title, row.timebox) for row in ideas
        ),
        ideas_more=ideas_more,
        effort=project.effort_per_week,
        worth=worth(walk),
        gaps=tuple(lacking[:MOST_GAPS]),
        advice=advice_for(project, walk, today, on=on),
    )


def _pair(first: Any, second: Any) -> Any:
    return None if first is None or second is None else (first, second)


def worth(walk: Walked | None) -> Uplift | None:
    """What the project's value model says; None where it has none yet."""
    if walk is None or not walk.metric.value_model:
        return None
    model = value_model_of(walk.metric.value_model)
    numbers = numbers_of(walk)
    needed = model.uplift(numbers.acceptance, numbers.baseline, numbers.goal).in_order()
    best = model.uplift(numbers.best, numbers.baseline, numbers.goal).in_order()
    return Uplift(model.currency, needed, best if numbers.since else None)


async def _experiments(
    session: AsyncSession, project: Project, wanted: Any, most: int
) -> tuple[Sequence[Experiment], int]:
    """The newest concluded first; of what is not concluded the cheapest."""
    found = (
        await session.execute(
            select(Experiment, func.count().over())
            .where(Experiment.project_id == project.id, wanted)
            .order_by(Experiment.concluded_on.desc(), Experiment.timebox_days, Experiment.id.desc())
            .limit(most)
        )
    ).all()
    return [row for row, _ in found], (found[0][1] - len(found) if found else 0)


class Due(NamedTuple):
    """A project whose brief is to be posted, for the decision of that day."""

    project_id: int
    workspace_id: int
    on: date


async def due(session: AsyncSession, now: datetime) -> list[Due]:
    """Briefs that are to be posted, at most 50; one statement."""
    found = []
    for project, tz, review_due in await _soon(session, now):
        days = [day for day in (project.next_touchpoint, review_due) if day is not None]
        on = brief_due(days, project.briefed_for, now=now, zone=zone_of(tz))
        if on is not None:
            found.append(Due(project.id, project.workspace_id, on))
    return found[:AT_ONCE]


async def next_due(session: AsyncSession, now: datetime) -> datetime | None:
    """When the next brief of the days to come is posted."""
    moments = []
    for project, tz, review_due in await _soon(session, now):
        days = [day for day in (project.next_touchpoint, review_due) if day is not None]
        moments += [brief_moment(day, zone_of(tz)) for day in days]
    return min((moment for moment in moments if moment > now), default=None)


async def _soon(session: AsyncSession, now: datetime) -> Sequence[Any]:
    """Projects in work that are decided about within days, with their zone and their next review."""
    first, last = now.date() - timedelta(days=1), now.date() + AHEAD
    review_due = (
        select(func.min(Review.due))
        .where(
            Review.project_id == Project.id,
            Review.kind.in_(DECIDING),
            Review.state.in_((ReviewState.SCHEDULED, ReviewState.OPEN)),
            Review.due.between(first, last),
        )
        .correlate(Project)
        .scalar_subquery()
    )
    found = await session.execute(
        select(Project, Workspace.tz, review_due)
        .join(Workspace, Workspace.id == Project.workspace_id)
        .where(
            Project.id.in_(_decided_soon(first, last)),
            Project.status.in_((ProjectStatus.ACTIVE, ProjectStatus.ON_HOLD)),
            Project.channel_id.is_not(None),
        )
        .order_by(Project.id)
    )
    return found.all()


def _decided_soon(first: date, last: date) -> CompoundSelect[Any]:
    """Projects with a touchpoint, or such a review, in these days; both are found by an index."""
    return union(
        select(Project.id).where(Project.next_touchpoint.between(first, last)),
        select(Review.project_id).where(
            Review.wakes_at.is_not(None),
            Review.kind.in_(DECIDING),
            Review.project_id.is_not(None),
            Review.due.between(first, last),
        ),
    )


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
