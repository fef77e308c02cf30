"""One standup, whole: from the project to the closed run, as four people in four zones live it."""

import pytest

from tests.stories import forged, team
from tests.stories.people import Said
from tests.stories.steps import a_team_at_work, summary
from tests.stories.world import World

pytestmark = pytest.mark.counted

MIRA: dict[str, str] = {
    "learned": "Merchants that appear overnight are the signal",
    "value": "50",
    "next_step": "compare 6, 12 and 18 months",
    "blocker_kind": "data_access",
    "blocker_text": "invoices before 2024",
    "blocker_owner": team.user("sofia"),
}


async def in_thread(world: World, of: Said) -> str:
    thread = await world.person("jonas").reads(team.CHANNEL, of.ts)
    return "\n".join(said.shown for said in thread[1:])


async def test_one_standup_whole(both: World) -> None:
    world = both
    await a_team_at_work(world)
    assert "4 people are asked" in (await world.person("jonas").dm()).shown
    await kai_has_nothing_new(world)
    await mira_answers(world)
    await jonas_concludes(world)
    await sofia_can_clear_the_way(world)
    await the_summary_comes_and_sofia_is_late(world)
    await the_run_closes(world)
    await on_thursday(world)


async def asked(world: World, handle: str) -> None:
    """Everybody is asked at 09:30 on their own clock, once, and nobody else at that moment."""
    before = {name: len(await world.person(name).dms()) for name in team.ZONES}
    await world.to(team.ASKED_AT[handle])
    await world.settled()
    after = {name: len(await world.person(name).dms()) for name in team.ZONES}
    assert after == {**before, handle: before[handle] + 1}


async def kai_has_nothing_new(world: World) -> None:
    kai = world.person("kai")
    await asked(world, "kai")
    dm = await kai.dm()
    for part in (dm.text, dm.shown):
        assert "Card fraud alerts: Stop more fraud without more false alerts" in part
        assert "FRAUD-1 · balancing the classes" in part
        assert "needs 55 of 100 or more" in part
    await kai.click("No change, still running")
    await world.settled()
    dm = await kai.dm()
    assert "Noted: still running, no change." in dm.shown
    assert dm.buttons == ["Edit answer"]


async def mira_answers(world: World) -> None:
    mira = world.person("mira")
    await asked(world, "mira")
    await mira.click("Update")
    form = await mira.form()
    assert "Stop more fraud without more false alerts" in form.text
    assert "baseline 41, none better yet, needed 60 of 100" in form.text
    assert form.value("status")["value"] == "still_testing"
    outcome = await form.submit(**MIRA)
    assert outcome.kind == "closed"
    await world.settled()
    assert "Merchants that appear overnight are the signal" in (await mira.dm()).shown


async def jonas_concludes(world: World) -> None:
    jonas = world.person("jonas")
    await asked(world, "jonas")
    await world.restart()
    await world.settled()
    assert len(await jonas.dms()) == 2, "the standup is set, and one question"
    await jonas.click("It's concluded")
    form = await jonas.form()
    assert "Still testing" not in form.text
    outcome = await form.submit(
        learned="More history lowers the result", status="refuted", value="46"
    )
    assert outcome.form is not None
    assert "What should the team remember?" in outcome.note
    # The first view is stored before the second one is answered: stopping here loses nothing.
    await outcome.form.close()
    await world.restart()
    await world.settled()
    assert "Still open: what should the team remember?" in (await jonas.dm()).shown
    await jonas.click("Finish concluding")
    second = await jonas.form()
    assert second.value("learning") == "More history lowers the result"
    outcome = await second.submit(learning="Contactless fraud behaves differently", adopted="no")
    assert outcome.kind == "closed"
    await world.settled()
    assert (await jonas.dm()).buttons == []
    (page,) = await jonas.type("/lab show FRAUD-3")
    assert "ruled out" in page.shown
    assert "Contactless fraud behaves differently" in page.shown


async def sofia_can_clear_the_way(world: World) -> None:
    """She hears of it when her working day begins, before she is asked herself."""
    sofia = world.person("sofia")
    assert await sofia.dms() == []
    await world.to("2026-02-03T14:00:00Z")
    await world.settled()
    (told,) = await sofia.dms()
    assert "mira needs: invoices before 2024 (data access). Can you clear it?" in told.shown
    await sofia.click("I'm on it")
    await world.settled()
    (told,) = await sofia.dms()
    assert "You are on it." in told.shown
    assert told.buttons == ["It's cleared", "Update", "Not me"]


async def the_summary_comes_and_sofia_is_late(world: World) -> None:
    sofia = world.person("sofia")
    await asked(world, "sofia")
    assert not [said for said in await sofia.reads(team.CHANNEL) if "people answered" in said.text]
    await world.to("2026-02-03T15:00:00Z")
    await world.settled()
    first = await summary(world)
    for part in (first.text, first.shown):
        assert "3 of 4 people answered" in part
        assert "Still to come: sofia" in part
        assert "More history lowers the result" in part
        assert "46 of 100, needed 55 of 100" in part
        assert "invoices before 2024. (sofia is on it)" in part
    assert "Ruled out" in first.shown.partition("Still testing")[0]
    assert "compare 6, 12 and 18 months" in await in_thread(world, first)

    await world.to("2026-02-03T20:00:00Z")
    await sofia.click("Update")
    form = await sofia.form()
    assert (await form.submit(learned="The blend overfits the weekend")).kind == "closed"
    await world.settled()
    second = await summary(world)
    assert (second.ts, "edited" in second.raw) == (first.ts, True)
    assert "4 of 4 people answered" in second.shown
    assert "Still to come" not in second.shown
    assert "The blend overfits the weekend" in await in_thread(world, second)


async def the_run_closes(world: World) -> None:
    sofia = world.person("sofia")
    _, before, reminder = await sofia.dms()
    assert reminder.shown == "Thank you, that is everything."
    await world.to("2026-02-04T14:30:00Z")
    await world.settled()
    _, after, _ = await sofia.dms()
    assert after.ts == before.ts
    assert after.buttons == ["Update"], "the next one can be answered early"
    assert "closed" in after.shown
    # Somebody who had the old message before them is told at once, not after having typed.
    await forged.click(world, "sofia", before, "Edit answer")
    assert "This standup is closed" in (await sofia.form()).text


async def on_thursday(world: World) -> None:
    mira, jonas = world.person("mira"), world.person("jonas")
    await world.to("2026-02-05T08:30:00Z")
    await world.settled()
    assert "Last time you planned: “compare 6, 12 and 18 months”" in (await mira.dms())[-2].shown
    assert (await mira.dm()).shown.startswith("Still time until tomorrow 09:30.")
    await mira.click("Update")
    form = await mira.form()
    assert "What did you learn since Tuesday?" in form.text
    assert "best 50" in form.text
    dm = await jonas.dm()
    assert "No experiment of yours is open" in dm.shown
    await jonas.click("Not experimenting now", value="On a review")
    await world.settled()
    assert "not experimenting now, review" in (await jonas.dm()).shown
    await world.to("2026-02-05T15:00:00Z")
    await world.settled()
    assert "Not experimenting now: jonas (review)" in (await summary(world)).shown
