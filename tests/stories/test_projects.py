"""`/lab project`: the projects, a page for each, and everything that is set there."""

import pytest

from tests.stories import forged, team
from tests.stories.people import Form
from tests.stories.steps import a_hypothesis, a_project
from tests.stories.world import World

pytestmark = pytest.mark.counted


async def the_page(world: World, who: str = "jonas") -> Form:
    return await world.person(who).opens("/lab project FRAUD")


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
    assert "In the way: 0 blockers, 0 risks" in page.text
    await page.close()
    typed = await the_page(either)
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
    gus, jonas = plain.person("gus"), plain.person("jonas")
    await a_project(plain)
    form = await gus.opens("/lab project", "C0GUESTS")
    assert "that is none yet" in form.text
    await form.close()
    form = await gus.opens("/lab project FRAUD", "C0GUESTS")
    assert "There is no project FRAUD." in form.text
    await form.close()
    assert "no project FRAUD" in (await gus.type("/lab gaps FRAUD", "C0GUESTS"))[0].text
    roles = await the_page(plain)
    await roles.click("People")
    roles = await roles.again("One person")
    await roles.click("Change", near="Stakeholder: ")
    assert (await (await jonas.form()).submit(people=[gus.id])).kind == "closed"
    page = await gus.opens("/lab project FRAUD", "C0GUESTS")
    assert "Stakeholder: gus" in page.text
    assert {"Plan", "Move", "Name and goal"}.isdisjoint(page.buttons)


async def test_a_new_pm_has_the_first_hypothesis_running_in_two_forms(either: World) -> None:
    """Two views with seven and three things to type; everything else is filled in or can wait."""
    mira = either.person("mira")
    form = await mira.opens("/lab project")
    typed = {name: value for name, value in team.PROJECT.items() if name != "key"}
    assert len(typed) == 7
    outcome = await form.submit(**typed)
    assert outcome.form is not None
    await outcome.form.click("First hypothesis")
    form = await mira.form()
    assert "Card fraud alerts: Stop more fraud" in form.text
    assert len(team.HYPOTHESIS) == 3
    assert (await form.submit(**team.HYPOTHESIS)).kind == "updated"
    await either.settled()
    (moved,) = [
        said.shown for said in await mira.reads(team.CHANNEL) if not said.raw.get("ephemeral")
    ]
    assert moved.startswith(
        "Card fraud alerts is now in prototype (was conception). CARD-1, its first hypothesis, is "
        "running. Next: see whether the idea holds, and where it doesn't. Still open: the problem, "
        "in the words of who has it; a stakeholder; the expectations note, sent; "
    )
    assert "1 day" not in moved


async def test_work_on_the_problem_leaves_it_where_it_is(plain: World) -> None:
    await a_project(plain)
    await a_hypothesis(plain, "jonas", category="problem")
    assert "Stage: conception" in (await the_page(plain)).text


async def test_roles_are_given_and_taken_away(either: World) -> None:
    jonas = either.person("jonas")
    await a_project(either)
    page = await the_page(either)
    await page.click("People")
    roles = await page.again("One person may hold several roles.")
    await roles.click("Change", near="Data scientist: nobody yet")
    form = await jonas.form()
    people = [team.user("mira"), team.user("vera")]
    assert (await form.submit(people=people)).kind == "closed"
    roles = await roles.again("Data scientist: somebody new and somebody new")
    await either.settled()
    await roles.click("Change", near="Project manager: jonas")
    form = await jonas.form()
    outcome = await form.submit(people=[])
    assert "people" in outcome.errors
    assert (await form.submit(people=[team.user("kai")])).kind == "closed"
    roles = await roles.again("Project manager: somebody new")
    await either.settled()
    await roles.click("‹ Project")
    page = await roles.again("Stage: conception")
    assert "Project manager: kai" in page.text
    assert "And data scientist mira and vera" in page.text


async def test_only_the_pm_and_admins_change_it(either: World) -> None:
    mira, kai = either.person("mira"), either.person("kai")
    await a_project(either, "jonas", key="OTHER")  # he is the admin, Mira is none
    await a_project(either, "mira")
    page = await the_page(either, "kai")
    assert "Stage: conception" in page.text
    assert [one for one in page.buttons if one in ("Plan", "Move", "Send", "Thresholds")] == []
    await page.click("People")
    assert "Change" not in (await page.again("who does what")).buttons
    # The form is open while somebody else comes to run the project.
    mine = await the_page(either, "mira")
    await mine.click("Plan")
    late = forged.held(either, await mira.form())
    await mine.click("People")
    await (await mine.again("One person")).click("Change", near="Project manager: mira")
    assert (await (await mira.form()).submit(people=[kai.id])).kind == "closed"
    refused = "Only the project's PM or an admin can change this project."
    assert refused in (await late.send()).errors["touchpoint"]
    roles = await mine.again("Project manager: kai")
    assert "Change" not in roles.buttons


async def test_the_plan_is_kept_and_says_what_it_can_not_take(either: World) -> None:
    jonas = either.person("jonas")
    await a_project(either)
    page = await the_page(either)
    await page.click("Plan")
    form = await jonas.form()
    day = {"touchpoint": "2026-03-02", "earliest": "2026-05-01", "latest": "2026-08-31"}
    for wrong, errors in (
        ({"latest": None}, {"latest": "An estimate is a range: please give both days, or none."}),
        ({"latest": "2026-04-30"}, {"latest": "That is before the earliest day."}),
        ({"stop": "50"}, {"stop_by": "A stop mark is a value and a day: both, or none."}),
        (
            {"stop": "0.5", "stop_by": "2026-04-01"},
            {"stop": "Out of 100, please: did you mean 50? If not, write 0.5%."},
        ),
        (
            {"touchpoint": "2026-02-01", "stop": None, "stop_by": None},
            {"touchpoint": "That day is past. Choose today or a later one."},
        ),
    ):
        assert (await form.submit(**{**day, **wrong})).errors == errors
    whole = {**day, "stop": "50", "stop_by": "2026-04-01", "effort": "1.5"}
    assert (await form.submit(**whole)).kind == "closed"
    page = await page.again("Next touchpoint: 2 Mar 2026")
    assert "Live: between 1 May 2026 and 31 Aug 2026" in page.text
    assert "Stop mark: 50 of 100 by 1 Apr 2026, or it ends" in page.text
    assert "Effort: 1.5 person-weeks a week" in page.text
    await page.click("Plan")
    form = await jonas.form()
    assert (form.value("stop"), form.value("stop_by")) == ("50", "2026-04-01")
    assert (await form.submit()).kind == "closed"
