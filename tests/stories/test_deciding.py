"""Deciding through Slack: asked for the day after it was due, with a brief before; a review that waits."""

from tests.stories import team
from tests.stories.people import Said
from tests.stories.steps import a_hypothesis, a_project
from tests.stories.world import World


async def digest(world: World, moment: str) -> Said:
    await world.to(moment)
    (said,) = await world.person("jonas").type("/lab digest")
    return said


async def channel(world: World) -> str:
    await world.settled()
    said = await world.person("mira").reads(team.CHANNEL)
    return "\n".join(one.shown for one in said if not one.raw.get("ephemeral"))


async def planned(world: World) -> None:
    """The project ends on 12 February unless 50 of 100 is reached."""
    jonas = world.person("jonas")
    page = await jonas.opens("/lab project FRAUD")
    await page.click("Plan")
    outcome = await (await jonas.form()).submit(stop="50", stop_by="2026-02-12", effort="0.5")
    assert outcome.kind in {"closed", "updated"}, outcome
    await (await page.again()).close()


async def test_a_missed_stop_mark_asks_for_a_decision_and_has_it(either: World) -> None:
    world, jonas = either, either.person("jonas")
    await a_project(world)
    await a_hypothesis(world, "mira")
    await a_hypothesis(world, "kai", "a blend of three models", begins="later")
    await planned(world)
    said = await digest(world, "2026-02-12T12:00:00Z")
    assert "Decide" not in said.buttons, "on its day it has not passed"
    said = await digest(world, "2026-02-13T12:00:00Z")
    assert "the stop date was 12 Feb (1 working day ago): 41 of 100, the mark was 50" in said.shown
    await jonas.click("Decide", on=said)
    form = await jonas.form()
    assert "By the rule: stop: the stop mark is not reached." in form.text
    await form.click("Show the brief")
    brief = await jonas.form()
    for words in ("Worth: not yet estimated.", "a blend of three models", "Not tried yet"):
        assert words in brief.text, brief.text
    await brief.close()
    refused = await form.submit(kind="continue", reason="Labels", next_on="2026-02-13")
    assert refused.errors == {"next_on": "Please choose a day that is still to come."}
    outcome = await form.submit(
        kind="continue", reason="Clean labels come", next_on="2026-02-25", dissent="Kai: stop"
    )
    assert "Card fraud alerts: continue." in outcome.note
    read = await channel(world)
    for words in (
        "Card fraud alerts: continue. Clean labels come. (jonas, 13 Feb; again on 25 Feb)",
        "Differs from the rule, which says: stop.",
        "Seen otherwise: Kai: stop",
    ):
        assert words in read, read
    assert "Decide" not in (await digest(world, "2026-02-16T12:00:00Z")).buttons
    await world.to("2026-02-23T07:59:00Z")
    assert "to decide on Wednesday 25 February" not in await channel(world)
    await world.to("2026-02-23T09:00:00Z")
    assert (await channel(world)).count("to decide on Wednesday 25 February") == 1
    page = await jonas.opens("/lab project FRAUD")
    assert "Decided: continue, 13 Feb, again on 25 Feb" in page.text


async def test_a_review_that_waits_is_scheduled_again(plain: World) -> None:
    world, jonas = plain, plain.person("jonas")
    await a_project(world)
    await a_hypothesis(world, "mira")
    reviews = await jonas.opens("/lab review")
    await reviews.click("Plan a review")
    outcome = await (await jonas.form()).submit(
        kind="handover", due="2026-02-05", chair=team.user("jonas")
    )
    assert outcome.form is not None
    await outcome.form.close()
    await reviews.close()
    assert "Schedule" not in (await digest(world, "2026-02-11T12:00:00Z")).buttons
    said = await digest(world, "2026-02-12T12:00:00Z")
    assert "the hand-over review was due on 5 Feb (5 working days) and is not held" in said.shown
    await jonas.click("Schedule", on=said)
    outcome = await (await jonas.form()).submit(due="2026-02-20")
    assert "Hand-over review of Card fraud alerts: by Friday, 20 February." in outcome.note
    assert "Schedule" not in (await digest(world, "2026-02-12T13:00:00Z")).buttons
