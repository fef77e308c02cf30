"""`/lab update`: the one thing that is open, several to choose from, or the next question early."""

from tests.stories import team
from tests.stories.steps import a_hypothesis, a_project, a_standup, a_team_at_work, summary
from tests.stories.world import World


async def test_the_one_thing_that_is_open_opens_at_once(plain: World) -> None:
    mira = plain.person("mira")
    await a_team_at_work(plain, now=True)
    form = await mira.opens("/lab update")
    assert "FRAUD-2 · merchant velocity features" in form.text
    assert (await form.submit(learned="It is the weekend")).kind == "closed"
    await plain.settled()
    assert "It is the weekend" in (await mira.dm()).shown
    # A conclusion that is owed opens with its second view.
    jonas = plain.person("jonas")
    form = await jonas.opens("/lab update")
    outcome = await form.submit(learned="No", status="refuted")
    assert outcome.form is not None
    await outcome.form.close()
    form = await jonas.opens("/lab update")
    assert "What should the team remember?" in form.text


async def test_several_things_are_a_list_that_shrinks(plain: World) -> None:
    jonas = plain.person("jonas")
    await a_project(plain)
    for n in range(3):
        await a_hypothesis(plain, "jonas", f"idea number {n}")
    await a_standup(plain, now=True, people=[jonas.id])
    every = await jonas.opens("/lab update")
    assert every.buttons.count("Update") == 3
    await every.click("No change, still running", near="idea number 1")
    every = await every.again()
    assert "idea number 1" not in every.text
    await every.click("Update", near="idea number 0")
    form = await jonas.form()
    assert (await form.submit(learned="The blend overfits")).kind == "closed"
    every = await every.again()
    assert every.buttons.count("Update") == 1
    await every.click("No change, still running")
    assert "Thank you, that is everything." in (await every.again()).text


async def test_an_early_answer_is_asked_for_no_more(plain: World) -> None:
    jonas = plain.person("jonas")
    await a_team_at_work(plain)
    before = len(await jonas.dms())
    early = await jonas.opens("/lab update")
    assert early.title == "Answer early"
    assert "Nothing is asked right now. Next: Tuesday, 3 Feb at 09:30." in early.text
    await early.click("Update")
    form = await jonas.form()
    assert (await form.submit(learned="Old months hurt", value="46")).kind == "closed"
    early = await early.again()
    assert "✓ answered" in early.text
    await early.click("Edit answer")
    form = await jonas.form()
    assert form.value("learned") == "Old months hurt"
    assert (await form.submit(learned="Old months hurt a lot")).kind == "closed"
    home = await jonas.home()
    assert "Your answer for Tuesday, 3 Feb is in already." in home.text
    await plain.to("2026-02-03T15:00:00Z")
    await plain.settled()
    assert len(await jonas.dms()) == before, "nobody is asked what they have said already"
    told = (await summary(plain)).shown
    assert "Old months hurt a lot" in told
    assert "1 of 4 people answered" in told


async def test_an_early_answer_begins_at_home_too(plain: World) -> None:
    kai = plain.person("kai")
    await a_team_at_work(plain)
    home = await kai.home()
    await home.click("Answer early")
    early = await kai.form()
    await early.click("No change, still running")
    assert "✓ answered" in (await early.again()).text
    home = await kai.home_after(home)
    assert "Your answer for Tuesday, 3 Feb is in already." in home.text
    await home.click("Change it")
    assert (await kai.form()).buttons == ["Edit answer"]


async def test_somebody_whom_nobody_asks_is_offered_a_hypothesis(plain: World) -> None:
    vera = plain.person("vera")
    note = await vera.opens("/lab update")
    assert "No standup asks you at the moment." in note.text
    assert note.buttons == ["New hypothesis"]


async def test_with_no_experiment_the_early_question_offers_one(plain: World) -> None:
    mira = plain.person("mira")
    await a_project(plain)
    await a_standup(plain, people=[team.user("mira")])
    early = await mira.opens("/lab update")
    assert "No experiment of yours is open." in early.text
    assert early.buttons == ["New hypothesis", "Not experimenting now"]
