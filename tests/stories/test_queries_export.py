"""How often `/lab export` asks the database; the file itself is drawn up when it is delivered."""

import pytest

from tests.stories.steps import a_hypothesis, a_project
from tests.stories.test_queries import Counter, a_crowd, assert_seldom, only_listening
from tests.stories.world import World

ASKED = {"/lab export": 1, "own": 3, "whole": 3}
"""Statements of each interaction."""


@pytest.mark.parametrize("people", [pytest.param(0, id="small"), pytest.param(40, id="big")])
async def test_an_order_asks_seldom_and_constantly(signed: World, people: int) -> None:
    await a_project(signed)
    await a_hypothesis(signed, "jonas")
    jonas = signed.person("jonas")
    async with only_listening(signed):
        await a_crowd(signed.database_url, people)
        count = Counter(signed)
        with count.of("/lab export"):
            form = await jonas.opens("/lab export")
        with count.of("own"):
            await form.click("Send me what I wrote")
            await form.again("on its way")
        await form.close()
        form = await jonas.opens("/lab export")
        with count.of("whole"):
            await form.click("CSV")
            await form.again("on its way")
    assert count.counts == ASKED
    assert_seldom(ASKED)
