"""README's picture of two digests, from the running product: `python -m tests.browser.digests`.

Two real research logs are imported (tests/data), and somebody types `/lab digest` on a day of theirs.
"""

import asyncio
import base64
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, async_playwright

from bot.manifest import manifest
from bot.playground.manifest import Manifest
from bot.playground.playground import Playground
from bot.playground.server import start
from bot.playground.store import Store
from bot.playground.world import World
from bot.seed import team
from bot.serve import serve
from bot.settings import Settings
from tests.browser.conftest import ARGUMENTS, chromium
from tests.browser.picture import SHARP, shot
from tests.browser.product import ROOT
from tests.reallogs import NANO, SPEED, Log, imported

PICTURE = ROOT / "docs/pictures/digests.png"
SHOWN = ((NANO, date(2026, 3, 5)), (SPEED, date(2025, 6, 16)))
LAYOUT = """
<style>
  body { margin: 0; background: #eef3f2; }
  main { display: grid; gap: 32px; padding: 44px; width: 900px; }
  img { display: block; width: 100%%; border-radius: 12px; outline: 1px solid rgb(13 50 54 / 8%%);
        box-shadow: 0 2px 6px rgb(13 50 54 / 10%%), 0 18px 44px rgb(13 50 54 / 16%%); }
</style>
<main>%s</main>
"""


@asynccontextmanager
async def workspace(log: Log, day: date, folder: Path) -> AsyncIterator[str]:
    """A workspace on that day, with the log in its record; the address of its page."""
    database = f"sqlite:///{folder / log.key}.db"
    await imported(database, log)
    noon = datetime.combine(day, time(12), UTC)
    async with served(database, team.world(noon, empty=True)) as url:
        yield url


@asynccontextmanager
async def served(database: str, world: dict[str, Any]) -> AsyncIterator[str]:
    """The bot on this database in a playground of this world; the address of its page."""
    settings = Settings(
        _env_file=None,
        database_url=database,
        slack_bot_token=team.BOT_TOKEN,
        slack_app_token=team.APP_TOKEN,
        slack_signing_secret=team.SIGNING_SECRET,
        slack_api_url="http://127.0.0.1:1/api/",
    )
    playground = Playground(
        World.model_validate(world), Manifest.parse(manifest(settings)), Store(None)
    )
    slack = await start(playground, 0)
    here = {"slack_api_url": f"{slack.url}/api/", "labmate_clock_url": f"{slack.url}/clock"}
    stopped = asyncio.Event()
    bot = asyncio.create_task(
        serve(settings.model_copy(update=here), listens=True, works=True, until=stopped.wait)
    )
    yield slack.url
    stopped.set()
    await bot
    await slack.stop()


async def drawn(
    browser: Browser,
    url: str,
    *,
    who: str = team.FIRST,
    where: str = "C0GENERAL",
    typed: str = "/lab digest",
    height: int = 900,
) -> bytes:
    """What somebody sees who types a command."""
    context = await browser.new_context(
        viewport={"width": 1100, "height": height},
        device_scale_factor=SHARP,
        reduced_motion="reduce",
    )
    page = await context.new_page()
    await page.goto(f"{url}/?as={who}#/{where}")
    await page.wait_for_selector("body:not(.starting)")
    box = page.locator(".composer textarea, .composer [contenteditable]").first
    message = page.locator("#conversation .message-row").last
    while not await message.count():
        await box.fill(typed)
        await page.keyboard.press("Escape")
        await page.keyboard.press("Enter")
        await page.wait_for_timeout(2_000)
    picture = await shot(message)
    await context.close()
    return picture


async def main() -> None:
    """Write the picture.

    Raises:
        SystemExit: there is no Chromium to draw it with.
    """
    path = chromium()
    if path is None:
        raise SystemExit("No Chromium found.")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        panes = []
        with tempfile.TemporaryDirectory() as folder:
            for log, day in SHOWN:
                async with workspace(log, day, Path(folder)) as url:
                    panes.append(await drawn(browser, url))
        picture = await together(browser, *panes)
        await browser.close()
    PICTURE.write_bytes(picture)
    print(f"{PICTURE.relative_to(ROOT)}: {len(picture) // 1000} kB")


async def together(browser: Browser, *panes: bytes) -> bytes:
    """The panes below each other on a plain ground."""
    page = await browser.new_page(device_scale_factor=1.5)
    images = "".join(
        f'<img src="data:image/png;base64,{base64.b64encode(pane).decode()}">' for pane in panes
    )
    await page.set_content(LAYOUT % images)
    return await page.locator("main").screenshot()


if __name__ == "__main__":
    asyncio.run(main())
