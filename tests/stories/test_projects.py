"""`/lab project`: the projects, and a page for each."""

from tests.stories import team
from tests.stories.steps import a_hypothesis, a_project
from tests.stories.world import World


async def test_without_a_project_it_is_the_form_then_the_list_then_its_page(either: World) -> None:
    jonas = either.person("jonas")
    form = await jonas.opens("/lab project")
    assert form.title == "New project"
    outcome = await form.submit(**team.PROJECT)
    assert outcome.form is not None
    await outcome.form.close()
    chooser = await jonas.opens("/lab project")
    assert "Card fraud alerts (FRAUD)" in chooser.text
    await chooser.click("Open")
    page = await chooser.again("Stage: conception")
    assert page.title == "Card fraud alerts"
    assert "baseline 41, none better yet, needed 60 of 100 (proposed)" in page.text
    assert "Project manager: jonas" in page.text
    assert "Open: 0 blockers, 0 risks" in page.text
    await page.close()
    typed = await jonas.opens("/lab project fraud")
    assert typed.text == page.text
    await typed.close()
    unknown = await jonas.opens("/lab project NOPE")
    assert "There is no project NOPE. /lab project shows the ones there are." in unknown.text


async def test_another_one_is_started_from_the_list(plain: World) -> None:
    jonas = plain.person("jonas")
    await a_project(plain)
    chooser = await jonas.opens("/lab project")
    await chooser.click("New project")
    form = await chooser.again("What is the project called?")
    assert (await form.submit(**{**team.PROJECT, "key": "CHURN"})).kind == "updated"
    await (await jonas.look()).close()
    page = await jonas.opens("/lab project CHURN")
    assert team.CHANNEL in page.text


async def test_guests_open_what_they_have_a_part_in(plain: World) -> None:
    gus = plain.person("gus")
    await a_project(plain)
    await a_hypothesis(plain, "jonas")
    for verb in ("/lab project", "/lab project FRAUD"):
        form = await gus.opens(verb, "C0GUESTS")
        assert "Guests and people from other companies" in form.text
        await form.close()
