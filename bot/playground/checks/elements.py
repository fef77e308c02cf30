"""Block elements: what sits inside section, actions, context and input blocks."""

import datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.playground.checks.limits import ELEMENTS, OBJECTS
from bot.playground.checks.objects import (
    CONFIRM,
    CONVERSATION_FILTER,
    DISPATCH_ACTION_CONFIG,
    IMAGE_SOURCE,
    OPTION_GROUP,
    SLACK_FILE,
    WORKFLOW,
    initial_among_options,
    option,
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
    needs_one_of,
    record,
    string,
)

_ALL = ELEMENTS["_all_interactive"]
_ACTION_ID = {"action_id": string(high=_ALL["action_id_max"])}
_PLACEHOLDER = {"placeholder": plain_text(_ALL["placeholder_max"])}
_FOCUS = {"focus_on_load": boolean}
_PICKED = {**_ACTION_ID, **_FOCUS, "confirm": CONFIRM}
_SELECT = {**_PICKED, **_PLACEHOLDER}
_TYPED = {
    **_ACTION_ID,
    **_FOCUS,
    **_PLACEHOLDER,
    "dispatch_action_config": DISPATCH_ACTION_CONFIG,
}


def _iso_date(value: Any, place: Place) -> None:
    try:
        fits = datetime.date.fromisoformat(value).isoformat() == value
    except (ValueError, TypeError):
        fits = False
    if not fits:
        place.refuse("must be a date as YYYY-MM-DD")


def _time_zone(value: Any, place: Place) -> None:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, TypeError, OSError):
        place.refuse("must be an IANA time zone")


def _number(value: Any) -> float | None:
    try:
        return float(value)
    except (ValueError, TypeError):
        return None


def _numbers(value: dict[str, Any], place: Place) -> None:
    """Decimals only where allowed; the least not above the greatest."""
    for name in ("initial_value", "min_value", "max_value"):
        text = value.get(name)
        if value.get("is_decimal_allowed") is False and isinstance(text, str) and "." in text:
            (place / name).refuse("must be a whole number")
    low, high = _number(value.get("min_value")), _number(value.get("max_value"))
    if low is not None and high is not None and low > high:
        (place / "min_value").refuse("cannot be greater than `max_value`")


def _lengths(value: dict[str, Any], place: Place) -> None:
    low, high = value.get("min_length"), value.get("max_length")
    if isinstance(low, int) and isinstance(high, int) and low > high:
        (place / "min_length").refuse("cannot be greater than `max_length`")


def _choices(kind: str) -> Rule:
    one = option(mrkdwn=True)
    initial = {"initial_options": array(one)} if kind == "checkboxes" else {"initial_option": one}
    return record(
        {"options": array(one, high=ELEMENTS[kind]["options_max"])},
        {**_PICKED, **initial},
        initial_among_options,
        kind=kind,
    )


def _static(kind: str, initial: Fields) -> Rule:
    return record(
        {},
        {
            **_SELECT,
            **initial,
            "options": array(option(), high=ELEMENTS[kind]["options_max"]),
            "option_groups": array(OPTION_GROUP, high=ELEMENTS[kind]["option_groups_max"]),
        },
        needs_one_of("options", "option_groups"),
        exclusive("options", "option_groups"),
        initial_among_options,
        kind=kind,
    )


def _button(kind: str, required: Fields, optional: Fields) -> Rule:
    limits = ELEMENTS[kind]
    return record(
        {
            "text": plain_text(limits.get("text_max", OBJECTS["text_object"]["text_max"])),
            **required,
        },
        {
            **_ACTION_ID,
            "accessibility_label": string(high=limits["accessibility_label_max"]),
            **optional,
        },
        kind=kind,
    )


_BUTTON = ELEMENTS["button"]
_VALUE = {"value": string(high=_BUTTON["value_max"])}
_STYLE = {"style": choice(_BUTTON["style"])}
_VISIBLE_MAX = ELEMENTS["icon_button"]["visible_to_user_ids_max"]
_FEEDBACK = ELEMENTS["feedback_buttons"]
_FEEDBACK_BUTTON = record(
    {
        "text": plain_text(_FEEDBACK["text_max"]),
        "value": string(high=_FEEDBACK["value_max"]),
    },
    {"accessibility_label": string(high=_FEEDBACK["accessibility_label_max"])},
)
_MANY = {"max_selected_items": integer(ELEMENTS["multi_static_select"]["max_selected_items_min"])}
_ID, _IDS = string(), array(string())
_CHANNEL = {"response_url_enabled": boolean}
_CONVERSATION = {"default_to_current_conversation": boolean, "filter": CONVERSATION_FILTER}
_QUERY = {"min_query_length": integer(0)}
_TEXT_INPUT = ELEMENTS["plain_text_input"]
_RICH_INPUT = ELEMENTS["rich_text_input"]
_LINES = integer(_RICH_INPUT["min_lines"], _RICH_INPUT["max_lines_max"])
_FILES = ELEMENTS["file_input"]
_IMAGE = ELEMENTS["image"]
_NUMERAL = string(pattern=r"-?\d+(\.\d+)?")


