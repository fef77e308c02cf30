"""How often what follows from answers asks the database: eight times at most, however big the workspace."""

import pytest

from tests.stories import forged, team
from tests.stories.people import Said
from tests.stories.steps import a_team_at_work, summary
from tests.stories.test_queries import Counter, a_crowd, assert_seldom, only_listening
from tests.stories.world import World

ASKED = {
    "on it": 4,
    "not me": 3,
    "not me: submit": 7,
    "cleared": 5,
    "not so fast": 4,
    "not so fast: submit": 7,
    "to a thread": 3,
    "questions": 2,
    "questions: submit": 4,
    "conclude, and a follow-up": 5,
}
"""Statements of each interaction."""


async def work(world: World) -> tuple[Said, Said, Said]:
    """Jonas needs something and measures a good deal; Mira is told both. Their messages, and the summary."""
    jonas, mira = world.person("jonas"), world.person("mira")
    await a_team_at_work(world)
    await world.to("2026-02-03T08:30:00Z")
    await world.settled()
    await jonas.click("Update")
    filled = {"learned": "x", "value": "61", "blocker_kind": "compute", "blocker_text": "x"}
    assert (await (await jonas.form()).submit(**filled, blocker_owner=mira.id)).kind == "closed"
    await world.to("2026-02-03T15:00:00Z")
    await world.settled()
    told = next(one for one in await mira.dms() if "needs:" in one.shown)
    asked = next(one for one in await jonas.dms() if "FRAUD-3" in one.shown)
    return asked, told, await summary(world)


async def follow(world: World, count: Counter, asked: Said, told: Said, whole: Said) -> None:
    """Everything that can be done about it."""
    jonas, mira = world.person("jonas"), world.person("mira")
    with count.of("on it"):
        await mira.click("I'm on it", on=told)
    with count.of("not me"):
        await mira.click("Not me", on=told)
        form = await mira.form()
    with count.of("not me: submit"):
        assert (await form.submit(owner=team.user("sofia"))).kind == "closed"
    with count.of("cleared"):
        await forged.click(world, "jonas", told, "It's cleared")
    with count.of("not so fast"):
        await mira.click("Not so fast", on=told)
        form = await mira.form()
    with count.of("not so fast: submit"):
        assert (await form.submit(reason="bug")).kind == "closed"
    with count.of("to a thread"):
        await jonas.click("Take it to a thread…", on=whole, value="jonas needs: x")
    with count.of("questions"):
        await forged.click(
            world, "jonas", asked, "Edit answer", action="standup_questions", value="1"
        )
        form = await jonas.form()
    with count.of("questions: submit"):
        assert (await form.submit(learned="What did the data say?")).kind == "closed"
    await forged.click(world, "jonas", asked, "Edit answer", action="standup_conclude")
    outcome = await (await jonas.form()).submit(learned="x", status="refuted")
    assert outcome.form is not None
    with count.of("conclude, and a follow-up"):
        assert (await outcome.form.submit(learning="x", follow_up="yes")).kind == "updated"


@pytest.mark.parametrize("people", [pytest.param(0, id="small"), pytest.param(40, id="big")])
async def test_what_follows_asks_seldom_and_constantly(signed: World, people: int) -> None:
    messages = await work(signed)
    async with only_listening(signed):
        await a_crowd(signed.database_url, people)
        count = Counter(signed)
        await follow(signed, count, *messages)
    assert count.counts == ASKED
    assert_seldom(ASKED)
