"""How often digests, worth, rank and status ask the database: at most eight times, however big it is."""

import pytest

from tests.handlers.samples_charts import CASES
from tests.stories.people import Person, Said
from tests.stories.steps import a_hypothesis, a_project
from tests.stories.test_queries import Counter, a_crowd, assert_seldom, only_listening
from tests.stories.world import World

ASKED = {
    "/lab digest": 7,
    "/lab digest, by somebody new": 8,
    "/lab digest progress": 7,
    "/lab digest progress, by somebody new": 8,
    "/lab digest leadership": 7,
    "/lab digest leadership, by somebody new": 8,
    "/lab status FRAUD": 6,
    "schedule": 5,
    "schedule: submit": 8,
    "post it now": 3,
    "the draft": 7,
    "add or hold back": 6,
    "add or hold back: submit": 4,
    "/lab project rank": 5,
    "chart": 3,
    "worth": 5,
    "worth: submit": 4,
}
"""Statements of each interaction."""

FRIDAY_MORNING = "2026-02-06T08:01:00Z"


async def digests(jonas: Person, count: Counter) -> None:
    """What is read by a command, and the schedule."""
    for verb in ("/lab digest", "/lab digest progress", "/lab status FRAUD"):
        with count.of(verb):
            await jonas.type(verb)
    with count.of("/lab digest leadership"):
        (preview,) = await jonas.type("/lab digest leadership")
    with count.of("schedule"):
        form = await jonas.opens("/lab digest leadership schedule")
    with count.of("schedule: submit"):
        outcome = await form.submit(leave_out=["bets"])
        assert outcome.form is not None
    await outcome.form.close()
    with count.of("post it now"):
        await jonas.click("Post it now", on=preview)


async def the_first_words(world: World, count: Counter) -> None:
    """What somebody reads whom the bot has never met."""
    for handle, verb in (
        ("kai", "/lab digest"),
        ("sofia", "/lab digest progress"),
        ("vera", "/lab digest leadership"),
    ):
        with count.of(f"{verb}, by somebody new"):
            await world.person(handle).type(verb)


async def a_draft(jonas: Person, count: Counter, dm: Said) -> None:
    """What the PM does on Friday."""
    with count.of("the draft"):
        await jonas.click("Look at it", on=dm)
        draft = await jonas.form()
    with count.of("add or hold back"):
        await draft.click("Add or hold back")
        note = await jonas.form()
    with count.of("add or hold back: submit"):
        assert (await note.submit(sentence="Labels come late", told="told")).kind == "closed"
        draft = await draft.again("Labels come late.")
    await draft.close()


async def worth_and_rank(jonas: Person, count: Counter) -> None:
    """The pages behind the figures."""
    with count.of("/lab project rank"):
        page = await jonas.opens("/lab project rank")
    await page.close()
    page = await jonas.opens("/lab project FRAUD")
    with count.of("chart"):
        await page.click("Chart")
        said = await jonas.form()
    await said.close()
    with count.of("worth"):
        await page.click("Worth")
        worth = await jonas.form()
    await worth.click("By the case")
    form = await jonas.form()
    with count.of("worth: submit"):
        await form.submit(**CASES)
        await worth.again("Good enough")


@pytest.mark.parametrize("people", [pytest.param(0, id="small"), pytest.param(40, id="big")])
async def test_what_leaders_read_asks_seldom_and_constantly(signed: World, people: int) -> None:
    await a_project(signed)
    await a_hypothesis(signed, "mira")
    jonas = signed.person("jonas")
    form = await jonas.opens("/lab digest leadership schedule")
    outcome = await form.submit()
    assert outcome.form is not None
    await outcome.form.close()
    await signed.to(FRIDAY_MORNING)
    await signed.settled()
    dm = await jonas.dm()
    async with only_listening(signed):
        await a_crowd(signed.database_url, people)
        count = Counter(signed)
        await digests(jonas, count)
        await the_first_words(signed, count)
        await a_draft(jonas, count, dm)
        await worth_and_rank(jonas, count)
    assert count.counts == ASKED
    assert_seldom(ASKED)
