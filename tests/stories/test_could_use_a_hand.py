"""What could use a hand: each finding comes on its day and not one sooner, and its button does something."""

from models.domain.cadence import NO_HOLIDAYS
from tests.stories import team
from tests.stories.people import Person, Said
from tests.stories.reading import elements
from tests.stories.steps import a_hypothesis, a_project, a_standup, a_team_at_work
from tests.stories.world import World

KAI, MIRA, JONAS, SOFIA = (
    "balancing the classes",
    "merchant velocity features",
    "training on 18 months of history",
    "a blend of three models",
)


async def digest(world: World, reader: str = "jonas") -> Said:
    """What `/lab digest` shows to somebody now."""
    (said,) = await world.person(reader).type("/lab digest")
    return said


async def act(world: World, who: str, label: str, near: str, **values: object) -> str:
    """Press a finding's button and fill in its form; what is said then."""
    person = world.person(who)
    await person.click(label, near=near, on=await digest(world, who))
    outcome = await (await person.form()).submit(**values)
    assert outcome.kind == "updated", outcome
    assert outcome.form is not None
    await outcome.form.close()
    return outcome.note


async def test_a_slow_week(either: World) -> None:
    world = either
    await a_team_at_work(world)
    await jonas_is_held_up(world)
    await works_on_holidays(world, "kai")
    await who_is_silent_is_asked(world)
    await who_waits_gets_help(world)
    await what_has_no_number_gets_one(world)
    await what_is_past_its_timebox_is_extended_or_concluded(world)


async def jonas_is_held_up(world: World) -> None:
    await world.to("2026-02-03T08:30:00Z")
    await world.settled()
    jonas = world.person("jonas")
    await jonas.click("Update")
    form = await jonas.form()
    outcome = await form.submit(
        learned="Older months need another table",
        blocker_kind="data_access",
        blocker_text="invoices before 2024",
        blocker_owner=team.user("sofia"),
    )
    assert outcome.kind == "closed"
    await world.to("2026-02-05T12:00:00Z")
    said = await digest(world)
    for part in (said.text, said.shown):
        assert "Nothing needs a hand" in part, "one standup and two days are no sign"
        assert "4 experiments on course" in part
        assert "41 of 100 today, nothing better yet | needed 60 of 100" in part


async def works_on_holidays(world: World, handle: str) -> None:
    """6 February is a public holiday in Auckland: nobody is missed on one."""
    person = world.person(handle)
    outcome = await (await person.opens("/lab settings")).submit(country=NO_HOLIDAYS)
    if outcome.form is not None:
        await outcome.form.close()


async def who_is_silent_is_asked(world: World) -> None:
    await world.to("2026-02-06T12:00:00Z")
    said = await digest(world)
    assert "Could use a hand (4)" in said.shown
    assert f"{KAI} (FRAUD-1, kai): no word since 2 Feb (2 standups)." in said.shown
    jonas, kai = world.person("jonas"), world.person("kai")
    await jonas.click("Ask", near=KAI, on=said)
    assert "kai is asked" in (await jonas.whispered(team.CHANNEL, "is asked")).text
    await jonas.click("Ask", near=KAI, on=said)
    assert "asked already" in (await jonas.whispered(team.CHANNEL, "asked already")).text
    before = len(await kai.dms())
    await world.to("2026-02-08T19:59:00Z")
    await world.settled()
    assert len(await kai.dms()) == before, "it is the weekend, and then night, in Auckland"
    await world.to("2026-02-08T20:01:00Z")
    await world.settled()
    dm = await kai.dm()
    assert "jonas would like to know how it stands: FRAUD-1" in dm.shown
    await kai.click("Add a number")
    form = await kai.form()
    refused = await form.submit(value="53", low="50")
    assert refused.errors == {"high": "A range has two ends: please give both, or none."}
    outcome = await form.submit(value="53", low="50", high="55")
    assert outcome.kind == "updated"
    assert outcome.form is not None
    await outcome.form.close()
    await world.settled()
    assert "Answered" in (await kai.dm()).shown
    said = await digest(world)
    assert KAI not in said.shown
    assert "41 ▁█ 53 of 100 (to be confirmed) | needed 60 of 100. Best since 8 Feb." in said.shown


