"""What stands behind a project's page: charter, governance, expectations, stages, gaps, thresholds."""

import pytest

from tests.stories import team
from tests.stories.people import Form
from tests.stories.steps import a_hypothesis, a_project
from tests.stories.world import World

pytestmark = pytest.mark.counted


async def the_page(world: World, who: str = "jonas") -> Form:
    return await world.person(who).opens("/lab project FRAUD")


async def in_channel(world: World) -> list[str]:
    said = await world.person("jonas").reads(team.CHANNEL)
    return [one.shown for one in said if not one.raw.get("ephemeral")]


async def a_stakeholder(world: World, who: str) -> None:
    """Jonas adds a stakeholder, by what is missing."""
    jonas = world.person("jonas")
    page = await the_page(world)
    await page.click("People")
    roles = await page.again("One person")
    await roles.click("Change", near="Stakeholder: ")
    form = await jonas.form()
    people = [*(form.value("people") or []), team.user(who)]
    assert (await form.submit(people=people)).kind == "closed"
    await roles.again()
    await roles.close()
    await world.settled()


async def test_the_charter_is_asked_in_small_pieces(either: World) -> None:
    jonas, mira = either.person("jonas"), either.person("mira")
    await a_project(either)
    page = await the_page(either)
    assert "Charter: 0 of 24 answered\nAbout production: 0 of 8" in page.text
    await page.click("Charter")
    topics = await page.again("a few questions at a time")
    assert "The data\n0 of 4 answered, from stage data on" in topics.text
    await topics.click("Answer", near="Who uses it")
    form = await jonas.form()
    assert form.title == "Who uses it"
    said = {"users": "The call team", "delivery": "A list, in the call tool, on Mondays at 7"}
    assert (await form.submit(**said)).kind == "closed"
    topics = await topics.again("Who uses it\n2 of 3 answered")
    await topics.click("Answer", near="When it is wrong")
    form = await jonas.form()
    assert (await form.submit(risk_tier="high", explainability="yes")).kind == "closed"
    topics = await topics.again("When it is wrong\n2 of 4 answered")
    # What is emptied is taken back; who only reads gets a page.
    await topics.click("Answer", near="Who uses it")
    form = await jonas.form()
    assert form.value("users") == "The call team"
    assert (await form.submit(users="")).kind == "closed"
    await topics.again("Who uses it\n1 of 3 answered")
    theirs = await the_page(either, "mira")
    await theirs.click("Charter")
    await (await theirs.again("a few questions")).click("Open", near="When it is wrong")
    read = await mira.form()
    assert "How much harm can a wrong result do?\nHigh: it can harm people" in read.text
    assert read.view.get("submit") is None


async def test_governance_has_an_owner_and_a_state(either: World) -> None:
    jonas = either.person("jonas")
    await a_project(either)
    page = await the_page(either)
    await page.click("Governance")
    tracks = await page.again("Privacy: not started")
    await tracks.click("Change", near="Privacy: ")
    form = await jonas.form()
    values = {"state": "under_way", "owner": jonas.id, "link": "https://intra/pia-7"}
    assert (await form.submit(**values)).kind == "closed"
    tracks = await tracks.again("Privacy: under way (jonas)\nhttps://intra/pia-7")
    await tracks.click("Change", near="Privacy: ")
    form = await jonas.form()
    assert (form.value("state")["value"], form.value("owner")) == ("under_way", jonas.id)
    assert (await form.submit(state="done", owner=None)).kind == "closed"
    await tracks.again("Privacy: done\n")


async def test_stakeholders_are_told_what_to_expect_and_say_that_they_know(either: World) -> None:
    jonas, mira, kai = (either.person(name) for name in ("jonas", "mira", "kai"))
    await a_project(either)
    await a_stakeholder(either, "mira")
    page = await the_page(either)
    await page.click("Send")
    note = await jonas.form()
    assert "1 person is told" in note.text
    await note.close()
    await (await page.again("sent, not read yet by mira")).close()
    await either.to("2026-02-03T05:00:00Z")  # half past ten in the morning of Mira's Tuesday
    await either.settled()
    told = await mira.dm()
    assert "What to expect of Card fraud alerts" in told.shown
    assert "It is not magic" in told.shown
    await mira.click("I have read it")
    await either.settled()
    assert "✓ You have read it." in (await mira.dm()).shown
    # Who becomes a stakeholder later gets it, too.
    await a_stakeholder(either, "kai")
    await either.to("2026-02-03T23:00:00Z")
    await either.settled()
    assert "What to expect of Card fraud alerts" in (await kai.dm()).shown
    await expecting(either, "sent, not read yet by kai")
    await kai.click("I have read it")
    await expecting(either, "read by all stakeholders")


