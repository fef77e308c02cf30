"""What follows from answers: help, second looks, threads, follow-ups, and a team's own words."""

from tests.stories import forged, team
from tests.stories.people import Said
from tests.stories.steps import a_hypothesis, a_project, a_standup, a_team_at_work, summary
from tests.stories.world import World

MORNING = "2026-02-03T08:30:00Z"
"""Jonas is asked; it is 09:30 in Berlin, and nobody else of the channel is at work but Mira."""


async def roots(world: World) -> list[Said]:
    """What stands in the channel for everybody."""
    said = await world.person("jonas").reads(team.CHANNEL)
    return [one for one in said if not one.raw.get("ephemeral")]


async def told(world: World, handle: str) -> Said:
    """The message outside the standup."""
    said = await world.person(handle).dms()
    return next(one for one in reversed(said) if "needs:" in one.shown or "measured" in one.shown)


async def answered(world: World, handle: str, **values: str) -> None:
    person = world.person(handle)
    await person.click("Update")
    outcome = await (await person.form()).submit(learned="Old months hurt", **values)
    assert outcome.kind == "closed", outcome
    await world.settled()


async def asks_for_help(world: World, owner: str) -> None:
    """Jonas needs something, just when his standup begins."""
    await a_team_at_work(world)
    await world.to(MORNING)
    await world.settled()
    filled = {"blocker_kind": "data_access", "blocker_text": "invoices before 2024"}
    await answered(world, "jonas", **filled, blocker_owner=team.user(owner))


async def test_help_is_handed_on_and_cleared(either: World) -> None:
    jonas, mira, sofia = (either.person(name) for name in ("jonas", "mira", "sofia"))
    await asks_for_help(either, "mira")
    dm = await told(either, "mira")
    assert dm.buttons == ["I'm on it", "It's cleared", "Update", "Not me"]
    await mira.click("Not me", on=dm)
    form = await mira.form()
    assert "invoices before 2024 (data access)" in form.text
    assert (await form.submit(owner=sofia.id)).kind == "closed"
    await either.settled()
    assert "It is with sofia now." in (await told(either, "mira")).shown
    assert (await told(either, "mira")).buttons == []
    await forged.click(either, "mira", dm, "It's cleared")
    await mira.whispered(dm.raw["channel"], "Only who can clear it")
    await either.to("2026-02-03T14:00:00Z")
    await either.settled()
    await sofia.click("It's cleared", on=await told(either, "sofia"))
    await either.settled()
    assert "It is cleared." in (await told(either, "sofia")).shown
    assert "sofia says it is cleared: invoices before 2024" in (await jonas.dm()).shown
    await either.to("2026-02-03T15:00:00Z")
    await either.settled()
    assert "invoices before 2024. ✓ Cleared." in (await summary(either)).shown


async def test_a_surprising_number_is_looked_at_by_a_second_person(either: World) -> None:
    jonas, mira = either.person("jonas"), either.person("mira")
    await a_team_at_work(either)
    await either.to(MORNING)
    await either.settled()
    await answered(either, "jonas", value="61")
    assert "to be confirmed: same data? a leak? another seed?" in (await jonas.dm()).shown
    dm = await told(either, "mira")
    assert "jonas measured 61 of 100 (baseline 41 of 100, needed 60 of 100)" in dm.shown
    await either.to("2026-02-03T15:00:00Z")
    await either.settled()
    first = await summary(either)
    assert "best so far 61 of 100 (to be confirmed)" in first.shown
    thread = await jonas.reads(team.CHANNEL, first.ts)
    detail = next(one for one in thread if "61 of 100" in one.shown and one.ts != first.ts)
    assert detail.buttons == ["Confirm", "Not so fast"]
    await jonas.click("Confirm", on=detail)
    await jonas.whispered(team.CHANNEL, "A second person confirms")
    await mira.click("Not so fast", on=dm)
    form = await mira.form()
    assert (await form.submit(reason="leak", note="the label is in it")).kind == "closed"
    await either.settled()
    assert "It doesn't count: a leak." in (await told(either, "mira")).shown
    after = await summary(either)
    assert "61 of 100, needed 55 of 100, set aside: a leak." in after.shown
    assert "nothing measured beats the baseline yet" in after.shown
    assert "doesn't count any more: a leak. “the label is in it”" in (await jonas.dm()).shown


