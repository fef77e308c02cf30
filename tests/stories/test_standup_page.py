"""`/lab standup`: who is in, who answered, what comes when; and everything that can be done about it."""

from tests.stories import team
from tests.stories.people import Form
from tests.stories.steps import a_project, a_standup, a_team_at_work
from tests.stories.world import World


async def test_the_page_says_who_is_in_who_answered_and_what_comes_when(plain: World) -> None:
    jonas, kai = plain.person("jonas"), plain.person("kai")
    await a_team_at_work(plain)
    page = await jonas.opens("/lab standup")
    assert page.title == "Card fraud alerts"
    assert "Tuesday and Thursday at 09:30 on each person's own clock." in page.text
    assert "Next: Tuesday, 3 Feb" in page.text
    assert "21:30 on Monday: kai" in page.text
    assert "Asked (everyone in the channel): jonas, kai, mira and sofia" in page.text
    assert "Set up by jonas" in page.text
    await page.close()
    await plain.to(team.ASKED_AT["jonas"])
    await plain.settled()
    await kai.click("No change, still running")
    page = await kai.opens("/lab standup")
    assert "Tuesday, 3 Feb (open)" in page.text
    assert "Answered: kai" in page.text
    assert "Still to come: jonas, mira and sofia" in page.text
    await page.close()
    await plain.to("2026-02-04T15:00:00Z")
    await plain.settled()
    page = await kai.opens("/lab standup")
    assert "Tuesday, 3 Feb (closed)" in page.text
    assert "No answer: jonas, mira and sofia" in page.text


async def test_it_is_steered_from_its_page(plain: World) -> None:
    jonas, mira = plain.person("jonas"), plain.person("mira")
    await a_team_at_work(plain)
    page = await jonas.opens("/lab standup")
    await page.click("Pause")
    page = await page.again()
    assert "Paused: nobody is asked until it goes on." in page.text
    await page.click("Resume")
    page = await page.again()
    assert "Next: Tuesday, 3 Feb" in page.text
    page = await (await moved(page, "2026-02-04")).again("Next: Wednesday, 4 Feb (moved)")
    await page.click("Run now")
    page = await page.again()
    assert "Still to come: jonas, kai, mira and sofia" in page.text
    await plain.settled()
    assert "What did you learn?" in (await mira.dm()).shown
    await page.click("End")
    assert "Card fraud alerts has ended." in (await page.again()).text
    assert (await jonas.opens("/lab standup")).title == "Set up a standup"


async def moved(page: Form, day: str) -> Form:
    """Its next run is moved; days that can't be are refused beside the field."""
    await page.click("Move the next one")
    form = await page.person.form()
    assert "The next one is planned for Tuesday, 3 Feb." in form.text
    for refused in ("2026-02-02", "2026-06-01"):
        outcome = await form.submit(day=refused)
        assert outcome.errors == {"day": "A day from tomorrow on, within the next 30 days, please."}
    assert (await form.submit(day=day)).kind == "closed"
    return page


async def test_two_standups_of_a_channel_are_a_list(plain: World) -> None:
    jonas, mira = plain.person("jonas"), plain.person("mira")
    await a_project(plain)
    await a_standup(plain, people=[jonas.id, mira.id], observers=[team.user("sofia")])
    page = await jonas.opens("/lab standup")
    assert "Reads along: sofia" in page.text
    await page.close()
    await a_second_one(plain)
    listed = await mira.opens("/lab standup")
    assert listed.title == "Standups here"
    await listed.click("Open", near="Friday look")
    page = await mira.form()
    assert "Friday at 09:30" in page.text
    await page.click("Change")
    refused = await mira.form()
    assert "can change this standup. Ask Jonas Weber." in refused.text.replace(
        "jonas", "Jonas Weber"
    )
    listed = await jonas.opens("/lab standup")
    await listed.click("Open", near="Friday look")
    page = await jonas.form()
    await page.click("Change")
    form = await jonas.form()
    outcome = await form.submit(summary_time="15:00", answer_hours="6")
    assert outcome.form is not None
    await outcome.form.close()
    page = await page.again("Summary at 15:00 (Europe/Berlin) at the latest, 6 hours to answer.")
    await page.close()
    await listed.click("Set up another one")
    assert (await jonas.form()).value("channel") == team.CHANNEL


async def a_second_one(world: World) -> None:
    """From the Home: it asks for a name of its own."""
    jonas = world.person("jonas")
    home = await jonas.home()
    await home.click("Set up a standup")
    form = await jonas.form()
    values = {**team.EVERYONE_TWICE_A_WEEK, "days": ["fri"], "people": [team.user("mira")]}
    taken = await form.submit(**values, name="Card fraud alerts", project="1")
    assert "This channel has a standup of that name already." in taken.errors["name"]
    outcome = await form.submit(**values, name="Friday look", project="1")
    assert outcome.form is not None
    await outcome.form.close()
    await world.settled()


async def test_guests_look_but_change_nothing(plain: World) -> None:
    jonas, gus = plain.person("jonas"), plain.person("gus")
    await a_project(plain)
    await plain.do("channels", id="C0GUESTS", add=[jonas.id])
    form = await jonas.opens("/lab standup", "C0GUESTS")
    outcome = await form.submit(**{**team.EVERYONE_TWICE_A_WEEK, "channel": "C0GUESTS"})
    assert outcome.form is not None
    await outcome.form.close()
    await plain.settled()
    page = await gus.opens("/lab standup", "C0GUESTS")
    assert page.title == "Standup"
    assert not {"Pause", "Run now", "Change", "End"} & set(page.buttons)


async def test_two_clicks_on_run_now_are_one_run(plain: World) -> None:
    jonas = plain.person("jonas")
    await a_team_at_work(plain)
    page = await jonas.opens("/lab standup")
    await page.click("Run now")
    page = await page.again()
    await page.click("Run now")
    assert "it was started a moment ago" in (await jonas.form()).text
