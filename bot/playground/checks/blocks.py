"""Blocks, each by itself; what holds between them is in ``together``."""

from typing import Any

from bot.playground.checks import tables
from bot.playground.checks.elements import RULES
from bot.playground.checks.limits import BLOCKS, ELEMENTS
from bot.playground.checks.objects import (
    BLOCK_ID,
    IMAGE_SOURCE,
    SLACK_FILE,
    URL,
    plain_text,
    text_object,
)
from bot.playground.checks.problems import Place
from bot.playground.checks.rich_text import RICH_TEXT
from bot.playground.checks.rules import (
    Fields,
    Rule,
    array,
    boolean,
    choice,
    exclusive,
    integer,
    kinds,
    needs_one_of,
    record,
    string,
)

_SECTION, _INPUT, _VIDEO = BLOCKS["section"], BLOCKS["input"], BLOCKS["video"]
_CARD, _CONTAINER, _TASK = BLOCKS["card"], BLOCKS["container"], BLOCKS["task_card"]
_IMAGE, _HEADER = BLOCKS["image"], BLOCKS["header"]


def _elements(allowed: list[str]) -> Rule:
    return kinds({name: RULES[name] for name in allowed}, ELEMENTS)


def _row(kind: str) -> Rule:
    """Take a block that is a list of elements."""
    limits = BLOCKS[kind]
    low, high = limits.get("elements_min", 1), limits["elements_max"]
    elements = array(_elements(limits["elements_allowed"]), low, high)
    return record({"elements": elements}, BLOCK_ID, kind=kind)


def _no_dispatch_of_files(value: dict[str, Any], place: Place) -> None:
    element = value.get("element")
    kind = element.get("type") if isinstance(element, dict) else None
    if value.get("dispatch_action") is True and kind == "file_input":
        (place / "element" / "type").refuse("unsupported type: file_input")


def _divider_or_collapsible(value: dict[str, Any], place: Place) -> None:
    if value.get("is_collapsible") is True and value.get("has_header_divider") is True:
        (place / "has_header_divider").refuse("cannot be set when `is_collapsible` is true")


def _task(statuses: list[str]) -> Fields:
    return {
        **BLOCK_ID,
        "status": choice(statuses),
        "details": RICH_TEXT,
        "output": RICH_TEXT,
        "sources": array(_elements(_TASK["sources_allowed"])),
    }


_TITLED = dict.fromkeys(_TASK["required"], string())
# Inside a plan a task goes with or without its type.
_PLANNED_TASK = record(_TITLED, {**_task(_TASK["status_in_plan"]), "type": choice(("task_card",))})

_FLAT: Fields = {
    "actions": _row("actions"),
    "context": _row("context"),
    "context_actions": _row("context_actions"),
    "alert": record(
        {"text": text_object(BLOCKS["alert"]["text_max"])},
        {**BLOCK_ID, "level": choice(BLOCKS["alert"]["level"])},
        kind="alert",
    ),
    "card": record(
        {},
        {
            **BLOCK_ID,
            **{
                name: text_object(_CARD[f"{name}_max"])
                for name in ("title", "subtitle", "body", "subtext")
            },
            "hero_image": _elements(["image"]),
            "icon": _elements(["image"]),
            "slack_icon": record({"name": string()}, {}, kind="icon"),
            "actions": array(_elements(["button"]), high=_CARD["actions_max"]),
        },
        needs_one_of(*_CARD["needs_one_of"]),
        *(exclusive(*names) for names in _CARD["exclusive"]),
        kind="card",
    ),
    "data_table": tables.DATA_TABLE,
    "data_visualization": tables.DATA_VISUALIZATION,
    "divider": record({}, BLOCK_ID, kind="divider"),
    "header": record(
        {"text": plain_text(_HEADER["text_max"])},
        {**BLOCK_ID, "level": integer(_HEADER["level_min"], _HEADER["level_max"])},
        kind="header",
    ),
    "image": record(
        {"alt_text": string(high=_IMAGE["alt_text_max"])},
        {
            **BLOCK_ID,
            "image_url": URL,
            "slack_file": SLACK_FILE,
            "title": plain_text(_IMAGE["title_max"]),
        },
        *IMAGE_SOURCE,
        kind="image",
    ),
    "input": record(
        {
            "label": plain_text(_INPUT["label_max"]),
            "element": _elements(_INPUT["elements_allowed"]),
        },
        {
            **BLOCK_ID,
            "hint": plain_text(_INPUT["hint_max"]),
            "optional": boolean,
            "dispatch_action": boolean,
        },
        _no_dispatch_of_files,
        kind="input",
    ),
    # The limit holds for all markdown blocks of a message: see `together`.
    "markdown": record({"text": string()}, BLOCK_ID, kind="markdown"),
    "plan": record({"title": string()}, {**BLOCK_ID, "tasks": array(_PLANNED_TASK)}, kind="plan"),
    "rich_text": RICH_TEXT,
    "section": record(
        {},
        {
            **BLOCK_ID,
            "text": text_object(_SECTION["text_max"]),
            "fields": array(
                text_object(_SECTION["field_text_max"]),
                _SECTION["fields_min"],
                _SECTION["fields_max"],
            ),
            "accessory": _elements(_SECTION["accessory_allowed"]),
            "expand": boolean,
        },
        needs_one_of(*_SECTION["needs_one_of"]),
        kind="section",
    ),
    "table": tables.TABLE,
    "task_card": record(_TITLED, _task(_TASK["status_top_level"]), kind="task_card"),
    "video": record(
        {
            "alt_text": string(),
            "title": plain_text(_VIDEO["title_lt"] - 1),
            "thumbnail_url": URL,
            "video_url": URL,
        },
        {
            **BLOCK_ID,
            "title_url": URL,
            "description": plain_text(_VIDEO["description_lt"] - 1),
            "author_name": string(high=_VIDEO["author_name_lt"] - 1),
            "provider_name": string(),
            "provider_icon_url": URL,
        },
        kind="video",
    ),
}


def _some_blocks(allowed: list[str]) -> Rule:
    return kinds({name: _FLAT[name] for name in allowed}, BLOCKS)


_NESTING: Fields = {
    "carousel": record(
        {
            "elements": array(
                _some_blocks(BLOCKS["carousel"]["elements_allowed"]),
                BLOCKS["carousel"]["elements_min"],
                BLOCKS["carousel"]["elements_max"],
            )
        },
        BLOCK_ID,
        kind="carousel",
    ),
    "container": record(
        {
            "child_blocks": array(
                _some_blocks(_CONTAINER["child_blocks_allowed"]),
                _CONTAINER["child_blocks_min"],
                _CONTAINER["child_blocks_max"],
            )
        },
        {
            **BLOCK_ID,
            "title": plain_text(_CONTAINER["title_max"]),
            "rich_text_title": RICH_TEXT,
            "subtitle": text_object(_CONTAINER["subtitle_max"]),
            "width": choice(_CONTAINER["width"]),
            "icon": _elements(["image"]),
            **dict.fromkeys(_CONTAINER["flags"], boolean),
        },
        needs_one_of(*_CONTAINER["needs_one_of"]),
        _divider_or_collapsible,
        kind="container",
    ),
}

BLOCK = kinds({**_FLAT, **_NESTING}, BLOCKS)


def blocks(low: int, high: int) -> Rule:
    """Take the list of blocks of a message or view."""
    return array(BLOCK, low, high)
