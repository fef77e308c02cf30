"""The bot's own check of what leaves: nothing is sent that Slack would refuse (limits.json)."""

import json
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from handlers.blocks.document import BLOCKS_BUDGET
from handlers.blocks.text import TEXT_BUDGET, size


class TooMuch(Exception):
    """A message or view that breaks a limit of Slack's: a mistake of ours, found before it is sent."""


@cache
def limits() -> dict[str, Any]:
    """Slack's limits, as data."""
    found: dict[str, Any] = json.loads(files("handlers").joinpath("limits.json").read_text("utf-8"))
    return found


def check_message(text: str, blocks: list[dict[str, Any]]) -> None:
    """Raise when a message is more than Slack takes.

    Raises:
        TooMuch: says what and where.
    """
    if not text:
        raise TooMuch("a message without text: screen readers would read nothing")
    if size(text) > TEXT_BUDGET:
        raise TooMuch(f"text of {size(text)} characters")
    _check_blocks(blocks, limits()["surfaces"]["message"]["blocks_max"])
    total = sum(size(words) for block in blocks for words in _texts(block))
    if total > BLOCKS_BUDGET:
        raise TooMuch(f"blocks with {total} characters of text")


def check_view(view: dict[str, Any]) -> None:
    """Raise when a view is more than Slack takes.

    Raises:
        TooMuch: says what and where.
    """
    surface = limits()["surfaces"][view["type"]]
    _check_blocks(view["blocks"], surface["blocks_max"])
    for name in ("title", "submit", "close"):
        if view.get(name) and size(view[name]["text"]) > surface.get(f"{name}_max", 24):
            raise TooMuch(f"{name} of {size(view[name]['text'])} characters")
    if size(view.get("private_metadata") or "") > surface["private_metadata_max"]:
        raise TooMuch("private_metadata is too long")
    if any(block["type"] == "input" for block in view["blocks"]) and not view.get("submit"):
        raise TooMuch("a form without a submit button")
    if len(json.dumps(view).encode()) > surface["view_kb_max"] * 1000:
        raise TooMuch("the view is too large")


def _check_blocks(blocks: list[dict[str, Any]], most: int) -> None:
    if len(blocks) > most:
        raise TooMuch(f"{len(blocks)} blocks, {most} are allowed")
    names = Counter(block["block_id"] for block in blocks if block.get("block_id"))
    if any(count > 1 for count in names.values()):
        raise TooMuch(f"block_id {names.most_common(1)[0][0]} twice")
    for number, block in enumerate(blocks):
        for path, problem in _problems(block, f"blocks/{number}"):
            raise TooMuch(f"{path}: {problem}")


def _problems(block: dict[str, Any], path: str) -> Iterator[tuple[str, str]]:
    kind = block["type"]
    rules = limits()["blocks"].get(kind, {})
    for name in ("text", "label", "hint"):
        if isinstance(part := block.get(name), dict):
            yield from _length(part["text"], rules.get(f"{name}_max", 3_000), f"{path}/{name}")
    elements = block.get("elements") or []
    if kind in {"actions", "context"} and not 0 < len(elements) <= rules["elements_max"]:
        yield path, f"{len(elements)} elements"
    for number, element in enumerate([*elements, *filter(None, [block.get("element")])]):
        yield from _element(element, f"{path}/elements/{number}")


def _element(element: dict[str, Any], path: str) -> Iterator[tuple[str, str]]:
    rules = limits()["elements"].get(element["type"], {})
    if element["type"] == "button":
        yield from _length(element["text"]["text"], rules["text_max"], f"{path}/text")
        yield from _length(element.get("value") or "-", rules["value_max"], f"{path}/value")
    yield from _length(element.get("action_id") or "-", 255, f"{path}/action_id")
    if placeholder := element.get("placeholder"):
        yield from _length(placeholder["text"], 150, f"{path}/placeholder")
    options = element.get("options") or []
    if len(options) > rules.get("options_max", 100) or ("options" in element and not options):
        yield path, f"{len(options)} options"
    for number, option in enumerate(options):
        rule = limits()["composition_objects"]["option"]
        yield from _length(
            option["text"]["text"], rule["text_max"], f"{path}/options/{number}/text"
        )
        yield from _length(option["value"], rule["value_max"], f"{path}/options/{number}/value")
    if initial := element.get("initial_value"):
        yield from _length(initial, element.get("max_length", 3_000), f"{path}/initial_value")
    for part in element.get("elements") or []:
        if part["type"] == "text" and not part["text"]:
            yield path, "empty text"


def _length(words: str, most: int, path: str) -> Iterator[tuple[str, str]]:
    if not 0 < size(words) <= most:
        yield path, f"{size(words)} characters, at most {most}"


def _texts(part: Any) -> Iterator[str]:
    """All text that a person reads in a block."""
    match part:
        case {"type": "text" | "plain_text" | "mrkdwn", "text": str(words)}:
            yield words
        case dict():
            for value in part.values():
                yield from _texts(value)
        case list():
            for value in part:
                yield from _texts(value)
