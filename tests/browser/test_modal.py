"""Modals: every kind of input arrives as the person filled it in, and words are never lost."""

import re
from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.browser.busy import note_when_busy, press
from tests.browser.conftest import Lab, Open
from tests.browser.standin_views import DAY, PROMPT, SHORT, field, form

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def prompted(lab: Lab, open_page: Open) -> Page:
    """Ana with a prompt in her messages, and its modal open."""
    await lab.bot.say("U0ANA", "Standup", blocks=PROMPT)
    page = await open_page("U0ANA")
    await page.get_by_role("button", name="Update").click()
    await expect(page.get_by_role("dialog", name="Card fraud alerts")).to_be_visible()
    return page


TYPED = {
    "What did you learn?": "Norms never pass 1, in no run at all",
    "Latest number": "53.8",
    "Mail": "ana@example.com",
    "Run": "https://runs.example.com/1",
    "Day": "2026-02-05",
    "Time": "09:30",
    "Moment": "2026-02-03T09:30",
}
CHOSEN = [
    ("In the way", "comp", "Compute"),
    ("Ideas", "bl", "Blend"),
    ("Follows", "FR", "FR 12"),
    ("Owner", "ben", "Ben Ode"),
    ("Team", "ana", "Ana Roth"),
    ("Channel", "te", "#team"),
    ("Where", "op", "#open"),
]
ARRIVED = {
    "learned": {"value": "Norms never pass 1, in no run at all"},
    "stand": {"selected_option": "refuted"},
    "checks": {"selected_options": ["split"]},
    "number": {"value": "53.8"},
    "mail": {"value": "ana@example.com"},
    "run": {"value": "https://runs.example.com/1"},
    "day": {"selected_date": "2026-02-05"},
    "time": {"selected_time": "09:30"},
    "moment": {"selected_date_time": DAY},
    "way": {"selected_option": "compute"},
    "ideas": {"selected_options": ["blend"]},
    "follows": {"selected_option": "FRAUD-12"},
    "owner": {"selected_user": "U0BEN"},
    "team": {"selected_users": ["U0BEN", "U0ANA"]},
    "channel": {"selected_channel": "C0TEAM"},
    "where": {"selected_conversation": "C0OPEN"},
}


def bare(held: Any) -> Any:
    """A held value with options reduced to their values."""
    if isinstance(held, list):
        return [bare(one) for one in held]
    return held["value"] if isinstance(held, dict) else held


async def test_every_input_reaches_the_bot_as_it_was_filled_in(lab: Lab, open_page: Open) -> None:
    page = await open_page("U0ANA", "C0TEAM")
    await page.get_by_role("combobox", name="Message #team").fill("/lab form")
    await page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_label("What did you learn?")).to_be_focused()
    for label, words in TYPED.items():
        await dialog.get_by_label(re.compile(f"^{re.escape(label)}( .optional.)?$")).fill(words)
    await expect(dialog.locator(".counter").first).to_have_text("4")
    await dialog.get_by_label("Refuted").check()
    await dialog.get_by_label("Split").check()
    for label, typed, choice in CHOSEN:
        box = page.get_by_role("combobox", name=re.compile(f"^{label}"))
        await box.click()
        await box.press_sequentially(typed)
        await page.get_by_role("option", name=choice).click()
        await page.keyboard.press("Tab")
    await dialog.get_by_role("button", name="Send").click()
    await expect(dialog).to_be_hidden()
    arrived = {
        block: {key: bare(held) for key, held in state["v"].items() if key != "type"}
        for block, state in lab.bot.submitted[0].items()
    }
    assert arrived == ARRIVED


async def test_errors_stand_beside_their_fields(lab: Lab, open_page: Open) -> None:
    page = await prompted(lab, open_page)
    learned = page.get_by_label("What did you learn?")
    await page.get_by_role("dialog").get_by_role("button", name="Send").click()
    await expect(page.get_by_text("Please complete this required field.")).to_be_visible()
    await expect(learned).to_be_focused()
    lab.bot.answer = {"response_action": "errors", "errors": {"learned": "Say more, please"}}
    await learned.fill("x")
    await expect(page.get_by_text("Please complete this required field.")).to_be_hidden()
    await page.keyboard.press("Control+Enter")
    await expect(page.get_by_text("Say more, please")).to_be_visible()
    await expect(learned).to_have_attribute("aria-invalid", "true")
    await expect(learned).to_have_value("x")


