"""Benchmarks: versions that are never compared, an acceptance that two people agree to (S1-18)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from models import benchmarks, metric_pages, numbers
from models.domain.benchmark import Moved, Side
from models.domain.errors import (
    AcceptanceChanged,
    NotAhead,
    NotBetter,
    OneSignature,
    SignedAlready,
    Unknown,
)
from models.domain.facts_metrics import NumbersPage
from models.domain.permissions import NotAllowed
from models.domain.project import Role
from models.tables import Benchmark, Event, Membership, Workspace
from models.versions import GoodEnough, NextVersion
from tests.clock import MORNING
from tests.models.conftest import NOW, Team, at
from tests.queries import count_queries
from tests.rows import make_measurement, make_member

TODAY = NOW.today
GOOD = GoodEnough(0.75, 0.9, "more would be stopped than checked")
NEXT = NextVersion(GOOD, 0.5, "rules of today, invoices only", Moved.POPULATION, TODAY)
LATER = at(MORNING + timedelta(days=3))


async def roles(team: Team, **held: Role) -> None:
    """Roles of Ana and Ben in the project; both are described by Slack."""
    async with team.db.writing(None) as session:
        for name, role in held.items():
            member = getattr(team, name)
            session.add(
                Membership(
                    workspace_id=team.workspace_id,
                    project_id=team.project.id,
                    member_id=member.id,
                    role=role,
                )
            )


@pytest.fixture
async def pair(team: Team) -> Team:
    """Ana is the PM, Ben a scientist."""
    await roles(team, ana=Role.PM, ben=Role.DATA_SCIENTIST)
    return team


async def page(team: Team, slack_id: str = "UANA", today: date = TODAY) -> NumbersPage:
    async with team.db.reading(team.workspace_id) as session:
        return await metric_pages.page(session, team.project.id, slack_id, today)


async def mark(team: Team) -> Benchmark:
    async with team.db.reading(team.workspace_id) as session:
        return (await session.scalars(select(Benchmark))).one()


async def sign(team: Team, slack_id: str, side: Side, acceptance: float = 0.70) -> None:
    async with team.writing() as session:
        (row,) = (await session.scalars(select(Benchmark))).all()
        await benchmarks.sign(session, row.id, slack_id, side, acceptance=acceptance, at=NOW)


async def is_proposed(team: Team, today: date = TODAY) -> bool:
    async with team.db.reading(team.workspace_id) as session:
        return (await numbers.standing(session, [team.project.id], today))[team.project.id].proposed


async def test_two_people_agree_and_until_then_it_is_proposed(pair: Team) -> None:
    assert await is_proposed(pair)
    await sign(pair, "UANA", Side.BUSINESS)
    assert await is_proposed(pair)
    await sign(pair, "UBEN", Side.MAKERS)
    assert not await is_proposed(pair)
    assert await is_proposed(pair, TODAY - timedelta(days=1))
    (metric,) = (await page(pair)).metrics
    assert metric.mark is not None
    assert {side: one.by.name for side, one in metric.mark.signed.items()} == {
        Side.BUSINESS: "Ana",
        Side.MAKERS: "Ben",
    }
    assert metric.mark.agreed


async def test_nobody_agrees_for_a_side_that_is_not_theirs(pair: Team) -> None:
    with pytest.raises(NotAllowed, match="Only the project's PM can agree to it for the business"):
        await sign(pair, "UBEN", Side.BUSINESS)
    with pytest.raises(NotAllowed):
        await sign(pair, "UANA", Side.MAKERS)


async def test_one_person_does_not_give_both_signatures(team: Team) -> None:
    await roles(team, ana=Role.PM)
    await roles(team, ana=Role.ML_ENGINEER)
    await sign(team, "UANA", Side.MAKERS)
    with pytest.raises(OneSignature):
        await sign(team, "UANA", Side.BUSINESS)
    with pytest.raises(SignedAlready):
        await sign(team, "UANA", Side.MAKERS)


async def test_one_agrees_to_what_one_saw(pair: Team) -> None:
    with pytest.raises(AcceptanceChanged):
        await sign(pair, "UANA", Side.BUSINESS, acceptance=0.8)


async def test_another_acceptance_clears_the_signatures_and_past_dates_keep_theirs(
    pair: Team,
) -> None:
    await sign(pair, "UANA", Side.BUSINESS)
    await sign(pair, "UBEN", Side.MAKERS)
    async with pair.writing() as session:
        (row,) = (await session.scalars(select(Benchmark))).all()
        hand = await benchmarks.take(session, row.id, "UBEN")
        marked = await benchmarks.change_acceptance(session, hand, GOOD, at=LATER)
        assert not marked.beyond
    changed = await mark(pair)
    assert (changed.version, changed.acceptance, changed.agreed_pm_id) == (1, 0.75, None)
    assert await is_proposed(pair, LATER.today)
    async with pair.db.reading(pair.workspace_id) as session:
        before = await numbers.standing(session, [pair.project.id], TODAY)
        after = await numbers.standing(session, [pair.project.id], LATER.today)
    assert before[pair.project.id].acceptance == 0.70
    assert after[pair.project.id].acceptance == 0.75


async def test_a_better_reason_needs_no_new_signatures(pair: Team) -> None:
    await sign(pair, "UANA", Side.BUSINESS)
    async with pair.writing() as session:
        (row,) = (await session.scalars(select(Benchmark))).all()
        same = GoodEnough(0.70, 0.65, "the call centre can take no more")
        hand = await benchmarks.take(session, row.id, "UANA")
        marked = await benchmarks.change_acceptance(session, hand, same, at=LATER)
        assert marked.beyond
    kept = await mark(pair)
    assert kept.agreed_pm_id == pair.ana.id
    assert (kept.ceiling, kept.earlier) == (0.65, [])
    (metric,) = (await page(pair)).metrics
    assert metric.mark is not None
    assert metric.mark.beyond


async def test_a_new_version_starts_from_nothing(pair: Team) -> None:
    async with pair.db.writing(None) as session:
        await make_measurement(session, pair.of_ana, 0.66)
    async with pair.writing() as session:
        hand = await benchmarks.take_latest(session, pair.project.metrics[0].id, "UBEN")
        marked = await benchmarks.new_version(session, hand, NEXT, at=NOW)
        assert marked.benchmark.version == 2
    async with pair.db.reading(pair.workspace_id) as session:
        stands = (await numbers.standing(session, [pair.project.id], TODAY))[pair.project.id]
        events = (
            await session.scalars(select(Event.data).where(Event.kind == "benchmark_versioned"))
        ).all()
    assert (stands.baseline, stands.best, stands.since, stands.benchmark_version) == (
        0.5,
        0.5,
        None,
        2,
    )
    assert events[0]["moved"] == "population"


async def test_a_version_to_come_stands_on_the_page(pair: Team) -> None:
    ahead = replace(NEXT, effective=TODAY + timedelta(days=10))
    async with pair.writing() as session:
        hand = await benchmarks.take_latest(session, pair.project.metrics[0].id, "UANA")
        await benchmarks.new_version(session, hand, ahead, at=NOW)
    (metric,) = (await page(pair)).metrics
    assert metric.mark is not None
    assert metric.ahead is not None
    assert (metric.mark.version, metric.ahead.version) == (1, 2)
    (metric,) = (await page(pair, today=ahead.effective)).metrics
    assert metric.mark is not None
    assert (metric.mark.version, metric.ahead) == (2, None)


async def test_what_was_said_of_a_past_day_stays(pair: Team) -> None:
    metric_id = pair.project.metrics[0].id
    past, good_already = (
        replace(NEXT, effective=TODAY - timedelta(days=1)),
        replace(NEXT, baseline=0.75),
    )
    async with pair.writing() as session:
        hand = await benchmarks.take_latest(session, metric_id, "UANA")
        with pytest.raises(NotAhead, match="From 3 March on"):
            await benchmarks.new_version(session, hand, past, at=NOW)
        with pytest.raises(NotBetter):
            await benchmarks.new_version(session, hand, good_already, at=NOW)
        with pytest.raises(Unknown):
            await benchmarks.change_acceptance(session, hand._replace(benchmark=None), GOOD, at=NOW)
        with pytest.raises(Unknown):
            await benchmarks.take_latest(session, 999, "UANA")
        with pytest.raises(Unknown):
            await benchmarks.facts_of(session, 999, "UANA")


async def test_only_those_of_the_project_change_it(team: Team) -> None:
    async with team.writing() as session:
        with pytest.raises(NotAllowed):
            await benchmarks.take_latest(session, team.project.metrics[0].id, "UANA")


async def test_the_page_asks_seldom(pair: Team) -> None:
    with count_queries(pair.db) as statements:
        await page(pair)
    assert len(statements) <= 7
    async with pair.db.writing(None) as session:
        home = await session.get_one(Workspace, pair.workspace_id)
        await make_member(session, home, slack_id="UEVE", described=True)
    reader = await page(pair, "UEVE")
    assert (reader.may_change, reader.may_measure, reader.may_sign) == (False, False, frozenset())
    assert (await page(pair)).may_sign == {Side.BUSINESS}
