"""The end of a live model in Slack: announced, confirmed by each, chased, reminded of, and retired."""

from sqlalchemy import select

from models.db import Database
from models.domain.decision import DecisionKind
from models.domain.project import Stage
from models.domain.review import ReviewKind
from models.tables import Member, Project
from tests.rows import make_review
from tests.rows_decisions import make_decision
from tests.stories import team
from tests.stories.people import Form, Said
from tests.stories.steps import a_project
from tests.stories.test_could_use_a_hand import digest
from tests.stories.world import World

WAITS = "Card fraud alerts (FRAUD): sofia has not confirmed that it stops, told on 2 Feb."
END = {
    "why": "newer_model",
    "reason": "The new model finds twice as many",
    "instead": "The new list of alerts",
    "told": [team.user("mira"), team.user("sofia")],
}


async def in_use(world: World) -> None:
    """It went live, and its review of today ended with a go: how that comes is told elsewhere."""
    db = Database(world.database_url)
    async with db.writing(1) as session:
        project = (await session.scalars(select(Project))).one()
        jonas = (
            await session.scalars(select(Member).where(Member.slack_id == team.user("jonas")))
        ).one()
        project.stage = Stage.PRODUCTION
        review = await make_review(session, project, jonas, kind=ReviewKind.DEPRECATION)
        await make_decision(session, project, jonas, kind=DecisionKind.GO, review_id=review.id)
    await db.close()


async def ends(world: World) -> Form:
    """The page about its end, in front of the PM."""
    page = await world.person("jonas").opens("/lab project FRAUD")
    await page.click("Its end")
    return await world.person("jonas").form()


async def posted(world: World) -> Said:
    said = await world.person("jonas").reads(team.CHANNEL)
    return next(one for one in said if one.text.startswith(("*It stops", "*It has stopped")))


async def test_a_model_ends_without_surprise(either: World) -> None:
    world = either
    await a_project(world)
    for who in ("mira", "sofia"):
        await (await world.person(who).opens("/lab project FRAUD")).close()
    await in_use(world)
    await announced(world)
    await mira_confirms(world)
    await sofia_is_late(world)
    await it_is_retired(world)


async def announced(world: World) -> None:
    page = await ends(world)
    await page.click("Announce its end")
    form = await world.person("jonas").form()
    refused = await form.submit(**END, stops_on="2026-03-03")
    assert refused.errors == {
        "stops_on": "People need time to move: 4 March 2026 or later, 30 days from today."
    }
    outcome = await form.submit(**END, stops_on="2026-03-04")
    assert "It is posted where its users read. 2 people are asked to confirm it." in outcome.note
    assert outcome.form is not None
    page = await page.again("It stops on 4 March 2026.")
    await outcome.form.close()
    assert "Before it is retired\n• it stops on 4 March 2026" in page.text
    await page.close()
    await (await world.person("jonas").look()).close()
    await world.settled()
    said = await posted(world)
    assert "Last day: Wednesday, 4 March 2026" in said.shown
    assert "Still to confirm: mira and sofia." in said.shown


async def mira_confirms(world: World) -> None:
    mira = world.person("mira")
    await world.to("2026-02-03T04:00:00Z")
    await world.settled()
    told = next(one for one in await mira.dms() if "stops on 4 March" in one.shown)
    assert "From then on: The new list of alerts." in told.shown
    await mira.click("Read it all", on=told)
    whole = await mira.form()
    assert "A newer model takes its place: The new model finds twice as many" in whole.text
    await whole.close()
    await mira.click("I know", on=told)
    await world.settled()
    assert "Confirmed by mira. Still to confirm: sofia." in (await posted(world)).shown


async def sofia_is_late(world: World) -> None:
    """Two working days are no sign; after three the digest says so; half-time and the last week ask again."""
    jonas, sofia = world.person("jonas"), world.person("sofia")
    await world.to("2026-02-04T12:00:00Z")
    assert "has not confirmed" not in (await digest(world)).shown
    await world.to("2026-02-05T12:00:00Z")
    said = await digest(world)
    assert WAITS in said.shown
    await jonas.click("Remind", near="Card fraud", on=said)
    assert "sofia: reminded" in (await jonas.whispered(team.CHANNEL, "reminded")).text
    await world.to("2026-02-17T14:30:00Z")
    await world.settled()
    asked = [one for one in await sofia.dms() if "stops on 4 March" in one.shown]
    assert "Still to confirm: Card fraud alerts stops on 4 March." in asked[-1].shown
    count = len(asked)
    await world.to("2026-02-25T14:30:00Z")
    await world.settled()
    asked = [one for one in await sofia.dms() if "stops on 4 March" in one.shown]
    assert len(asked) == count + 1, "five working days before"
    await sofia.click("I know", on=asked[-1])
    await world.settled()
    assert "✓ Everybody knows." in (await posted(world)).shown
    assert "has not confirmed" not in (await digest(world)).shown


async def it_is_retired(world: World) -> None:
    jonas = world.person("jonas")
    await world.to("2026-03-04T12:00:00Z")
    page = await ends(world)
    assert "Before it is retired" not in page.text
    await page.click("Retire it")
    page = await page.again("This project has ended.")
    await page.close()
    await world.settled()
    assert (await posted(world)).shown.startswith("It has stopped: Card fraud alerts")
    below = await jonas.look()
    await below.click("History")
    history = await jonas.form()
    assert "2 Feb 2026 · It stops on 4 Mar 2026: The new model finds twice as many" in history.text
