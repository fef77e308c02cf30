"""The question to one person, word by word (domain §3.2)."""

from dataclasses import replace
from textwrap import dedent
from typing import Any

from handlers.blocks import standup_dm
from handlers.blocks.reminder import reminder
from handlers.ids import Click
from models.domain.experiment import Outcome, Status
from models.domain.facts import PromptFacts
from tests.clock import MORNING
from tests.handlers.facts import (
    FRAUD,
    LATENCY,
    NO_CHANGE,
    RULED_OUT,
    STILL,
    card,
    prompt,
)


def reads(facts: PromptFacts, text: str) -> list[dict[str, Any]]:
    rendered = standup_dm.prompt(facts)
    assert rendered.text == dedent(text).strip()
    return rendered.blocks


def buttons(blocks: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [
        (element["action_id"], element.get("value", ""))
        for block in blocks
        if block["type"] == "actions"
        for element in block["elements"]
    ]


def test_asks_about_an_experiment() -> None:
    blocks = reads(
        prompt(card()),
        """
        Hello Jonas. What did you learn?
        Card fraud alerts: Stop more fraud without more false alerts
        FRAUD-11 · 18 months of history
        day 5 of 8 · needs 55 of 100 or more · best so far 53.8 of 100
        Last time you planned: “compare 6, 12 and 18 months”
        [Update] [No change, still running] [It's concluded] [Pause / I'm away]
        """,
    )
    assert [block["type"] for block in blocks] == ["rich_text", "divider", "rich_text", "actions"]
    assert buttons(blocks) == [
        ("standup_answer", "7:11"),
        ("standup_no_change", "7:11"),
        ("standup_conclude", "7:11"),
        ("standup_not_now", "7:11"),
    ]


def test_asks_about_another_metric_without_mixing_its_numbers() -> None:
    bare = card(planned=None, criterion=LATENCY)
    late = card(experiment_id=12, planned=None, criterion=None, day=11)
    reads(
        prompt(bare, replace(late, numbers=replace(FRAUD, since=None))),
        """
        Hello Jonas. What did you learn? 2 experiments are open.
        Card fraud alerts: Stop more fraud without more false alerts
        FRAUD-11 · 18 months of history
        day 5 of 8 · needs 60 ms or less (Latency)
        [Update] [No change, still running] [It's concluded] [Pause / I'm away]
        Card fraud alerts: Stop more fraud without more false alerts
        FRAUD-11 · 18 months of history
        past its timebox of 8 by 2 days · today 41 of 100
        [Update] [No change, still running] [It's concluded] [Pause / I'm away]
        """,
    )


def test_says_what_was_noted() -> None:
    blocks = reads(
        prompt(card(answer=STILL)),
        """
        Hello Jonas. Thank you, that is everything.
        Card fraud alerts: Stop more fraud without more false alerts
        FRAUD-11 · 18 months of history
        day 5 of 8 · needs 55 of 100 or more · best so far 53.8 of 100
        ✓ Noted: still testing. “More history hurts”
        [Edit answer]
        """,
    )
    assert buttons(blocks) == [("standup_answer", "7:11")]


def last_noted(facts: PromptFacts) -> str:
    text = standup_dm.prompt(facts).text
    return next(line for line in text.split("\n") if line.startswith("✓"))


def test_one_click_is_a_whole_answer() -> None:
    facts = prompt(card(answer=NO_CHANGE, no_changes=1))
    assert last_noted(facts) == "✓ Noted: still running, no change."


def test_no_change_for_the_third_time_asks_back() -> None:
    assert last_noted(prompt(card(answer=NO_CHANGE, no_changes=2))) == (
        "✓ Noted: still running, no change. "
        "That is the third time in a row: still worth its timebox?"
    )


def test_what_is_concluded_can_no_longer_be_edited() -> None:
    facts = prompt(card(answer=RULED_OUT, status=Status.CONCLUDED))
    assert last_noted(facts) == "✓ Noted: ruled out. “Says the same”"
    assert buttons(standup_dm.prompt(facts).blocks) == []


def test_an_answer_without_words_is_noted_without_quotes() -> None:
    assert (
        last_noted(prompt(card(answer=replace(STILL, learned=None)))) == "✓ Noted: still testing."
    )


def test_a_conclusion_that_is_not_finished_is_offered_again() -> None:
    blocks = reads(
        prompt(card(answer=RULED_OUT, pending=Outcome.REFUTED)),
        """
        Hello Jonas. Thank you, one thing is left.
        Card fraud alerts: Stop more fraud without more false alerts
        FRAUD-11 · 18 months of history
        day 5 of 8 · needs 55 of 100 or more · best so far 53.8 of 100
        ✓ Noted: ruled out. Still open: what should the team remember?
        [Finish concluding] [Edit answer]
        """,
    )
    assert buttons(blocks) == [("standup_conclude", "7:11"), ("standup_answer", "7:11")]


def test_a_closed_one_takes_no_answers() -> None:
    blocks = reads(
        prompt(card(), closed=True),
        """
        Hello Jonas. This standup is closed.
        Card fraud alerts: Stop more fraud without more false alerts
        FRAUD-11 · 18 months of history
        day 5 of 8 · needs 55 of 100 or more · best so far 53.8 of 100
        Last time you planned: “compare 6, 12 and 18 months”
        What comes next belongs to the next one.
        [Update]
        """,
    )
    assert buttons(blocks) == [("update", "")]


def test_three_are_asked_at_once_the_others_are_behind_a_button() -> None:
    cards = [card(experiment_id=n) for n in range(1, 6)]
    facts = prompt(*cards)
    assert ("standup_more", "7") in buttons(standup_dm.prompt(facts).blocks)
    assert standup_dm.prompt(facts).text.endswith("[Show 2 more]")
    assert ("standup_more", "7") not in buttons(standup_dm.prompt(prompt(*cards[:3])).blocks)
    closed = standup_dm.prompt(replace(facts, closed=True))
    assert buttons(closed.blocks) == [("update", "")]


def test_the_modal_holds_the_others_and_counts_what_it_can_not_hold() -> None:
    view = standup_dm.more(prompt(*[card(experiment_id=n) for n in range(1, 56)]))
    assert len(view["blocks"]) == 99
    assert view["blocks"][-1]["elements"][0]["text"] == (
        "3 more, when some of these are answered or concluded."
    )
    asked = {value for _, value in buttons(view["blocks"])}
    assert asked == {f"7:{n}" for n in range(4, 53)}
    few = standup_dm.more(prompt(*[card(experiment_id=n) for n in range(1, 6)]))
    assert [block["type"] for block in few["blocks"]] == ["rich_text", "actions"] * 2


def test_without_an_experiment_it_asks_what_is_next() -> None:
    blocks = reads(
        prompt(),
        """
        Hello Jonas. No experiment of yours is open.
        What will you try next? Or tell the team what you are on instead.
        [New hypothesis] [Skip / I'm away]
        """,
    )
    (menu,) = [element for element in blocks[-1]["elements"] if "options" in element]
    assert [option["value"] for option in menu["options"]] == [
        "7:hand-over",
        "7:review",
        "7:something else",
    ]


def test_a_guest_says_what_they_are_on_and_begins_nothing() -> None:
    guest = replace(prompt(), reads_only=True)
    for rendered in (standup_dm.prompt(guest), reminder(guest, MORNING)):
        assert "New hypothesis" not in rendered.text
        assert "try next" not in rendered.text
        assert Click.DOING_ELSE in str(rendered.blocks)


def test_who_is_elsewhere_may_still_begin_something() -> None:
    reads(
        prompt(doing_else="review"),
        """
        Hello Jonas. Thank you.
        ✓ Noted: not experimenting now, review.
        [New hypothesis]
        """,
    )


def test_closed_with_nothing_open_only_says_so() -> None:
    reads(prompt(closed=True), "Hello Jonas. This standup is closed.\n[Update]")
    reads(
        prompt(closed=True, doing_else="review"),
        """
        Hello Jonas. Thank you.
        ✓ Noted: not experimenting now, review.
        [Update]
        """,
    )
