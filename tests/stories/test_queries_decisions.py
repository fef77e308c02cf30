"""How often deciding asks the database: at most eight times, however big the workspace (design §6)."""

import pytest
from sqlalchemy import select

from models.db import Database
from models.domain.decision import DecisionKind
from models.domain.project import Role, Stage
from models.tables import Member, Membership, Project
from tests.rows_decisions import make_condition, make_decision
from tests.stories import team
from tests.stories.people import Person
from tests.stories.steps import a_hypothesis, a_project
from tests.stories.test_queries import Counter, a_crowd, assert_seldom, only_listening
from tests.stories.world import World

ASKED = {
    "/lab decide FRAUD": 7,
    "another project": 6,
    "brief": 7,
    "continue": 7,
    "go in place of another": 8,
    "decisions": 4,
    "it's met": 2,
    "it's met: submit": 6,
    "same numbers": 4,
    "same numbers: submit": 6,
    "live number": 3,
    "live number: submit": 6,
    "incidents": 3,
    "open incident": 4,
    "open incident: submit": 6,
    "see an incident": 2,
    "say how it stands": 3,
    "it is over": 6,
    "its end": 2,
    "announce its end": 3,
    "announce its end: submit": 7,
    "it stays after all": 6,
}
"""Statements of each interaction; BEGIN and COMMIT are not counted."""


async def in_use(world: World) -> None:
    """The project is live, its last go has a condition of Jonas, and Mira and Sofía belong to it."""
    db = Database(world.database_url)
    async with db.writing(1) as session:
        project = (await session.scalars(select(Project).where(Project.key == "FRAUD"))).one()
        project.stage, project.repair_hours = Stage.PRODUCTION, 8
        found = await session.scalars(select(Member))
        people = {one.slack_id: one for one in found}
        for who in ("mira", "sofia"):
            if (member := people.get(team.user(who))) is not None:
                session.add(
                    Membership(project_id=project.id, member_id=member.id, role=Role.STAKEHOLDER)
                )
        jonas = people[team.user("jonas")]
        go = await make_decision(session, project, jonas, kind=DecisionKind.GO)
        await make_condition(session, go, jonas)
    await db.close()


@pytest.mark.parametrize("people", [0, 200], ids=["small", "big"])
async def test_deciding_asks_seldom_and_constantly(signed: World, people: int) -> None:
    jonas = signed.person("jonas")
    await a_project(signed)
    await a_hypothesis(signed, "mira")
    await signed.settled()
    async with only_listening(signed):
        await a_crowd(signed.database_url, people)
        count = Counter(signed)
        await deciding(jonas, count)
        await in_use(signed)
        await a_condition(jonas, count)
        await numbers(jonas, count)
        await an_incident(jonas, count)
        await an_end(signed, count)
        assert count.counts == ASKED
        assert_seldom(ASKED)


async def deciding(jonas: Person, count: Counter) -> None:
    with count.of("/lab decide FRAUD"):
        form = await jonas.opens("/lab decide FRAUD")
    with count.of("another project"):
        await form.choose("project", "1")
        form = await form.again()
    with count.of("brief"):
        await form.click("Show the brief")
        brief = await jonas.form()
    await brief.close()
    with count.of("continue"):
        outcome = await form.submit(kind="continue", reason="It moves", next_on="2026-03-02")
        assert outcome.form is not None, outcome
    await outcome.form.close()
    form = await jonas.opens("/lab decide FRAUD")
    with count.of("go in place of another"):
        outcome = await form.submit(kind="go", reason="The idea holds", replaces="1")
        assert outcome.form is not None, outcome
    await outcome.form.close()
    page = await jonas.opens("/lab project FRAUD")
    with count.of("decisions"):
        await page.click("Decisions", near="Decided")
        decisions = await jonas.form()
    await decisions.click("Decide")
    form = await decisions.again("By the rule")
    await form.click("Show the brief")
    for opened in (await jonas.form(), form, page):
        await opened.close()


async def a_condition(jonas: Person, count: Counter) -> None:
    page = await jonas.opens("/lab project FRAUD")
    await page.click("Decisions", near="Decided")
    decisions = await jonas.form()
    with count.of("it's met"):
        await decisions.click("It's met")
        form = await jonas.form()
    with count.of("it's met: submit"):
        outcome = await form.submit(evidence="https://wiki.example/contract")
        assert outcome.form is not None, outcome
    await outcome.form.close()
    await decisions.close()
    await page.close()


async def numbers(jonas: Person, count: Counter) -> None:
    """The product's beside the experiment's, and one of the live model that is too low."""
    page = await jonas.opens("/lab project FRAUD")
    with count.of("same numbers"):
        await page.click("Same numbers?")
        form = await jonas.form()
    with count.of("same numbers: submit"):
        outcome = await form.submit(experiment="50", product="50")
        assert outcome.form is not None, outcome
    await outcome.form.close()
    with count.of("live number"):
        await page.click("Live number")
        form = await jonas.form()
    with count.of("live number: submit"):
        outcome = await form.submit(value="20", on="2026-02-02")
        assert outcome.form is not None, outcome
        page = await page.again()
    assert "did an input change?" in outcome.note
    await outcome.form.close()
    await page.close()


async def an_incident(jonas: Person, count: Counter) -> None:
    page = await jonas.opens("/lab project FRAUD")
    with count.of("incidents"):
        await page.click("Incidents")
        listed = await jonas.form()
    with count.of("open incident"):
        await listed.click("Open incident")
        form = await jonas.form()
    with count.of("open incident: submit"):
        outcome = await form.submit(what="Alerts without a merchant")
        assert outcome.form is not None, outcome
    await outcome.form.close()
    await listed.close()
    await page.click("Incidents")
    listed = await jonas.form()
    with count.of("see an incident"):
        await listed.click("See it")
        seen = await listed.again("Say how it stands")
    with count.of("say how it stands"):
        await seen.click("Say how it stands")
        form = await jonas.form()
    with count.of("it is over"):
        said = {"fix": "The feed is back", "prevention": "A check on the feed"}
        outcome = await form.submit(state="over", cause="upstream_data", **said)
        assert outcome.kind == "closed", outcome
        seen = await seen.again()
    await seen.close()
    await page.close()


async def an_end(world: World, count: Counter) -> None:
    jonas = world.person("jonas")
    page = await jonas.opens("/lab project FRAUD")
    with count.of("its end"):
        await page.click("Its end")
        end = await jonas.form()
    with count.of("announce its end"):
        await end.click("Announce its end")
        form = await jonas.form()
    last_day = "2026-04-01"
    told = [team.user(one) for one in ("mira", "sofia")]
    said = {"why": "cost", "reason": "It costs too much", "instead": "The old list"}
    with count.of("announce its end: submit"):
        outcome = await form.submit(stops_on=last_day, told=told, **said)
        assert outcome.form is not None, outcome
        end = await end.again("It stops on")
    await outcome.form.close()
    with count.of("it stays after all"):
        await end.click("It stays after all")
        end = await end.again("Nothing is planned")
    await end.close()
    await page.close()
