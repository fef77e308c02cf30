"""A condition of a go through Slack: its owner is told, a digest shows it when it is overdue, it is met."""

from datetime import date

from sqlalchemy import select

from models.db import Database
from models.domain.decision import DecisionKind
from models.tables import Member, Project
from tests.rows_decisions import make_condition, make_decision
from tests.stories import team
from tests.stories.steps import a_hypothesis, a_project
from tests.stories.world import World

DUE = date(2026, 2, 5)


async def a_go(world: World) -> None:
    """Of FRAUD; Mira sees to its condition."""
    db = Database(world.database_url)
    async with db.writing(1) as session:
        project = (await session.scalars(select(Project))).one()
        mira = (
            await session.scalars(select(Member).where(Member.slack_id == team.user("mira")))
        ).one()
        decision = await make_decision(
            session, project, mira, kind=DecisionKind.GO, on=date(2026, 2, 2), next_on=None
        )
        await make_condition(session, decision, mira, due=DUE)
    await db.close()


async def test_an_overdue_condition_comes_back_and_is_met(plain: World) -> None:
    world, jonas, mira = plain, plain.person("jonas"), plain.person("mira")
    await a_project(world)
    await a_hypothesis(world, "mira")
    await a_go(world)
    await world.to("2026-02-05T12:00:00Z")
    (said,) = await jonas.type("/lab digest")
    assert "It's met" not in said.buttons, "on its day it is not overdue"
    await world.to("2026-02-06T12:00:00Z")
    (said,) = await mira.type("/lab digest")
    assert "a condition of its go was due on 5 Feb (1 working day ago): Contract signed" in (
        said.shown
    )
    await mira.click("It's met", on=said)
    outcome = await (await mira.form()).submit(evidence="https://wiki.example/contract")
    assert "Contract signed: noted, with what shows it." in outcome.note
    assert outcome.form is not None
    await outcome.form.close()
    (said,) = await jonas.type("/lab digest")
    assert "It's met" not in said.buttons
    page = await jonas.opens("/lab project FRAUD")
    await page.click("Decisions", near="Decided")
    decisions = await jonas.form()
    assert "✓ Contract signed: mira, 6 February: https://wiki.example/contract" in decisions.text
