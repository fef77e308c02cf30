"""Reading and writing: groups, dates, threads, unread messages, the composer."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Lab, Open
from tests.browser.standin_views import PROMPT

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_messages_stand_in_groups_under_their_day(lab: Lab, open_page: Open) -> None:
    await lab.do("message", as_="U0BEN", channel="C0TEAM", text="first")
    await lab.do("message", as_="U0BEN", channel="C0TEAM", text="second")
    await lab.do("clock", advance_s=86_400)
    ts = await lab.bot.say("C0TEAM", "from the app")
    await lab.bot.client.chat_update(channel="C0TEAM", ts=ts, text="from the app, better")
    page = await open_page("U0ANA", "C0TEAM")
    await expect(page.locator(".day h3")).to_have_text(["Yesterday", "Today"])
    await expect(page.locator(".author")).to_have_text(["Ben Ode", "Labby"])
    await expect(page.locator(".message.grouped .text")).to_have_text(["second"])
    app = page.get_by_role("article", name=re.compile("Labby, 09:29"))
    await expect(app.locator(".app-badge")).to_have_text("App")
    await expect(app).to_contain_text("(edited)")


async def test_times_are_the_readers_own(lab: Lab, open_page: Open) -> None:
    await lab.do("message", as_="U0BEN", channel="C0TEAM", text="hello")
    ana = await open_page("U0ANA", "C0TEAM")
    ben = await open_page("U0BEN", "C0TEAM")
    await expect(ana.locator(".message .stamp")).to_have_text("09:29")
    await expect(ben.locator(".message .stamp")).to_have_text("03:29")
    await expect(ben.locator(".you")).to_contain_text("03:29 in Toronto")


async def test_a_thread_is_counted_and_answered(lab: Lab, open_page: Open) -> None:
    page = await open_page("U0ANA", "C0TEAM")
    ts = await lab.bot.say("C0TEAM", "Who can help?")
    await lab.bot.say("C0TEAM", "The app knows", thread_ts=ts)
    await page.get_by_role("button", name="1 reply").click()
    thread = page.get_by_role("complementary", name="Thread")
    await expect(thread.locator(".text")).to_have_text(["Who can help?", "The app knows"])
    field = thread.get_by_role("combobox", name="Reply…")
    await expect(field).to_be_focused()
    await field.fill("I can")
    await page.keyboard.press("Enter")
    await expect(thread.locator(".text")).to_have_count(3)
    await expect(page.get_by_role("button", name="2 replies")).to_be_visible()
    await field.fill("/lab help")
    await page.keyboard.press("Enter")
    await expect(thread.get_by_role("alert")).to_have_text(
        "/lab is not supported in threads. Sorry!"
    )


async def test_an_ephemeral_message_says_whom_it_is_for(open_page: Open) -> None:
    page = await open_page("U0ANA", "C0TEAM")
    field = page.get_by_role("combobox", name="Message #team")
    await field.fill("/lab status now")
    await page.keyboard.press("Enter")
    await expect(page.locator(".ephemeral")).to_contain_text("Only visible to you")
    await expect(page.locator(".ephemeral code")).to_have_text("status now")
    await expect(field).to_have_value("")
    await field.fill("/nothing")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("alert").first).to_have_text("/nothing is not a valid command.")
    await expect(field).to_have_value("/nothing")


async def test_the_composer_completes_commands_verbs_and_people(open_page: Open) -> None:
    page = await open_page("U0ANA", "C0TEAM")
    field = page.get_by_role("combobox", name="Message #team")
    await field.press_sequentially("/")
    await expect(page.get_by_role("option", name="/lab help")).to_contain_text("Everything")
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("option")).to_have_text(
        ["/lab help", "/lab standup", "/lab form", "/lab status"]
    )
    await field.press_sequentially("sta")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(field).to_have_value("/lab status ")
    await field.fill("")
    await field.press_sequentially("hi @be")
    await page.keyboard.press("Enter")
    await expect(field).to_have_value("hi @ben ")
    await page.keyboard.press("Enter")
    await expect(page.locator(".message .mention")).to_have_text("@Ben Ode")


async def test_unread_messages_are_counted_marked_and_jumped_to(lab: Lab, open_page: Open) -> None:
    for number in range(30):
        await lab.do("message", as_="U0ANA", channel="C0TEAM", text=f"old {number}")
    page = await open_page("U0ANA", "C0TEAM")
    await page.get_by_role("link", name="open").click()
    for number in range(30):
        await lab.do("message", as_="U0BEN", channel="C0TEAM", text=f"new {number} @ana")
    link = page.get_by_role("link", name=re.compile("team"))
    await expect(link.locator(".badge")).to_contain_text("30")
    await link.click()
    await expect(link.locator(".badge")).to_be_hidden()
    await page.get_by_role("button", name="30 new messages").click()
    await expect(page.locator(".new-line")).to_be_in_viewport()
    await expect(page.get_by_text("new 0")).to_be_in_viewport()


async def test_the_list_follows_only_who_is_at_its_end(lab: Lab, open_page: Open) -> None:
    for number in range(40):
        await lab.do("message", as_="U0BEN", channel="C0TEAM", text=f"line {number}")
    page = await open_page("U0ANA", "C0TEAM")
    await lab.bot.say("C0TEAM", "followed")
    await expect(page.get_by_text("followed", exact=True)).to_be_in_viewport()
    await page.locator("#conversation .scroller").evaluate("node => { node.scrollTop = 200; }")
    await lab.bot.say("C0TEAM", "not followed")
    below = page.get_by_role("button", name="New messages", exact=True)
    await expect(below).to_be_visible()
    await expect(page.get_by_text("not followed", exact=True)).not_to_be_in_viewport()
    await below.click()
    await expect(page.get_by_text("not followed", exact=True)).to_be_in_viewport()


async def test_shortcuts_of_the_app(lab: Lab, open_page: Open) -> None:
    ts = await lab.bot.say("C0TEAM", "an idea")
    page = await open_page("U0ANA", "C0TEAM")
    await page.get_by_role("article").hover()
    await page.get_by_role("button", name="More actions").click()
    await page.get_by_role("menuitem", name="Log idea").click()
    await page.get_by_role("button", name="Shortcuts").click()
    await page.get_by_role("menuitem", name="New idea").click()
    await expect(page.get_by_role("dialog", name="Card fraud alerts")).to_be_visible()
    assert lab.bot.pressed == [{"message": ts}]


async def test_a_channel_can_be_joined_from_its_page(open_page: Open) -> None:
    page = await open_page("U0ANA", "C0OPEN")
    await page.get_by_role("button", name="Join channel").click()
    await page.get_by_role("combobox", name="Message #open").fill("here I am")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("here I am")).to_be_visible()


async def test_drafts_stay_with_their_conversation(lab: Lab, open_page: Open) -> None:
    await lab.bot.say("U0ANA", "Standup", blocks=PROMPT)
    page = await open_page("U0ANA", "C0TEAM")
    await page.get_by_role("combobox", name="Message #team").fill("half a tho")
    await page.get_by_role("link", name=re.compile("^Labby[^H]*$")).click()
    await expect(page.get_by_role("combobox", name="Message Labby")).to_have_value("")
    await page.go_back()
    await expect(page.get_by_role("combobox", name="Message #team")).to_have_value("half a tho")
