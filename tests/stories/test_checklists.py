"""A workspace's own checklist, changed by its admin from the settings; others read it."""

from tests.stories.people import Form
from tests.stories.steps import a_project
from tests.stories.test_launch_check import opened
from tests.stories.world import World

NIGHTS = {
    "label": "Nights are agreed",
    "text": "Who is called at night?",
    "gate": "should",
    "kind": "confirm",
    "na_allowed": "no",
    "asked_of": "pm",
}


async def test_an_admin_changes_what_the_next_review_asks(plain: World) -> None:
    jonas = plain.person("jonas")
    await a_project(plain)
    settings = await jonas.opens("/lab settings")
    await settings.click("Checklists")
    page = await jonas.form()
    assert "As Labmate has it: 24 items" in page.text
    await page.click("Add an item")
    form = await jonas.form()
    refused = await form.submit(**{**NIGHTS, "label": " "})
    assert refused.errors == {"label": "Please write something here."}
    assert (await form.submit(**NIGHTS)).kind == "closed"
    page = await page.again("Version 2, yours: 25 items")
    assert "jonas: “Nights are agreed” is asked as well" in page.text
    await page.click("Change", near="Nights are agreed")
    form = await jonas.form()
    assert (await form.submit(place="top")).kind == "closed"
    page = await page.again("Version 3")
    at = page.text.index
    assert at("Nights are agreed") < at("Agreement with data providers")
    await one_is_taken_out(page)
    await settings.close()
    said = await opened(plain)
    await jonas.click("See all", on=said)
    whole = await jonas.form()
    assert "Nights are agreed: unanswered" in whole.text
    assert "One-page description" not in whole.text


async def one_is_taken_out(page: Form) -> None:
    """A minimum check can't be; another one is."""
    await page.click("Change", near="Privacy review done")
    form = await page.person.form()
    assert "A minimum check" in form.text
    assert "label" not in form.view["state"]["values"]
    await form.close()
    await page.click("Change", near="One-page description")
    form = await page.person.form()
    assert (await form.submit(keep="no")).kind == "closed"
    await (await page.again("Version 4")).close()


async def test_others_read_them_and_change_nothing(plain: World) -> None:
    mira = plain.person("mira")
    reviews = await mira.opens("/lab review")
    await reviews.click("Checklists")
    page = await mira.form()
    await page.pick("Which review?", "Peer review")
    page = await page.again("Fair baseline")
    assert not {"Change", "Add an item"} & set(page.buttons)
