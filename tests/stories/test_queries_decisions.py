"""How often deciding asks the database: at most eight times, however big the workspace (design §6)."""

import pytest

from tests.stories.steps import a_hypothesis, a_project
from tests.stories.test_queries import MOST, Counter, a_crowd, only_listening
from tests.stories.world import World

ASKED = {
    "/lab decide FRAUD": 7,
    "another project": 6,
    "brief": 7,
    "continue": 8,
    "go": 8,
    "decisions": 4,
}
"""Statements of each interaction; a go that moves the stage reads the record that the move needs."""


@pytest.mark.parametrize("people", [0, 200], ids=["small", "big"])
async def test_deciding_asks_seldom_and_constantly(signed: World, people: int) -> None:
    jonas = signed.person("jonas")
    await a_project(signed)
    await a_hypothesis(signed, "mira")
    await signed.settled()
    async with only_listening(signed) as labmate:
        await a_crowd(signed.database_url, people)
        count = Counter(labmate)
        with count.of("/lab decide FRAUD"):
            form = await jonas.opens("/lab decide FRAUD")
        with count.of("another project"):
            await form.choose("project", "1")
            form = await form.again()
        with count.of("brief"):
            await form.click("Show the brief")
            brief = await jonas.form()
        await brief.close()
        with count.of("continue"):
            outcome = await form.submit(kind="continue", reason="It moves", next_on="2026-03-02")
            assert outcome.form is not None, outcome
        await outcome.form.close()
        form = await jonas.opens("/lab decide FRAUD")
        with count.of("go"):
            outcome = await form.submit(kind="go", reason="The idea holds", replaces=None)
            assert outcome.form is not None, outcome
        await outcome.form.close()
        page = await jonas.opens("/lab project FRAUD")
        with count.of("decisions"):
            await page.click("Decisions", near="Decided")
            await jonas.form()
        assert count.counts == ASKED


def test_none_of_it_asks_too_often() -> None:
    assert max(ASKED.values()) <= MOST
