"""Stakeholders read of a change once, in a channel of their own, in words that need no machine learning."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from handlers.blocks import stakeholder_notes as blocks
from models import benchmarks, stages, stakeholder_notes
from models.domain.benchmark import Moved
from models.domain.digest_messages import StakeholderNote
from models.domain.errors import Unknown
from models.domain.metric import Goal
from models.domain.project import Role, Stage
from models.domain.stakeholder_facts import NeededNow, ToldStakeholders
from models.tables import Benchmark, Member, Membership, Metric, Project
from models.versions import GoodEnough, NextVersion
from tests.models.conftest import NOW, Team
from tests.rows_scope import make_scope_change

CHANNEL = "C0USERS"


async def prepare(team: Team, channel: str | None = CHANNEL) -> None:
    async with team.writing() as session:
        (await session.get_one(Project, team.project.id)).stakeholders_channel_id = channel
        ana = await session.get_one(Member, team.ana.id)
        ana.described = True
        session.add(Membership(project_id=team.project.id, member_id=ana.id, role=Role.PM))


async def told(team: Team) -> list[str]:
    """What waits for the stakeholders' channel, in words."""
    sent = await team.sent(kind="stakeholder_note")
    assert {one.destination for one in sent} <= {CHANNEL}
    async with team.db.reading(team.workspace_id) as session:
        return [
            blocks.message(
                await stakeholder_notes.facts(session, StakeholderNote(**one.payload))
            ).text
            for one in sent
        ]


async def change(team: Team, acceptance: float) -> None:
    """Another stage, and another needed value."""
    async with team.writing() as session:
        reason = "Labels were wrong"
        await stages.move(session, team.project.id, "UANA", Stage.PROTOTYPE, reason, NOW)
        benchmark = (await session.scalars(select(Benchmark.id))).one()
        good = GoodEnough(acceptance, None, "Fewer analysts")
        hand = await benchmarks.take(session, benchmark, "UANA")
        await benchmarks.change_acceptance(session, hand, good, at=NOW)


async def test_each_change_is_told_once_in_plain_words(team: Team) -> None:
    await prepare(team)
    await change(team, 0.8)
    assert await told(team) == [
        "Fraud detection is trying out whether it can work now. Labels were wrong. "
        "Next: a decision whether to go on.",
        "Fraud detection gets another mark for good enough, still to be agreed. "
        "Frauds caught: 80 of 100, until now 70 of 100. Why: Fewer analysts.",
    ]


async def test_a_new_version_is_told_where_another_value_is_needed(team: Team) -> None:
    await prepare(team)
    async with team.writing() as session:
        metric = (await session.scalars(select(Metric.id))).one()
        for acceptance, days in ((0.7, 1), (0.75, 2)):
            good = GoodEnough(acceptance, None, "More fraud by phone")
            begins = NOW.today + timedelta(days=days)
            new = NextVersion(good, 0.5, "the last quarter", Moved.DATA, begins)
            hand = await benchmarks.take_latest(session, metric, "UANA")
            await benchmarks.new_version(session, hand, new, at=NOW)
    day = NOW.today + timedelta(days=2)
    assert await told(team) == [
        f"Fraud detection is measured anew from {day.day} {day:%B} on. Frauds caught: 75 of 100 needed "
        "then, 70 of 100 until then. The two are not compared. Why: More fraud by phone."
    ]


@pytest.mark.parametrize("channel", [None, "C00000001"])
async def test_without_a_channel_of_their_own_nothing_is_said_twice(
    team: Team, channel: str | None
) -> None:
    await prepare(team, channel)
    await change(team, 0.8)
    assert await told(team) == []


async def test_a_changed_scope_is_told_with_what_was(team: Team) -> None:
    async with team.writing() as session:
        row = await make_scope_change(
            session, team.project, team.ana, [team.ben], before="All", after="Invoices"
        )
        row.because = "Payroll comes in February"
    note = StakeholderNote(about="scope", number=row.id)
    async with team.db.reading(team.workspace_id) as session:
        said = blocks.message(await stakeholder_notes.facts(session, note)).text
        assert said == (
            "Fraud detection does something else from now on: Invoices. Until now: All. "
            "Why: Payroll comes in February."
        )
        for gone in ("stage", "scope", "needed"):
            lost = StakeholderNote.model_validate({"about": gone, "number": 999})
            with pytest.raises(Unknown):
                await stakeholder_notes.facts(session, lost)


def test_without_a_phrase_the_values_are_enough() -> None:
    needed = NeededNow("", "%", Goal.MIN, 15.0, 14.0, "Agreed")
    said = blocks.message(ToldStakeholders("Cash flow", needed)).text
    assert said.startswith("Cash flow gets another mark for good enough, still to be agreed. 14%")