async def who_waits_gets_help(world: World) -> None:
    said = await digest(world)
    assert (
        "(FRAUD-3, jonas): waiting for 4 working days: invoices before 2024 (sofia)" in said.shown
    )
    note = await act(
        world, "jonas", "Escalate", JONAS, person=team.user("mira"), ask="Can you get us the table?"
    )
    assert "mira is asked" in note
    await world.to("2026-02-09T03:35:00Z")
    await world.settled()
    mira = world.person("mira")
    dm = await mira.dm()
    assert "jonas asks for your help: “Can you get us the table?”" in dm.shown
    await mira.click("I take it")
    await world.settled()
    await mira.click("It's cleared")
    await world.settled()
    assert "It is cleared" in (await mira.dm()).shown
    assert "waiting for" not in (await digest(world)).shown


async def what_has_no_number_gets_one(world: World) -> None:
    said = await digest(world)
    assert f"{SOFIA} (FRAUD-4, sofia): running for 5 working days, no number yet." in said.shown
    sofia = world.person("sofia")
    await sofia.click("+1 more", near=SOFIA, on=await digest(world, "sofia"))
    why = await sofia.form()
    assert "No word since 2 Feb (2 standups)" in why.text
    await why.close()
    assert "stored" in await act(world, "sofia", "Add a number", SOFIA, value="52")
    assert SOFIA not in (await digest(world)).shown
    # What belongs to somebody else is not changed by a click.
    await sofia.click("Add a number", near=MIRA, on=await digest(world, "sofia"))
    assert "can add a number to it" in (await sofia.form()).text


async def what_is_past_its_timebox_is_extended_or_concluded(world: World) -> None:
    await world.to("2026-02-12T12:00:00Z")
    assert "past its timebox" not in (await digest(world)).shown
    await world.to("2026-02-13T12:00:00Z")
    said = await digest(world)
    assert f"{SOFIA} (FRAUD-4, sofia): 1 working day past its timebox of 8." in said.shown
    note = await act(world, "sofia", "Extend", SOFIA, days="5", reason="The last seed is running")
    assert "5 working days more" in note
    assert "Kept" not in note
    refused_form = world.person("kai")
    await refused_form.click("Conclude", near=KAI, on=await digest(world, "kai"))
    form = await refused_form.form()
    assert (await form.submit(outcome="refuted")).errors == {
        "learning": "One sentence, please: it is what the others keep of this."
    }
    outcome = await form.submit(outcome="refuted", learning="Balance alone does not help")
    assert outcome.kind == "updated"
    (page,) = await world.person("jonas").type("/lab show FRAUD-1")
    assert "ruled out" in page.shown
    assert "Balance alone does not help" in page.shown
    note = await act(
        world, "jonas", "Not now …", JONAS, until="2026-02-27", reason="The table comes on the 26th"
    )
    assert "Friday, 27 February" in note
    findings = (await digest(world)).shown.partition("Where the projects stand")[0]
    assert KAI not in findings
    assert JONAS not in findings
    assert f"{SOFIA} (FRAUD-4, sofia): no word since 9 Feb (2 standups)." in findings
    assert "1 put off" in findings


async def test_nothing_running_is_asked_about_after_five_days(plain: World) -> None:
    await a_project(plain)
    await a_hypothesis(plain, "jonas")
    await a_standup(plain, now=True)
    jonas = plain.person("jonas")
    await jonas.click("It's concluded")
    outcome = await (await jonas.form()).submit(learned="It is slower", status="refuted")
    assert outcome.form is not None
    kept = {"learning": "It is slower", "adopted": "no", "unmeasured": "The clock showed it"}
    assert (await outcome.form.submit(**kept)).kind == "closed"
    await plain.to("2026-02-06T12:00:00Z")
    assert "no experiment running" not in (await digest(plain)).shown
    await plain.to("2026-02-09T12:00:00Z")
    said = await digest(plain)
    assert "Card fraud alerts (FRAUD): no experiment running for 5 working days." in said.shown
    await jonas.click("New hypothesis", near="Card fraud", on=said)
    form = await jonas.form()
    assert form.title == "New hypothesis"
    await form.close()
    note = await act(
        plain,
        "jonas",
        "Fine until …",
        "Card fraud",
        until="2026-02-16",
        reason="We write the paper",
    )
    assert "Monday, 16 February" in note
    assert "Nothing needs a hand" in (await digest(plain)).shown
    await plain.to("2026-02-16T12:00:00Z")
    assert "no experiment running for 10 working days" in (await digest(plain)).shown


