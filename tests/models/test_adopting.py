"""A change that is kept is told to engineering with its effect, and said in the summary (S4-2)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from models import answers, course, summaries, telling
from models.answers import Remembered, Said
from models.domain.experiment import AbandonReason, Outcome
from models.domain.facts_scope import Adopted, Effect
from models.domain.metric import Goal
from models.domain.moves import Move
from models.domain.project import Role
from models.domain.standup import EntryStatus
from models.tables import Experiment, Member, Membership, Metric, Notice
from tests.clock import MORNING
from tests.models.conftest import NOW, Team
from tests.queries import count_queries
from tests.rows import make_measurement

KEEP = Remembered("Velocity separates bursts", adopted=True)


@pytest.fixture
async def met(team: Team) -> Team:
    """Ana is the PM and an engineer, Ben a designer and a data engineer."""
    async with team.writing() as session:
        await session.execute(update(Member).values(described=True))
        for who, role in (
            (team.ana, Role.ML_ENGINEER),
            (team.ben, Role.DESIGNER),
            (team.ben, Role.DATA_ENGINEER),
        ):
            session.add(Membership(project_id=team.project.id, member_id=who.id, role=role))
    return team


async def conclude(
    team: Team, outcome: Outcome = Outcome.SUPPORTED, remembered: Remembered = KEEP
) -> None:
    async with team.writing() as session:
        hand = await course.take(session, team.of_ana.id, "UANA", Move.CONCLUDE, NOW)
        await course.conclude(session, hand, outcome, remembered, at=NOW)


async def told(team: Team) -> list[tuple[int, str]]:
    async with team.db.reading(team.workspace_id) as session:
        return [(row.member_id, row.kind) for row in await session.scalars(select(Notice))]


async def effect(team: Team) -> Adopted:
    async with team.writing() as session:
        await session.execute(update(Notice).values(told_on=NOW.today))
        with count_queries(team.db) as statements:
            facts = await telling.notices_facts(session, team.ben.id, NOW.today)
        assert len(statements) <= 8, statements
    (part,) = facts.parts
    assert isinstance(part, Adopted)
    return part


async def measured(team: Team, *numbers: tuple[Experiment, float, int]) -> None:
    async with team.writing() as session:
        for experiment, value, hours in numbers:
            moment = MORNING - timedelta(hours=hours)
            await make_measurement(session, experiment, value, at=moment)
        await make_measurement(
            session, team.of_ana, 0.9, excluded_on=NOW.today, excluded_reason="leak"
        )


async def test_engineers_and_designers_are_told_once_but_not_its_owner(met: Team) -> None:
    await conclude(met)
    assert await told(met) == [(met.ben.id, "change_adopted")]


@pytest.mark.parametrize(
    ("outcome", "remembered"),
    [
        (Outcome.SUPPORTED, replace(KEEP, adopted=False)),
        (Outcome.SUPPORTED, replace(KEEP, adopted=None)),
        (Outcome.ABANDONED, replace(KEEP, abandon_reason=AbandonReason.SUPERSEDED)),
    ],
)
async def test_what_is_not_kept_bends_nobodys_work(
    met: Team, outcome: Outcome, remembered: Remembered
) -> None:
    await conclude(met, outcome, remembered)
    assert await told(met) == []


async def test_its_effect_is_from_the_best_before_it_to_its_own_best(met: Team) -> None:
    await measured(
        met,
        (met.of_ben, 0.61, 30),
        (met.of_ben, 0.58, 28),
        (met.of_ana, 0.63, 20),
        (met.of_ana, 0.66, 10),
        (met.of_ben, 0.69, 5),
    )
    await conclude(met)
    part = await effect(met)
    assert (part.key, part.who.name, part.learning) == ("FRAUD-1", "Ana", KEEP.learning)
    assert part.effect == Effect("frauds caught", "share", Goal.MAX, 0.61, 0.66, 0.54, 0.70)


async def test_where_less_is_better_the_lowest_counts(met: Team) -> None:
    async with met.writing() as session:
        await session.execute(update(Metric).values(goal=Goal.MIN))
    await measured(met, (met.of_ben, 0.50, 30), (met.of_ana, 0.48, 20), (met.of_ana, 0.49, 10))
    await conclude(met)
    found = (await effect(met)).effect
    assert found is not None
    assert (found.before, found.after) == (0.50, 0.48)


async def test_without_a_number_before_it_is_the_baseline_and_without_its_own_there_is_none(
    met: Team,
) -> None:
    await conclude(met)
    assert (await effect(met)).effect is None
    await measured(met, (met.of_ana, 0.6, 1))
    found = (await effect(met)).effect
    assert found is not None
    assert (found.before, found.after) == (0.54, 0.6)


async def test_the_summary_says_what_is_kept_and_concluding_asks_eight_times_at_most(
    met: Team,
) -> None:
    said = Said(EntryStatus.SUPPORTED, learned="It holds")
    async with met.writing() as session:
        await answers.answer(session, met.asks_ana.id, met.of_ana.id, "UANA", said, at=NOW)
    async with met.writing() as session:
        with count_queries(met.db) as statements:
            await answers.conclude(session, met.asks_ana.id, met.of_ana.id, "UANA", KEEP, at=NOW)
            await session.flush()
        assert len(statements) <= 8, statements
    async with met.db.reading(met.workspace_id) as session:
        facts = await summaries.summary_facts(session, met.run.id, NOW.today, MORNING)
    assert facts.kept == (("Merchant velocity features", "Fraud detection"),)
