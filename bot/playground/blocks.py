"""Walking through blocks: generated ids, elements, and the text that stands for them."""

import copy
from collections.abc import Iterator
from typing import Any

from bot.playground.ids import short

JSON = dict[str, Any]

INTERACTIVE = frozenset(
    {
        "button",
        "overflow",
        "checkboxes",
        "radio_buttons",
        "datepicker",
        "timepicker",
        "datetimepicker",
        "plain_text_input",
        "number_input",
        "email_text_input",
        "url_text_input",
        "rich_text_input",
        "file_input",
        "static_select",
        "external_select",
        "users_select",
        "channels_select",
        "conversations_select",
        "multi_static_select",
        "multi_external_select",
        "multi_users_select",
        "multi_channels_select",
        "multi_conversations_select",
        "feedback_buttons",
        "icon_button",
        "workflow_button",
    }
)


def with_ids(blocks: list[JSON]) -> list[JSON]:
    """A copy in which every block and every interactive element has an id, as Slack stores it."""
    blocks = copy.deepcopy(blocks)
    for block in blocks:
        if not block.get("block_id"):
            block["block_id"] = short()
        for _, element in _walk(block, block):
            if not element.get("action_id"):
                element["action_id"] = short()
    return blocks


def elements(blocks: list[JSON]) -> Iterator[tuple[JSON, JSON]]:
    """Every interactive element with the block that it stands in (the nearest that has an id)."""
    for block in blocks:
        yield from _walk(block, block)


def find(blocks: list[JSON], block_id: str, action_id: str) -> tuple[JSON, JSON] | None:
    """The element with these ids, with its block."""
    for block, element in elements(blocks):
        if block.get("block_id") == block_id and element.get("action_id") == action_id:
            return block, element
    return None


def _walk(node: Any, block: JSON) -> Iterator[tuple[JSON, JSON]]:
    if isinstance(node, list):
        for child in node:
            yield from _walk(child, block)
    elif isinstance(node, dict):
        if node.get("type") in INTERACTIVE:
            yield block, node
            return
        inner = node if node.get("block_id") else block
        for child in node.values():
            if isinstance(child, (dict, list)):
                yield from _walk(child, inner)


def plain(blocks: list[JSON]) -> str:
    """The words in blocks: what Slack shows where a message came without `text`."""
    return "\n".join(_words(blocks))


def _words(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for child in node:
            yield from _words(child)
    elif isinstance(node, dict) and node.get("type") not in INTERACTIVE:
        if isinstance(text := node.get("text"), str) and text:
            yield text
        for child in node.values():
            if isinstance(child, (dict, list)):
                yield from _words(child)
