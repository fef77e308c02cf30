"""How often a project's page and its parts ask the database: at most eight times (design §6)."""

from typing import Any

import pytest

from tests.stories.steps import a_project
from tests.stories.test_queries import Counter, a_crowd, assert_seldom, only_listening
from tests.stories.world import World

ASKED = {
    "/lab gaps FRAUD": 4,
    "/lab gaps": 3,
    "Plan": 4,
    "Plan: submit": 4,
    "Name and goal": 4,
    "Name and goal: submit": 4,
    "Thresholds": 4,
    "Thresholds: submit": 4,
    "Move": 4,
    "Move: submit": 5,
    "Role": 4,
    "Role: submit": 5,
}
"""Statements of each interaction."""
PARTS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("Plan", {"touchpoint": "2026-03-02", "stop": "50", "stop_by": "2026-04-01"}),
    ("Name and goal", {"name": "Fraud", "business_goal": "Less of it"}),
    ("Thresholds", {"patience": "7"}),
    ("Move", {"stage": "data", "reason": "The data is here"}),
)


@pytest.mark.parametrize("people", [pytest.param(0, id="small"), pytest.param(40, id="big")])
async def test_a_projects_page_asks_seldom_and_constantly(signed: World, people: int) -> None:
    jonas = signed.person("jonas")
    await a_project(signed)
    await signed.settled()
    async with only_listening(signed):
        await a_crowd(signed.database_url, people)
        count = Counter(signed)
        with count.of("/lab gaps FRAUD"):
            await jonas.type("/lab gaps FRAUD")
        with count.of("/lab gaps"):
            await jonas.type("/lab gaps", "C0ELSE")
        page = await jonas.opens("/lab project FRAUD")
        for label, values in PARTS:
            with count.of(label):
                await page.click(label)
                form = await jonas.form()
            with count.of(f"{label}: submit"):
                assert (await form.submit(**values)).kind == "closed"
                page = await page.again()
        await page.click("People")
        page = await page.again("One person")
        with count.of("Role"):
            await page.click("Change", near="Stakeholder: ")
            form = await jonas.form()
        with count.of("Role: submit"):
            assert (await form.submit(people=[jonas.id])).kind == "closed"
            page = await page.again("Stakeholder: ")
    assert count.counts == ASKED
    assert_seldom(ASKED)
