"""Composition objects: text, options, confirmation dialogs and what elements are made of."""

from typing import Any

from bot.playground.checks.limits import BLOCKS, OBJECTS
from bot.playground.checks.problems import Place
from bot.playground.checks.rules import (
    Rule,
    array,
    boolean,
    choice,
    dicts,
    exclusive,
    kinds,
    needs_one_of,
    record,
    string,
)

_TEXT = OBJECTS["text_object"]
_OPTION = OBJECTS["option"]
_CONFIRM = OBJECTS["confirm"]

BLOCK_ID = {"block_id": string(high=BLOCKS["_all"]["block_id_max"])}
URL = string(high=BLOCKS["image"]["image_url_max"])


def _plain(high: int) -> Rule:
    text = {"text": string(_TEXT["text_min"], high)}
    return record(text, {"emoji": boolean}, kind="plain_text")


def _mrkdwn(high: int) -> Rule:
    text = {"text": string(_TEXT["text_min"], high)}
    return record(text, {"verbatim": boolean}, kind="mrkdwn")


def plain_text(high: int) -> Rule:
    """Take a text object where only ``plain_text`` will do."""
    return kinds({"plain_text": _plain(high)}, {})


def text_object(high: int = _TEXT["text_max"]) -> Rule:
    """Take a text object of either type."""
    return kinds({"plain_text": _plain(high), "mrkdwn": _mrkdwn(high)}, {})


def option(*, mrkdwn: bool = False, url: bool = False) -> Rule:
    """Take one option.

    Args:
        mrkdwn: checkboxes and radio buttons may format their texts.
        url: overflow menus may link.
    """
    words = text_object if mrkdwn else plain_text
    return record(
        {"text": words(_OPTION["text_max"]), "value": string(high=_OPTION["value_max"])},
        {"description": words(_OPTION["description_max"])}
        | ({"url": string(high=_OPTION["url_max"])} if url else {}),
    )


OPTION_GROUP = record(
    {
        "label": plain_text(OBJECTS["option_group"]["label_max"]),
        "options": array(option(), high=OBJECTS["option_group"]["options_max"]),
    },
    {},
)

CONFIRM = record(
    {name: plain_text(_CONFIRM[f"{name}_max"]) for name in ("title", "text", "confirm", "deny")},
    {"style": choice(("primary", "danger"))},
)

DISPATCH_ACTION_CONFIG = record(
    {},
    {"trigger_actions_on": array(choice(OBJECTS["dispatch_action_config"]["trigger_actions_on"]))},
)

CONVERSATION_FILTER = record(
    {},
    {
        "include": array(choice(("im", "mpim", "private", "public"))),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
    needs_one_of("include", "exclude_external_shared_channels", "exclude_bot_users"),
)

SLACK_FILE = record(
    {}, {"id": string(), "url": string()}, needs_one_of("id", "url"), exclusive("id", "url")
)

WORKFLOW = record(
    {
        "trigger": record(
            {"url": string()},
            {
                "customizable_input_parameters": array(
                    record({"name": string(), "value": string()}, {})
                )
            },
        )
    },
    {},
)

IMAGE_SOURCE = (needs_one_of("image_url", "slack_file"), exclusive("image_url", "slack_file"))


def initial_among_options(value: dict[str, Any], place: Place) -> None:
    """What is chosen at first is offered, word for word."""
    offered = [one for _, one in dicts(value.get("options"))]
    for _, group in dicts(value.get("option_groups")):
        offered += [one for _, one in dicts(group.get("options"))]
    if "initial_option" in value and value["initial_option"] not in offered:
        (place / "initial_option").refuse("must match one of the options")
    for i, one in dicts(value.get("initial_options")):
        if one not in offered:
            (place / "initial_options" / i).refuse("must match one of the options")
