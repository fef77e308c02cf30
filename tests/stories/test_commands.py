"""`/lab` as people type it, and its buttons."""

import pytest

from handlers.lab import VERBS
from tests.stories import team
from tests.stories.reading import mentions
from tests.stories.steps import a_hypothesis, a_project, a_standup, a_team_at_work, summary
from tests.stories.world import World

pytestmark = pytest.mark.counted


async def test_bare_lab_is_a_menu_whose_buttons_do_what_the_verbs_do(plain: World) -> None:
    jonas = plain.person("jonas")
    (menu,) = await jonas.type("/lab")
    assert menu.buttons == [
        *("New hypothesis", "Update", "Experiments", "Find"),
        *("Projects", "Standup", "Reviews", "Decide", "What could use a hand"),
        *("Settings", "Help"),
    ]
    await jonas.click("Help", on=menu)
    assert "/lab show KEY" in (await jonas.whispered(team.CHANNEL, "Commands")).shown
    await jonas.click("New hypothesis", on=menu)
    assert "There is no project yet. Start one with /lab project" in (await jonas.form()).text
    await (await jonas.look()).close()
    await jonas.click("Projects", on=menu)
    project = await jonas.form()
    assert (await project.submit(**team.PROJECT)).kind == "updated"
    await (await jonas.look()).close()
    for button, title in (
        ("New hypothesis", "New hypothesis"),
        ("Standup", "Set up a standup"),
        ("Reviews", "Reviews"),
        ("Decide", "Decide"),
    ):
        await jonas.click(button, on=menu)
        form = await jonas.form()
        assert form.title == title
        await form.close()
    await jonas.click("Experiments", on=menu)
    listed = await jonas.whispered(team.CHANNEL, "Card fraud alerts (FRAUD)")
    assert "No experiment yet." in listed.shown


async def test_help_names_every_verb(plain: World) -> None:
    (page,) = await plain.person("mira").type("/lab help")
    for part in (page.text, page.shown):
        assert all(f"/lab {verb}".strip() in part for verb, _ in VERBS)


async def test_unknown_words_get_the_nearest_verb(plain: World) -> None:
    jonas = plain.person("jonas")
    for typed, said in (
        ("/lab stadnup", "I don't know “stadnup”. Did you mean /lab standup?"),
        ("/lab hypothesis", "I don't know “hypothesis”. /lab help shows what there is."),
        ("/lab <!channel> *x*", "I don't know “<!channel>”."),
        ("/lab NEWS", "Did you mean /lab new?"),
        ("/lab " + "x" * 3_000, "/lab help shows what there is."),
    ):
        (answer,) = await jonas.type(typed)
        assert said in answer.shown
        assert mentions(answer.raw) == []


async def test_list_and_show(plain: World) -> None:
    jonas = plain.person("jonas")
    assert "/lab project" in (await jonas.type("/lab list"))[0].text
    await a_project(plain)
    await a_hypothesis(plain, "jonas")
    (listed,) = await jonas.type("/lab list")
    assert "FRAUD-1 training on 18 months of history (jonas): day 1 of 8" in listed.shown
    assert "baseline 41, none better yet, needed 60 of 100" in listed.shown
    (page,) = await jonas.type("/lab show fraud-1")
    assert (
        "We believe that training on 18 months of history will bring Recall at 9 in 10 precision "
        "to 55 of 100 because it has seen more kinds of fraud. We will know within 8 working days."
    ) in page.shown
    for typed, said in (
        ("/lab show", "Which experiment?"),
        ("/lab show FRAUD", "Which experiment?"),
        ("/lab show FRAUD-99", "There is no experiment FRAUD-99."),
        ("/lab show FRAUD-999999999", "There is no experiment FRAUD-999999999."),
    ):
        (answer,) = await jonas.type(typed)
        assert said in answer.text


async def test_a_standup_of_chosen_people_now(plain: World) -> None:
    await a_project(plain)
    await a_hypothesis(plain, "mira")
    chosen = [team.user("mira"), team.user("kai")]
    await a_standup(plain, now=True, people=chosen)
    said = (await plain.person("jonas").dm()).shown
    assert "2 people are asked, Tuesday and Thursday at 09:30 on each person's own clock" in said
    assert "What did you learn?" in (await plain.person("mira").dm()).shown
    assert "No experiment of yours is open" in (await plain.person("kai").dm()).shown
    assert await plain.person("sofia").dms() == []
    await plain.person("mira").click("No change, still running")
    await plain.person("kai").click("Not experimenting now", value="On a hand-over")
    await plain.settled()
    assert "2 of 2 people answered" in (await summary(plain)).shown
    # Changing it shows what is set up, and is no second standup.
    page = await plain.person("jonas").opens("/lab standup")
    await page.click("Change")
    form = await plain.person("jonas").form()
    assert form.title == "Change the standup"
    assert sorted(form.value("people")) == sorted(chosen)
    assert (await form.submit(days=["wed"], time="11:00")).kind == "updated"
    await plain.settled()
    assert "Wednesday at 11:00" in (await plain.person("jonas").dm()).shown


async def test_more_than_three_open_experiments(plain: World) -> None:
    jonas = plain.person("jonas")
    await a_project(plain)
    for n in range(5):
        await a_hypothesis(plain, "jonas", f"idea number {n}")
    await a_standup(plain, now=True, people=[team.user("jonas")])
    dm = await jonas.dm()
    assert "5 experiments are open" in dm.shown
    assert dm.buttons.count("Update") == 3
    await jonas.click("Show 2 more")
    more = await jonas.form()
    assert "idea number 3" in more.text
    await more.click("No change, still running", near="idea number 4")
    await more.click("Update", near="idea number 3")
    form = await jonas.form()
    assert "FRAUD-4 · idea number 3" in form.text
    assert (await form.submit(learned="It is the weekend")).kind == "closed"
    await plain.settled()
    assert not await no_summary(plain), "three experiments are still open"
    for n in range(3):
        await jonas.click("No change, still running", near=f"idea number {n}")
    await plain.settled()
    assert "1 of 1 person answered" in (await summary(plain)).shown


async def no_summary(world: World) -> list[str]:
    said = await world.person("jonas").reads(team.CHANNEL)
    return [one.shown for one in said if "answered" in one.shown]


async def test_somebody_joins_and_moves_and_is_asked_at_their_own_time(plain: World) -> None:
    await a_team_at_work(plain)
    vera = plain.person("vera")
    await plain.do("channels", id=team.CHANNEL, add=[vera.id])
    await plain.do("people", id=vera.id, tz="Asia/Tokyo")
    await plain.settled()
    await plain.to("2026-02-03T00:29:00Z")
    assert await vera.dms() == []
    await plain.to("2026-02-03T00:30:30Z")
    await plain.settled()
    assert "No experiment of yours is open" in (await vera.dm()).shown
