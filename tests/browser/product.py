"""`labmate play` as a person starts it, and windows on it."""

import asyncio
import os
import re
import signal
import sys
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Locator, Page, Request, expect

ROOT = Path(__file__).resolve().parent.parent.parent
WITHIN = 60


@dataclass
class Product:
    """A running `labmate play`. `seconds` until its page was there; `trouble` is what pages complained of."""

    url: str
    seconds: float
    browser: Browser
    trouble: list[str] = field(default_factory=list)
    open: AsyncExitStack = field(default_factory=AsyncExitStack)

    async def window(self, person: str = "", place: str = "", **options: Any) -> Page:
        """A window as a person; without one it is the address that the command prints."""
        options = {"viewport": {"width": 1200, "height": 800}, "reduced_motion": "reduce"} | options
        context = await self.browser.new_context(**options)
        self.open.push_async_callback(context.close)
        page = await context.new_page()
        page.set_default_timeout(20_000)
        self._watch(page)
        query = f"?as={person}" if person else ""
        await page.goto(f"{self.url}/{query}" + (f"#/{place}" if place else ""))
        await page.wait_for_selector("body:not(.starting)")
        return page

    def _watch(self, page: Page) -> None:
        def asked(request: Request) -> None:
            if not request.url.startswith((self.url, self.url.replace("http", "ws"))):
                self.trouble.append(f"asked another machine: {request.url}")

        page.on("pageerror", lambda error: self.trouble.append(f"error: {error}"))
        page.on(
            "console",
            lambda line: (
                self.trouble.append(f"{line.text} {line.location['url']}")
                if line.type == "error"
                else None
            ),
        )
        page.on("request", asked)


@asynccontextmanager
async def playing(browser: Browser, folder: Path) -> AsyncIterator[Product]:
    """`labmate play` in a process of its own, stopped with Ctrl-C's signal; what it keeps is in `folder`."""
    bare = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("SLACK_", "LABMATE_", "DATABASE_"))
    }
    begun = time.monotonic()
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", "play", "--port", "0", "--no-browser", "--data-dir", str(folder)),
        cwd=ROOT,
        env=bare,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        url = await asyncio.wait_for(_printed(process), WITHIN)
        product = Product(url, time.monotonic() - begun, browser)
        async with product.open:
            yield product
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGINT)
        await asyncio.wait_for(process.wait(), WITHIN)


async def _printed(process: asyncio.subprocess.Process) -> str:
    output = process.stdout
    while output is not None and (line := await output.readline()):
        if found := re.search(rb"Open (http://[\d.:]+)", line):
            return found[1].decode()
    raise ProcessLookupError("labmate play ended before its page was there")


async def become(page: Page, name: str) -> None:
    """Be somebody else in this window."""
    await page.locator(".you").click()
    await page.get_by_role("menuitemradio", name=name).click()
    await expect(page.locator(".you")).to_contain_text(name)


async def say(page: Page, text: str) -> None:
    """Type into the composer and send."""
    await page.get_by_role("combobox", name=re.compile("^Message")).fill(text)
    await page.keyboard.press("Enter")


async def heard(page: Page, text: str, answer: Locator) -> None:
    """Say it until there is an answer: the page is there a moment before the bot listens."""
    while not await answer.is_visible():
        await say(page, text)
        await page.wait_for_timeout(2_000)


async def opened(page: Page, text: str, inside: Locator) -> None:
    """Say it until its form is there: a busy machine is too late for Slack's three seconds, and says so."""
    late = page.get_by_text(re.compile("too long (for Slack|to respond)"))
    while not await inside.is_visible():
        told = await late.count()
        await say(page, text)
        await expect(inside.or_(late.nth(told)).first).to_be_visible(timeout=20_000)


async def next_event(page: Page) -> str:
    """Let the clock go on until it shows another time; the time that it shows then.

    Messages that wait for Slack's pace are events too, a second away.
    """
    button = page.get_by_role("group", name="Clock").get_by_role("button", name="To the next event")
    shown = page.locator(".clock-time")
    before = await shown.inner_text()
    for _ in range(20):
        await button.click()
        await expect(button).to_be_enabled()
        if await shown.inner_text() != before:
            break
    return await shown.inner_text()


def dialog(page: Page) -> Locator:
    """The modal that is on top."""
    return page.get_by_role("dialog")
