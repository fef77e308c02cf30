"""Every limit of an element: exactly at it passes, one past it is refused at the right pointer."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.playground.checks import check_message, check_view
from tests.playground.checks.samples import (
    Json,
    actions,
    button,
    fewer,
    input_block,
    message,
    modal,
    mrkdwn,
    names,
    option,
    options,
    plain,
    problem,
    section,
    shorter,
)

URL = "https://e.org/"
CONFIRM = {"title": plain(), "text": plain(), "confirm": plain(), "deny": plain()}


def select(kind: str = "static_select", **more: Any) -> Json:
    filled = {"options": [option()]} if "static" in kind and "option_groups" not in more else {}
    return {"type": kind, **filled, **more}


def chosen(kind: str, **option_fields: Any) -> Json:
    return {"type": kind, "options": [option(**option_fields)]}


def confirm(**more: Json) -> Json:
    return button(confirm={**CONFIRM, **more})


TEXTS: list[tuple[Callable[[str], Json], int, str]] = [
    (lambda t: button(text=plain(t)), 75, "/text/text"),
    (lambda t: button(value=t), 2000, "/value"),
    (lambda t: button(url=t), 3000, "/url"),
    (lambda t: button(action_id=t), 255, "/action_id"),
    (lambda t: button(accessibility_label=t), 75, "/accessibility_label"),
    (lambda t: button(agent_prompt=t), 4000, "/agent_prompt"),
    (lambda t: confirm(title=plain(t)), 100, "/confirm/title/text"),
    (lambda t: confirm(text=plain(t)), 300, "/confirm/text/text"),
    (lambda t: confirm(confirm=plain(t)), 30, "/confirm/confirm/text"),
    (lambda t: confirm(deny=plain(t)), 30, "/confirm/deny/text"),
    (lambda t: select(placeholder=plain(t)), 150, "/placeholder/text"),
    (lambda t: select("users_select", placeholder=plain(t)), 150, "/placeholder/text"),
    (lambda t: chosen("static_select", text=plain(t)), 75, "/options/0/text/text"),
    (lambda t: chosen("static_select", value=t), 75, "/options/0/value"),
    (lambda t: chosen("checkboxes", text=mrkdwn(t)), 75, "/options/0/text/text"),
    (lambda t: chosen("radio_buttons", description=mrkdwn(t)), 75, "/options/0/description/text"),
    (lambda t: chosen("overflow", url=t), 3000, "/options/0/url"),
    (
        lambda t: select(option_groups=[{"label": plain(t), "options": [option()]}]),
        75,
        "/option_groups/0/label/text",
    ),
]

COUNTS: list[tuple[Callable[[int], Json], int, str]] = [
    (lambda n: {"type": "checkboxes", "options": options(n)}, 10, "/options"),
    (lambda n: {"type": "radio_buttons", "options": options(n)}, 10, "/options"),
    (lambda n: {"type": "overflow", "options": options(n)}, 5, "/options"),
    (lambda n: select(options=options(n)), 100, "/options"),
    (lambda n: select("multi_static_select", options=options(n)), 100, "/options"),
    (
        lambda n: select(option_groups=[{"label": plain(), "options": options(1)}] * n),
        100,
        "/option_groups",
    ),
    (
        lambda n: select(option_groups=[{"label": plain(), "options": options(n)}]),
        100,
        "/option_groups/0/options",
    ),
]

TRASH: Json = {"type": "icon_button", "icon": "trash", "text": plain()}

IN_CONTEXT_ACTIONS: list[tuple[Callable[[str], Json], int, str]] = [
    (lambda t: {**TRASH, "value": t}, 2000, "/value"),
    (lambda t: {**TRASH, "accessibility_label": t}, 75, "/accessibility_label"),
    (lambda t: feedback(text=plain(t)), 75, "/positive_button/text/text"),
    (lambda t: feedback(value=t), 2000, "/positive_button/value"),
    (lambda t: feedback(accessibility_label=t), 75, "/positive_button/accessibility_label"),
]


def feedback(**more: Any) -> Json:
    good = {"text": plain(), "value": "x"}
    return {
        "type": "feedback_buttons",
        "positive_button": {**good, **more},
        "negative_button": good,
    }


@pytest.mark.parametrize(("element", "limit", "pointer"), TEXTS, ids=names(TEXTS, "x"))
def test_text_of_an_element(element: Callable[[str], Json], limit: int, pointer: str) -> None:
    assert check_message(message(actions(element("x" * limit)))) == []
    past = section(accessory=element("x" * (limit + 1)))
    assert check_message(message(past)) == [
        problem(shorter(limit), f"/blocks/0/accessory{pointer}")
    ]


@pytest.mark.parametrize(("element", "limit", "pointer"), COUNTS, ids=names(COUNTS, 1))
def test_number_of_options(element: Callable[[int], Json], limit: int, pointer: str) -> None:
    assert check_message(message(section(accessory=element(limit)))) == []
    assert check_message(message(actions(element(limit + 1)))) == [
        problem(fewer(limit), f"/blocks/0/elements/0{pointer}")
    ]
    (found,) = check_message(message(actions(element(0))))
    assert found == problem("must provide at least 1 items", f"/blocks/0/elements/0{pointer}")


@pytest.mark.parametrize(
    ("element", "limit", "pointer"), IN_CONTEXT_ACTIONS, ids=names(IN_CONTEXT_ACTIONS, "x")
)
def test_text_of_a_contextual_action(
    element: Callable[[str], Json], limit: int, pointer: str
) -> None:
    def posted(size: int) -> list[str]:
        return check_message(
            message({"type": "context_actions", "elements": [element("x" * size)]})
        )

    assert posted(limit) == []
    assert posted(limit + 1) == [problem(shorter(limit), f"/blocks/0/elements/0{pointer}")]


def test_people_who_see_an_icon_button() -> None:
    ids = [f"U{n}" for n in range(10)]
    block = {"type": "context_actions", "elements": [{**TRASH, "visible_to_user_ids": ids}]}
    assert check_message(message(block)) == []
    block = {"type": "context_actions", "elements": [{**TRASH, "visible_to_user_ids": [*ids, "U"]}]}
    assert check_message(message(block)) == [
        problem(fewer(10), "/blocks/0/elements/0/visible_to_user_ids")
    ]


NUMBERS = [
    ("plain_text_input", "min_length", 0, 3000),
    ("plain_text_input", "max_length", 1, 3000),
    ("rich_text_input", "min_lines", 1, 100),
    ("rich_text_input", "max_lines", 1, 100),
    ("file_input", "max_files", 1, 10),
]


@pytest.mark.parametrize(("kind", "field", "low", "high"), NUMBERS)
def test_number_in_an_input(kind: str, field: str, low: int, high: int) -> None:
    def opened(value: object) -> list[str]:
        return check_view(modal(input_block({"type": kind, field: value})))

    pointer = f"/view/blocks/0/element/{field}"
    assert opened(low) == opened(high) == []
    assert opened(low - 1) == [problem(f"must be at least {low}", pointer)]
    assert opened(high + 1) == [problem(f"must be at most {high}", pointer)]
    assert opened(str(low)) == [problem("must provide an integer", pointer)]
    assert opened(True) == [problem("must provide an integer", pointer)]


@pytest.mark.parametrize(
    "kind",
    [
        "multi_static_select",
        "multi_external_select",
        "multi_users_select",
        "multi_channels_select",
        "multi_conversations_select",
    ],
)
def test_at_least_one_item_can_be_selected(kind: str) -> None:
    assert check_message(message(actions(select(kind, max_selected_items=1)))) == []
    assert check_message(message(actions(select(kind, max_selected_items=0)))) == [
        problem("must be at least 1", "/blocks/0/elements/0/max_selected_items")
    ]


def test_initial_text_fits_into_an_input() -> None:
    def opened(size: int) -> list[str]:
        return check_view(
            modal(input_block({"type": "plain_text_input", "initial_value": "x" * size}))
        )

    assert opened(0) == opened(3000) == []
    assert opened(3001) == [problem(shorter(3000), "/view/blocks/0/element/initial_value")]
