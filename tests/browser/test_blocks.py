"""Block Kit in messages and on the Home: what is shown, and what a press sends."""

import pytest
from playwright.async_api import expect

from tests.browser.busy import note_when_busy, press
from tests.browser.conftest import Lab, Open
from tests.browser.standin_views import EVERY_BLOCK, PROMPT

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_every_block_is_shown(lab: Lab, open_page: Open) -> None:
    await lab.bot.say("C0TEAM", "Everything", blocks=EVERY_BLOCK)
    page = await open_page("U0ANA", "C0TEAM")
    message = page.get_by_role("article")
    await expect(message.get_by_role("heading", name="A header 🎉")).to_be_visible()
    await expect(message.locator(".block-section b").first).to_have_text("bold")
    await expect(message.get_by_role("link", name="a link")).to_have_attribute(
        "href", "https://example.com/x"
    )
    await expect(message.locator(".section-fields > div")).to_have_text(["Baseline41", "Needed60"])
    await expect(message.get_by_role("img", name="41 to 65, needed 60")).to_be_visible()
    rich = message.locator(".block-rich_text")
    await expect(rich).to_contain_text("*not bold* <script>alert(1)</script> strong@Ben Ode🚀")
    await expect(rich.locator("ol > li")).to_have_text(["first"])
    await expect(message.locator(".md li")).to_have_text(["one", "two"])
    await expect(message.get_by_role("columnheader")).to_have_text(["Idea", "Result"])
    await expect(message.locator("td.to-right")).to_have_text("53.8")
    assert await message.locator(".unknown").count() == 0


async def test_a_press_is_told_and_changes_the_message(lab: Lab, open_page: Open) -> None:
    await lab.bot.say("U0ANA", "Standup", blocks=PROMPT)
    page = await open_page("U0ANA")
    await page.get_by_role("button", name="No change").click()
    await expect(page.get_by_text("Noted: no change.")).to_be_visible()
    await expect(page.get_by_role("button", name="No change")).to_be_hidden()


async def test_a_late_ack_is_shown_at_the_button(lab: Lab, open_page: Open) -> None:
    await lab.bot.say("U0ANA", "Standup", blocks=PROMPT)
    page = await open_page("U0ANA")
    button = page.get_by_role("button", name="Slow")
    await note_when_busy(button)
    await press(button)
    await expect(button).to_have_attribute("data-was-busy", "true")
    await expect(page.get_by_role("alert")).to_contain_text("took too long to respond")
    await expect(button).to_have_class("button failed")


async def test_menus_selects_and_confirmations(lab: Lab, open_page: Open) -> None:
    await lab.bot.say("U0ANA", "Standup", blocks=PROMPT)
    page = await open_page("U0ANA")
    await page.get_by_role("button", name="Drop it").click()
    await page.get_by_role("button", name="Keep it").click()
    await page.get_by_role("button", name="Drop it").click()
    await page.get_by_role("button", name="Drop it now").click()
    more = page.get_by_role("article").get_by_role("button", name="More actions").first
    await more.click()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    project = page.get_by_role("combobox", name="Project")
    await project.click()
    await page.get_by_role("option", name="Churn").click()
    await expect(project).to_have_value("Churn")
    await expect(page.locator(".busy")).to_have_count(0)
    chosen = [(one["action_id"], one.get("selected_option", {})) for one in lab.bot.pressed]
    assert [(action, option.get("value")) for action, option in chosen] == [
        ("drop", None),
        ("more", "away"),
        ("project", "churn"),
    ]


async def test_the_home_tab_and_its_buttons(lab: Lab, open_page: Open) -> None:
    await lab.bot.say("U0ANA", "Standup", blocks=PROMPT)
    page = await open_page("U0ANA")
    await page.get_by_role("button", name="Home").click()
    await expect(page.get_by_role("heading", name="Waiting for you")).to_be_visible()
    await page.get_by_role("button", name="Answer").click()
    await expect(page.get_by_role("dialog", name="Card fraud alerts")).to_be_visible()
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Messages").click()
    await expect(page.get_by_role("button", name="Update")).to_be_visible()
