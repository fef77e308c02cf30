"""A workspace of any size, made by the database itself: a million measurements in seconds."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import BigInteger, Float, String, case, cast, literal, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from models.db import Database
from models.domain.experiment import Outcome, Status
from models.domain.metric import Goal
from models.tables import Experiment, Member, Project
from tests import rows
from tests.bench.copies import copies, numbers, settle

MANY = 100_000
RUNNING = 300
BEGIN = date(2026, 1, 6)
TODAY = date(2026, 11, 13)
DAYS = (TODAY - BEGIN).days
SPREAD = 9_973
"""A prime: values go up and down without a pattern, and slowly up, as they do in a search."""


async def fill(db: Database, projects: int, many: int = MANY, each: int = 1) -> int:
    """So many experiments with so many numbers each, spread over projects; RUNNING of them are open.

    Every number is one of its project's primary metric on the validation split. In every second project less
    is better: its values are the others' in the mirror of the baseline.
    """
    async with db.writing(None) as session:
        if db.is_postgresql:  # all rows refer to rows that are there: asking each takes minutes
            await session.execute(text("SET LOCAL session_replication_role = replica"))
        home = await rows.make_workspace(session)
        owner = await rows.make_member(session, home)
        first = await rows.make_project(session, home)
        await rows.make_ceremony(session, [owner])
        await _projects(session, first, projects)
        experiment = await _experiments(session, first, owner, projects, many)
        await _measurements(session, first, experiment, projects, many, each)
    await settle(db)
    return home.id


async def _projects(session: AsyncSession, first: Project, projects: int) -> None:
    metric = first.metrics[0]
    counted = numbers(first.id + 1, first.id + projects - 1)
    n, base = counted.c.n, select(counted.c.n)
    key = literal("B", String).concat(cast(n, String))
    await session.execute(copies(first, {"id": n, "key": key}, base))
    benchmark = metric.benchmarks[0]
    less = n % 2 == 0
    of = {"id": n, "project_id": n, "goal": case((less, Goal.MIN), else_=Goal.MAX)}
    await session.execute(copies(metric, of, base))
    needed = case((less, 2 * benchmark.baseline - benchmark.acceptance), else_=benchmark.acceptance)
    of = {"id": n, "metric_id": n, "acceptance": needed}
    await session.execute(copies(benchmark, of, base))


async def _experiments(
    session: AsyncSession, first: Project, owner: Member, projects: int, many: int
) -> Experiment:
    """One after the other, a day's in two statements; the last ones are open. Returns the first."""
    row = await rows.make_experiment(session, first, owner, title="Try", change="Try")
    session.expunge(row)
    for day, begin, end in _by_day(many):
        row.started_on, row.created_at = day - timedelta(days=7), _moment(day)
        running = max(begin, many - RUNNING + 1)
        for status, low, high in (
            (Status.CONCLUDED, begin, min(end, running - 1)),
            (Status.RUNNING, running, end),
        ):
            row.status = status
            row.outcome = Outcome.REFUTED if status is Status.CONCLUDED else None
            row.concluded_on = day if status is Status.CONCLUDED else None
            counted = numbers(low, high)
            n = counted.c.n
            of = {"id": n, "number": n, "project_id": n % projects + first.id}
            await session.execute(copies(row, of, select(n)))
    return row


async def _measurements(
    session: AsyncSession,
    first: Project,
    experiment: Experiment,
    projects: int,
    many: int,
    each: int,
) -> None:
    row = await rows.make_measurement(session, experiment, 0.5)
    session.expunge(row)
    baseline = first.metrics[0].benchmarks[0].baseline
    for day, begin, end in _by_day(many * each):
        row.on, row.at = day, _moment(day)
        counted = numbers(begin, end)
        n = counted.c.n
        of_experiment = (n - 1) // each + 1
        metric_id = of_experiment % projects + first.id
        noise = cast(cast(n, BigInteger) * 7_919 % SPREAD, Float) / (SPREAD * 10)
        value = noise + 0.5 + 0.02 * (day - BEGIN).days / DAYS
        of = {
            "id": n,
            "experiment_id": of_experiment,
            "metric_id": metric_id,
            "value": case((metric_id % 2 == 0, 2 * baseline - value), else_=value),
        }
        await session.execute(copies(row, of, select(n)))


def _moment(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), UTC)


def _by_day(many: int) -> list[tuple[date, int, int]]:
    """The numbers 2 to `many`, spread over the days: (day, first, last)."""
    edges = [n * many // DAYS for n in range(DAYS + 1)]
    return [
        (BEGIN + timedelta(days=n), max(edges[n], 1) + 1, edges[n + 1])
        for n in range(DAYS)
        if edges[n + 1] > max(edges[n], 1)
    ]
