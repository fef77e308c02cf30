"""The notebook in Slack: finding, what was tried before, and the shortcuts."""

from typing import Any

import pytest

from tests.stories import team
from tests.stories.people import Form, Person
from tests.stories.steps import a_hypothesis, a_project, a_standup
from tests.stories.world import World

pytestmark = pytest.mark.counted

LEARNED = "The models agree on what they miss"


async def uses(person: Person, callback_id: str, **on: Any) -> Form:
    """A shortcut, and the form that it opens."""
    await person.hands.do("shortcut", **{"as": person.id}, callback_id=callback_id, **on)
    return await person.form()


async def a_blend_was_tried(world: World) -> None:
    """A hypothesis of Jonas's, concluded at his standup."""
    await a_project(world)
    await a_hypothesis(world, "jonas", "averaging three models", because="their errors differ")
    await a_standup(world, now=True)
    jonas = world.person("jonas")
    await jonas.click("It's concluded")
    outcome = await (await jonas.form()).submit(learned=LEARNED, status="refuted", value="50")
    assert outcome.form is not None
    assert (await outcome.form.submit(learning=LEARNED)).kind == "closed"


async def test_what_was_tried_before_is_read_before_it_is_tried_again(either: World) -> None:
    await a_blend_was_tried(either)
    mira = either.person("mira")
    form = await mira.opens("/lab new")
    again = {**team.HYPOTHESIS, "change": "an ensemble of several models"}
    outcome = await form.submit(**again)
    assert outcome.form is not None
    warning = outcome.form
    assert warning.title == "Tried before"
    assert "FRAUD-1 tried something close in February 2026: ruled out." in warning.text
    assert f"Learned: {LEARNED}." in warning.text
    await warning.click("Back to my words")
    form = await warning.again("We believe that")
    assert form.value("change") == again["change"]
    assert form.value("threshold") == again["threshold"]
    outcome = await form.submit(**again)
    assert outcome.form is not None
    outcome = await outcome.form.submit()
    assert "FRAUD-2 is running: an ensemble of several models" in outcome.note
    assert outcome.form is not None
    await outcome.form.close()
    # Something new starts at once.
    form = await mira.opens("/lab new")
    assert "FRAUD-3 is running" in (await form.submit(**team.HYPOTHESIS)).note


async def test_words_are_found_page_by_page(either: World) -> None:
    await a_blend_was_tried(either)
    jonas = either.person("jonas")
    for n in range(9):
        await a_hypothesis(either, "jonas", f"sampling scheme {n}", because="it is quick")
    page = await jonas.opens("/lab find miss model")
    assert "FRAUD-1 · averaging three models\nCard fraud alerts · ruled out" in page.text
    assert f"Learned: {LEARNED}" in page.text
    await page.click("Show")
    shown = await jonas.form()
    assert "We believe that averaging three models" in shown.text
    await shown.close()
    await page.close()

    form = await jonas.opens("/lab find")
    outcome = await form.submit(words="sampling")
    assert outcome.form is not None
    first = outcome.form
    assert first.buttons == ["Show"] * 8 + ["More"]
    await first.click("More")
    second = await first.again()
    assert second.buttons == ["Show", "Back"]
    await second.click("Back")
    assert (await second.again()).buttons == first.buttons
    await second.close()

    nothing = await jonas.opens("/lab find “unicorns” & (more")
    assert "Nothing in the notebook says" in nothing.text
    assert "/lab find label delay" in nothing.text


async def test_guests_find_what_they_belong_to(plain: World) -> None:
    await a_blend_was_tried(plain)
    assert (
        "Nothing in the notebook says"
        in (await plain.person("gus").opens("/lab find models", "C0GUESTS")).text
    )


async def test_a_message_is_logged_as_a_hypothesis(either: World) -> None:
    await a_project(either)
    jonas = either.person("jonas")
    said = await jonas.hands.do(
        "message",
        **{"as": jonas.id},
        channel=team.CHANNEL,
        text="Maybe <@U0MIRA> is right: older months mislead & blur",
    )
    on = {"channel": team.CHANNEL, "ts": said["message"]["ts"]}
    form = await uses(jonas, "shortcut_log_hypothesis", **on)
    assert form.value("change") == "Maybe @U0MIRA is right: older months mislead & blur"
    outcome = await form.submit(
        **{**team.HYPOTHESIS, "change": "older months mislead", "because": "fraud moves on"}
    )
    assert "FRAUD-1 is running: older months mislead" in outcome.note
    form = await uses(either.person("mira"), "shortcut_new_hypothesis")
    assert form.title == "New hypothesis"


async def test_a_decision_is_recorded_from_a_message(either: World) -> None:
    await a_project(either)
    jonas = either.person("jonas")
    said = await jonas.hands.do(
        "message", **{"as": jonas.id}, channel=team.CHANNEL, text="We wait for the labels"
    )
    on = {"channel": team.CHANNEL, "ts": said["message"]["ts"]}
    form = await uses(jonas, "shortcut_record_decision", **on)
    assert form.value("reason") == "We wait for the labels"
    reason = {"reason": "We wait for the labels"}
    late = await form.submit(kind="hold", next_on="2026-02-02", **reason)
    assert late.errors == {"next_on": "Please choose a day that is still to come."}
    outcome = await form.submit(kind="hold", next_on="2026-05-05", **reason)
    assert "Card fraud alerts: hold. The project's channel reads it." in outcome.note
    await either.settled()
    told = (await jonas.reads(team.CHANNEL))[-1]
    assert told.shown.startswith(
        "Card fraud alerts: hold. We wait for the labels. (jonas, 2 Feb; again on 5 May)"
    )
    assert "nano-lab.slack.com/archives/C0FRAUD/p" in told.text
    mira = await uses(either.person("mira"), "shortcut_record_decision", **on)
    refused = await mira.submit(kind="go", **reason)
    assert "Only the project's PM" in str(refused.errors)
