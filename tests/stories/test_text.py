"""What people write is shown as they wrote it, whole, and never does anything."""

from typing import Any

import pytest

from tests.stories import forged, team
from tests.stories.reading import mentions
from tests.stories.steps import a_hypothesis, a_project, a_standup, summary
from tests.stories.world import World

NASTY = (
    "<!channel> @here <@U0KAI> *bold* &lt;b&gt; `code` https://example.com/?a=1&b=2 :tada: #fraud"
)
NUMBER = "Please write a number, such as 54 or 0.7."
LONG = 3_000
ASTRAL = "🧪" * (LONG // 2)
"""Slack's client counts UTF-16: this is as long as it lets through."""


async def asked(world: World) -> None:
    await a_project(world)
    await a_hypothesis(world, "jonas")
    await a_standup(world, now=True)


async def everything(world: World) -> list[Any]:
    """Every message and view that the bot has sent, its answers to clicks and commands included."""
    found = []
    for entry in await world.calls():
        said = entry["request" if entry["direction"] == "from_bot" else "response"] or {}
        found += [said[name] for name in ("view",) if name in said]
        found += [said] if "text" in said else []
    return found


async def test_text_that_would_ping_everybody_is_only_text(either: World) -> None:
    jonas = either.person("jonas")
    await a_project(either, name=NASTY[:80], business_goal=NASTY, business_phrase=NASTY)
    await a_hypothesis(either, "jonas", NASTY, because=NASTY)
    await a_standup(either, now=True)
    await jonas.click("Update")
    form = await jonas.form()
    assert NASTY[:60] in form.text
    filled = {
        "learned": NASTY,
        "next_step": NASTY,
        "blocker_kind": "privacy",
        "blocker_text": NASTY,
    }
    assert (await form.submit(**filled, blocker_owner=team.user("kai"))).kind == "closed"
    await either.settled()
    await jonas.click("Edit answer")
    form = await jonas.form()
    assert form.value("learned") == NASTY
    outcome = await form.submit(status="supported")
    assert NASTY[:60] in outcome.note
    assert outcome.form is not None
    assert (await outcome.form.submit(learning=NASTY, unmeasured=NASTY[:300])).kind == "closed"
    await either.to("2026-02-02T16:30:00Z")
    await either.settled()
    dm, told = await jonas.dm(), await summary(either)
    (detail,) = (await jonas.reads(team.CHANNEL, told.ts))[1:]
    (page,) = await jonas.type("/lab show FRAUD-1")
    for message in (dm, told, detail, page):
        assert NASTY[:60] in message.shown
        assert "&lt;!channel&gt; @here &lt;@U0KAI&gt;" in message.text
    said = await everything(either)
    assert len(said) > 10
    # The one link is ours: to the channel of the standup.
    assert {one for it in said for one in mentions(it) if team.CHANNEL not in one} == set()


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("x" * LONG, id="one word"),
        pytest.param(("word " * LONG)[: LONG - 1] + ".", id="words"),
        pytest.param(ASTRAL, id="emoji"),
        pytest.param("<&>" * (LONG // 3), id="escapes"),
        pytest.param("א" * LONG, id="right to left"),
        pytest.param("漢" * LONG, id="CJK"),
        pytest.param("a\n" * (LONG // 2 - 1) + "a!", id="lines"),
    ],
)
async def test_an_answer_of_3000_characters_is_shown_whole(plain: World, words: str) -> None:
    jonas = plain.person("jonas")
    await asked(plain)
    await jonas.click("Update")
    form = await jonas.form()
    filled = {"next_step": words[:150], "blocker_kind": "compute", "blocker_text": words[:150]}
    outcome = await form.submit(learned=words, status="refuted", **filled)
    assert outcome.form is not None, outcome
    assert outcome.form.value("learning") == words
    assert (await outcome.form.submit(learning=words, unmeasured=words[:150])).kind == "closed"
    await plain.settled()
    await plain.to("2026-02-02T16:30:00Z")
    await plain.settled()
    told = await summary(plain)
    (detail,) = (await jonas.reads(team.CHANNEL, told.ts))[1:]
    assert words in detail.shown
    (page,) = await jonas.type("/lab show FRAUD-1")
    assert words in page.shown


async def test_an_answer_that_is_too_long_or_empty_stays_in_the_form(either: World) -> None:
    jonas = either.person("jonas")
    await asked(either)
    await jonas.click("Update")
    form = await jonas.form()
    for learned, sentence in (
        ("x" * 40_000, "That is too long: at most 3,000 characters, please."),
        ("", "Please write something here."),
        ("  \n\t ", "Please write something here."),
    ):
        outcome = await forged.submission(either, form, learned=learned)
        assert outcome.errors == {"learned": sentence}
    assert "Please complete" in (await form.submit(learned="")).errors["learned"]
    outcome = await form.submit(learned="Now it fits")
    assert outcome.kind == "closed"


async def test_a_number_that_is_none_is_said_beside_its_field(plain: World) -> None:
    jonas = plain.person("jonas")
    await asked(plain)
    await jonas.click("Update")
    form = await jonas.form()
    for typed, sentence in (
        ("abc", NUMBER),
        ("nan", NUMBER),
        ("1e999", NUMBER),
        ("-inf", NUMBER),
        ("1,234.5", NUMBER),
        ("1e13", "At most 1,000,000,000,000, please."),
        ("0.54", "Out of 100, please: did you mean 54? If not, open “Other number”."),
        ("0,53", "Out of 100, please: did you mean 53? If not, open “Other number”."),
    ):
        outcome = await forged.submission(plain, form, learned="Something", value=typed)
        assert outcome.errors == {"value": sentence}


async def test_a_number_may_have_a_decimal_comma(plain: World) -> None:
    jonas = plain.person("jonas")
    await asked(plain)
    button = "Update"
    for typed, shown in (
        ("53,5", "53.5"),
        (" 54.25 ", "54.25"),
        ("+55", "55"),
        ("5.6e1", "56"),
        ("−3", "-3"),
    ):
        # The newest message may be about the number: nobody else can look at it.
        asked_in = next(one for one in reversed(await jonas.dms()) if button in one.buttons)
        await jonas.click(button, on=asked_in)
        form = await jonas.form()
        outcome = await forged.submission(plain, form, learned="Something", value=typed)
        assert outcome.kind == "closed"
        (page,) = await jonas.type("/lab show FRAUD-1")
        assert f": {shown} of 100" in page.shown
        await plain.settled()
        button = "Edit answer"


async def test_forms_say_what_is_wrong_with_what_they_are_given(plain: World) -> None:
    jonas = plain.person("jonas")
    form = await jonas.opens("/lab project")
    outcome = await form.submit(**{**team.PROJECT, "baseline": "0.41"})
    assert outcome.errors == {
        "baseline": "Out of 100, please: did you mean 41? If not, write 0.41%."
    }
    outcome = await form.submit(baseline="41", acceptance="40")
    assert outcome.errors == {"acceptance": "Today's value is that good already: higher, please."}
    outcome = await form.submit(acceptance="60", key="1-2")
    assert "2 to 10 letters and digits" in outcome.errors["key"]
    outcome = await form.submit(key="", name="Ü ß 1")
    assert outcome.errors == {"key": "Please give a short key, such as FRAUD."}
    assert (await form.submit(name="fraud", key="")).kind == "updated"
    await (await jonas.look()).close()
    form = await jonas.opens("/lab project new")
    assert (await form.submit(**team.PROJECT)).errors == {
        "key": "Another project has this key already. Choose another one."
    }
    await form.close()
    form = await jonas.opens("/lab new")
    outcome = await form.submit(**{**team.HYPOTHESIS, "threshold": "0.55", "timebox": "0"})
    assert outcome.errors == {"timebox": "At least 1, please."}
    outcome = await form.submit(timebox="8")
    assert outcome.errors == {
        "threshold": "Out of 100, please: did you mean 55? If not, write 0.55%."
    }
