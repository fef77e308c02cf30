"""The App Home: what waits for a person, with the same buttons as in the DM, and what they can change."""

import pytest

from tests.stories import team
from tests.stories.reading import mentions
from tests.stories.steps import a_hypothesis, a_project, a_standup, a_team_at_work
from tests.stories.world import World

pytestmark = pytest.mark.counted


async def test_the_home_of_somebody_who_starts(plain: World) -> None:
    jonas = plain.person("jonas")
    home = await jonas.home()
    assert "Monday, 2 February" in home.text
    assert "Nothing waits for you. No standup will ask you." in home.text
    assert "None is open. What do you believe, and what would show it?" in home.text
    assert "You are in no standup yet." in home.text
    assert "Time zone: Europe/Berlin, 13:00 now (follows Slack)" in home.text
    await home.click("New hypothesis")
    nothing = await jonas.form()
    assert "There is no project yet." in nothing.text
    await nothing.click("New project")
    assert (await nothing.again("What is the project called?")).title == "New project"
    await (await jonas.look()).close()
    await home.click("Help")
    assert "/lab show KEY" in (await jonas.form()).text


async def test_what_waits_is_answered_at_home(plain: World) -> None:
    jonas = plain.person("jonas")
    await a_team_at_work(plain)
    home = await jonas.home()
    assert "Next question: Tuesday, 3 Feb at 09:30." in home.text
    assert "asks you next on Tuesday, 3 Feb at 09:30" in home.text
    await plain.to(team.ASKED_AT["jonas"])
    await plain.settled()
    home = await jonas.home()
    assert "1 thing waits for you." in home.text
    await home.click("It's concluded", near="FRAUD-3")
    form = await jonas.form()
    outcome = await form.submit(learned="More history hurts", status="refuted", value="46")
    assert outcome.form is not None
    await outcome.form.close()
    home = await jonas.home_after(home)
    assert "ruled out; what should the team remember is still open" in home.text
    assert "ruled out, not concluded yet" in home.text
    await home.click("Finish concluding")
    second = await jonas.form()
    assert (await second.submit(learning="Old months hurt")).kind == "closed"
    home = await jonas.home_after(home)
    assert "Nothing waits for you." in home.text
    assert "None is open." in home.text


async def test_one_click_at_home_is_a_full_answer(plain: World) -> None:
    kai = plain.person("kai")
    await a_team_at_work(plain, now=True)
    home = await kai.home()
    await home.click("No change, still running")
    home = await kai.home_after(home)
    assert "Nothing waits for you." in home.text
    await plain.settled()
    assert "Noted: still running, no change." in (await kai.dm()).shown
    await home.click("Show", near="FRAUD-1")
    page = await kai.form()
    assert "We believe that balancing the classes" in page.text


async def test_somebody_without_an_experiment_says_so_at_home(plain: World) -> None:
    mira = plain.person("mira")
    await a_project(plain)
    await a_standup(plain, now=True, people=[mira.id])
    home = await mira.home()
    assert "1 thing waits for you." in home.text
    assert "No experiment of yours is open." in home.text
    await home.click("New hypothesis")
    form = await mira.form()
    outcome = await form.submit(**team.HYPOTHESIS)
    assert outcome.form is not None
    await outcome.form.close()
    home = await mira.home_after(home)
    assert "Your experiments (1)" in home.text
    assert home.buttons.count("No change, still running") == 1


async def test_two_hundred_open_experiments_are_pages(plain: World) -> None:
    jonas = plain.person("jonas")
    await a_project(plain)
    for n in range(12):
        await a_hypothesis(plain, "jonas", f"idea number {n:02}")
    await a_standup(plain, now=True, people=[jonas.id])
    home = await jonas.home()
    assert "12 things wait for you." in home.text
    assert home.buttons.count("No change, still running") == 3
    assert "9 more when some of these are answered." in home.text
    assert home.buttons.count("Show") == 10
    await home.click("Show 2 more")
    home = await jonas.home_after(home)
    assert home.buttons.count("Show") == 2
    await home.click("No change, still running", near="idea number 00")
    home = await jonas.home_after(home)
    assert "11 things wait for you." in home.text
    assert home.buttons.count("Show") == 2, "the page stays the one that it was"
    await home.click("Back to the first")
    home = await jonas.home_after(home)
    assert home.buttons.count("Show") == 10
    await home.click("Show all")
    every = await jonas.form()
    assert every.buttons.count("No change, still running") == 11
    await every.click("No change, still running", near="idea number 11")
    every = await every.again()
    assert every.buttons.count("No change, still running") == 10
    assert "10 things wait for you." in (await jonas.home_after(home)).text


async def test_what_goes_wrong_at_home_is_said(plain: World) -> None:
    jonas = plain.person("jonas")
    await a_team_at_work(plain, now=True)
    home = await jonas.home()
    await plain.to("2026-02-04T12:00:00Z")  # its answering time is over, the page is an old one
    await plain.settled()
    await home.click("No change, still running")
    assert "This standup is closed." in (await jonas.form()).text


async def test_words_of_others_ping_nobody_at_home(plain: World) -> None:
    jonas = plain.person("jonas")
    await a_project(plain, name="<!channel> *x*")
    await a_hypothesis(plain, "jonas", "<@U0MIRA> <https://evil.example|bank> @here")
    await a_standup(plain, now=True, people=[jonas.id], name="<!here>")
    home = await jonas.home()
    assert "<@U0MIRA> <https://evil.example|bank> @here" in home.text
    assert [one for one in mentions(home.view) if team.CHANNEL not in one] == []


async def test_guests_have_a_home_too(plain: World) -> None:
    gus = plain.person("gus")
    home = await gus.home()
    assert {"All projects", "Change"} <= set(home.buttons)
    assert not {"New hypothesis", "New project", "Set up a standup"} & set(home.buttons)
