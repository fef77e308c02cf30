"""Two people, the clock, the guide, the inspector, and a playground that goes away."""

import asyncio
from datetime import timedelta

import pytest
from playwright.async_api import expect

from bot.playground.server import start
from tests.browser.conftest import Lab, Open
from tests.browser.standin_views import PROMPT

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_two_windows_are_two_people(open_page: Open) -> None:
    ana = await open_page("U0ANA", "C0TEAM")
    ben = await open_page("U0BEN", "C0TEAM")
    await ana.get_by_role("combobox", name="Message #team").fill("Hello Ben")
    await ana.keyboard.press("Enter")
    await expect(ben.get_by_text("Hello Ben")).to_be_visible()
    await expect(ben.locator(".author")).to_have_text("Ana Roth")
    await expect(ana.get_by_role("link", name="priv")).to_have_count(0)
    await expect(ben.get_by_role("link", name="priv")).to_be_visible()


async def test_one_window_can_become_somebody_else(lab: Lab, open_page: Open) -> None:
    await lab.bot.say("U0BEN", "Only for Ben")
    page = await open_page("U0ANA", "C0TEAM")
    await page.locator(".you").click()
    await page.get_by_role("menuitemradio", name="Ben Ode").click()
    await expect(page.get_by_text("Only for Ben")).to_be_visible()
    await expect(page.locator(".you")).to_contain_text("Ben Ode")
    assert "as=U0BEN" in page.url
    await page.reload()
    await expect(page.locator(".you")).to_contain_text("Ben Ode")


async def test_the_guide_ticks_itself_off(lab: Lab, open_page: Open) -> None:
    for person in ("U0ANA", "U0BEN"):
        await lab.bot.say(person, "Standup", blocks=PROMPT)
    async with asyncio.TaskGroup() as group:
        following = group.create_task(lab.bot.follow_clock(timedelta(hours=7), "C0TEAM"))
        page = await open_page("U0ANA")
        guide = page.get_by_role("region", name="First five minutes")
        await expect(guide).to_contain_text("1 of 5")
        await page.get_by_role("button", name="Update").click()
        await page.get_by_label("What did you learn?").fill("a lot")
        await page.get_by_role("dialog").get_by_role("button", name="Send").click()
        await expect(guide).to_contain_text("2 of 5")
        await guide.get_by_role("button", name="Be Ben").click()
        await page.get_by_role("button", name="No change").click()
        await expect(guide).to_contain_text("3 of 5")
        await expect(page.locator(".clock-time")).to_have_text("03:29")
        await guide.get_by_role("button", name="To the next event").click()
        await expect(page.locator(".clock-time")).to_have_text("10:29")
        await guide.get_by_role("button", name="Open #team").click()
        await expect(page.get_by_role("heading", name="Learned since Thursday")).to_be_visible()
        await expect(guide).to_contain_text("5 of 5")
        await guide.get_by_role("button", name="Hide the guide").click()
        await expect(guide).to_be_hidden()
        following.cancel()


async def test_the_clock_is_paused_and_moved(lab: Lab, open_page: Open) -> None:
    page = await open_page()
    clock = page.get_by_role("group", name="Clock")
    await expect(page.locator(".clock-day")).to_have_text("Tue 3 Feb")
    await expect(page.locator(".clock-status")).to_have_text("Paused")
    await clock.get_by_role("button", name="One hour on").click()
    await expect(page.locator(".clock-time")).to_have_text("10:29")
    await clock.get_by_role("button", name="One day on").click()
    await expect(page.locator(".clock-day")).to_have_text("Wed 4 Feb")
    await clock.get_by_role("button", name="Let the clock run").click()
    await expect(clock.get_by_role("button", name="Pause the clock")).to_be_visible()
    await lab.do("clock", paused=True)
    await expect(page.locator(".clock-status")).to_have_text("Paused")


async def test_the_clock_says_that_it_waits_for_the_app(lab: Lab, open_page: Open) -> None:
    async def report(*, idle: bool) -> None:
        version = lab.running.playground.clock.version
        body = {"follower": "busy", "seen": version, "idle": idle}
        async with lab.http.post(f"{lab.url}/clock", json=body) as response:
            assert response.status == 200

    await report(idle=False)
    page = await open_page()
    hour = page.get_by_role("button", name="One hour on")
    await hour.click()
    await expect(page.locator(".clock-status")).to_have_text("One hour on…")
    await expect(hour).to_be_disabled()
    await report(idle=True)
    await expect(page.locator(".clock-time")).to_have_text("10:29")
    await report(idle=True)
    await expect(page.locator(".clock-status")).to_have_text("Paused")
    await expect(hour).to_be_enabled()


async def test_the_inspector_shows_what_was_said(lab: Lab, open_page: Open) -> None:
    page = await open_page("U0ANA", "C0TEAM")
    await expect(page.get_by_role("region", name="Inspector")).to_be_hidden()
    await lab.bot.say("C0TEAM", "before it was opened")
    await page.get_by_role("button", name="Inspector", exact=True).click()
    row = page.get_by_role("button", name="chat.postMessage")
    await row.click()
    await expect(page.locator(".log-detail")).to_contain_text('"text": "before it was opened"')
    await lab.bot.client.api_call("chat.postMessage", json={"channel": "C0TEAM", "text": "live"})
    await expect(page.get_by_role("button", name="chat.postMessage")).to_have_count(2)


async def test_the_page_comes_back_by_itself(lab: Lab, open_page: Open) -> None:
    page = await open_page("U0ANA", "C0TEAM")
    gone = page.get_by_text("The playground does not answer. Trying again…")
    await expect(gone).to_be_hidden()
    port = int(lab.url.rsplit(":", 1)[1])
    await lab.running.runner.cleanup()
    await expect(gone).to_be_visible()
    again = await start(lab.running.playground, port)
    try:
        await expect(gone).to_be_hidden(timeout=15_000)
        await lab.do("message", as_="U0BEN", channel="C0TEAM", text="there again")
        await expect(page.get_by_text("there again")).to_be_visible()
    finally:
        await again.runner.cleanup()
