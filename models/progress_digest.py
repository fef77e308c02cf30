"""The team's progress digest: the week as the rows tell it, and a posted one as it is read again."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models import frames, outbox, past, week_rows
from models.digests import Due
from models.domain.as_it_was import AsItWas
from models.domain.cadence import zone_of
from models.domain.charts import Chart, OutcomesChart
from models.domain.errors import Unknown
from models.domain.experiment import Category
from models.domain.findings.kinds import Thresholds
from models.domain.findings.of_projects import is_flat
from models.domain.messages import ProgressCharts
from models.domain.orders import Windows
from models.domain.project import ProjectStatus
from models.domain.week_facts import (
    ALL,
    BEFORE,
    Gathered,
    Learned,
    ProgressFacts,
    ProgressKept,
    Stands,
    kept,
    kept_of,
    share_of_modeling,
    told,
    weeks,
    windows,
)
from models.domain.working_days import Span
from models.search import AsOf
from models.series import progress_charts
from models.tables import (
    Benchmark,
    Ceremony,
    Digest,
    Event,
    Experiment,
    Metric,
    Project,
)
from models.walking import IS_OWN, Walked, has_begun, numbers_of, versions_in, walks_from
from models.week_rows import Read

OPEN = (ProjectStatus.ACTIVE, ProjectStatus.ON_HOLD)
LEARNED = 30
"""Learnings that a digest tells; the rest is in the list."""
PICTURES = 4
"""Projects with a picture in a digest's thread, those with the most answers first."""


async def gathered(
    session: AsyncSession, as_of: AsOf, project_id: int | None = None, *, drawn: bool = True
) -> Gathered:
    """The week of the workspace's projects, or of one; five statements however many there are.

    One less where nothing is `drawn`: then the picture's weeks are left empty.
    """
    today = as_of.today
    projects, versions = await _projects(session, as_of, project_id)
    ids = [one.id for one, _ in projects]
    smallest = past.smallest(was for _, was in projects)
    walks = await walks_from(session, versions, today, smallest=smallest)
    experiments = await week_rows.experiments(session, ids, today)
    waits = await week_rows.waits_of(session, ids, as_of)
    counts = await week_rows.outcomes(session, ids, today) if drawn else []
    by_project: dict[int, list[Read]] = {}
    for one in experiments:
        by_project.setdefault(one.project_id, []).append(one)
    week, before = windows(today)
    tried = {one.key: [read.tried for read in by_project.get(one.id, ())] for one, _ in projects}
    waited = {one.key: waits.get(one.id, []) for one, _ in projects}
    tried[ALL] = [read.tried for read in experiments]
    waited[ALL] = [wait for of in waits.values() for wait in of]
    return Gathered(
        as_of=today,
        projects=tuple(
            _stands(one, was, by_project.get(one.id, ()), walks.get(one.id), today)
            for one, was in projects
        ),
        learned=tuple(
            read.experiment_id
            for read in experiments
            if read.tried.has_learning and _within(read.tried.concluded_on, week)
        )[-LEARNED:],
        weeks=weeks(counts, today),
        order=Windows(tried=tried, waited=waited, windows=[week, before]),
    )


async def compose(session: AsyncSession, due: Due) -> dict[str, Any]:
    """What is read for a digest that is due; its velocity is still to be counted."""
    ceremony = await session.get_one(Ceremony, due.ceremony_id)
    as_of = AsOf(due.day, zone_of(ceremony.tz))
    return (await gathered(session, as_of, due.project_id)).model_dump(mode="json")


async def after(session: AsyncSession, due: Due, _: dict[str, Any], now: datetime) -> None:
    """A posted digest's pictures follow in its thread."""
    ceremony = await session.get_one(Ceremony, due.ceremony_id)
    posted_id = await session.scalar(
        select(func.max(Digest.id)).where(Digest.ceremony_id == due.ceremony_id)
    )
    if posted_id is not None:
        message = ProgressCharts(digest_id=posted_id)
        await outbox.post(session, message, to=ceremony.channel_id, now=now)


async def counted(of: Gathered) -> dict[str, Any]:
    """A digest's content, with its velocity counted in a child process; no transaction is open."""
    return kept(of, await frames.over_windows(of.order)).model_dump(mode="json")


