"""Numbers in full: of any metric, with the four counts, set aside but never deleted (domain §2.2-8)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from handlers.blocks import notices as notices_blocks
from models import guardrails, measured, measured_list, numbers, setting_aside, telling
from models.domain.confusion import Counts
from models.domain.errors import (
    NotComputed,
    NothingToMeasure,
    NotInUnit,
    SetAsideAlready,
    Unknown,
)
from models.domain.experiment import Split
from models.domain.facts_metrics import MeasuredList
from models.domain.facts_notices import NobodyLooks, NoticesFacts
from models.domain.permissions import NotAllowed
from models.domain.project import Role
from models.domain.surprise import AsideReason
from models.measured import Added, Full, Place
from models.tables import Measurement, Member, Membership, Notice, Workspace
from tests.clock import MORNING
from tests.models.conftest import NOW, Team, at
from tests.models.test_benchmarks import roles
from tests.models.test_metrics import LATENCY
from tests.models.test_metrics import add as add_metrics
from tests.queries import count_queries
from tests.rows import make_member, make_project

LATER = at(MORNING + timedelta(days=2))


@pytest.fixture
async def team(team: Team) -> Team:
    """Ana is the PM, Ben a scientist."""
    await roles(team, ana=Role.PM, ben=Role.DATA_SCIENTIST)
    return team


def full(team: Team, value: float | None = 61, **known: Any) -> Full:
    return replace(Full(team.project.metrics[0].id, value, None, None, Split.VALIDATION), **known)


async def add(team: Team, number: Full, by: str = "UANA") -> Added:
    async with team.writing() as session:
        return await measured.add(session, Place(team.of_ana.id), by, number, at=NOW)


async def listed(team: Team) -> MeasuredList:
    async with team.db.reading(team.workspace_id) as session:
        return await measured_list.listed(session, team.of_ana.id, NOW.today)


async def test_everything_that_is_known_of_a_number_is_kept(team: Team) -> None:
    known: dict[str, Any] = {
        "low": 58,
        "high": 63,
        "seeds": 5,
        "url": "https://runs/1",
        "split": Split.TEST,
    }
    added = await add(team, full(team, **known))
    (row,) = (await listed(team)).rows
    assert (row.value, row.low, row.high, row.seeds, row.split, row.url, row.version) == (
        0.61,
        0.58,
        0.63,
        5,
        Split.TEST,
        "https://runs/1",
        1,
    )
    assert (added.row.by_id, added.breaks) == (team.ana.id, ())


async def test_the_four_counts_stand_for_the_number(team: Team) -> None:
    added = await add(team, full(team, None, counts=Counts(6, 1, 4, 90)))
    assert added.row.value == pytest.approx(0.6)
    assert (added.row.tp, added.row.fp, added.row.fn, added.row.tn) == (6, 1, 4, 90)
    with pytest.raises(NotComputed):
        await add(team, full(team, None, counts=Counts(0, 1, 0, 90)))
    with pytest.raises(NotInUnit):
        await add(team, full(team, 0.61))


async def test_a_better_result_that_costs_too_much_is_said_at_once(team: Team) -> None:
    (latency,) = await add_metrics(team, LATENCY)
    (broken,) = (await add(team, full(team, 72, metric_id=latency))).breaks
    assert (broken.metric_name, broken.value, broken.limit) == ("Answer time", 72, 60)
    assert (await add(team, full(team, 62))).breaks == (broken,)
    assert [row.breaks is not None for row in (await listed(team)).rows] == [False, True]
    assert (await add(team, full(team, 60, metric_id=latency))).breaks == ()
    async with team.db.reading(team.workspace_id) as session:
        assert await guardrails.broken_by(session, [team.of_ana.id], NOW.today) == {}
        assert await guardrails.broken_by(session, [], NOW.today) == {}


async def test_a_live_value_belongs_to_no_experiment(team: Team) -> None:
    (latency,) = await add_metrics(team, LATENCY)
    place = Place(None, team.project.id)
    async with team.writing() as session:
        added = await measured.add(session, place, "UBEN", full(team, 55), at=NOW)
        slow = await measured.add(session, place, "UBEN", full(team, 80, metric_id=latency), at=NOW)
    assert (added.row.experiment_id, added.row.split) == (None, Split.PRODUCTION)
    assert (added.breaks, len(slow.breaks)) == ((), 1)


async def test_somebody_elses_number_is_not_everybodys(team: Team) -> None:
    async with team.db.writing(None) as session:
        home = await session.get_one(Workspace, team.workspace_id)
        await make_member(session, home, slack_id="UEVE", described=True)
    with pytest.raises(NotAllowed):
        await add(team, full(team), by="UEVE")


async def test_a_metric_of_another_project_is_unknown(team: Team) -> None:
    with pytest.raises(Unknown):
        await add(team, full(team, metric_id=999))
    async with team.writing() as session:
        with pytest.raises(Unknown):
            await measured.form_facts(session, Place(999), "UANA")
        with pytest.raises(Unknown):
            await measured.form_facts(session, Place(None, 999), "UANA")
        with pytest.raises(Unknown):
            await measured_list.listed(session, 999, NOW.today)


async def test_the_form_offers_the_projects_metrics(team: Team) -> None:
    (latency,) = await add_metrics(team, LATENCY)
    async with team.writing() as session:
        facts = await measured.form_facts(session, Place(team.of_ana.id), "UBEN")
        live = await measured.form_facts(session, Place(None, team.project.id), "UBEN")
    assert [one.metric_id for one in facts.metrics] == [team.project.metrics[0].id, latency]
    assert (facts.key, facts.chosen) == ("FRAUD-1", team.project.metrics[0].id)
    assert (live.experiment_id, live.key) == (None, "")


async def test_a_project_without_a_metric_has_nothing_to_measure(team: Team) -> None:
    async with team.db.writing(None) as session:
        home = await session.get_one(Workspace, team.workspace_id)
        bare = await make_project(session, home, metrics=[])
        session.add(
            Membership(
                workspace_id=home.id, project_id=bare.id, member_id=team.ana.id, role=Role.PM
            )
        )
    async with team.writing() as session:
        with pytest.raises(NothingToMeasure):
            await measured.form_facts(session, Place(None, bare.id), "UANA")


async def test_set_aside_it_counts_no_more_and_is_still_there(team: Team) -> None:
    added = await add(team, full(team, 66))
    async with team.writing() as session:
        hand = await setting_aside.take(session, added.row.id, "UBEN")
        await setting_aside.set_aside(session, hand, AsideReason.BUG, "off by one", at=LATER)
    async with team.db.reading(team.workspace_id) as session:
        before = await numbers.standing(session, [team.project.id], NOW.today)
        after = await numbers.standing(session, [team.project.id], LATER.today)
        kept = await session.scalar(select(func.count(Measurement.id)))
        told = (
            await session.scalars(select(Notice.kind).where(Notice.member_id == team.ana.id))
        ).all()
    assert (before[team.project.id].best, after[team.project.id].best) == (0.66, 0.54)
    assert (kept, told) == (1, ["number_set_aside"])
    (row,) = (await listed(team)).rows
    assert (row.excluded, row.note, row.excluded_on) == ("bug", "off by one", LATER.today)
    async with team.writing() as session:
        with pytest.raises(SetAsideAlready):
            await setting_aside.take(session, added.row.id, "UBEN")
        with pytest.raises(Unknown):
            await setting_aside.take(session, 999, "UBEN")


async def test_who_sets_their_own_number_aside_is_not_told_so(team: Team) -> None:
    added = await add(team, full(team, 56))
    async with team.writing() as session:
        hand = await setting_aside.take(session, added.row.id, "UANA")
        await setting_aside.set_aside(session, hand, AsideReason.LEAK, None, at=NOW)
    async with team.db.reading(team.workspace_id) as session:
        assert (await session.scalars(select(Notice))).all() == []


async def test_a_leap_by_any_way_is_looked_at_by_a_second_person(team: Team) -> None:
    assert (await add(team, full(team, 71))).row.surprising
    (row,) = (await listed(team)).rows
    assert row.to_confirm
    async with team.db.reading(team.workspace_id) as session:
        asked = (await session.scalars(select(Notice.member_id))).all()
    assert asked == [team.ben.id]


async def test_a_list_asks_twice_however_long_it_is(team: Team) -> None:
    for value in range(60, 85):
        await add(team, full(team, value, split=Split.TEST))
    with count_queries(team.db) as statements:
        facts = await listed(team)
    assert (len(statements), len(facts.rows), facts.more) == (2, 20, 5)


async def test_where_nobody_else_can_look_the_pm_reads_so(team: Team) -> None:
    async with team.db.writing(None) as session:
        ben = await session.get_one(Member, team.ben.id)
        ben.active = False
    assert (await add(team, full(team, 71))).row.surprising
    async with team.db.reading(team.workspace_id) as session:
        (row,) = (await session.scalars(select(Notice))).all()
        row_of = (row.member_id, row.kind)
    assert row_of == (team.ana.id, "nobody_to_confirm")
    async with team.writing() as session:
        (row,) = (await session.scalars(select(Notice))).all()
        row.told_on = NOW.today
    async with team.db.reading(team.workspace_id) as session:
        (part,) = (await telling.notices_facts(session, team.ana.id, NOW.today)).parts
    assert isinstance(part, NobodyLooks)
    said = notices_blocks.notices(NoticesFacts(part.about.who, (part,)))
    assert "Nobody else in the project can look at it" in said.text
    assert "[Confirm]" not in said.text