async def clear(world: World, person: Person) -> None:
    """Close the list below a form, when it shows what is left."""
    await world.settled()
    for _ in (await world.see("state", **{"as": person.id}))["modals"]:
        await (await person.look()).close()


async def five_more_tries(world: World, value: str) -> None:
    """Jonas starts five experiments and answers each with the same number."""
    for number in range(5):
        await a_hypothesis(world, "jonas", f"variant {number}", timebox="60")
    await a_standup(world, now=True)
    await answer_five(world, value)


async def answer_five(world: World, value: str) -> None:
    """By `/lab update`: a list, and at last the form of the one that is left."""
    jonas = world.person("jonas")
    for number in range(5):
        await jonas.type("/lab update")
        form = await jonas.form()
        if any(one.label == "Update" for one in elements(form.view["blocks"])):
            await form.click("Update", near=f"variant {number}")
            form = await jonas.form()
        assert (await form.submit(learned="No difference", value=value)).kind == "closed"
        await clear(world, jonas)


async def test_a_flat_stretch_is_a_question_after_two_weeks_and_five_tries(plain: World) -> None:
    await a_project(plain)
    await five_more_tries(plain, "40.5")
    await plain.to("2026-02-15T12:00:00Z")
    assert "no real gain" not in (await digest(plain)).shown
    await plain.to("2026-02-16T12:00:00Z")
    said = await digest(plain)
    assert "no real gain for 14 days and 5 tries (best 41 of 100, needed 60 of 100" in said.shown
    assert "Normal in this work; worth asking what has not been tried." in said.shown


async def test_good_enough_and_flat_asks_whether_to_ship(plain: World) -> None:
    await a_project(plain)
    await a_hypothesis(plain, "sofia", "a bigger model", timebox="60")
    await a_standup(plain, now=True)
    sofia = plain.person("sofia")
    await sofia.click("Update")
    assert (await (await sofia.form()).submit(learned="It works", value="61")).kind == "closed"
    for number in range(5):
        await a_hypothesis(plain, "jonas", f"variant {number}", timebox="60")
    await plain.to("2026-02-03T08:30:00Z")
    await plain.settled()
    await answer_five(plain, "60.5")
    await plain.to("2026-02-15T12:00:00Z")
    assert "Ship and learn?" not in (await digest(plain)).shown
    await plain.to("2026-02-16T12:00:00Z")
    said = await digest(plain)
    assert "good enough since 2 Feb; the last 5 tries added nothing. Ship and learn?" in said.shown
    assert "61 of 100 (to be confirmed)" in said.shown


async def test_it_is_posted_on_thursdays_and_read_again_when_something_is_done(
    plain: World,
) -> None:
    await a_team_at_work(plain)
    maya = plain.person("jonas")
    await maya.click("Schedule it", on=await digest(plain))
    form = await maya.form()
    assert "Stalled digest" in form.title
    outcome = await form.submit(time="15:00")
    assert "Posted on Thursday at 15:00 (Europe/Berlin)" in outcome.note
    await (await maya.look()).close()
    await plain.to("2026-02-12T14:00:00Z")
    await plain.settled()
    said = [one for one in await maya.reads(team.CHANNEL) if "Could use a hand" in one.text]
    (posted,) = [one for one in said if not one.raw.get("ephemeral")]
    assert "Thursday, 12 February" in posted.shown
    assert JONAS in posted.shown
    await maya.click("Add a number", near=JONAS, on=posted)
    assert (await (await maya.form()).submit(value="50")).kind == "updated"
    await plain.settled()
    again = next(one for one in await maya.reads(team.CHANNEL) if one.ts == posted.ts)
    assert "edited" in again.raw
    assert f"{JONAS} (FRAUD-3)" in again.shown.partition("Settled since")[2]
    (stop,) = [one for one in [await digest(plain)] if "Post it no more" in one.buttons]
    await maya.click("Post it no more", on=stop)
    await plain.to("2026-02-19T14:00:00Z")
    await plain.settled()
    said = [one for one in await maya.reads(team.CHANNEL) if "Could use a hand" in one.text]
    assert [one.ts for one in said if not one.raw.get("ephemeral")] == [posted.ts]
