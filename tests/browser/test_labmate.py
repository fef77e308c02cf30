"""The whole product in a browser: started with its one command, and used as a person would."""

import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, expect

from tests.browser.product import Product, become, dialog, heard, next_event, opened, playing

pytestmark = pytest.mark.asyncio(loop_scope="session")

LEARNED = "Worse on every axis at two sizes."
JONAS, SOFIA, MAYA = "U0JONAS", "U0SOFIA", "U0MAYA"


@dataclass
class Hand:
    """Counts what a person has to click, and the seconds that the clicks take to be answered."""

    clicks: int = 0
    seconds: float = 0.0

    async def click(self, target: Locator, then: Locator) -> None:
        """Click, and wait until `then` is seen."""
        begun = time.monotonic()
        await target.click()
        await expect(then).to_be_visible()
        self.clicks += 1
        self.seconds += time.monotonic() - begun


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "play"


@pytest_asyncio.fixture(loop_scope="session")
async def product(browser: Browser, folder: Path) -> AsyncIterator[Product]:
    """`labmate play`, just started; at the end no page may have complained or asked another machine."""
    async with playing(browser, folder) as started:
        yield started
    assert started.trouble == []


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name)


def noted(page: Page, words: str) -> Locator:
    return page.locator("#conversation").get_by_text(f"Noted: {words}")


async def conclude(page: Page, hand: Hand) -> None:
    """Jonas rules his hypothesis out."""
    form = dialog(page)
    await hand.click(button(page, "It's concluded"), form)
    await form.get_by_label("What did you learn").fill(LEARNED)
    await hand.click(form.get_by_text("Refuted"), form.get_by_label("Refuted"))
    remember = form.get_by_label("What should the team remember")
    await hand.click(form.get_by_role("button", name="Next"), remember)
    await expect(remember).to_have_value(LEARNED)
    await form.get_by_label("There is no number of it").fill("The data showed it")
    await hand.click(form.get_by_role("button", name="Conclude"), noted(page, "ruled out"))
    await expect(form).to_be_hidden()


async def answer(page: Page, hand: Hand, learned: str, then: str) -> None:
    """A full answer with the least that is asked for, and what comes next."""
    form = dialog(page)
    await hand.click(button(page, "Update"), form)
    await form.get_by_label("What did you learn").fill(learned)
    await form.get_by_label("What will you try next").fill(then)
    await hand.click(form.get_by_role("button", name="Save"), noted(page, "still testing"))
    await expect(form).to_be_hidden()


async def test_a_first_standup_with_nothing_read_before(product: Product) -> None:
    print(f"\nthe page was there after {product.seconds:.1f} s")
    page = await product.window(JONAS)
    await expect(page.get_by_text("Hello Jonas. What did you learn?")).to_be_visible()
    await everybody_answers(page)
    await the_team_reads(product, page)


async def everybody_answers(page: Page) -> None:
    """Jonas and Priya in their morning; Sofía when the clock has come to hers."""
    hands = {"It's concluded": Hand(), "No change": Hand(), "Update": Hand()}
    await conclude(page, hands["It's concluded"])
    await become(page, "Priya Raman")
    await hands["No change"].click(button(page, "No change"), noted(page, "still running"))
    await become(page, "Sofía Álvarez")
    await page.get_by_role("link", name="Labmate", exact=True).click()
    # Before the first message there is its Home, or an empty conversation once Home was opened.
    at_home = page.get_by_text("Next question: Tuesday, 3 Feb at 09:30.")
    talk = page.get_by_text("This is where you and Labmate talk.")
    await expect(at_home.or_(talk).filter(visible=True).first).to_be_visible()
    assert await next_event(page) == "09:30"
    await answer(page, hands["Update"], "Same loss, 3% faster a step.", "Every fourth step")
    for name, hand in hands.items():
        print(f"{name}: {hand.clicks} clicks, answered in {hand.seconds:.2f} s")
    assert [hand.clicks for hand in hands.values()] == [4, 1, 2]


async def the_team_reads(product: Product, page: Page) -> None:
    """The summary comes at its time into a window that was open before, with everything in its thread."""
    maya = await product.window(MAYA, "C0NANOCHAT")
    assert await next_event(page) == "10:00"
    summary = maya.get_by_role("main")
    await expect(summary).to_contain_text("3 of 4 people answered")
    await expect(summary).to_contain_text(f"(NANO-34, Jonas Weber): {LEARNED}")
    await expect(summary).to_contain_text("Still to come: Daniel Cho")
    await expect(button(maya, "3 replies")).to_be_visible()
    await button(maya, "3 replies").click()
    thread = maya.get_by_role("complementary", name="Thread")
    await expect(thread).to_contain_text("Sofía Álvarez on NANO-32")
    assert await next_event(page) == "12:30"
    await become(page, "Daniel Cho")
    await page.get_by_role("link", name="Labmate", exact=True).click()
    for _ in range(2):
        count = await button(page, "No change").count()
        await button(page, "No change").first.click()
        await expect(button(page, "No change")).to_have_count(count - 1)
    await expect(summary).to_contain_text("4 of 4 people answered")


async def test_menu_and_forms_open_from_the_composer(product: Product) -> None:
    page = await product.window(MAYA, "C0NANOCHAT")
    menu = page.get_by_text("What would you like to do?").last
    await heard(page, "/lab", menu)
    await button(page, "Experiments").last.click()
    await expect(page.get_by_text("NANO-36")).to_be_visible()
    await opened(page, "/lab standup", dialog(page).get_by_text("Sofía Álvarez").first)
    await dialog(page).get_by_role("button", name="Close").last.click()
    form = dialog(page)
    await expect(form).to_be_hidden()
    await opened(page, "/lab new", form.get_by_label("We believe that"))
    await form.get_by_label("We believe that").fill("Muon with a shorter warm-up saves an hour")
    await form.get_by_label("down to").fill("2.5")
    await form.get_by_label("because", exact=True).fill("the first steps are the slow ones")
    await form.get_by_role("button", name="Start").click()
    await expect(form.get_by_text("NANO-37 is running")).to_be_visible()
    await form.get_by_role("button", name="Close").last.click()


async def test_everything_is_there_after_a_restart(browser: Browser, folder: Path) -> None:
    async with playing(browser, folder) as first:
        page = await first.window(JONAS)
        await conclude(page, Hand())
        before = await page.locator(".clock-day").inner_text()
    async with playing(browser, folder) as again:
        page = await again.window(JONAS)
        await expect(noted(page, "ruled out")).to_contain_text(LEARNED)
        assert await page.locator(".clock-day").inner_text() == before
        await heard(page, "/lab show NANO-34", page.get_by_text(f"Learned: {LEARNED}").last)
        assert again.trouble == []
