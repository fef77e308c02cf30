"""README's picture, from the running product: `python -m tests.browser.picture`.

What people say in it is what the research log says (bot/seed/nanochat_log.csv).
"""

import asyncio
import base64
import tempfile
from pathlib import Path

from playwright.async_api import Browser, Locator, Page, async_playwright, expect

from tests.browser.conftest import ARGUMENTS, chromium
from tests.browser.product import ROOT, Product, become, dialog, next_event, playing

PICTURE = ROOT / "docs/pictures/labmate.png"
HEIGHT, TALL = 804, 1300
SHARP = 2
"""Pixels of the panes for one of the page's."""
CONCLUDED = {
    "Priya Raman": ("Slightly worse at depth 12.", "Refuted", ""),
    "Sofía Álvarez": ("2% faster per step, worse loss; net slightly worse.", "Refuted", ""),
    "Daniel Cho": ("Batch now follows a power law of training tokens.", "Supported", "2.76"),
}
LATER = ("Sofía Álvarez", "Daniel Cho")
"""Who lives west of where the day begins, and is asked when their own clock says 09:30."""
LAYOUT = """
<style>
  body { margin: 0; background: #eef3f2; }
  main { display: grid; grid-template-columns: 632px 540px; gap: 40px; padding: 44px; width: max-content; }
  div { display: grid; gap: 36px; align-content: space-between; }
  section { align-self: center; }
  section img { border-radius: 15px; }
  img { display: block; width: 100%%; border-radius: 12px; outline: 1px solid rgb(13 50 54 / 8%%);
        box-shadow: 0 2px 6px rgb(13 50 54 / 10%%), 0 18px 44px rgb(13 50 54 / 16%%); }
</style>
<main><div>%s%s</div><section>%s</section></main>
"""


async def draw(browser: Browser, folder: Path) -> bytes:
    """DM, form and summary, side by side."""
    async with playing(browser, folder) as product:
        page = await window(product, "U0JONAS", "")
        await expect(page.get_by_role("button", name="Update")).to_be_visible()
        question = await conversation(page)
        page = await window(product, "U0JONAS", "")
        form = await jonas(page)
        for name, (learned, outcome, value) in CONCLUDED.items():
            await become(page, name)
            while name in LATER and await next_event(page) != "09:30":
                pass
            await conclude(page, learned, outcome, value)
        maya = await window(product, "U0MAYA", "C0NANOCHAT")
        await expect(maya.get_by_text("4 of 4 people answered")).to_be_visible()
        summary = await conversation(maya)
    return await together(browser, question, summary, form)


async def window(product: Product, person: str, place: str) -> Page:
    """A window whose conversation is 632 pixels wide."""
    size = {"width": 900, "height": HEIGHT}
    return await product.window(person, place, viewport=size, device_scale_factor=SHARP)


async def jonas(page: Page) -> bytes:
    """He rules his hypothesis out; the form as he has filled it in."""
    form = dialog(page)
    await page.get_by_role("button", name="Update").click()
    await form.get_by_label("What did you learn").fill("Worse on every axis at two sizes.")
    await form.get_by_label("Refuted").check()
    filled = await shot(form)
    await form.get_by_role("button", name="Save").click()
    await remember(form)
    return filled


async def remember(form: Locator) -> None:
    """The second view; without a number it asks why."""
    await expect(form.get_by_label("What should the team remember")).to_be_visible()
    why = form.get_by_label("There is no number of it")
    if await why.count():
        await why.fill("The log says it in words.")
    await form.get_by_role("button", name="Conclude").click()
    await expect(form).to_be_hidden()


async def conclude(page: Page, learned: str, outcome: str, value: str) -> None:
    """Conclude the first experiment that the person was asked about; no change in the others."""
    form = dialog(page)
    await page.get_by_role("button", name="It's concluded").first.click()
    await form.get_by_label("What did you learn").fill(learned)
    await form.get_by_label(outcome).check()
    await form.get_by_label("Latest number").fill(value)
    await form.get_by_role("button", name="Next").click()
    await remember(form)
    await expect(page.get_by_text("Noted").first).to_be_visible()
    rest = page.get_by_role("button", name="No change")
    if await rest.count():
        await rest.click()
        await expect(rest).to_have_count(0)


async def conversation(page: Page) -> bytes:
    """The conversation from its name to its last message, all read, with nothing above the day's."""
    await page.wait_for_timeout(1000)
    await page.set_viewport_size({"width": 900, "height": TALL})
    await page.reload()
    await page.wait_for_selector("body:not(.starting)")
    day, last = page.locator("#conversation .day"), page.locator("#conversation .message-row").last
    await expect(last).to_be_visible()
    above = await top(day) - await top(page.locator("#conversation .scroller"))
    await page.set_viewport_size({"width": 900, "height": round(TALL - above)})
    box = await page.locator("#conversation").bounding_box()
    end = await top(page.locator("#conversation .composer"))
    if box is None:
        raise ValueError("the conversation is not shown")
    await page.wait_for_timeout(500)
    return await page.screenshot(
        clip={"x": box["x"], "y": box["y"], "width": box["width"], "height": end - box["y"]}
    )


async def top(part: Locator) -> float:
    """Where a part of the page begins."""
    y: float = await part.evaluate("node => node.getBoundingClientRect().top")
    return y


async def shot(part: Locator) -> bytes:
    """A part of the page, when it has come to rest."""
    await part.page.mouse.move(0, 0)
    await part.page.wait_for_timeout(500)
    return await part.screenshot()


async def together(browser: Browser, *panes: bytes) -> bytes:
    """The panes on a plain ground."""
    page = await browser.new_page(device_scale_factor=1.5)
    images = [
        f'<img src="data:image/png;base64,{base64.b64encode(pane).decode()}">' for pane in panes
    ]
    await page.set_content(LAYOUT % tuple(images))
    return await page.locator("main").screenshot()


async def main() -> None:
    """Write the picture.

    Raises:
        SystemExit: there is no Chromium to draw it with.
    """
    path = chromium()
    if path is None:
        raise SystemExit("No Chromium found.")
    expect.set_options(timeout=30_000)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        with tempfile.TemporaryDirectory() as folder:
            picture = await draw(browser, Path(folder))
        await browser.close()
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_bytes(picture)
    print(f"{PICTURE.relative_to(ROOT)}: {len(picture) // 1000} kB")


if __name__ == "__main__":
    asyncio.run(main())