async def test_a_late_answer_keeps_the_words(lab: Lab, open_page: Open) -> None:
    page = await prompted(lab, open_page)
    lab.bot.answer = {"late": True}
    await page.get_by_label("What did you learn?").fill("many good words")
    await note_when_busy(page.locator(".modal-form"))
    await press(page.get_by_role("dialog").get_by_role("button", name="Send"))
    await expect(page.locator(".modal-form")).to_have_attribute("data-was-busy", "true")
    banner = page.get_by_role("alert").filter(has_text="We had some trouble connecting. Try again?")
    await expect(banner).to_be_visible()
    await expect(page.get_by_label("What did you learn?")).to_have_value("many good words")
    lab.bot.answer = {}
    await page.get_by_role("dialog").get_by_role("button", name="Send").click()
    await expect(page.get_by_role("dialog")).to_be_hidden()


async def test_an_update_keeps_what_was_typed(lab: Lab, open_page: Open) -> None:
    page = await prompted(lab, open_page)
    await page.get_by_label("What did you learn?").fill("kept words")
    await page.get_by_role("button", name="Ask more").click()
    await expect(page.get_by_label("Why?")).to_be_visible()
    await expect(page.get_by_label("What did you learn?")).to_have_value("kept words")
    assert lab.bot.pressed[0]["learned"]["v"]["value"] == "kept words"


async def test_a_button_works_at_once_where_a_form_became_another_view(
    lab: Lab, open_page: Open
) -> None:
    page = await prompted(lab, open_page)
    stored = form([SHORT[-1]], title={"type": "plain_text", "text": "Stored"})
    lab.bot.answer = {"response_action": "update", "view": stored}
    await page.get_by_label("What did you learn?").fill("words of a field that is gone")
    await page.keyboard.press("Control+Enter")
    await expect(page.get_by_role("dialog", name="Stored")).to_be_visible()
    await page.get_by_role("button", name="Deeper").click()
    await expect(page.get_by_role("dialog", name="Deeper")).to_be_visible()


async def test_the_parts_of_another_form_stand_in_its_own_order(lab: Lab, open_page: Open) -> None:
    page = await prompted(lab, open_page)
    moved = {**SHORT[1], "elements": SHORT[1]["elements"][:1]}
    again = form([moved, field("why", "Why?", {"type": "plain_text_input"})])
    lab.bot.answer = {"response_action": "update", "view": again}
    await page.get_by_label("What did you learn?").fill("words")
    await page.keyboard.press("Control+Enter")
    await expect(page.get_by_label("Why?")).to_be_visible()
    parts = page.get_by_role("dialog").locator(".blocks > *")
    await expect(parts).to_contain_text(["Ask more", "Why?"])


async def test_a_second_escape_closes_the_next_form_and_nothing_goes_wrong(
    lab: Lab, open_page: Open
) -> None:
    page = await prompted(lab, open_page)
    await page.get_by_role("button", name="Deeper").click()
    await expect(page.get_by_role("dialog", name="Deeper")).to_be_visible()
    await page.locator("dialog.modal").evaluate(
        "dialog => [1, 2].map(() => dialog.dispatchEvent(new Event('cancel')))"
    )
    await expect(page.get_by_role("dialog")).to_be_hidden()
    await expect(page.locator(".toast-error")).to_have_count(0)


async def test_what_the_playground_knows_survives_a_reload(lab: Lab, open_page: Open) -> None:
    page = await prompted(lab, open_page)
    await page.get_by_label("What did you learn?").fill("kept words")
    await page.get_by_role("button", name="Ask more").click()
    await expect(page.get_by_label("Why?")).to_be_visible()
    await page.reload()
    await expect(page.get_by_label("What did you learn?")).to_have_value("kept words")


async def test_a_pushed_view_goes_back_to_the_one_below(lab: Lab, open_page: Open) -> None:
    page = await prompted(lab, open_page)
    await page.get_by_label("What did you learn?").fill("still here")
    await page.get_by_role("button", name="Deeper").click()
    await expect(page.get_by_role("dialog", name="Deeper")).to_be_visible()
    await page.get_by_role("button", name="Back").click()
    await expect(page.get_by_role("dialog", name="Card fraud alerts")).to_be_visible()
    await expect(page.get_by_label("What did you learn?")).to_have_value("still here")


async def test_escape_closes_and_the_bot_hears_of_it(lab: Lab, open_page: Open) -> None:
    page = await prompted(lab, open_page)
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_be_hidden()
    assert lab.bot.closed == 1


async def test_focus_stays_in_the_modal(lab: Lab, open_page: Open) -> None:
    page = await prompted(lab, open_page)
    for _ in range(14):
        await page.keyboard.press("Tab")
        outside = await page.evaluate(
            "document.activeElement !== document.body && !document.activeElement.closest('dialog')"
        )
        assert not outside
