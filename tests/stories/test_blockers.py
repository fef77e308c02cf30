"""Blockers and risks in Slack: raised from the project's page, said something about, escalated once."""

from tests.stories import team
from tests.stories.people import Form, Said
from tests.stories.steps import a_hypothesis, a_project, a_standup
from tests.stories.world import World


async def test_a_blocker_from_the_page_to_the_leader(either: World) -> None:
    world = either
    jonas, mira = world.person("jonas"), world.person("mira")
    await a_project(world)
    await a_hypothesis(world, "sofia", "a blend of three models")
    await a_standup(world)
    await world.to("2026-02-02T12:45:00Z")  # Mira's evening: she is told of both in the morning
    page = await raised(world)
    await mira_hears_of_both(world)
    await jonas_reads_what_she_says(world)
    await a_week_later_the_pm_is_asked_once(world)
    await page.close()
    assert await mira.dms()
    assert await jonas.dms()


async def raised(world: World) -> Form:
    """Sofía writes down a blocker and a risk, both with Mira."""
    sofia = world.person("sofia")
    project = await sofia.opens("/lab project FRAUD")
    await project.click("Blockers and risks")
    page = await sofia.form()
    assert "Nothing is in the way, and no risk is written down." in page.text
    await page.click("Add one")
    form = await sofia.form()
    missing = await form.submit(text="", kind=None)
    assert set(missing.errors) == {"kind", "text"}
    filled = {"text": "Labels of March", "kind": "data_quality", "owner": team.user("mira")}
    assert (await form.submit(**filled)).kind == "closed"
    page = await page.again("Labels of March")
    await page.click("Add one")
    risk = {**filled, "text": "Consent may be withdrawn", "kind": "privacy", "risk": "risk"}
    assert (await (await sofia.form()).submit(**risk)).kind == "closed"
    page = await page.again("Consent may be withdrawn")
    assert "Risks: not in the way yet" in page.text
    assert "The whole project · sofia · new today" in page.text
    return page


async def mira_hears_of_both(world: World) -> None:
    mira = world.person("mira")
    await world.to("2026-02-03T04:00:00Z")
    await world.settled()
    told = next(one for one in await mira.dms() if "needs:" in one.shown)
    assert "sofia needs: Labels of March (data quality or labels). Can you clear it?" in told.shown
    assert "sofia sees a risk: Consent may be withdrawn (privacy)." in told.shown
    await mira.click("I'm on it", near="Labels", on=told)
    await mira.click("Update", near="Labels", on=told)
    form = await mira.form()
    assert form.title == "How does it stand?"
    assert (await form.submit(said="The agency answers on Friday")).kind == "closed"
    await mira.click("Update", near="Consent", on=told)
    form = await mira.form()
    assert (await form.submit(step="in_the_way", said="Two have left")).kind == "closed"


async def jonas_reads_what_she_says(world: World) -> None:
    """Sofía, who raised both, is told; Jonas sees it in what could use a hand."""
    sofia, jonas = world.person("sofia"), world.person("jonas")
    await world.to("2026-02-03T15:00:00Z")
    await world.settled()
    told = next(one for one in await sofia.dms() if "says:" in one.shown)
    assert "mira says: “The agency answers on Friday”, about what you need: Labels" in told.shown
    assert "mira says: “Two have left”, about what you need: Consent" in told.shown
    await world.to("2026-02-05T12:00:00Z")
    (said,) = await jonas.type("/lab digest")
    assert "Card fraud alerts (FRAUD): waiting for 3 working days: Labels of March" in said.shown


async def a_week_later_the_pm_is_asked_once(world: World) -> None:
    jonas, mira = world.person("jonas"), world.person("mira")
    await world.to("2026-02-06T22:59:00Z")
    await world.settled()
    await world.to("2026-02-09T08:05:00Z")
    await world.settled()
    asked = [one for one in await jonas.dms() if "could use your help" in one.shown]
    assert len(asked) == 1, "five working days of Monday the 2nd are over on Saturday"
    assert (
        "Card fraud alerts could use your help. In the way since 2 February: Labels of March"
        in asked[0].shown
    )
    assert "mira is to clear it. Last said: “The agency answers on Friday”" in asked[0].shown
    await jonas.click("I take it", on=asked[0])
    await world.settled()
    await jonas.click("It's cleared", near="Labels", on=await newest(world, "could use your help"))
    await world.to("2026-02-10T08:35:00Z")
    await world.settled()
    again = [one for one in await jonas.dms() if "could use your help" in one.shown]
    assert len(again) == 1 + 1, (
        "the risk became a blocker on the 3rd: five days are over on the 10th"
    )
    assert "Consent may be withdrawn" in again[-1].shown
    assert await mira.dms()


async def newest(world: World, words: str) -> Said:
    return [one for one in await world.person("jonas").dms() if words in one.shown][-1]
