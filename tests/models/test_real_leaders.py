"""Every month of two real logs: what leaders and the team read, and the pictures, say what it says."""

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks import leadership as leadership_blocks
from handlers.blocks import progress_digest as progress_blocks
from models import progress_digest
from models.db import Database
from models.domain.charts import SHAPES, ProgressChart
from models.domain.experiment import Outcome
from models.domain.leadership_facts import LeadershipFacts
from models.domain.week_facts import ProgressFacts, ProgressKept
from models.leadership import leadership
from models.search import AsOf
from models.series import progress_charts
from models.tables import Project
from models.workspaces import the_only_one
from tests.handlers.test_any_text import sendable
from tests.reallogs import NANO, SPEED, Log, imported

ALL = [NANO, SPEED]
UTC = ZoneInfo("UTC")
SPEED_SAYS_NONE = Outcome.INCONCLUSIVE
"""A log without outcomes is imported as one whose questions nobody has answered (docs/import.md)."""


@asynccontextmanager
async def reading(url: str) -> AsyncIterator[AsyncSession]:
    db = Database(url)
    async with db.reading(None) as session:
        workspace = await the_only_one(session)
    assert workspace is not None
    async with db.reading(workspace.id) as session:
        yield session
    await db.close()


def ended(log: Log, after: date, until: date) -> Counter[Outcome]:
    """What became of the experiments that the log ended after a day, up to another."""
    return Counter(
        Outcome(row.get("outcome") or SPEED_SAYS_NONE)
        for row in log.rows()
        if str(after) < row[log.day] <= str(until)
    )


@pytest.mark.parametrize("log", ALL, ids=["nanochat", "modded-nanogpt"])
async def test_every_month_reads_true_for_leaders_the_team_and_in_the_picture(
    sqlite: str, log: Log
) -> None:
    await imported(sqlite, log, confirmed=True)
    async with reading(sqlite) as session:
        project_id = (await session.scalars(select(Project.id))).one()
        for day in log.months():
            leaders = await leadership(session, AsOf(day, UTC))
            says_to_leaders(log, day, leaders)
            week = progress_digest.at_once(await progress_digest.gathered(session, AsOf(day, UTC)))
            says_to_the_team(log, day, week, await progress_digest.facts(session, week))
            draws(
                log,
                day,
                (await progress_charts(session, [project_id], day, AsOf(day, UTC).end))[project_id],
            )


def says_to_leaders(log: Log, day: date, facts: LeadershipFacts) -> None:
    (project,) = facts.projects
    best = min([log.baseline, *(value for _, value in log.measured(day))])
    what = project.what
    assert what is not None
    assert (what.today, what.needed) == (log.baseline, log.acceptance)
    if what.value is None:
        assert best == log.baseline, day
    else:
        assert what.value in {value for _, value in log.measured(day)}
        assert 0 <= what.value - best < log.min_delta, day
        assert what.reached == (what.value <= log.acceptance), day
    four_weeks = ended(log, day - timedelta(days=28), day)
    learned = facts.learned
    assert learned is not None
    counts = (learned.held, learned.ruled_out, learned.cant_tell, learned.dropped)
    assert counts == tuple(four_weeks[outcome] for outcome in Outcome), day
    assert learned.days is None, "the log says of none when it began"
    said = leadership_blocks.digest(facts)
    sendable(said)
    for name in (log.metric, log.metric.replace("_", " ")):
        assert name not in said.text


def says_to_the_team(log: Log, day: date, kept: ProgressKept, facts: ProgressFacts) -> None:
    week, before = facts.everything.week, facts.everything.before
    assert Counter(week.outcomes) == ended(log, day - timedelta(days=7), day), day
    earlier = ended(log, day - timedelta(days=35), day - timedelta(days=7))
    assert Counter(before.outcomes) == earlier, day
    assert (week.timed, before.timed) == (0, 0)
    said = {row["id"] if "id" in row else row["seq"] for row in log.rows()}
    assert len(facts.learned) <= sum(week.outcomes.values()) <= len(said)
    for bar in kept.weeks:
        last = min(bar.monday + timedelta(days=6), day)
        assert Counter(bar.outcomes) == ended(log, bar.monday - timedelta(days=1), last), day
    sendable(progress_blocks.digest(facts, charts=True))


def draws(log: Log, day: date, chart: ProgressChart) -> None:
    """Each step is a number of the log that beat all before it; each number has its dot."""
    (stretch,) = chart.stretches
    measured = log.measured(day)
    first, *steps = stretch.steps
    assert first[1] == log.baseline
    record, records = log.baseline, []
    for on, value in measured:
        if value < record:
            record = value
            records.append((on, value))
    assert steps == records, day
    assert [(dot.on, dot.value) for dot in chart.dots] == sorted(
        measured, key=lambda number: number[0]
    ), day
    outcomes = Counter(
        SHAPES[Outcome(row.get("outcome") or SPEED_SAYS_NONE)]
        for row in log.rows()
        if row["metric"] == log.metric and row[log.value] and row[log.day] <= str(day)
    )
    assert Counter(dot.shape for dot in chart.dots) == outcomes, day
    assert all(start <= end <= day for start, end in chart.flat)


@pytest.mark.parametrize("log", ALL, ids=["nanochat", "modded-nanogpt"])
async def test_leaders_read_no_number_that_nobody_has_confirmed(sqlite: str, log: Log) -> None:
    await imported(sqlite, log)
    async with reading(sqlite) as session:
        for day in log.months():
            facts = await leadership(session, AsOf(day, UTC))
            (what,) = [one.what for one in facts.projects]
            assert what is not None
            assert what.value is None, day
            assert "is confirmed yet" in leadership_blocks.digest(facts).text
        before = await leadership(session, AsOf(min(log.months()) - timedelta(days=60), UTC))
        assert before.projects == (), "it had not begun"
