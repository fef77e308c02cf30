"""`/lab score` and `/lab explain`: given alone, shown together; words in the project's own numbers."""

from models.domain.project import Role
from tests.stories.people import Form
from tests.stories.steps import a_hypothesis, a_project
from tests.stories.test_numbers import a_role
from tests.stories.world import World

WHY = {"benefit_ux_why": "fewer calls", "benefit_profit_why": "less lost"}
OF_JONAS = {"benefit_ux": "6", "benefit_profit": "10", **WHY}
OF_MIRA = {**OF_JONAS, "benefit_ux": "2", "complexity": "9", "complexity_why": "graphs at scale"}


async def give(form: Form, **values: str) -> Form:
    """Give one's scores; what is said then."""
    outcome = await form.submit(**values)
    assert outcome.form is not None, outcome
    return outcome.form


async def test_nobody_sees_anothers_scores_until_all_are_shown(either: World) -> None:
    jonas, mira = either.person("jonas"), either.person("mira")
    await a_project(either)
    await a_hypothesis(either, "mira")
    await a_role(either, "mira", Role.DATA_SCIENTIST)
    form = await jonas.opens("/lab score FRAUD")
    assert "How complex is it" not in form.text
    said = await give(form, **OF_JONAS)
    assert "1 of 2 people with a role scored so far." in said.text
    assert said.buttons == ["Show them together"]
    await said.close()
    form = await mira.opens("/lab score")
    assert "Nobody sees your scores" in form.text
    assert form.value("benefit_ux") is None
    said = await give(form, **OF_MIRA)
    assert "Everybody has scored." in said.text
    await said.click("See them")
    page = await mira.form()
    assert "Benefit for users: 4.0 of 10, between 2 and 6 (2 scores)" in page.text
    assert "Complexity: 9.0 of 10 (1 score)" in page.text
    assert "9: graphs at scale" in page.text
    assert "You see it differently" in page.text
    assert "Is there a simpler version?" in page.text
    assert "jonas" not in page.text
    await page.click("All projects")
    listed = await mira.form()
    assert "1. Card fraud alerts (FRAUD): big bet" in listed.text
    assert "benefit 7.0, complexity 9.0" in listed.text


async def test_who_scored_first_shows_them(plain: World) -> None:
    jonas, kai = plain.person("jonas"), plain.person("kai")
    await a_project(plain)
    await a_hypothesis(plain, "mira")
    await a_role(plain, "mira", Role.DATA_SCIENTIST)
    said = await give(await jonas.opens("/lab score FRAUD"), **OF_JONAS)
    await said.click("Show them together")
    page = await said.again("Benefit in money: 10.0 of 10 (1 score)")
    assert page.buttons == ["Score again", "All projects"]
    await page.click("Score again")
    form = await page.again("What is it worth in money?")
    assert form.value("benefit_profit") is None
    await form.close()
    outsider = await kai.opens("/lab score FRAUD")
    assert "Benefit in money: 10.0 of 10" in outsider.text
    assert outsider.buttons == ["All projects"]
    nothing = await kai.opens("/lab score NOPE")
    assert "Which project?" in nothing.text


async def test_how_likely_it_is_is_said_week_by_week(plain: World) -> None:
    jonas = plain.person("jonas")
    await a_project(plain)
    page = await jonas.opens("/lab project FRAUD")
    await page.click("How likely?")
    assert (await (await jonas.form()).submit(value="7", why="labels are late")).kind == "closed"
    await plain.to("2026-02-10T12:00:00Z")
    await page.click("How likely?")
    form = await jonas.form()
    assert "2 Feb: 7 of 10, open. labels are late" in form.text


async def test_a_word_is_explained_with_the_projects_own_numbers(plain: World) -> None:
    jonas = plain.person("jonas")
    (said,) = await jonas.type("/lab explain")
    assert "acceptance, accuracy, adopted, auc, baseline" in said.shown
    (said,) = await jonas.type("/lab explain acceptance")
    assert "business and makers agreed" in said.shown
    assert "Here" not in said.shown
    await a_project(plain)
    (said,) = await jonas.type("/lab explain acceptence")
    assert "Here: 60 of 100, proposed, not agreed yet." in said.shown
    (said,) = await jonas.type("/lab explain kill criterion FRAUD")
    assert "stop criterion" in said.shown
    (said,) = await jonas.type("/lab explain baseline fraud")
    assert "Here: 41 of 100 (The rules in use, measured in August)." in said.shown
    (said,) = await jonas.type("/lab explain quarterly offsite")
    assert "I can't explain “quarterly offsite” yet." in said.shown
