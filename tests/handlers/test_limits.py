"""The bot's own check: at each of Slack's limits all is well, one past it nothing is sent."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.playground import checks
from handlers.limits import TooMuch, check_message, check_view, limits

Json = dict[str, Any]
BLOCKS = limits()["blocks"]
SURFACES = limits()["surfaces"]
OPTION = limits()["composition_objects"]["option"]


def plain(length: int) -> Json:
    return {"type": "plain_text", "text": "x" * length}


def button(text: int = 1, value: int = 1, action_id: int = 1) -> Json:
    return {
        "type": "button",
        "text": plain(text),
        "value": "v" * value,
        "action_id": "a" * action_id,
    }


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def buttons(count: int) -> Json:
    return actions(*({**button(), "action_id": f"a{n}"} for n in range(count)))


def select(**changes: Any) -> Json:
    options = changes.pop("options", [{"text": plain(1), "value": "v"}])
    return {"type": "static_select", "action_id": "a", "options": options, **changes}


def options(count: int) -> list[Json]:
    return [{"text": plain(1), "value": f"v{n}"} for n in range(count)]


def field(element: Json | None = None, **changes: Any) -> Json:
    text = {"type": "plain_text_input", "action_id": "a"}
    return {"type": "input", "label": plain(1), "element": element or text, **changes}


def rich(*texts: str) -> Json:
    parts = [{"type": "text", "text": text} for text in texts]
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": parts}]}


def context(count: int) -> Json:
    return {"type": "context", "elements": [plain(1)] * count}


MESSAGE: list[tuple[str, Callable[[int], list[Json]], int]] = [
    ("blocks", lambda n: [{"type": "divider"}] * n, SURFACES["message"]["blocks_max"]),
    ("header", lambda n: [{"type": "header", "text": plain(n)}], BLOCKS["header"]["text_max"]),
    ("actions", lambda n: [buttons(n)], BLOCKS["actions"]["elements_max"]),
    ("context", lambda n: [context(n)], BLOCKS["context"]["elements_max"]),
    ("button", lambda n: [actions(button(text=n))], 75),
    ("value", lambda n: [actions(button(value=n))], 2_000),
    ("action_id", lambda n: [actions(button(action_id=n))], 255),
    ("options", lambda n: [actions(select(options=options(n)))], 100),
    (
        "option",
        lambda n: [actions(select(options=[{"text": plain(n), "value": "v"}]))],
        OPTION["text_max"],
    ),
    (
        "option value",
        lambda n: [actions(select(options=[{"text": plain(1), "value": "v" * n}]))],
        OPTION["value_max"],
    ),
    ("placeholder", lambda n: [actions(select(placeholder=plain(n)))], 150),
]


@pytest.mark.parametrize(
    ("build", "most"), [case[1:] for case in MESSAGE], ids=[c[0] for c in MESSAGE]
)
def test_a_message_at_its_limit_is_sent_and_past_it_is_not(
    build: Callable[[int], list[Json]], most: int
) -> None:
    check_message("x", build(most))
    assert checks.check_message({"text": "x", "blocks": build(most)}) == []
    with pytest.raises(TooMuch):
        check_message("x", build(most + 1))
    assert checks.check_message({"text": "x", "blocks": build(most + 1)})


def modal(*blocks: Json, **changes: Any) -> Json:
    return {
        "type": "modal",
        "title": plain(1),
        "submit": plain(1),
        "blocks": list(blocks) or [field()],
        **changes,
    }


VIEW: list[tuple[str, Callable[[int], Json], int]] = [
    ("blocks", lambda n: modal(*[{"type": "divider"}] * n), SURFACES["modal"]["blocks_max"]),
    ("title", lambda n: modal(title=plain(n)), SURFACES["modal"]["title_max"]),
    ("submit", lambda n: modal(submit=plain(n)), SURFACES["modal"]["submit_max"]),
    ("close", lambda n: modal(close=plain(n)), SURFACES["modal"]["close_max"]),
    ("metadata", lambda n: modal(private_metadata="m" * n), 3_000),
    ("label", lambda n: modal(field(label=plain(n))), BLOCKS["input"]["label_max"]),
    ("hint", lambda n: modal(field(hint=plain(n))), BLOCKS["input"]["hint_max"]),
    (
        "initial",
        lambda n: modal(
            field({"type": "plain_text_input", "action_id": "a", "initial_value": "x" * n})
        ),
        3_000,
    ),
]


@pytest.mark.parametrize(("build", "most"), [case[1:] for case in VIEW], ids=[c[0] for c in VIEW])
def test_a_modal_at_its_limit_is_shown_and_past_it_is_not(
    build: Callable[[int], Json], most: int
) -> None:
    check_view(build(most))
    assert checks.check_view(build(most)) == []
    with pytest.raises(TooMuch):
        check_view(build(most + 1))
    assert checks.check_view(build(most + 1))


def test_text_stays_below_what_an_update_takes() -> None:
    check_message("x" * 3_900, [])
    with pytest.raises(TooMuch, match="text of 3901"):
        check_message("x" * 3_901, [])
    with pytest.raises(TooMuch, match="screen readers"):
        check_message("", [{"type": "divider"}])


def test_all_text_of_a_message_together() -> None:
    check_message("x", [rich("x" * 6_000), rich("y" * 6_000)])
    with pytest.raises(TooMuch, match="12001"):
        check_message("x", [rich("x" * 6_000), rich("y" * 6_001)])


def test_characters_are_counted_as_the_strictest_reader_would() -> None:
    with pytest.raises(TooMuch, match="152 characters, at most 150"):
        check_message("x", [{"type": "header", "text": {"type": "plain_text", "text": "👩" * 76}}])


@pytest.mark.parametrize(
    ("blocks", "problem"),
    [
        ([rich("x", "")], "empty text"),
        ([actions()], "0 elements"),
        ([actions(select(options=[]))], "0 options"),
        ([{"type": "divider", "block_id": "b"}] * 2, "block_id b twice"),
        ([{"type": "header", "text": plain(0)}], "0 characters"),
    ],
)
def test_what_is_empty_or_twice_is_found(blocks: list[Json], problem: str) -> None:
    with pytest.raises(TooMuch, match=problem):
        check_message("x", blocks)
    assert checks.check_message({"text": "x", "blocks": blocks})


def test_a_form_needs_a_button() -> None:
    with pytest.raises(TooMuch, match="without a submit button"):
        check_view(modal(submit=None))


def test_a_modal_of_more_than_250_kilobytes_is_found() -> None:
    with pytest.raises(TooMuch, match="too large"):
        check_view(modal(*[rich("x" * 3_000)] * 90))
