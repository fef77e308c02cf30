"""The team's progress digest: the week as the rows tell it, and a posted one as it is read again."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models import frames, outbox
from models.digests import Due
from models.domain.cadence import local_date, zone_of
from models.domain.charts import Chart, OutcomesChart
from models.domain.errors import Unknown
from models.domain.experiment import Category, Outcome
from models.domain.findings.kinds import Thresholds
from models.domain.findings.of_projects import is_flat
from models.domain.messages import ProgressCharts
from models.domain.orders import Windows
from models.domain.project import ProjectStatus
from models.domain.velocity import Tried, Waited
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
    mondays,
    share_of_modeling,
    told,
    weeks,
    windows,
)
from models.domain.working_days import Span
from models.people import away_between
from models.search import AsOf
from models.series import progress_charts
from models.tables import (
    Blocker,
    Ceremony,
    Digest,
    Experiment,
    Measurement,
    Member,
    Project,
    Review,
)
from models.walking import Walked, numbers_of, walked

OPEN = (ProjectStatus.ACTIVE, ProjectStatus.ON_HOLD)
LEARNED = 30
"""Learnings that a digest tells; the rest is in the list."""
PICTURES = 4
"""Projects with a picture in a digest's thread, those with the most answers first."""


class _Read(NamedTuple):
    """An experiment as velocity wants it, and what else the week says of it."""

    experiment_id: int
    project_id: int
    adopted: bool
    tried: Tried


async def gathered(session: AsyncSession, as_of: AsOf, project_id: int | None = None) -> Gathered:
    """The week of the workspace's projects, or of one; eight statements however many there are."""
    today = as_of.today
    projects = await _projects(session, project_id)
    ids = [one.id for one in projects]
    walks = await walked(session, ids, today)
    experiments = await _experiments(session, ids, today)
    waits = await _waits(session, ids, as_of)
    by_project: dict[int, list[_Read]] = {}
    for one in experiments:
        by_project.setdefault(one.project_id, []).append(one)
    week, before = windows(today)
    tried = {one.key: [read.tried for read in by_project.get(one.id, ())] for one in projects}
    waited = {one.key: waits.get(one.id, []) for one in projects}
    tried[ALL] = [read.tried for read in experiments]
    waited[ALL] = [wait for of in waits.values() for wait in of]
    return Gathered(
        as_of=today,
        projects=tuple(
            _stands(one, by_project.get(one.id, ()), walks.get(one.id), today) for one in projects
        ),
        learned=tuple(
            read.experiment_id
            for read in experiments
            if read.tried.has_learning and _within(read.tried.concluded_on, week)
        )[-LEARNED:],
        weeks=weeks(await _outcomes(session, ids, today), today),
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
    digest = await session.get(Digest, digest_id)
    if digest is None:
        raise Unknown
    of = kept_of(digest.content)
    busy = [one for one, paced in told(of, ()).projects if paced.week.concluded or one.running]
    charts = await progress_charts(session, [one.project_id for one in busy[:PICTURES]], of.as_of)
    drawn: list[Chart] = [OutcomesChart(weeks=of.weeks)]
    drawn += [charts[one.project_id] for one in busy if one.project_id in charts]
    return drawn


async def _projects(session: AsyncSession, project_id: int | None) -> Sequence[Project]:
    statement = select(Project).where(Project.status.in_(OPEN)).order_by(Project.name, Project.id)
    if project_id is not None:
        statement = statement.where(Project.id == project_id)
    return (await session.scalars(statement)).all()


async def _experiments(session: AsyncSession, ids: Collection[int], today: date) -> list[_Read]:
    """Those concluded in one of the two windows, and those open on that day, in order of conclusion."""
    _, before = windows(today)
    first = (
        select(func.min(Measurement.at))
        .where(Measurement.experiment_id == Experiment.id)
        .scalar_subquery()
    )
    found = await session.execute(
        select(
            Experiment.id,
            Experiment.project_id,
            Experiment.category,
            Experiment.started_on,
            Experiment.concluded_on,
            Experiment.outcome,
            Experiment.learning.is_not(None) & (Experiment.learning != ""),
            Experiment.criterion_set_at,
            first,
            Experiment.timebox_days + Experiment.extended_days,
            Experiment.adopted,
            Experiment.criterion_edited_at.is_not(None),
            Member.away_from,
            Member.away_to,
        )
        .join(Member, Member.id == Experiment.owner_id)
        .where(
            Experiment.project_id.in_(ids),
            or_(
                Experiment.concluded_on.between(before.start, today),
                (Experiment.started_on <= today)
                & or_(Experiment.concluded_on.is_(None), Experiment.concluded_on > today),
            ),
        )
        .order_by(Experiment.concluded_on, Experiment.id)
    )
    # Of tens of thousands only columns are read: entities take five times as long.
    return [
        _Read(
            ident,
            project_id,
            bool(adopted),
            Tried(
                category,
                started,
                concluded,
                outcome,
                bool(has_learning),
                set_at,
                measured_at,
                timebox,
                away_between(away_from, away_to),
                bool(edited),
            ),
        )
        for (
            ident,
            project_id,
            category,
            started,
            concluded,
            outcome,
            has_learning,
            set_at,
            measured_at,
            timebox,
            adopted,
            edited,
            away_from,
            away_to,
        ) in found
    ]


async def _waits(
    session: AsyncSession, ids: Collection[int], as_of: AsOf
) -> dict[int, list[Waited]]:
    """Blockers that were cleared and reviews that were held in one of the two windows, by project."""
    _, before = windows(as_of.today)
    waits: dict[int, list[Waited]] = {}
    blockers = await session.execute(
        select(Blocker.project_id, Blocker.opened_at, Blocker.resolved_at).where(
            Blocker.project_id.in_(ids),
            Blocker.risk.is_(False),
            Blocker.resolved_at < as_of.end,
            Blocker.resolved_at >= as_of.end - timedelta(days=2 * BEFORE),
        )
    )
    for of, opened, resolved in blockers:
        until = resolved and local_date(resolved, as_of.zone)
        waits.setdefault(of, []).append(Waited(local_date(opened, as_of.zone), until))
    reviews = await session.execute(
        select(Review.project_id, Review.due, Review.held_on).where(
            Review.project_id.in_(ids), Review.held_on.between(before.start, as_of.today)
        )
    )
    for project_id, due, held in reviews:
        if project_id is not None:
            waits.setdefault(project_id, []).append(Waited(due, held))
    return waits


async def _outcomes(
    session: AsyncSession, ids: Collection[int], today: date
) -> list[tuple[date, Outcome, int]]:
    """How many were concluded in the picture's weeks, by day and outcome."""
    found = await session.execute(
        select(Experiment.concluded_on, Experiment.outcome, func.count(Experiment.id))
        .where(
            Experiment.project_id.in_(ids),
            Experiment.concluded_on.between(mondays(today)[0], today),
        )
        .group_by(Experiment.concluded_on, Experiment.outcome)
    )
    return [(day, outcome, count) for day, outcome, count in found if day and outcome]


def _stands(project: Project, read: Collection[_Read], walk: Walked | None, today: date) -> Stands:
    week, _ = windows(today)
    month = today - timedelta(days=BEFORE - 1)
    done = [one for one in read if (day := one.tried.concluded_on) and day <= today]
    lately = [one.tried for one in done if _within(one.tried.concluded_on, Span(month, today))]
    thresholds = Thresholds(**project.thresholds)
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