def _of(kind: str, *optional: Fields, required: Fields | None = None) -> Rule:
    return record(
        required or {}, {name: rule for part in optional for name, rule in part.items()}, kind=kind
    )


RULES: Fields = {
    # Text objects are elements of context blocks.
    "plain_text": text_object(),
    "mrkdwn": text_object(),
    "image": record(
        {"alt_text": string(high=_IMAGE["alt_text_max"])},
        {"image_url": string(high=_IMAGE["image_url_max"]), "slack_file": SLACK_FILE},
        *IMAGE_SOURCE,
        kind="image",
    ),
    "button": _button(
        "button",
        {},
        {
            **_VALUE,
            **_STYLE,
            "visible_to_user_ids": array(string()),
            "url": string(high=_BUTTON["url_max"]),
            "confirm": CONFIRM,
            "agent_prompt": string(high=_BUTTON["agent_prompt_max"]),
            "agent_prompt_display": string(),
        },
    ),
    "icon_button": _button(
        "icon_button",
        {"icon": choice(ELEMENTS["icon_button"]["icon"])},
        {
            "value": string(high=ELEMENTS["icon_button"]["value_max"]),
            "visible_to_user_ids": array(string(), high=_VISIBLE_MAX),
            "confirm": CONFIRM,
        },
    ),
    "workflow_button": _button("workflow_button", {"workflow": WORKFLOW}, _STYLE),
    "feedback_buttons": _of(
        "feedback_buttons",
        _ACTION_ID,
        required={"positive_button": _FEEDBACK_BUTTON, "negative_button": _FEEDBACK_BUTTON},
    ),
    "checkboxes": _choices("checkboxes"),
    "radio_buttons": _choices("radio_buttons"),
    "overflow": _of(
        "overflow",
        _ACTION_ID,
        {"confirm": CONFIRM},
        required={
            "options": array(
                option(url=True),
                ELEMENTS["overflow"]["options_min"],
                ELEMENTS["overflow"]["options_max"],
            )
        },
    ),
    "datepicker": _of("datepicker", _SELECT, {"initial_date": _iso_date}),
    "timepicker": _of(
        "timepicker",
        _SELECT,
        {"initial_time": string(pattern=r"([01]\d|2[0-3]):[0-5]\d"), "timezone": _time_zone},
    ),
    "datetimepicker": _of(
        "datetimepicker", _PICKED, {"initial_date_time": integer(10**9, 10**10 - 1)}
    ),
    "static_select": _static("static_select", {"initial_option": option()}),
    "multi_static_select": _static(
        "multi_static_select", {**_MANY, "initial_options": array(option())}
    ),
    "external_select": _of("external_select", _SELECT, _QUERY, {"initial_option": option()}),
    "multi_external_select": _of(
        "multi_external_select", _SELECT, _MANY, _QUERY, {"initial_options": array(option())}
    ),
    "users_select": _of("users_select", _SELECT, {"initial_user": _ID}),
    "multi_users_select": _of("multi_users_select", _SELECT, _MANY, {"initial_users": _IDS}),
    "channels_select": _of("channels_select", _SELECT, _CHANNEL, {"initial_channel": _ID}),
    "multi_channels_select": _of(
        "multi_channels_select", _SELECT, _MANY, {"initial_channels": _IDS}
    ),
    "conversations_select": _of(
        "conversations_select", _SELECT, _CHANNEL, _CONVERSATION, {"initial_conversation": _ID}
    ),
    "multi_conversations_select": _of(
        "multi_conversations_select", _SELECT, _MANY, _CONVERSATION, {"initial_conversations": _IDS}
    ),
    "plain_text_input": record(
        {},
        {
            **_TYPED,
            "multiline": boolean,
            "initial_value": string(0, _TEXT_INPUT["max_length_max"]),
            "min_length": integer(_TEXT_INPUT["min_length_min"], _TEXT_INPUT["min_length_max"]),
            "max_length": integer(_TEXT_INPUT["max_length_min"], _TEXT_INPUT["max_length_max"]),
        },
        _lengths,
        kind="plain_text_input",
    ),
    "email_text_input": _of("email_text_input", _TYPED, {"initial_value": string(0)}),
    "url_text_input": _of("url_text_input", _TYPED, {"initial_value": string(0)}),
    "number_input": record(
        {"is_decimal_allowed": boolean},
        {**_TYPED, **dict.fromkeys(("initial_value", "min_value", "max_value"), _NUMERAL)},
        _numbers,
        kind="number_input",
    ),
    "rich_text_input": _of(
        "rich_text_input",
        _TYPED,
        {"initial_value": RICH_TEXT, "min_lines": _LINES, "max_lines": _LINES},
    ),
    "file_input": _of(
        "file_input",
        _ACTION_ID,
        {
            "filetypes": array(string()),
            "max_files": integer(_FILES["max_files_min"], _FILES["max_files_max"]),
        },
    ),
    "url": _of("url", required={"url": string(), "text": string()}),
}
