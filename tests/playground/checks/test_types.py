"""Which types Slack knows where, which fields they have, and what it does with anything else."""

from typing import Any

import pytest

from bot.playground.checks import check_message, check_view
from tests.playground.checks.samples import (
    Json,
    actions,
    button,
    chart,
    data_table,
    home,
    image,
    input_block,
    leaf,
    message,
    modal,
    mrkdwn,
    option,
    pie,
    plain,
    problem,
    raw,
    rich_section,
    rich_text,
    section,
    video,
)

CARD = {"type": "card", "body": mrkdwn()}
BLOCKS: dict[str, tuple[Json, set[str]]] = {
    "actions": (actions(button()), {"message", "modal", "home"}),
    "alert": ({"type": "alert", "text": plain()}, {"modal"}),
    "card": (CARD, {"message", "home"}),
    "carousel": ({"type": "carousel", "elements": [CARD]}, {"message", "home"}),
    "container": (
        {"type": "container", "title": plain(), "child_blocks": [section()]},
        {"message", "home"},
    ),
    "context": ({"type": "context", "elements": [image()]}, {"message", "modal", "home"}),
    "context_actions": (
        {
            "type": "context_actions",
            "elements": [{"type": "icon_button", "icon": "trash", "text": plain()}],
        },
        {"message"},
    ),
    "data_table": (data_table([[raw()], [raw()]]), {"message", "home"}),
    "data_visualization": (chart(pie()), {"message"}),
    "divider": ({"type": "divider"}, {"message", "modal", "home"}),
    "header": ({"type": "header", "text": plain()}, {"message", "modal", "home"}),
    "image": (image(), {"message", "modal", "home"}),
    "input": (input_block({"type": "plain_text_input"}), {"message", "modal", "home"}),
    "markdown": ({"type": "markdown", "text": "x"}, {"message"}),
    "plan": ({"type": "plan", "title": "x"}, {"message"}),
    "rich_text": (rich_text(rich_section(leaf())), {"message", "modal", "home"}),
    "section": (section(), {"message", "modal", "home"}),
    "table": ({"type": "table", "rows": [[raw()]]}, {"message"}),
    "task_card": ({"type": "task_card", "task_id": "t", "title": "x"}, {"message"}),
    "video": (video(), {"message", "modal", "home"}),
    "file": ({"type": "file", "external_id": "x", "source": "remote"}, set()),
    "call": ({"type": "call", "call_id": "R1"}, set()),
}

CHOICE = {"options": [option()]}
ELEMENTS: dict[str, tuple[Json, set[str], set[str]]] = {
    "button": (button(), {"message", "modal", "home"}, {"section", "actions"}),
    "workflow_button": (
        {"text": plain(), "workflow": {"trigger": {"url": "https://e.org"}}},
        {"message"},
        {"section", "actions"},
    ),
    "overflow": (CHOICE, {"message", "modal", "home"}, {"section", "actions"}),
    "image": (image(), {"message", "modal", "home"}, {"section"}),
    "datetimepicker": ({}, {"message", "modal"}, {"actions", "input"}),
    "plain_text_input": ({}, {"message", "modal", "home"}, {"input"}),
    "rich_text_input": ({}, {"modal", "home"}, {"input", "actions"}),
    "email_text_input": ({}, {"modal"}, {"input"}),
    "url_text_input": ({}, {"modal"}, {"input"}),
    "number_input": ({"is_decimal_allowed": False}, {"modal"}, {"input"}),
    "file_input": ({}, {"modal"}, {"input"}),
    "checkboxes": (CHOICE, {"message", "modal", "home"}, {"section", "actions", "input"}),
    "radio_buttons": (CHOICE, {"message", "modal", "home"}, {"section", "actions", "input"}),
} | {
    kind: (
        CHOICE if "static" in kind else {},
        {"message", "modal", "home"},
        {"section", "actions", "input"},
    )
    for name in ("static", "external", "users", "channels", "conversations")
    for kind in (f"{name}_select", f"multi_{name}_select", "datepicker", "timepicker")
}


