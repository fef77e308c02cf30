"""How often a project's numbers ask the database: eight times at most, however big the workspace."""

import pytest

from models.domain.project import Role
from tests.stories.people import Form
from tests.stories.steps import a_hypothesis, a_project
from tests.stories.test_numbers import a_role, numbers
from tests.stories.test_queries import Counter, a_crowd, assert_seldom, only_listening
from tests.stories.world import World

ASKED = {
    "page": 3,
    "agree": 4,
    "Add a metric": 1,
    "Add a metric: submit": 6,
    "Change": 2,
    "Change: submit": 4,
    "Good enough": 2,
    "Good enough: submit": 4,
    "New version": 2,
    "New version: submit": 5,
    "Add a live value": 3,
    "Add a live value: submit": 6,
    "Set live value aside": 2,
    "Set live value aside: submit": 6,
    "score": 6,
    "score: submit": 7,
    "reveal": 5,
    "all projects": 6,
    "explain": 7,
}
"""Statements of each interaction."""
LATENCY = {"name": "Answer time", "unit": "ms", "goal": "min", "phrase": "x", "limit": "60"}
GOOD = {"acceptance": "65", "reason": "x"}
VERSION = {"moved": "data", "effective": "2026-02-02", "baseline": "45", "source": "x", **GOOD}


async def on_the_page(world: World, count: Counter) -> None:
    """Every button of the page, and its form."""
    jonas = world.person("jonas")
    project = await jonas.opens("/lab project FRAUD")
    with count.of("page"):
        await project.click("Numbers")
        page = await jonas.form()
    with count.of("agree"):
        await page.click("Agree as PM")
        page = await page.again()
    for label, values in (
        ("Add a metric", LATENCY),
        ("Change", {"min_delta": "1"}),
        ("Good enough", GOOD),
        ("New version", VERSION),
        ("Add a live value", {"value": "60"}),
        ("Set live value aside", {"reason": "bug"}),
    ):
        page = await fill(page, label, count, **values)
    await page.close()
    await project.close()


async def fill(page: Form, label: str, count: Counter, **values: str) -> Form:
    """Open a form and send it; the page as it is then."""
    with count.of(label):
        await page.click(label)
        form = await page.person.form()
    with count.of(f"{label}: submit"):
        outcome = await form.submit(**values)
        page = await page.again()
    if outcome.form is not None:
        await outcome.form.close()
    return page


async def scores_and_words(world: World, count: Counter) -> None:
    """`/lab score` and `/lab explain`."""
    jonas = world.person("jonas")
    with count.of("score"):
        form = await jonas.opens("/lab score FRAUD")
    why = {"benefit_ux_why": "x", "benefit_profit_why": "x"}
    with count.of("score: submit"):
        outcome = await form.submit(benefit_ux="6", benefit_profit="8", **why)
    assert outcome.form is not None
    with count.of("reveal"):
        await outcome.form.click("Show them together")
        page = await outcome.form.again()
    with count.of("all projects"):
        await page.click("All projects")
        listed = await jonas.form()
    await listed.close()
    await page.close()
    with count.of("explain"):
        await jonas.type("/lab explain precision FRAUD")


@pytest.mark.parametrize("people", [pytest.param(0, id="small"), pytest.param(40, id="big")])
async def test_numbers_ask_seldom_and_constantly(signed: World, people: int) -> None:
    await a_project(signed)
    await a_hypothesis(signed, "mira")
    await a_role(signed, "mira", Role.DATA_SCIENTIST)
    page = await numbers(signed)
    await page.close()
    await (await signed.person("jonas").look()).close()
    await signed.settled()
    async with only_listening(signed):
        await a_crowd(signed.database_url, people)
        count = Counter(signed)
        await on_the_page(signed, count)
        await scores_and_words(signed, count)
    assert count.counts == ASKED
    assert_seldom(ASKED)
