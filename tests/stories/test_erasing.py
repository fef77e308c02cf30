"""“Erase what I wrote”, through Slack: it asks for the word, and what stood there is changed."""

from tests.stories import team
from tests.stories.people import Form
from tests.stories.steps import a_hypothesis, a_project, a_standup, summary
from tests.stories.world import World

WORDS = "The old rules missed weekends"


async def test_what_somebody_wrote_is_erased_in_slack_too(plain: World) -> None:
    jonas = plain.person("jonas")
    await a_project(plain)
    await a_hypothesis(plain, "jonas")
    await a_standup(plain, now=True, people=[jonas.id])
    await jonas.click("Update")
    assert (await (await jonas.form()).submit(learned=WORDS)).kind == "closed"
    await plain.settled()
    told = await summary(plain)
    thread = await jonas.reads(team.CHANNEL, told.ts)
    assert any(WORDS in one.shown for one in thread)
    settings = await jonas.opens("/lab settings")
    await settings.click("Erase what I wrote")
    form = await jonas.form()
    assert "numbers, outcomes and dates" in form.text
    outcome = await form.submit(word="yes")
    assert outcome.errors == {"word": "Nothing was erased: type ERASE here to confirm."}
    outcome = await form.submit(word="erase")
    assert "In a moment the words are gone" in outcome.note
    await plain.settled()
    await plain.settled()
    thread = await jonas.reads(team.CHANNEL, (await summary(plain)).ts)
    assert not any(WORDS in one.shown + one.text for one in thread)
    assert any("(erased)" in one.shown for one in thread)


async def test_only_an_admin_erases_for_others_and_only_when_they_left(plain: World) -> None:
    kai = plain.person("kai")
    await a_project(plain)
    await a_hypothesis(plain, "kai")
    form = await _erasing(plain, "jonas")
    outcome = await form.submit(word="erase", whose=kai.id)
    assert "That person is still here" in outcome.errors["whose"]
    assert "Whose words?" not in (await _erasing(plain, "kai")).text


async def _erasing(world: World, by: str) -> Form:
    person = world.person(by)
    await (await person.opens("/lab settings")).click("Erase what I wrote")
    return await person.form()