def shown(surface: str, *blocks: Json) -> tuple[list[str], str]:
    """Return what is refused on this surface, and the pointer to its blocks."""
    if surface == "message":
        return check_message(message(*blocks)), "/blocks"
    return check_view((modal if surface == "modal" else home)(*blocks)), "/view/blocks"


@pytest.mark.parametrize("surface", ["message", "modal", "home"])
@pytest.mark.parametrize("kind", BLOCKS)
def test_blocks_of_a_surface(kind: str, surface: str) -> None:
    block, surfaces = BLOCKS[kind]
    found, pointer = shown(surface, block)
    refused = [problem(f"unsupported type: {kind}", f"{pointer}/0/type")]
    assert found == ([] if surface in surfaces else refused)


@pytest.mark.parametrize("surface", ["message", "modal", "home"])
@pytest.mark.parametrize("kind", ELEMENTS)
def test_elements_of_a_block(kind: str, surface: str) -> None:
    fields, surfaces, places = ELEMENTS[kind]
    element = {**fields, "type": kind}
    for place, block, pointer in (
        ("section", section(accessory=element), "accessory"),
        ("actions", actions(element), "elements/0"),
        ("input", input_block(element), "element"),
    ):
        found, blocks = shown(surface, block)
        refused = [problem(f"unsupported type: {kind}", f"{blocks}/0/{pointer}/type")]
        assert found == ([] if surface in surfaces and place in places else refused), place


@pytest.mark.parametrize("kind", sorted(BLOCKS.keys() - {"file", "call", "alert"}))
def test_unknown_fields_of_blocks(kind: str) -> None:
    block = {**BLOCKS[kind][0], "surprise": 1}
    assert check_message(message(section(), block)) == [
        problem("invalid additional property: surprise", "/blocks/1")
    ]


@pytest.mark.parametrize("kind", ELEMENTS)
def test_unknown_fields_of_elements(kind: str) -> None:
    fields, _, places = ELEMENTS[kind]
    element = {**fields, "type": kind, "disabled": True}
    block = input_block(element) if "input" in places else section(accessory=element)
    surface = "message" if kind == "workflow_button" else "modal"
    found, blocks = shown(surface, block)
    assert len(found) == 1
    assert found[0].startswith(
        f"[ERROR] invalid additional property: disabled [json-pointer:{blocks}"
    )


REQUIRED: list[tuple[str, str]] = [
    ("actions", "elements"),
    ("header", "text"),
    ("image", "alt_text"),
    ("input", "label"),
    ("input", "element"),
    ("markdown", "text"),
    ("plan", "title"),
    ("task_card", "task_id"),
    ("task_card", "title"),
    ("data_table", "caption"),
    ("data_visualization", "chart"),
    ("container", "child_blocks"),
    ("video", "thumbnail_url"),
    ("video", "video_url"),
    ("video", "alt_text"),
    ("video", "title"),
]


@pytest.mark.parametrize(("kind", "field"), REQUIRED)
def test_required_fields(kind: str, field: str) -> None:
    block = {name: one for name, one in BLOCKS[kind][0].items() if name != field}
    assert check_message(message(block)) == [
        problem(f"missing required field: {field}", "/blocks/0")
    ]


ONE_OF: list[tuple[Json, str]] = [
    ({"type": "section"}, "must define either `text` or `fields`"),
    ({"type": "image", "alt_text": "x"}, "must define either `image_url` or `slack_file`"),
    (image(slack_file={"id": "F1"}), "cannot define both `image_url` and `slack_file`"),
    (
        {"type": "card", "subtitle": plain()},
        "must define either `hero_image` or `title` or `actions` or `body`",
    ),
    (
        {**CARD, "icon": image(), "slack_icon": {"type": "icon", "name": "book"}},
        "cannot define both `icon` and `slack_icon`",
    ),
    (
        {"type": "container", "child_blocks": [section()]},
        "must define either `title` or `rich_text_title`",
    ),
]


