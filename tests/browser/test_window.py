"""How the page looks and behaves for everyone: narrow, dark, by keyboard, by name."""

from itertools import product

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Lab, Open
from tests.browser.standin_views import EVERY_BLOCK, PROMPT

pytestmark = pytest.mark.asyncio(loop_scope="session")

NARROW = {"viewport": {"width": 390, "height": 844}}
# What is written in which colour on which ground; normal text needs 4.5 : 1 (WCAG 2.2, 1.4.3).
WRITTEN = [
    *product(("ink", "ink-2", "ink-3", "link", "danger", "good"), ("paper", "paper-2", "raised")),
    ("ink-3", "hover"),
    ("ink", "tint"),
    ("ink-3", "tint"),
    ("on-brand", "brand"),
    ("on-brand", "brand-hover"),
    ("link", "mention"),
    ("ink", "mention-me"),
    ("code", "paper-2"),
    ("frame-ink", "frame"),
    ("frame-ink-2", "frame-2"),
    ("on-current", "current"),
    ("danger", "danger-tint"),
]
COLOURS = """(names) => {
  return Object.fromEntries(names.map((name) => {
    const probe = document.body.appendChild(document.createElement('i'));
    probe.style.color = `var(--${name})`;
    return [name, getComputedStyle(probe).color.match(/\\d+/g).slice(0, 3).map(Number)];
  }));
}"""
NAMELESS = """() => [...document.querySelectorAll('button, a, input, textarea')]
  .filter((node) => node.checkVisibility())
  .filter((node) => !(node.textContent.trim() || node.ariaLabel || node.labels?.length
    || node.getAttribute('aria-labelledby')))
  .map((node) => node.outerHTML)"""


def luminance(colour: list[int]) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [part / 255 for part in colour]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: list[int], other: list[int]) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_every_text_colour_can_be_read(open_page: Open, scheme: str) -> None:
    page = await open_page(color_scheme=scheme)
    colours = await page.evaluate(COLOURS, sorted({name for pair in WRITTEN for name in pair}))
    weak = {pair for pair in WRITTEN if contrast(colours[pair[0]], colours[pair[1]]) < 4.5}
    assert weak == set()


async def test_nothing_is_wider_than_a_telephone(lab: Lab, open_page: Open) -> None:
    await lab.bot.say("U0ANA", "Standup", blocks=[*PROMPT, *EVERY_BLOCK])
    await lab.do("message", as_="U0BEN", channel="C0TEAM", text="w" * 400)
    page = await open_page("U0ANA", **NARROW)
    width = "document.documentElement.scrollWidth"
    wide = """() => [...document.querySelectorAll('#conversation .block')].filter((node) =>
      node.getBoundingClientRect().right > innerWidth).map((node) => node.className)"""
    assert await page.evaluate(width) == 390
    assert await page.evaluate(wide) == []
    await page.get_by_role("button", name="Show channels").click()
    team = page.get_by_role("navigation").get_by_role("link", name="team")
    await team.click()
    await expect(page.get_by_text("wwww")).to_be_visible()
    await expect(team).to_be_hidden()
    assert await page.evaluate(width) == 390


async def test_a_thread_takes_the_whole_of_a_narrow_window(lab: Lab, open_page: Open) -> None:
    ts = await lab.bot.say("C0TEAM", "root")
    await lab.bot.say("C0TEAM", "reply", thread_ts=ts)
    page = await open_page("U0ANA", "C0TEAM", **NARROW)
    await page.get_by_role("button", name="1 reply").click()
    await expect(page.get_by_role("main")).to_be_hidden()
    await page.get_by_role("button", name="Close thread").click()
    await expect(page.get_by_role("main")).to_be_visible()


async def test_every_control_has_a_name(lab: Lab, open_page: Open) -> None:
    await lab.bot.say("U0ANA", "Standup", blocks=PROMPT)
    page = await open_page("U0ANA")
    await expect(page.get_by_role("button", name="Update")).to_be_visible()
    assert await page.evaluate(NAMELESS) == []
    await page.get_by_role("combobox", name="Message Labby").fill("/lab form")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog")).to_be_visible()
    assert await page.evaluate(NAMELESS) == []


async def test_the_landmarks_are_there_once(open_page: Open) -> None:
    page = await open_page("U0ANA")
    await expect(page.get_by_role("banner", include_hidden=True)).to_have_count(1)
    await expect(page.get_by_role("main", include_hidden=True)).to_have_count(1)
    await expect(page.get_by_role("navigation", include_hidden=True)).to_have_count(1)


async def test_a_standup_is_answered_by_keyboard_alone(lab: Lab, open_page: Open) -> None:
    await lab.bot.say("U0ANA", "Standup", blocks=PROMPT)
    page = await open_page("U0ANA")
    update = page.get_by_role("button", name="Update")
    await expect(update).to_be_visible()
    for _ in range(40):
        await page.keyboard.press("Tab")
        if await update.evaluate("node => node === document.activeElement"):
            break
    await page.keyboard.press("Enter")
    await expect(page.get_by_label("What did you learn?")).to_be_focused()
    await page.keyboard.type("by keyboard")
    await page.keyboard.press("Control+Enter")
    await expect(page.get_by_role("dialog")).to_be_hidden()
    assert lab.bot.submitted[0]["learned"]["v"]["value"] == "by keyboard"
