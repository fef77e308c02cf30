"""How long four role holders take to answer a launch check in a real browser: clicks, and a watch.

The page, the bot and Chromium are real; the people are a model: so long to read an item, so long a letter.
"""

import time
from pathlib import Path

from playwright.async_api import Browser, Locator, Page, async_playwright, expect

from models.domain.checklist import ItemKind
from models.migrations import upgrade
from tests.bench.report import Figure
from tests.browser.conftest import ARGUMENTS, chromium
from tests.stories import churn, team
from tests.stories.conftest import beginning
from tests.stories.steps import a_hypothesis, a_project
from tests.stories.test_churn_launch import FOUR, begun
from tests.stories.world import World

READ_MS, LETTER_MS = 3_000, 150
"""To read an item and make up one's mind; a letter of somebody who types with a phone's keyboard in mind."""
SIX_MINUTES = 360
REVIEW = "R8"


class Watch:
    """What somebody's hands did."""

    def __init__(self) -> None:
        self.clicks = 0
        self.items = 0

    async def click(self, what: Locator) -> None:
        """Point and press."""
        await what.click()
        self.clicks += 1


async def bench(folder: Path) -> list[Figure]:
    """The four of churn answer the 24 items of its first launch check, one after the other."""
    url = f"sqlite:///{folder / 'answering'}.db"
    await upgrade(url)
    path = chromium()
    if path is None:
        return []
    figures, watch = [], Watch()
    async with beginning("socket", url, seed=churn.world) as world, async_playwright() as found:
        await _until_it_is_open(world)
        browser = await found.chromium.launch(executable_path=path, args=ARGUMENTS)
        seconds = 0.0
        for one in (*FOUR[1:], FOUR[0]):
            before, begun_at = watch.clicks, time.monotonic()
            await _answers(browser, world, one, watch)
            took = time.monotonic() - begun_at
            clicks = watch.clicks - before
            figures.append(Figure(f"launch check: {one} answers, {clicks} clicks", took, "s"))
            seconds += took
        await browser.close()
    said = f"launch check: four answer {watch.items} items, {watch.clicks} clicks"
    return [*figures, Figure(said, seconds, "s", budget=f"{SIX_MINUTES} s")]


async def _until_it_is_open(world: World) -> None:
    for one in FOUR:
        world.person(one).channel = churn.CHANNEL
    await a_project(world, "maya", **churn.PROJECT)
    await a_hypothesis(world, "priya")
    await churn.people_and_numbers(world)
    await begun(world, "2026-10-21")


async def _answers(browser: Browser, world: World, who: str, watch: Watch) -> None:
    """From the card in the channel to its answers stored, in a window of a phone's size."""
    context = await browser.new_context(
        viewport={"width": 390, "height": 844}, reduced_motion="reduce"
    )
    page = await context.new_page()
    page.set_default_timeout(30_000)
    await page.goto(f"{world.slack.url}/?as={team.user(who)}#/{churn.CHANNEL}")
    await page.wait_for_selector("body:not(.starting)")
    await watch.click(page.get_by_role("button", name="Answer", exact=True).last)
    dialog = page.get_by_role("dialog").last
    await expect(dialog.get_by_role("radiogroup").first).to_be_visible()
    for item in churn.ITEMS:
        question = f"{item.label}{' (must)' if item.gate == 'must' else ''}. {item.text}"
        await _item(page, dialog, item.kind, question, churn.fields(item, _said(item.key)), watch)
    await watch.click(dialog.get_by_role("button", name="Save", exact=True))
    await expect(page.get_by_text("Thank you.")).to_be_visible()
    await context.close()


def _said(key: str) -> team.JSON:
    said: team.JSON = churn.REVIEWS[REVIEW]["answers"][key]
    return said


async def _item(
    page: Page, dialog: Locator, kind: ItemKind, question: str, given: team.JSON, watch: Watch
) -> None:
    """Answer one item, if this person is asked it and nobody has answered it yet."""
    asked = dialog.get_by_text(question, exact=False)
    if not await asked.count():
        return
    words = next((said for name, said in given.items() if name.startswith("note_")), None)
    answer = next(said for name, said in given.items() if name.startswith("answer_"))
    field = asked.first.locator("xpath=ancestor::*[.//input or .//textarea][1]")
    open_question = kind is ItemKind.STATEMENT
    choices = dialog.get_by_role("radiogroup", name="Is that settled?") if open_question else field
    radios = choices.locator(f"input[type=radio][value={answer}]")
    radio = radios.first
    if open_question:
        radio = field.locator(f"xpath=following::input[@type='radio'][@value='{answer}'][1]")
    if await field.locator("input[type=radio]:checked").count() or (
        open_question and await field.locator("textarea").first.input_value()
    ):
        return
    await page.wait_for_timeout(READ_MS)
    if words and open_question:
        await _type(field.locator("textarea").first, words, watch)
    await watch.click(radio)
    if words and not open_question:
        note = field.locator("xpath=following::input[@type='text'][1]")
        await _type(note, words, watch)
    watch.items += 1


async def _type(where: Locator, words: str, watch: Watch) -> None:
    await watch.click(where)
    await where.press_sequentially(words, delay=LETTER_MS)
