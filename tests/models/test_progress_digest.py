"""The progress digest is read from the rows as the rules want it, in a constant number of statements."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from handlers.blocks import progress_digest as blocks
from models import progress_digest
from models.db import Database
from models.domain.charts import OutcomesChart, ProgressChart
from models.domain.errors import Unknown
from models.domain.experiment import Outcome, Status
from models.domain.velocity import velocity
from models.domain.week_facts import ALL, kept_of, windows
from models.search import AsOf
from models.tables import Ceremony, Digest, Experiment, Member
from tests.quarter_rows import write_quarter
from tests.queries import count_queries
from tests.rows import make_ceremony
from tests.velocities import tried_in

FRIDAYS = [date(2026, 9, 11), date(2026, 10, 2), date(2026, 10, 23), date(2026, 11, 13)]


def as_of(day: date) -> AsOf:
    return AsOf(day, ZoneInfo("UTC"))


@pytest.fixture
async def quarter(database: Database) -> int:
    async with database.writing(None) as session:
        return (await write_quarter(session)).id


async def test_every_friday_says_what_the_rules_say(database: Database, quarter: int) -> None:
    for day in FRIDAYS:
        async with database.reading(quarter) as session:
            with count_queries(database) as statements:
                gathered = await progress_digest.gathered(session, as_of(day))
            assert len(statements) == 5
        of = progress_digest.at_once(gathered)
        for key, project in ((ALL, None), ("FRAUD", "fraud"), ("CASHFLOW", "cashflow")):
            for found, span in zip(of.velocity[key], windows(day), strict=True):
                expected = velocity(tried_in(project), span)
                assert found.outcomes == expected.outcomes, (day, key)
                assert found.set_in_advance == expected.set_in_advance, (day, key)
                assert found.running == expected.running, (day, key)


async def test_the_last_friday_in_words(database: Database, quarter: int) -> None:
    async with database.reading(quarter) as session:
        gathered = await progress_digest.gathered(session, as_of(FRIDAYS[-1]))
    content = await progress_digest.counted(gathered)
    assert kept_of(content) == progress_digest.at_once(gathered)
    async with database.reading(quarter) as session:
        facts = await progress_digest.facts(session, kept_of(content))
    said = blocks.digest(facts, charts=True).text
    for part in (
        "Progress: week to 13 November",
        "2 experiments concluded: 1 idea held, 1 can't tell. The four weeks before: 16",
        "What we learned",
        "Card fraud alerts (FRAUD): 41 ",
        "65.5 of 100 | needed 60 of 100",
        "Cash-flow forecast (CASHFLOW)",
        "1 other project with nothing new this week",
        "Charts are in the thread.",
    ):
        assert part in said, said
    assert "Mostly modeling" not in said
    assert len(said) <= 3_900


async def test_in_a_week_without_news_it_says_where_the_first_projects_stand(
    database: Database, quarter: int
) -> None:
    quiet = date(2027, 1, 8)
    async with database.writing(quarter) as session:
        for row in await session.scalars(
            select(Experiment).where(Experiment.concluded_on.is_(None))
        ):
            row.status, row.outcome = Status.CONCLUDED, Outcome.INCONCLUSIVE
            row.concluded_on = FRIDAYS[-1]
    async with database.reading(quarter) as session:
        gathered = await progress_digest.gathered(session, AsOf(quiet, ZoneInfo("UTC")))
        facts = await progress_digest.facts(session, progress_digest.at_once(gathered))
    said = blocks.digest(facts).text
    assert "Card fraud alerts (FRAUD): 41 " in said
    assert "2 other projects with nothing new this week" in said


async def test_one_project_alone(database: Database, quarter: int) -> None:
    async with database.reading(quarter) as session:
        gathered = await progress_digest.gathered(session, as_of(FRIDAYS[-1]), 1)
    assert [one.key for one in gathered.projects] == ["FRAUD"]
    assert set(gathered.order.tried) == {"FRAUD", ALL}


async def test_what_was_posted_keeps_its_figures_and_its_pictures(
    database: Database, quarter: int
) -> None:
    async with database.reading(quarter) as session:
        gathered = await progress_digest.gathered(session, as_of(FRIDAYS[0]))
    content = await progress_digest.counted(gathered)
    async with database.writing(quarter) as session:
        maya = (await session.scalars(select(Member).limit(1))).one()
        ceremony: Ceremony = await make_ceremony(session, [maya], channel_id="C00000009")
        digest = Digest(
            ceremony_id=ceremony.id,
            slot="2026-09-11",
            as_of=FRIDAYS[0],
            content={**content, "late": True},
            created_at=datetime(2026, 9, 11, tzinfo=UTC),
        )
        session.add(digest)
        await session.flush()
        ident = digest.id
    async with database.reading(quarter) as session:
        facts = await progress_digest.posted(session, ident)
        assert facts.late
        assert "late: it could not be posted in time" in blocks.digest(facts).text
        weeks, *projects = await progress_digest.pictures(session, ident)
        assert isinstance(weeks, OutcomesChart)
        assert sum(week.outcomes.get(Outcome.SUPPORTED, 0) for week in weeks.weeks) > 0
        assert projects
        assert all(isinstance(one, ProgressChart) and one.today == FRIDAYS[0] for one in projects)
        for read in (progress_digest.posted, progress_digest.pictures):
            with pytest.raises(Unknown):
                await read(session, 999)