async def test_what_needs_talk_is_taken_to_a_thread_once(plain: World) -> None:
    jonas, mira, kai = (plain.person(name) for name in ("jonas", "mira", "kai"))
    await asks_for_help(plain, "mira")
    await plain.to("2026-02-03T15:00:00Z")
    await plain.settled()
    told_all = await summary(plain)
    (topic,) = [
        option["text"]["text"]
        for block in told_all.raw["blocks"]
        if block["type"] == "actions"
        for option in block["elements"][0]["options"]
        if "needs" in option["text"]["text"]
    ]
    for person in (kai, jonas):
        await person.click("Take it to a thread…", on=told_all, value=topic)
    await kai.whispered(team.CHANNEL, "go on in its thread")
    await plain.settled()
    taken = [one for one in await roots(plain) if "Go on here, in the thread." in one.shown]
    assert len(taken) == 1
    assert "jonas needs: invoices before 2024 (data access)." in taken[0].shown
    assert f"<@{jonas.id}> <@{mira.id}>" in taken[0].text


async def concludes(world: World, handle: str, **values: str) -> Said:
    """Somebody finishes a conclusion that is pending, and reads their message."""
    person = world.person(handle)
    await person.click("Finish concluding")
    outcome = await (await person.form()).submit(learning="Months before 2025 hurt", **values)
    assert outcome.kind == "updated", outcome
    assert outcome.form is not None
    assert (outcome.form.title, "Follows FRAUD-1" in outcome.form.text) == ("Follows FRAUD-1", True)
    done = await outcome.form.submit(change="weights", threshold="57", because="recent counts")
    assert done.kind == "updated"
    assert done.form is not None
    await done.form.close()
    await world.settled()
    return await person.dm()


async def test_a_conclusion_that_is_pending_comes_first_next_time(plain: World) -> None:
    jonas = plain.person("jonas")
    await a_project(plain)
    await a_hypothesis(plain, "jonas")
    await a_hypothesis(plain, "jonas", "a blend")
    await a_standup(plain, people=[jonas.id])
    await plain.to(MORNING)
    await plain.settled()
    await jonas.click("It's concluded", near="FRAUD-1")
    outcome = await (await jonas.form()).submit(learned="Old months hurt", status="refuted")
    assert outcome.form is not None
    await outcome.form.close()
    await jonas.click("No change, still running", near="FRAUD-2")
    await plain.settled()
    assert "(what to remember is still to come)" in (await summary(plain)).shown

    await plain.to("2026-02-05T08:30:00Z")
    await plain.settled()
    dm = await jonas.dm()
    assert "First, a conclusion is still to be finished." in dm.shown
    assert dm.buttons[0] == "Finish concluding"
    await concludes(
        plain, "jonas", adopted="no", follow_up="yes", unmeasured="The months showed it"
    )
    (page,) = await jonas.type("/lab show FRAUD-3")
    assert "weights" in page.shown
    await jonas.click("No change, still running", near="FRAUD-2")
    await plain.settled()
    await jonas.click("No change, still running", near="FRAUD-3")
    await plain.settled()
    assert "Months before 2025 hurt" in (await summary(plain)).shown


async def test_a_team_asks_in_its_own_words(plain: World) -> None:
    jonas = plain.person("jonas")
    await a_team_at_work(plain)
    await plain.to(MORNING)
    await plain.settled()
    dm = await jonas.dm()
    await forged.click(plain, "jonas", dm, "Update", action="standup_questions", value="1")
    form = await jonas.form()
    outcome = await form.submit(
        learned="What did the data say?", next_step_asked="no", blocker_asked="no"
    )
    assert outcome.kind == "closed"
    await jonas.click("Update", on=dm)
    asked = await jonas.form()
    assert "What did the data say?" in asked.text
    assert "What will you try next?" not in asked.text
    assert "Anything in the way?" not in asked.text
    assert (await asked.submit(learned="A lot")).kind == "closed"
    await forged.click(plain, "jonas", dm, "Update", action="standup_questions", value="99")
    assert "not here any more" in (await jonas.form()).text


async def test_a_third_time_the_same_next_step_asks_what_would_change_it(plain: World) -> None:
    jonas = plain.person("jonas")
    await a_project(plain)
    await a_hypothesis(plain, "jonas")
    await a_standup(plain, people=[jonas.id])
    for day, said in ((3, "Compare months"), (5, " compare  MONTHS."), (10, "compare months")):
        await plain.to(f"2026-02-{day:02}T08:30:00Z")
        await plain.settled()
        await jonas.click("Update")
        form = await jonas.form()
        assert ("what would change your mind?" in form.text) == (day == 10)
        assert (await form.submit(learned="x", next_step=said)).kind == "closed"
        await plain.settled()
    assert "Three times in a row the same next step" in (await jonas.dm()).shown
