"""Which expected change in the data an experiment replays, up to what the launch check reads of it."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models import course, moving, shifts
from models.domain.errors import Unknown
from models.domain.experiment import Category, Outcome, Status
from models.domain.moves import Move
from models.domain.review_known import known
from models.domain.shifts import OnlyQualityChecks, name_of
from models.erasing import Wish, erase
from models.experiment_page import Reader, Which, page_of
from models.review_record import record_of
from models.tables import CharterAnswer, Event, Experiment, Member, Project, Replay
from tests.models.conftest import NOW, Team

ANSWER = "- winter season\n- a lost input"


@pytest.fixture(autouse=True)
async def answered(team: Team) -> None:
    """Ben has said in the charter what may change in the data."""
    async with team.writing() as session:
        await session.execute(update(Member).values(described=True))
        session.add(
            CharterAnswer(
                workspace_id=team.workspace_id,
                project_id=team.project.id,
                key=shifts.QUESTION,
                text=ANSWER,
                by_id=team.ben.id,
                at=NOW.now,
            )
        )


async def replays(
    session: AsyncSession, team: Team, line: str | None, category: Category = Category.QUALITY_CHECK
) -> None:
    """Ana says it of her experiment."""
    hand = await course.take(session, team.of_ana.id, "UANA", Move.CATEGORY, NOW)
    moving.categorise(session, hand, category, at=NOW)
    await shifts.replay(session, hand, name_of(line) if line else None, at=NOW)


async def launch_check_reads(session: AsyncSession, team: Team) -> str:
    """What stands beside the question which shifts were replayed."""
    project = await session.get_one(Project, team.project.id)
    record = await record_of(session, project, None, {}, NOW.today)
    return known(record)["shift_scenarios"].note


async def test_the_launch_check_reads_what_came_of_each_change(team: Team) -> None:
    async with team.writing() as session:
        said = await launch_check_reads(session, team)
        assert said == "winter season: not replayed\na lost input: not replayed"
        await replays(session, team, "a lost input")
    async with team.writing() as session:
        key = f"{team.project.key}-{team.of_ana.number}"
        said = await launch_check_reads(session, team)
        assert said == f"winter season: not replayed\na lost input: {key}, not concluded"
        ends = {"status": Status.CONCLUDED, "outcome": Outcome.REFUTED, "concluded_on": NOW.today}
        its = Experiment.id == team.of_ana.id
        await session.execute(update(Experiment).where(its).values(**ends))
        assert f"a lost input: {key}, ruled out" in await launch_check_reads(session, team)


async def test_it_is_chosen_again_and_taken_back_and_the_page_says_it(team: Team) -> None:
    async def shown(session: AsyncSession) -> str | None:
        reader = Reader("UBEN", NOW.today, ZoneInfo("UTC"))
        return (await page_of(session, Which(experiment_id=team.of_ana.id), reader)).replays

    async with team.writing() as session:
        for line in ("winter season", "a lost input", "a lost input", None, None):
            await replays(session, team, line)
            assert await shown(session) == line
            chosen = await shifts.choices(session, await _of_ana(session, team))
            assert chosen.replayed == line
            assert chosen.lines == ("winter season", "a lost input")
        told = await session.scalars(
            select(Event).where(Event.kind == "experiment_replays").order_by(Event.id)
        )
        assert [event.data["replays"] for event in told] == [True, True, False]


async def test_only_a_quality_check_replays_what_the_charter_names(team: Team) -> None:
    async with team.writing() as session:
        with pytest.raises(OnlyQualityChecks):
            await replays(session, team, "winter season", Category.MODELING)
        with pytest.raises(Unknown, match="no longer in the project's charter"):
            await replays(session, team, "summer season")
        await replays(session, team, None, Category.MODELING)


async def test_without_an_answer_there_is_nothing_to_choose(team: Team) -> None:
    async with team.writing() as session:
        for row in await session.scalars(select(CharterAnswer)):
            await session.delete(row)
        await session.flush()
        assert (await shifts.choices(session, await _of_ana(session, team))).lines == ()


async def test_the_words_go_when_their_author_has_them_erased(team: Team) -> None:
    async with team.writing() as session:
        await replays(session, team, "winter season")
    async with team.writing() as session:
        ben = await session.get_one(Member, team.ben.id)
        await erase(session, ben, Wish(), by=ben, now=NOW.now + timedelta(hours=1))
    async with team.db.reading(team.workspace_id) as session:
        assert set(await session.scalars(select(Replay.text))) == {"(erased)"}


async def _of_ana(session: AsyncSession, team: Team) -> Experiment:
    return await session.get_one(Experiment, team.of_ana.id)
