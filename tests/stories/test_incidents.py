"""A live model in Slack: a value falls, somebody is asked, an incident is opened, told of and closed."""

from models.domain.project import Role
from tests.stories import team
from tests.stories.people import Said
from tests.stories.steps import a_project
from tests.stories.test_could_use_a_hand import digest
from tests.stories.test_numbers import a_role
from tests.stories.world import World

BELOW = "live value 58 of 100, needed 60 of 100, since 3 Feb."


async def ready(world: World) -> None:
    """A project that is made ready for use, with an engineer, and eight hours agreed."""
    jonas = world.person("jonas")
    await a_project(world)
    page = await jonas.opens("/lab project FRAUD")
    await page.click("Plan")
    assert (await (await jonas.form()).submit(repair="8")).kind == "closed"
    page = await page.again()
    await page.click("Move")
    outcome = await (await jonas.form()).submit(stage="readiness", reason="It runs elsewhere")
    assert outcome.kind == "closed"
    await (await page.again("Live number")).close()
    await (await world.person("mira").opens("/lab project FRAUD")).close()
    await a_role(world, "mira", Role.ML_ENGINEER)


async def live_value(world: World, who: str, value: str, on: str) -> str:
    """Somebody enters a live value on the project's page; what is said then."""
    person = world.person(who)
    page = await person.opens("/lab project FRAUD")
    await page.click("Live number")
    form = await person.form()
    refused = await form.submit(value=value, on="2027-01-01")
    assert refused.errors == {"on": "That day is still to come."}
    outcome = await form.submit(value=value, on=on)
    assert outcome.form is not None
    page = await page.again()
    await outcome.form.close()
    await page.close()
    return outcome.note


async def card(world: World) -> Said:
    said = await world.person("sofia").reads(team.CHANNEL)
    return next(one for one in said if one.text.startswith("*Incident"))


async def test_a_live_value_falls_until_it_is_put_right(either: World) -> None:
    world = either
    await ready(world)
    await nothing_is_said_while_it_is_good(world)
    await it_falls(world)
    await an_incident_is_opened(world)
    await it_is_over(world)


async def nothing_is_said_while_it_is_good(world: World) -> None:
    """The twin: exactly what is needed is good enough."""
    note = await live_value(world, "mira", "60", "2026-02-01")
    assert note == "60 of 100 is stored."
    assert "live value" not in (await digest(world)).shown


async def it_falls(world: World) -> None:
    await world.to("2026-02-03T12:00:00Z")
    note = await live_value(world, "mira", "58", "2026-02-03")
    assert "did an input change?" in note
    await world.settled()
    jonas = world.person("jonas")
    dm = next(one for one in await jonas.dms() if "did an input change?" in one.shown)
    assert "58 of 100, needed 60 of 100, since 3 Feb." in dm.shown
    said = await digest(world)
    assert f"{BELOW} Did an input change?" in said.shown


async def an_incident_is_opened(world: World) -> None:
    mira, jonas = world.person("mira"), world.person("jonas")
    await mira.click("Open incident", near="Card fraud", on=await digest(world, "mira"))
    form = await mira.form()
    refused = await form.submit(what="Alerts without a merchant", since="2026-03-01")
    assert refused.errors == {"since": "That day is still to come."}
    outcome = await form.submit(what="Alerts without a merchant", since="2026-02-03")
    assert "It is open, and shown where its users read." in outcome.note
    assert outcome.form is not None
    await outcome.form.close()
    await world.settled()
    said = await card(world)
    assert "What was seen: Alerts without a merchant" in said.shown
    assert "Agreed: over within 8 hours, by Tue 3 Feb, 21:00 (Europe/Berlin)." in said.shown
    asked = next(one for one in await jonas.dms() if "did an input change?" in one.shown)
    assert "An incident is open since 3 Feb." in asked.shown
    assert "Open incident" not in asked.buttons
    found = await digest(world)
    assert f"{BELOW} An incident is open since 3 Feb." in found.shown
    sofia = world.person("sofia")
    await sofia.click("Say how it stands", on=said)
    assert "Only the project's PM, somebody technical" in (await sofia.form()).text


async def it_is_over(world: World) -> None:
    mira = world.person("mira")
    await world.to("2026-02-03T16:30:00Z")
    await mira.click("Say how it stands", on=await card(world))
    form = await mira.form()
    refused = await form.submit(state="over")
    assert set(refused.errors) == {"cause", "fix", "prevention"}
    done = {"fix": "The feed sends merchants again", "prevention": "A check on the feed"}
    assert (await form.submit(state="over", cause="upstream_data", **done)).kind == "closed"
    await world.settled()
    said = await card(world)
    assert said.shown.startswith("Incident, over: Card fraud alerts")
    assert "Over after 5 hours, in time: 8 were agreed." in said.shown
    assert "Say how it stands" not in said.buttons
    assert await live_value(world, "mira", "61", "2026-02-03") == "61 of 100 is stored."
    assert "live value" not in (await digest(world)).shown
    page = await mira.opens("/lab project FRAUD")
    await page.click("Incidents")
    listed = await mira.form()
    assert "Since 3 Feb 2026, over: Alerts without a merchant." in listed.text
    await listed.close()
    await page.click("History")
    history = await mira.form()
    assert "3 Feb 2026 · Incident over: The feed sends merchants again" in history.text
    assert "3 Feb 2026 · Incident: Alerts without a merchant" in history.text