@pytest.mark.parametrize(("block", "why"), ONE_OF, ids=str)
def test_fields_that_need_or_exclude_each_other(block: Json, why: str) -> None:
    assert check_message(message(block)) == [problem(why, "/blocks/0/type")]


PLAIN_ONLY: list[tuple[Any, str]] = [
    ({"type": "header", "text": mrkdwn()}, "/text/type"),
    (image(title=mrkdwn()), "/title/type"),
    (input_block({"type": "users_select"}, label=mrkdwn()), "/label/type"),
    (input_block({"type": "users_select"}, hint=mrkdwn()), "/hint/type"),
    (input_block({"type": "users_select", "placeholder": mrkdwn()}), "/element/placeholder/type"),
    (section(accessory=button(text=mrkdwn())), "/accessory/text/type"),
    (
        section(accessory={"type": "static_select", "options": [option(text=mrkdwn())]}),
        "/accessory/options/0/text/type",
    ),
    (
        actions({"type": "overflow", "options": [option(description=mrkdwn())]}),
        "/elements/0/options/0/description/type",
    ),
]


@pytest.mark.parametrize(("block", "pointer"), PLAIN_ONLY, ids=str)
def test_places_for_plain_text_only(block: Json, pointer: str) -> None:
    assert check_message(message(block)) == [
        problem("unsupported type: mrkdwn", f"/blocks/0{pointer}")
    ]


WRONG: list[tuple[Any, str, str]] = [
    ("x", "must provide an object", ""),
    ({}, "missing required field: type", ""),
    ({"type": ["x"]}, "unsupported type: ['x']", "/type"),
    (section(text="x"), "must provide an object", "/text"),
    (section(text=mrkdwn("")), "must be more than 0 characters", "/text/text"),
    (section(text=plain() | {"verbatim": True}), "invalid additional property: verbatim", "/text"),
    (section(text=mrkdwn() | {"emoji": True}), "invalid additional property: emoji", "/text"),
    (section(text=plain() | {"emoji": "yes"}), "must provide a boolean", "/text/emoji"),
    (section(fields={}), "must provide an array", "/fields"),
    (section(block_id=7), "must provide a string", "/block_id"),
    (section(accessory=button(style="default")), "must be a valid enum value", "/accessory/style"),
    (section(accessory=button(style=None)), "must be a valid enum value", "/accessory/style"),
    (section(accessory=button(url=None)), "must provide a string", "/accessory/url"),
    (
        section(accessory={"type": "static_select", "options": [option(url="https://e.org")]}),
        "invalid additional property: url",
        "/accessory/options/0",
    ),
    (
        section(accessory=button(confirm={"title": plain(), "text": plain(), "deny": plain()})),
        "missing required field: confirm",
        "/accessory/confirm",
    ),
    (
        section(accessory={"type": "conversations_select", "filter": {"include": ["public", "x"]}}),
        "must be a valid enum value",
        "/accessory/filter/include/1",
    ),
    (
        input_block(
            {
                "type": "plain_text_input",
                "dispatch_action_config": {"trigger_actions_on": ["on_blur"]},
            }
        ),
        "must be a valid enum value",
        "/element/dispatch_action_config/trigger_actions_on/0",
    ),
    (
        {
            "type": "container",
            "title": plain(),
            "child_blocks": [{"type": "divider"}],
            "is_collapsible": True,
            "has_header_divider": True,
        },
        "cannot be set when `is_collapsible` is true",
        "/has_header_divider",
    ),
]


@pytest.mark.parametrize(("block", "why", "pointer"), WRONG, ids=str)
def test_values_of_the_wrong_kind(block: Any, why: str, pointer: str) -> None:
    assert check_message(message(block)) == [problem(why, f"/blocks/0{pointer}")]
