"""What a project's PM says about it is kept, written down, and asked for where it is missing."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models import charters, expectations, planning, project_pages, roles
from models.domain import charter
from models.domain.errors import NothingToMeasure, Unknown
from models.domain.findings.kinds import Thresholds
from models.domain.permissions import NotAllowed
from models.domain.project import (
    GovernanceKind,
    GovernanceState,
    ProjectStatus,
    RiskTier,
    Role,
    Serving,
)
from models.domain.project_facts import GovernanceFacts, Plan
from models.planning import InHand
from models.search import AsOf, search
from models.tables import (
    Acknowledgement,
    Member,
    Notice,
)
from tests.models.conftest import NOW, Team
from tests.models.projects import events, page
from tests.queries import count_queries

DAY = NOW.today
SOON = DAY + timedelta(days=20)
BERLIN = ZoneInfo("Europe/Berlin")


pytestmark = pytest.mark.usefixtures("run_by_ana")


@asynccontextmanager
async def in_hand(team: Team) -> AsyncIterator[tuple[AsyncSession, InHand]]:
    async with team.writing() as session:
        yield session, await planning.take(session, team.project.id, "UANA")


async def hold(team: Team, role: Role, people: list[str], shown: list[str]) -> None:
    async with in_hand(team) as (session, hand):
        chosen = roles.Chosen(role, people, shown)
        await roles.set_holders(session, hand.project.id, chosen, hand.by.slack_id, NOW)


async def test_only_its_pm_takes_it_in_hand_and_only_what_is_there(team: Team) -> None:
    async with team.writing() as session:
        with pytest.raises(NotAllowed, match="Ask Ana"):
            await planning.take(session, team.project.id, "UBEN")
        with pytest.raises(NotAllowed):
            await project_pages.to_change(session, team.project.id, "UBEN", NOW)
        with pytest.raises(Unknown):
            await project_pages.facts(session, 10**9, "UANA", NOW)


async def test_what_changes_is_written_down_with_what_it_was(team: Team) -> None:
    plan = Plan(DAY, SOON, 65, SOON, SOON, 1.5)
    async with in_hand(team) as (session, hand):
        await planning.set_plan(session, hand, plan, NOW)
        await planning.set_plan(session, hand, plan, NOW)
        said = {"name": "Fraud", "business_goal": "Less of it", "channel_id": "C9"}
        await planning.describe(session, hand, planning.Described(**said), NOW)
        await planning.set_thresholds(session, hand, Thresholds(patience=7), NOW)
        await planning.set_status(session, hand, ProjectStatus.ON_HOLD, NOW)
    facts = await page(team)
    assert facts.plan == replace(plan, stop=0.65)
    assert (facts.name, facts.channel_id, facts.thresholds.patience) == ("Fraud", "C9", 7)
    assert facts.status is ProjectStatus.ON_HOLD
    (changed,) = await events(team, "plan_changed")
    assert changed["changes"]["stop_threshold"] == [None, 0.65]
    assert changed["changes"]["stop_by"] == [None, SOON.isoformat()]
    assert len(await events(team, "project_described")) == 1
    async with team.db.reading(team.workspace_id) as session:
        (found,) = (await search(session, AsOf(DAY, BERLIN))).projects
    assert found.touchpoint == SOON
    assert found.stop is not None
    assert (found.stop.threshold, found.stop.best, found.stop.met) == (0.65, 0.54, False)


async def test_what_is_past_or_can_not_be_measured_is_refused(team: Team) -> None:
    past = DAY - timedelta(days=1)
    async with in_hand(team) as (session, hand):
        for plan, field in ((Plan(touchpoint=past), "touchpoint"), (Plan(stop_by=past), "stop_by")):
            with pytest.raises(planning.OverAlready) as refused:
                await planning.set_plan(session, hand, plan, NOW)
            assert refused.value.field == field
        hand.project.next_touchpoint = past
        await planning.set_plan(session, hand, Plan(touchpoint=past), NOW)
        nothing = hand._replace(unit=None)
        with pytest.raises(NothingToMeasure):
            await planning.set_plan(session, nothing, Plan(stop=50, stop_by=SOON), NOW)
        hand.project.status = ProjectStatus.STOPPED
        with pytest.raises(Unknown, match="Only a decision"):
            await planning.set_status(session, hand, ProjectStatus.ACTIVE, NOW)


async def test_answers_are_kept_by_key_and_what_others_said_stays(team: Team) -> None:
    async with in_hand(team) as (session, hand):

        async def say(topic: charter.Topic, said: dict[str, str | None], *shown: str) -> None:
            await charters.answer(session, hand, topic, said, shown=shown, at=NOW)
            await session.flush()

        await say(charter.WHY, {"problem": "Found too late", "if_wrong": "A card is blocked"})
        await say(charter.WHY, {"problem": None, "if_wrong": "A card is blocked"})
        await say(charter.HARM, {"risk_tier": "high", "explainability": "no"})
        await say(charter.SYSTEMS, {"serving": "real_time"})
        assert await charters.answers_of(session, hand.project.id, charter.WHY) == {
            "problem": "Found too late",
            "if_wrong": "A card is blocked",
        }
        await say(charter.WHY, {"if_wrong": None}, "if_wrong")
        await say(charter.SYSTEMS, {"serving": None}, "serving")
        project = hand.project
    assert (project.problem, project.risk_tier) == ("Found too late", RiskTier.HIGH)
    assert (project.serving, project.explainability_required) == (None, False)
    facts = await page(team)
    assert facts.answered == {"problem", "risk_tier", "explainability"}
    keys = [data["keys"] for data in await events(team, "charter_answered")]
    assert keys[0] == ["problem", "if_wrong"]
    assert len(keys) == 5
    async with in_hand(team) as (session, hand):
        hand.project.serving = Serving.BATCH
        found = await charters.answers_of(session, hand.project.id, charter.SYSTEMS)
    assert found == {"serving": "batch"}


async def test_governance_tracks(team: Team) -> None:
    track = GovernanceFacts(GovernanceKind.PRIVACY, GovernanceState.UNDER_WAY, link="https://x")
    async with in_hand(team) as (session, hand):
        ben = await session.get_one(Member, team.ben.id)
        await planning.set_track(session, hand, track, ben, NOW)
        await session.flush()
        done = replace(track, state=GovernanceState.DONE, link=None)
        await planning.set_track(session, hand, done, None, NOW)
    (privacy, *others) = (await page(team)).governance
    assert privacy == replace(done, owner=None)
    assert [one.state for one in others] == [GovernanceState.NOT_STARTED] * 3
    assert [data["after"] for data in await events(team, "governance_changed")] == [
        "under_way",
        "done",
    ]


async def test_roles_are_given_and_taken_and_what_others_gave_stays(team: Team) -> None:
    await hold(team, Role.DESIGNER, ["UBEN", "UANA"], [])
    await hold(team, Role.DESIGNER, ["UNEW"], ["UBEN"])
    facts = await page(team)
    assert [one.slack_id for one in facts.holders(Role.DESIGNER)] == ["UANA", "UNEW"]
    await hold(team, Role.DESIGNER, ["UANA", "UNEW"], ["UANA", "UNEW"])
    assert len(await events(team, "roles_changed")) == 2
    with pytest.raises(roles.NobodyRunsIt):
        await hold(team, Role.PM, [], ["UANA"])
    await hold(team, Role.PM, ["UBEN"], ["UANA"])
    assert not (await page(team)).may_change


async def test_the_note_goes_to_each_stakeholder_once(team: Team) -> None:
    async with in_hand(team) as (session, hand):
        with pytest.raises(expectations.NobodyToExpect):
            await expectations.send(session, hand, NOW)
    await hold(team, Role.STAKEHOLDER, ["UBEN"], [])
    assert (await page(team)).waiting_for is None
    async with in_hand(team) as (session, hand):
        assert await expectations.send(session, hand, NOW) == 1
        with pytest.raises(expectations.SentAlready):
            await expectations.send(session, hand, NOW)
        with pytest.raises(expectations.NotForYou):
            await expectations.acknowledge(session, team.project.id, "UANA", NOW)
    assert [one.name for one in (await page(team)).waiting_for or ()] == ["Ben"]
    # Who joins later gets it by itself; who leaves is not waited for.
    await hold(team, Role.STAKEHOLDER, ["UBEN", "UANA"], ["UBEN"])
    await hold(team, Role.STAKEHOLDER, ["UANA"], ["UBEN", "UANA"])
    assert [one.name for one in (await page(team)).waiting_for or ()] == ["Ana"]
    async with team.writing() as session:
        for _ in range(2):
            await expectations.acknowledge(session, team.project.id, "UANA", NOW)
    assert (await page(team)).waiting_for == ()
    assert len(await events(team, "expectations_acknowledged")) == 1
    await hold(team, Role.STAKEHOLDER, ["UBEN", "UANA"], ["UANA"])
    await hold(team, Role.STAKEHOLDER, [], ["UBEN", "UANA"])
    await hold(team, Role.STAKEHOLDER, ["UANA"], [])
    async with team.db.reading(team.workspace_id) as session:
        notices = (await session.scalars(select(Notice).order_by(Notice.member_id))).all()
        kept = (await session.scalars(select(Acknowledgement).order_by(Acknowledgement.id))).all()
        told = await expectations.told(session, team.ana.id, [team.project.id])
        assert await expectations.told(session, team.ana.id, []) == {}
    assert [(one.member_id, one.done_at is None) for one in notices] == [
        (team.ana.id, False),
        (team.ben.id, True),
    ]
    assert [row.member_id for row in kept] == [team.ben.id, team.ana.id]
    assert [one.acknowledged for one in told.values()] == [True]


async def test_strangers_leavers_and_the_note_at_once_are_eight_statements(team: Team) -> None:
    async with in_hand(team) as (session, hand):
        chosen = roles.Chosen(Role.STAKEHOLDER, ["UBEN"], [])
        await roles.set_holders(session, hand.project.id, chosen, "UANA", NOW)
        await expectations.send(session, hand, NOW)
    new = [f"UNEW{number}" for number in range(9)]
    async with team.writing() as session:
        with count_queries(team.db) as statements:
            chosen = roles.Chosen(Role.STAKEHOLDER, new, ["UBEN"])
            await roles.set_holders(session, team.project.id, chosen, "UANA", NOW)
            await session.flush()
    assert len(statements) <= 8, statements
    async with team.db.reading(team.workspace_id) as session:
        told = (await session.scalars(select(Notice).order_by(Notice.id))).all()
    assert len(told) == 1 + len(new)
