"""The page in a real Chromium, against a real playground with a stand-in bot.

Where no Chromium is found these tests are skipped, and say so.
"""

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, Request, async_playwright, expect

from bot.playground.manifest import Manifest
from bot.playground.playground import Playground
from bot.playground.server import Running, start
from bot.playground.store import Store
from bot.playground.world import World
from tests.browser.standin import StandIn

JSON = dict[str, Any]
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
USUAL: JSON = {"viewport": {"width": 1200, "height": 760}, "reduced_motion": "reduce"}
"""Options of a window."""
BOT = "U0LAB"
SCOPES = [
    "commands",
    "chat:write",
    "files:write",
    "im:write",
    "im:history",
    "im:read",
    "users:read",
]
MANIFEST: JSON = {
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "slash_commands": [
            {
                "command": "/lab",
                "description": "Everything",
                "usage_hint": "help · standup · form · status",
                "should_escape": True,
            }
        ],
        "shortcuts": [
            {"name": "New idea", "type": "global", "callback_id": "new", "description": "New"},
            {"name": "Log idea", "type": "message", "callback_id": "log", "description": "Log"},
        ],
    },
    "oauth_config": {"scopes": {"bot": SCOPES}},
    "settings": {
        "interactivity": {"is_enabled": True},
        "event_subscriptions": {"bot_events": ["app_home_opened", "message.im"]},
    },
}
WORLD: JSON = {
    "team": {"id": "T0LAB", "name": "Nano Lab", "domain": "nano-lab"},
    "app": {
        "id": "A0LAB",
        "name": "Labby",
        "bot_user_id": BOT,
        "bot_id": "B0LAB",
        "bot_token": "xoxb-test",
        "app_token": "xapp-test",
        "signing_secret": "secret",
    },
    "clock": {"now": "2026-02-03T08:29:00Z", "paused": True},
    "rate_limits": False,
    "people": [
        {"id": "U0ANA", "handle": "ana", "name": "Ana Roth", "tz": "Europe/Berlin"},
        {"id": "U0BEN", "handle": "ben", "name": "Ben Ode", "tz": "America/Toronto"},
    ],
    "channels": [
        {"id": "C0TEAM", "name": "team", "topic": "Fraud", "members": ["U0ANA", "U0BEN", BOT]},
        {"id": "C0OPEN", "name": "open", "members": ["U0BEN"]},
        {"id": "C0PRIV", "name": "priv", "private": True, "members": ["U0BEN", BOT]},
    ],
}


@dataclass
class Lab:
    """A running playground with its bot; `trouble` is what pages complained about."""

    running: Running
    bot: StandIn
    http: aiohttp.ClientSession
    trouble: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return self.running.url

    async def do(self, call: str, /, **body: Any) -> JSON:
        """A control call; `as_` stands for `as`."""
        if "as_" in body:
            body["as"] = body.pop("as_")
        async with self.http.post(f"{self.url}/control/{call}", json=body) as response:
            answer: JSON = await response.json()
            assert response.status == 200, answer
            return answer


def chromium() -> str | None:
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if (path := shutil.which(name))), None)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One Chromium for all tests."""
    path = chromium()
    if path is None:
        pytest.skip("no Chromium found: browser tests not run")
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        expect.set_options(timeout=20_000)
        yield started
        await started.close()


@pytest_asyncio.fixture(loop_scope="session")
async def lab(browser: Browser) -> AsyncIterator[Lab]:  # noqa: ARG001 - skips before anything starts
    """A fresh workspace; at the end no page may have complained or asked another machine."""
    playground = Playground(World.model_validate(WORLD), Manifest.parse(MANIFEST), Store(None))
    async with AsyncExitStack() as stack:
        running = await start(playground, 0)
        stack.push_async_callback(running.stop)
        http = await stack.enter_async_context(aiohttp.ClientSession())
        bot = StandIn(running.url)
        await bot.start()
        stack.push_async_callback(bot.stop)
        started = Lab(running, bot, http)
        yield started
    assert started.trouble == []


Open = Callable[..., Awaitable[Page]]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def kept(browser: Browser) -> AsyncIterator[BrowserContext]:
    """Where each test has its first window. What shows one stays as long as another is open.

    A test's workspace has an address of its own, and nothing that a page keeps is left behind.
    """
    context = await browser.new_context(**USUAL)
    await context.new_page()
    yield context
    await context.close()


@pytest_asyncio.fixture(loop_scope="session")
async def open_page(browser: Browser, kept: BrowserContext, lab: Lab) -> AsyncIterator[Open]:
    """Opens a window: `await open_page("U0ANA", "C0TEAM")`; more are options of the window.

    Windows have nothing to do with each other, as on different machines.
    """
    async with AsyncExitStack() as stack:
        first: list[Page] = []

        async def new_page(options: dict[str, Any]) -> Page:
            if not first and not options:
                first.append(await kept.new_page())
                stack.push_async_callback(_leave, first[0])
                return first[0]
            context = await browser.new_context(**(USUAL | options))
            stack.push_async_callback(context.close)
            return await context.new_page()

        async def begin(person: str = "U0ANA", place: str = "", **options: Any) -> Page:
            page = await new_page(options)
            page.set_default_timeout(20_000)
            _watch(page, lab)
            await page.goto(f"{lab.url}/?as={person}" + (f"#/{place}" if place else ""))
            await page.wait_for_selector("body:not(.starting)")
            return page

        yield begin


async def _leave(page: Page) -> None:
    await page.evaluate("localStorage.clear()")
    await page.close()


def _watch(page: Page, lab: Lab) -> None:
    def requested(request: Request) -> None:
        if not request.url.startswith((lab.url, lab.url.replace("http", "ws"))):
            lab.trouble.append(f"asked another machine: {request.url}")

    page.on("pageerror", lambda error: lab.trouble.append(f"error in the page: {error}"))
    page.on(
        "console",
        lambda line: lab.trouble.append(line.text) if "Content Security" in line.text else None,
    )
    page.on("request", requested)
