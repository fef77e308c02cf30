"""The rhythm: one reminder, late answers, sitting out, leave and pauses, as people live them."""

from tests.stories import team
from tests.stories.people import Said
from tests.stories.steps import a_team_at_work, summary
from tests.stories.world import World

QUIET = "Still time until tomorrow 09:30."


async def questions(world: World, handle: str) -> list[Said]:
    """The DMs that ask, without reminders and what an owner is told."""
    dms = await world.person(handle).dms()
    return [said for said in dms if said.text.startswith("Hello ")]


async def test_one_reminder_in_the_own_workday_and_late_answers_are_shown(plain: World) -> None:
    await a_team_at_work(plain)
    mira, kai = plain.person("mira"), plain.person("kai")
    await plain.to("2026-02-03T06:59:00Z")
    assert len(await mira.dms()) == 1
    await plain.to("2026-02-03T07:00:00Z")
    await plain.settled()
    reminder = await mira.dm()
    assert reminder.shown.startswith(QUIET)
    assert "FRAUD-2 · merchant velocity features" in reminder.shown
    await mira.click("No change, still running")
    await plain.settled()
    reminder = await mira.dm()
    assert (reminder.shown, reminder.buttons) == ("Thank you, that is everything.", [])
    assert len(await kai.dms()) == 2, "the question and one reminder"

    await plain.to("2026-02-04T00:00:00Z")  # Kai's own time ended at 20:30
    await kai.click("No change, still running", on=(await questions(plain, "kai"))[0])
    await plain.settled()
    assert "(FRAUD-1, kai, late)" in (await summary(plain)).shown


async def test_sitting_out_leave_and_a_pause_are_nobodys_no_answer(plain: World) -> None:
    await a_team_at_work(plain)
    mira, jonas = plain.person("mira"), plain.person("jonas")
    await plain.to("2026-02-03T08:31:00Z")
    await plain.settled()

    await jonas.click("Pause / I'm away")
    assert (await (await jonas.form()).submit(what="skip")).kind == "closed"
    await goes_away(plain, "kai", until="2026-02-06")
    await mira.click("Pause / I'm away", on=(await questions(plain, "mira"))[0])
    outcome = await (await mira.form()).submit(what="pause", until="2026-02-10")
    assert outcome.kind == "closed"
    await plain.settled()
    assert "You sit this one out." in (await jonas.dm()).shown
    assert "You are away" in (await questions(plain, "kai"))[0].shown
    assert "No experiment of yours is open" in (await questions(plain, "mira"))[0].shown

    await plain.to("2026-02-03T15:00:00Z")
    await plain.settled()
    said = (await summary(plain)).shown
    assert "0 of 2 people answered" in said
    assert "Away: kai" in said
    assert "Sitting this one out: jonas" in said

    await plain.to("2026-02-05T16:00:00Z")  # Thursday's run
    assert len(await questions(plain, "kai")) == 1
    assert len(await questions(plain, "jonas")) == 2
    await plain.to("2026-02-10T08:00:00Z")  # Tuesday's: both are back
    assert "FRAUD-1" in (await questions(plain, "kai"))[-1].shown
    assert "FRAUD-2" in (await questions(plain, "mira"))[-1].shown


async def goes_away(world: World, handle: str, until: str) -> None:
    """Leave has a last day, and not one that is past."""
    person = world.person(handle)
    await person.click("Pause / I'm away", on=(await questions(world, handle))[0])
    form = await person.form()
    refused = await form.submit(what="away")
    assert refused.errors == {"until": "Please choose your last day off."}
    past = await form.submit(what="away", until="2026-02-01")
    assert past.errors == {"until": "That day is past. Choose today or a later one."}
    assert (await form.submit(what="away", until=until)).kind == "closed"


async def test_a_standup_waits_for_its_channel_and_its_owner_knows(plain: World) -> None:
    await a_team_at_work(plain)
    jonas = plain.person("jonas")

    async def changes(**what: object) -> str:
        await plain.do("channels", id=team.CHANNEL, by=jonas.id, **what)
        await plain.settled()
        return (await jonas.dm()).shown

    assert "its channel was renamed" in await changes(rename="fraud-team")
    assert "its channel was archived" in await changes(archived=True)
    await plain.to("2026-02-03T16:00:00Z")
    assert await questions(plain, "mira") == []
    assert "it goes on" in await changes(archived=False)
    assert "I was removed from its channel" in await changes(remove=[team.BOT])
    back = await changes(add=[team.BOT])
    assert "it goes on" in back
    assert "Next: Thursday, 5 February" in back
    await plain.do("people", id=team.user("mira"), deleted=True)
    await plain.to("2026-02-04T10:00:00Z")  # news is told once a day
    await plain.settled()
    assert "mira was deactivated in Slack" in (await jonas.dm()).shown
    before = await jonas.dms()
    await plain.do("people", id=jonas.id, deleted=True)
    await plain.to("2026-02-04T20:00:30Z")
    await plain.settled()
    assert "it is yours now, as jonas has left" in (await plain.person("kai").dm()).shown
    await plain.to("2026-02-05T08:31:00Z")
    await plain.settled()
    assert len(await questions(plain, "kai")) == 1
    assert await jonas.dms() == before


async def test_guests_in_the_channel_are_not_asked(plain: World) -> None:
    await a_team_at_work(plain)
    await plain.do("channels", id=team.CHANNEL, add=[team.user("gus")])
    await plain.settled()
    assert "guests in the channel are not asked" in (await plain.person("jonas").dm()).shown
    await plain.to("2026-02-03T16:00:00Z")
    assert await questions(plain, "gus") == []