def at_once(of: Gathered) -> ProgressKept:
    """The same where a person waits for it: by the rules themselves."""
    return kept(of, frames.by_the_rules(of.order))


async def facts(session: AsyncSession, of: ProgressKept, *, late: bool = False) -> ProgressFacts:
    """A digest as it reads now; one statement, for the words of what was learned."""
    found = await session.execute(
        select(Experiment, Project.key)
        .join(Project, Project.id == Experiment.project_id)
        .where(Experiment.id.in_(of.learned), Experiment.learning.is_not(None))
        .order_by(Experiment.concluded_on, Experiment.id)
    )
    learned = [
        Learned(f"{key}-{row.number}", row.title, row.outcome, row.learning or "")
        for row, key in found
        if row.outcome is not None
    ]
    return told(of, learned, late=late)


async def posted(session: AsyncSession, digest_id: int) -> ProgressFacts:
    """A posted digest, with the figures of its day.

    Raises:
        Unknown: there is no such digest.
    """
    digest = await session.get(Digest, digest_id)
    if digest is None:
        raise Unknown
    return await facts(session, kept_of(digest.content), late=bool(digest.content.get("late")))


async def pictures(session: AsyncSession, digest_id: int) -> list[Chart]:
    """What stands in a posted digest's thread: the weeks, and the projects with the most answers.

    Raises:
        Unknown: there is no such digest.
    """
    found = (
        await session.execute(
            select(Digest.content, Ceremony.tz)
            .join(Ceremony, Ceremony.id == Digest.ceremony_id)
            .where(Digest.id == digest_id)
        )
    ).one_or_none()
    if found is None:
        raise Unknown
    of = kept_of(found.content)
    end = AsOf(of.as_of, zone_of(found.tz)).end
    busy = [one for one, paced in told(of, ()).projects if paced.week.concluded or one.running]
    wanted = [one.project_id for one in busy[:PICTURES]]
    charts = await progress_charts(session, wanted, of.as_of, end)
    drawn: list[Chart] = [OutcomesChart(weeks=of.weeks)]
    drawn += [charts[one.project_id] for one in busy if one.project_id in charts]
    return drawn


async def _projects(
    session: AsyncSession, as_of: AsOf, project_id: int | None
) -> tuple[Sequence[tuple[Project, AsItWas]], list[tuple[Metric, Benchmark]]]:
    """The projects as they were, and their own metrics with each benchmark."""
    statement = (
        select(Project, Event, Metric, Benchmark)
        .outerjoin(Event, past.changed_since(as_of.end))
        .outerjoin(Metric, IS_OWN)
        .outerjoin(Benchmark, has_begun(as_of.today))
        .where(past.status_then(as_of.end).in_(OPEN), past.had_begun(as_of.today, as_of.end))
        .order_by(Project.name, Project.id, Event.at, Event.id)
    )
    if project_id is not None:
        statement = statement.where(Project.id == project_id)
    rows = (await session.execute(statement)).all()
    projects = past.as_they_were((row[:-2] for row in rows), as_of.end)
    return [(one, was) for one, _, was in projects], versions_in(rows)


def _stands(
    project: Project, was: AsItWas, read: Collection[Read], walk: Walked | None, today: date
) -> Stands:
    week, _ = windows(today)
    month = today - timedelta(days=BEFORE - 1)
    done = [one for one in read if (day := one.tried.concluded_on) and day <= today]
    lately = [one.tried for one in done if _within(one.tried.concluded_on, Span(month, today))]
    thresholds = Thresholds(**was.thresholds)
    return Stands(
        project_id=project.id,
        key=project.key,
        name=project.name,
        numbers=numbers_of(walk) if walk else None,
        series=tuple(walk.series) if walk else (),
        adopted=sum(one.adopted for one in done if _within(one.tried.concluded_on, week)),
        modeling=share_of_modeling([one.category is Category.MODELING for one in lately]),
        flat=walk is not None and is_flat(walk.progress, today, thresholds),
        running=len(read) - len(done),
    )


def _within(day: date | None, window: Span) -> bool:
    return day is not None and window.holds(day)