async def test_without_a_stakeholder_there_is_nobody_to_tell(plain: World) -> None:
    await a_project(plain)
    page = await the_page(plain)
    await page.click("Send")
    assert "Name a stakeholder first" in (await plain.person("jonas").form()).text
    await page.again("not sent yet")


async def expecting(world: World, words: str) -> None:
    """The page says so about the expectations note."""
    page = await the_page(world)
    assert f"Expectations note: {words}" in page.text
    await page.close()


async def test_a_move_says_what_is_missing_and_what_comes_next(either: World) -> None:
    jonas = either.person("jonas")
    await a_project(either)
    page = await the_page(either)
    await page.click("Move")
    form = await jonas.form()
    assert "For data it still needs\n• the problem, in the words of who has it" in form.text
    assert form.value("stage")["value"] == "data"
    assert "Please say why" in (await form.submit()).errors["reason"]
    refused = (await form.submit(stage="deployment", reason="we must")).errors["stage"]
    assert refused == ("Not yet. A launch needs: a go on the hand-over; a go on the launch check.")
    outcome = await form.submit(stage="data", reason="The data is here for a week only")
    assert outcome.kind == "closed"
    page = await page.again("Stage: data")
    await either.settled()
    (line,) = await in_channel(either)
    assert line.startswith(
        "Card fraud alerts is now in data (was conception). The data is here for a week only. "
        "Next: find out whether data and labels are good enough. Still open: the problem,"
    )
    await page.click("Move")
    outcome = await (await jonas.form()).submit(
        stage="conception", reason="It was the wrong question"
    )
    assert outcome.kind == "closed"
    await either.settled()
    assert (
        "goes back to conception (was data). It was the wrong question."
        in (await in_channel(either))[-1]
    )


async def test_gaps_lead_to_the_form_that_fills_them(either: World) -> None:
    jonas = either.person("jonas")
    await a_project(either)
    (told,) = await jonas.type("/lab gaps")
    assert "Nobody speaks for those who will use it (stakeholder)" in told.shown
    assert "No next touchpoint: when does somebody decide?" in told.shown
    await jonas.click("Fill the first", on=told)
    form = await jonas.form()
    assert form.title == "Stakeholder"
    assert (await form.submit(people=[team.user("kai")])).kind == "closed"
    (told,) = await jonas.type("/lab gaps fraud")
    assert "(stakeholder)" not in told.shown
    assert "There is no project NOPE" in (await jonas.type("/lab gaps NOPE"))[0].text
    page = await the_page(either)
    await page.click("Show")
    gaps = await page.again("still to fill in.")
    for near, title in (
        ("No next touchpoint", "Plan"),
        ("Why we do it", "Why we do it"),
        ("Nobody looks after privacy", "Privacy"),
        ("What is good enough is proposed", "Numbers"),
    ):
        await gaps.click("Fill in", near=near)
        form = await jonas.form()
        assert form.title == title
        await form.close()
    await gaps.click("Fill in", near="No next touchpoint")
    assert (await (await jonas.form()).submit(touchpoint="2026-03-02")).kind == "closed"
    gaps = await gaps.again("still to fill in.")
    assert "No next touchpoint" not in gaps.text


async def test_gaps_of_several_projects(plain: World) -> None:
    jonas = plain.person("jonas")
    assert "There is no project yet" in (await jonas.type("/lab gaps"))[0].text
    await a_project(plain)
    await a_project(plain, key="CHURN", name="Churn")
    (told,) = await jonas.type("/lab gaps")
    assert "Card fraud alerts (FRAUD)" in told.shown
    mira = plain.person("mira")
    (told,) = await mira.type("/lab gaps", "C0ELSE")
    assert "• FRAUD Card fraud alerts: Nobody speaks for those who will use it" in told.shown
    assert "• CHURN Churn: Nobody speaks for" in told.shown


async def test_thresholds_name_and_status_are_set_from_the_page(either: World) -> None:
    jonas = either.person("jonas")
    await a_project(either)
    await a_hypothesis(either, "jonas")
    page = await the_page(either)
    await page.click("Thresholds")
    form = await jonas.form()
    assert form.value("patience") == "5"
    assert (await form.submit(patience="0")).errors == {"patience": "At least 1, please."}
    assert (await form.submit(patience="7", decision_days="0")).kind == "closed"
    page = await page.again()
    await page.click("Thresholds")
    form = await jonas.form()
    assert form.value("patience") == "7"
    await form.close()
    await page.click("Name and goal")
    form = await jonas.form()
    values = {"name": "Fraud watch", "business_goal": "Stop fraud", "channel": team.CHANNEL}
    assert (await form.submit(**values)).kind == "closed"
    page = await page.again("Stop fraud")
    assert page.title == "Fraud watch"
    await page.click("Put on hold")
    page = await page.again("on hold")
    await page.click("Go on")
    page = await page.again("FRAUD · active")
