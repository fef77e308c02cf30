"""Decision briefs, read from the rows of the moment (domain §5.4); `brief_times` says when they come."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.deciding import advice_for
from models.domain.brief import IDEAS, BriefFacts, Idea, InTheWay, NotHeld, Uplift
from models.domain.clock import Moment
from models.domain.errors import Unknown
from models.domain.experiment import Outcome, Status, experiment_key
from models.domain.gaps import gaps
from models.domain.review import ReviewKind
from models.domain.value import value_model_of
from models.held_up import held_up
from models.project_pages import dates_of
from models.readiness import records
from models.tables import Benchmark, Experiment, Metric, Project
from models.walking import IS_OWN, Walked, has_begun, numbers_of, versions_in, walked_from

RULED_OUT = 3
MOST_GAPS = 3
UTC = ZoneInfo("UTC")
"""A brief names no day on which something came into the way: their order is enough."""


async def facts(
    session: AsyncSession, project_id: int, at: Moment, *, on: date | None = None
) -> BriefFacts:
    """A brief as it reads now, for a decision `on` that day; seven statements at most.

    Raises:
        Unknown: there is no such project, or none that the session's reader may see.
    """
    today = at.today
    project, versions = await _project(session, project_id, today)
    walk = await walked_from(session, versions, today)
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
        gaps_more=max(len(lacking) - MOST_GAPS, 0),
        advice=advice_for(project, walk, today, on=on),
        in_the_way=await _in_the_way(session, project.id, at),
    )


async def _project(
    session: AsyncSession, project_id: int, today: date
) -> tuple[Project, list[tuple[Metric, Benchmark]]]:
    statement = (
        select(Project, Metric, Benchmark)
        .outerjoin(Metric, IS_OWN)
        .outerjoin(Benchmark, has_begun(today))
        .where(Project.id == project_id)
    )
    rows = (await session.execute(statement)).all()
    if not rows:
        raise Unknown
    return rows[0].Project, versions_in(rows)


async def _in_the_way(session: AsyncSession, project_id: int, at: Moment) -> InTheWay:
    """Blockers of the project and of its experiments, and what is overdue; one statement."""
    read = await held_up(session, [project_id], at.today, at.now, UTC)
    blockers = [one for of in read.blockers.values() for one in of]
    blockers += read.of_projects.get(project_id, [])
    reviews = sorted(read.reviews.get(project_id, []), key=lambda one: (one.due, one.review_id))
    return InTheWay(
        tuple(sorted(blockers, key=lambda one: (one.opened_on, one.blocker_id))),
        tuple(
            NotHeld(ReviewKind(one.kind), one.due)
            for one in reviews
            if one.held_on is None and one.due < at.today
        ),
        tuple(read.conditions.get(project_id, ())),
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
