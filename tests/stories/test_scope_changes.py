"""A scope change in Slack: announced from the project's page, read, chased, reminded of, and remembered."""

from tests.stories import team
from tests.stories.people import Said
from tests.stories.steps import a_hypothesis, a_project, a_standup
from tests.stories.world import World

CHANGE = {
    "before": "All payment types",
    "after": "Invoices only",
    "reason": "data",
    "because": "card payments come two days too late",
    "for_engineering": "No card feed for now",
    "safe_to_build": "- The page with the list\n- The export",
    "told": [team.user("mira"), team.user("sofia")],
}


async def test_a_scope_change_until_everybody_has_read_it(either: World) -> None:
    world = either
    await a_project(world)
    await a_hypothesis(world, "sofia", "a blend of three models")
    await a_standup(world)
    await announced(world)
    await mira_reads_it(world)
    await sofia_is_late(world)
    await it_is_remembered(world)


async def announced(world: World) -> None:
    jonas = world.person("jonas")
    page = await jonas.opens("/lab project FRAUD")
    await page.click("Scope change")
    form = await jonas.form()
    refused = await form.submit(**{**CHANGE, "baseline": "45"})
    assert set(refused.errors) == {"effective", "source", "acceptance"}
    worse = {"effective": "2026-02-02", "baseline": "45", "source": "x", "acceptance": "44"}
    refused = await form.submit(**{**CHANGE, **worse})
    assert set(refused.errors) == {"acceptance"}
    outcome = await form.submit(**{**CHANGE, **worse, "acceptance": "65"})
    assert "2 people are asked to confirm it." in outcome.note
    await (await jonas.look()).close()
    await (await jonas.look()).close()
    await world.settled()
    said = await posted(world)
    assert "From now on: Invoices only" in said.shown
    assert "version 2 of Recall at 9 in 10 precision: baseline 45 of 100" in said.shown
    assert "Still to read: mira and sofia." in said.shown


async def posted(world: World) -> Said:
    said = await world.person("jonas").reads(team.CHANNEL)
    return next(one for one in said if "Scope change" in one.text)


async def mira_reads_it(world: World) -> None:
    mira, jonas = world.person("mira"), world.person("jonas")
    await jonas.click("I've read it", on=await posted(world))
    assert "Nobody asked you" in (await jonas.whispered(team.CHANNEL, "Nobody asked")).text
    await world.to("2026-02-03T04:00:00Z")
    await world.settled()
    told = next(one for one in await mira.dms() if "has changed" in one.shown)
    assert "Safe to build now: The page with the list and The export" in told.shown
    await mira.click("Read it all", on=told)
    whole = await mira.form()
    assert "For engineering: No card feed for now" in whole.text
    await whole.close()
    await mira.click("I've read it", on=told)
    await world.settled()
    again = next(one for one in await mira.dms() if one.ts == told.ts)
    assert "✓ You have read it." in again.shown
    assert "I've read it" not in again.buttons
    assert "Read by mira. Still to read: sofia." in (await posted(world)).shown


async def sofia_is_late(world: World) -> None:
    """Nothing is said after two working days; after three she is asked again, and the digest says so."""
    sofia, jonas = world.person("sofia"), world.person("jonas")
    await world.to("2026-02-04T20:00:00Z")
    await world.settled()
    assert sum("scope of Card" in one.shown for one in await sofia.dms()) == 1
    (said,) = await jonas.type("/lab digest")
    assert "has not confirmed" not in said.shown, "two working days are no sign"
    await world.to("2026-02-05T14:30:00Z")
    await world.settled()
    asked = [one for one in await sofia.dms() if "scope of Card" in one.shown]
    assert "Still to read: the scope of Card fraud alerts has changed." in asked[-1].shown
    assert len(asked) == 1 + 1
    (said,) = await jonas.type("/lab digest")
    assert "Card fraud alerts (FRAUD): sofia has not confirmed the scope change of 2 Feb." in (
        said.shown
    )
    await jonas.click("Remind", near="Card fraud", on=said)
    assert "They were told today" in (await jonas.whispered(team.CHANNEL, "told today")).text
    await world.to("2026-02-06T12:00:00Z")
    (said,) = await jonas.type("/lab digest")
    await jonas.click("Remind", near="Card fraud", on=said)
    assert "sofia: reminded" in (await jonas.whispered(team.CHANNEL, "reminded")).text
    await world.to("2026-02-06T14:30:00Z")
    await world.settled()
    await sofia.click("I've read it")
    await world.settled()
    assert "✓ Everybody has read it." in (await posted(world)).shown
    (said,) = await jonas.type("/lab digest")
    assert "has not confirmed" not in said.shown


async def it_is_remembered(world: World) -> None:
    jonas = world.person("jonas")
    page = await jonas.opens("/lab project FRAUD")
    await page.click("History")
    history = await jonas.form()
    assert "2 Feb 2026 · Scope changed: Invoices only" in history.text
    assert "2 Feb 2026 · Benchmark version 2" in history.text
    assert "2 Feb 2026 · Benchmark version 1" in history.text
