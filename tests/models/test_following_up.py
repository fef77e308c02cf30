"""What comes after an answer: a conclusion finished later, a hypothesis that follows, a thread."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from models import answers, projects, prompts, summaries
from models.answers import Remembered, Said
from models.domain.errors import Unknown
from models.domain.experiment import Category, Outcome
from models.domain.standup import EntryStatus, PromptState
from models.experiments import Hypothesis, ground, start_experiment
from models.tables import Delivery, Experiment, Prompt, StandupEntry
from tests.clock import MORNING
from tests.models.conftest import NOW, Team, at, make_team
from tests.queries import count_queries
from tests.rows import make_entry, make_prompt, make_run

REFUTED = Said(EntryStatus.REFUTED, learned="Old months hurt")
THURSDAY = at(MORNING + timedelta(days=2))


async def next_prompt(team: Team) -> Prompt:
    """Ana is asked again on Thursday."""
    async with team.writing() as session:
        run = await make_run(
            session,
            team.ceremony,
            day=THURSDAY.today,
            opened_at=THURSDAY.now,
            closes_at=THURSDAY.now + timedelta(days=1),
        )
        return await make_prompt(session, run, team.ana)


async def said_and_left(team: Team) -> Prompt:
    """Ana says it is refuted, closes the second view, and is asked again."""
    async with team.writing() as session:
        await answers.answer(session, team.asks_ana.id, team.of_ana.id, "UANA", REFUTED, at=NOW)
    return await next_prompt(team)


async def test_a_pending_conclusion_comes_first_next_time_with_what_was_learned(
    team: Team,
) -> None:
    prompt = await said_and_left(team)
    async with team.writing() as session:
        facts = await prompts.facts(session, prompt.id, THURSDAY.today)
        summary = await summaries.summary_facts(session, team.run.id, THURSDAY.today, THURSDAY.now)
    assert (facts.cards[0].pending, facts.cards[0].concluding) == (
        Outcome.REFUTED,
        "Old months hurt",
    )
    assert summary.lines[0].pending


async def test_finishing_it_then_is_that_standups_answer(team: Team) -> None:
    prompt = await said_and_left(team)
    async with team.writing() as session:
        with count_queries(team.db) as statements:
            experiment = await answers.conclude(
                session, prompt.id, team.of_ana.id, "UANA", Remembered("x"), at=THURSDAY
            )
            await session.flush()
        assert len(statements) <= 7, statements
        choice = await projects.choice(session, experiment.project, THURSDAY.today)
    assert choice.key == "FRAUD"
    async with team.db.reading(team.workspace_id) as session:
        entry = (
            await session.scalars(select(StandupEntry).where(StandupEntry.run_id == prompt.run_id))
        ).one()
        state = (await session.get_one(Prompt, prompt.id)).state
    assert (entry.status, entry.learned) == (EntryStatus.REFUTED, "x")
    assert state is PromptState.ANSWERED


async def follow(team: Team, follows_id: int, project_id: int | None = None) -> Experiment:
    hypothesis = Hypothesis(
        project_id=project_id or team.project.id,
        change="weights",
        because="recent counts",
        threshold=60,
        category=Category.MODELING,
        timebox_days=8,
        follows_id=follows_id,
    )
    async with team.writing() as session:
        on = await ground(session, hypothesis.project_id, team.ana.slack_id)
        return await start_experiment(session, on, hypothesis, NOW)


async def test_a_hypothesis_follows_one_of_its_own_project_only(team: Team) -> None:
    assert (await follow(team, team.of_ana.id)).follows_id == team.of_ana.id
    theirs = await make_team(team.db)
    for follows_id in (theirs.of_ana.id, 10_000):
        with pytest.raises(Unknown):
            await follow(team, follows_id)


async def test_the_same_next_step_twice_is_noticed(team: Team) -> None:
    async with team.writing() as session:
        for day in (3, 2):
            opened = MORNING - timedelta(days=day)
            run = await make_run(session, team.ceremony, day=opened.date(), opened_at=opened)
            await make_entry(session, run, team.ana, team.of_ana, next_step=f"Compare {'x' * day}")
    async with team.writing() as session:
        first = (await prompts.facts(session, team.asks_ana.id, NOW.today)).cards[0]
        for entry in await session.scalars(select(StandupEntry)):
            entry.next_step = "compare"
        await session.flush()
        second = (await prompts.facts(session, team.asks_ana.id, NOW.today)).cards[0]
    assert (first.stuck_on, second.stuck_on) == (None, "compare")


async def test_an_answer_is_taken_to_a_thread_once(team: Team) -> None:
    blocked = replace(
        REFUTED, blocker_kind=None, blocker_owner_id=team.ben.id, status=EntryStatus.STILL_TESTING
    )
    async with team.writing() as session:
        await answers.answer(session, team.asks_ana.id, team.of_ana.id, "UANA", blocked, at=NOW)
        await answers.not_experimenting(session, team.asks_ben.id, "UBEN", "review", at=NOW)
        await session.flush()
        one, other = await session.scalars(select(StandupEntry).order_by(StandupEntry.id))
        for _ in range(2):
            await summaries.take_to_thread(session, one.id, MORNING)
        for gone in (other.id, 10_000):
            with pytest.raises(Unknown):
                await summaries.take_to_thread(session, gone, MORNING)
            with pytest.raises(Unknown):
                await summaries.topic(session, gone, NOW.today)
        (row,) = await session.scalars(select(Delivery).where(Delivery.kind == "taken_to_thread"))
        topic = await summaries.topic(session, one.id, NOW.today)
    assert row.destination == team.ceremony.channel_id
    assert [person.name for person in topic.concerned] == ["Ana", "Ben"]
