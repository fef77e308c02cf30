"""What leaders read: scheduled, drafted for the PM on Friday, posted on Monday, in words without jargon."""

import pytest

from tests.stories import team
from tests.stories.people import Said
from tests.stories.steps import a_hypothesis, a_project
from tests.stories.world import World

pytestmark = pytest.mark.counted

FRIDAY_MORNING, MONDAY_MORNING = "2026-02-06T08:01:00Z", "2026-02-09T08:01:00Z"


async def posted(world: World) -> list[Said]:
    """The digests in the channel."""
    said = await world.person("mira").reads(team.CHANNEL)
    return [one for one in said if "Machine learning — week to" in one.shown]


async def test_leaders_read_it_on_monday_as_the_pm_has_left_it(plain: World) -> None:
    await a_project(plain)
    await a_hypothesis(plain, "mira")
    await it_is_scheduled(plain)
    await the_pm_adds_a_sentence_on_friday(plain)
    await it_is_posted_on_monday(plain)
    await one_project_is_read_by_anybody(plain)
    await it_can_be_posted_at_once(plain)


async def it_is_scheduled(plain: World) -> None:
    jonas = plain.person("jonas")
    form = await jonas.opens("/lab digest leadership schedule")
    assert "each project's PM can add a sentence or hold it back" in form.text
    outcome = await form.submit(leave_out=["bets"])
    assert outcome.form is not None
    assert "Posted on Monday at 09:00" in outcome.form.text
    await outcome.form.close()


async def the_pm_adds_a_sentence_on_friday(plain: World) -> None:
    jonas = plain.person("jonas")
    await plain.to(FRIDAY_MORNING)
    await plain.settled()
    dm = await jonas.dm()
    assert "On Monday, 9 February, leaders read about your 1 project." in dm.shown
    assert "Card fraud alerts lacks what it is worth" in dm.shown
    await jonas.click("Look at it", on=dm)
    draft = await jonas.form()
    assert "Card fraud alerts — searching" in draft.text
    await draft.click("Add or hold back")
    note = await jonas.form()
    assert (await note.submit(sentence="Labels come late", told="told")).kind == "closed"
    await draft.again("Labels come late.")


async def it_is_posted_on_monday(plain: World) -> None:
    await plain.to(MONDAY_MORNING)
    await plain.settled()
    (said,) = await posted(plain)
    for part in (said.text, said.shown):
        assert "Machine learning — week to 6 February" in part
        assert "No decision is wanted from you this week." in part
        assert "nothing better than" in part.lower()
        assert "Not estimated yet (asked of its owner, by 23 February)." in part
        assert "Labels come late." in part
        assert "Bets" not in part


async def one_project_is_read_by_anybody(plain: World) -> None:
    jonas = plain.person("jonas")
    (status,) = await plain.person("kai").type("/lab status FRAUD")
    assert "Card fraud alerts — searching" in status.shown
    (nothing,) = await jonas.type("/lab status NOPE")
    assert "There is no project NOPE." in nothing.text


async def it_can_be_posted_at_once(plain: World) -> None:
    jonas = plain.person("jonas")
    (preview,) = await jonas.type("/lab digest leadership")
    await jonas.click("Post it now", on=preview)
    whispered = await jonas.whispered(team.CHANNEL, "on its way")
    assert whispered.text == "It is on its way."
    await plain.settled()
    assert len(await posted(plain)) == 2
    await jonas.type("/lab digest leadership now")
    await plain.settled()
    assert len(await posted(plain)) == 3
    await jonas.type("/lab digest progress now")
    nothing = await jonas.whispered(team.CHANNEL, "No digest of this kind")
    assert "“schedule” in place of “now” sets it up." in nothing.text
