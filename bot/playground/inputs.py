"""What a person fills in, turned into the value that `view.state` holds."""

import re
from collections.abc import Callable
from datetime import date, time
from typing import Any, Protocol

from bot.playground import view_state
from bot.playground.blocks import elements
from bot.playground.errors import ControlError
from bot.playground.workspace import Workspace

JSON = dict[str, Any]
_OPTION_KINDS = ("static_select", "external_select", "radio_buttons", "checkboxes", "overflow")
_PARSERS: dict[str, Callable[[Any], Any]] = {
    "datetimepicker": int,
    "datepicker": lambda value: date.fromisoformat(value).isoformat(),
    "timepicker": lambda value: time.fromisoformat(value).strftime("%H:%M"),
}
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_URL = re.compile(r"https?://\S+")


class Fillable(Protocol):
    """Something with elements that hold values."""

    state: view_state.State
    suggested: dict[str, list[JSON]]


def key(block: JSON, element: JSON) -> str:
    """How the options that an external select was given are remembered."""
    return f"{block['block_id']}/{element['action_id']}"


def fill(it: Fillable, found: tuple[JSON, JSON], value: Any, workspace: Workspace) -> JSON:
    """Fill a value into an element; the state that it holds now.

    Raises:
        ControlError: a person could not have entered this.
    """
    block, element = found
    chosen = entered(element, value, it.suggested.get(key(block, element), []), workspace)
    held = view_state.holding(element, chosen)
    it.state.setdefault(block["block_id"], {})[element["action_id"]] = held
    return held


def options_of(element: JSON) -> list[JSON]:
    """All options of an element, out of its groups too."""
    groups = element.get("option_groups") or []
    grouped = [option for group in groups for option in group.get("options") or []]
    return [*(element.get("options") or []), *grouped]


def entered(element: JSON, value: Any, suggested: list[JSON], workspace: Workspace) -> Any:
    """The value as Slack stores it; `suggested` are the options that an external select was given.

    Raises:
        ControlError: a person could not have entered this.
    """
    kind = element["type"]
    if value is None or value in ("", []):
        return view_state.empty(kind)
    if kind.removeprefix("multi_") in _OPTION_KINDS:
        options = suggested if "external" in kind else options_of(element)
        return _each(kind, value, lambda one: _option(options, one))
    if kind.endswith("users_select"):
        return _each(kind, value, lambda one: _known(one, one in workspace.people, "person"))
    if kind.endswith(("channels_select", "conversations_select")):
        return _each(kind, value, lambda one: _place(workspace, one))
    return _written(kind, value)


def _each(kind: str, value: Any, one: Any) -> Any:
    if kind not in view_state.LISTS:
        return one(value)
    if not isinstance(value, list):
        raise ControlError(400, "bad_value", f"{kind} takes a list")
    return [one(item) for item in value]


def _option(options: list[JSON], value: Any) -> JSON:
    for option in options:
        if option.get("value") == value:
            return option
    offered = ", ".join(str(option.get("value")) for option in options)
    raise ControlError(400, "no_such_option", f"{value!r} is not among: {offered}")


def _known(value: str, there: Any, what: str) -> str:
    if not there:
        raise ControlError(400, "no_such_option", f"there is no {what} {value!r}")
    return value


def _place(workspace: Workspace, value: str) -> str:
    return _known(value, workspace.exists(value) or value in workspace.people, "conversation")


def _rich(value: Any) -> Any:
    if isinstance(value, dict):
        return value
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": str(value)}]}
    return {"type": "rich_text", "elements": [section]}


def _written(kind: str, value: Any) -> Any:
    if kind == "rich_text_input":
        return _rich(value)
    if not isinstance(value, (str, int) if kind == "datetimepicker" else str):
        raise ControlError(400, "bad_value", f"{kind} does not take {value!r}")
    try:
        if kind in _PARSERS:
            return _PARSERS[kind](value)
    except ValueError as wrong:
        raise ControlError(400, "bad_value", f"{kind}: {value!r}") from wrong
    return value


def complaints(blocks: list[JSON], state: view_state.State) -> dict[str, str]:
    """What Slack's own client says under the fields before it sends a modal; empty when fine."""
    found = {}
    for block, element in elements(blocks):
        kind = element["type"]
        if block["type"] != "input" or kind not in view_state.HOLDERS:
            continue
        value = view_state.value_of(state, block["block_id"], element["action_id"])
        if value in (None, "", []):
            if not block.get("optional"):
                found[block["block_id"]] = "Please complete this required field."
        elif isinstance(value, str) and (problem := _complaint(element, value)):
            found[block["block_id"]] = problem
    return found


def _complaint(element: JSON, value: str) -> str | None:
    kind = element["type"]
    if kind == "email_text_input" and not _EMAIL.fullmatch(value):
        return "Please enter a valid email address."
    if kind == "url_text_input" and not _URL.fullmatch(value):
        return "Please enter a valid URL."
    if kind == "number_input":
        return _number(element, value)
    if len(value) < element.get("min_length", 0):
        return f"Must be at least {element['min_length']} characters."
    if len(value) > element.get("max_length", 3000):
        return f"Must be at most {element.get('max_length', 3000)} characters."
    return None


def _number(element: JSON, value: str) -> str | None:
    pattern = r"-?\d+(\.\d+)?" if element.get("is_decimal_allowed") else r"-?\d+"
    if not re.fullmatch(pattern, value):
        kind = "number" if element.get("is_decimal_allowed") else "whole number"
        return f"Please enter a valid {kind}."
    if "min_value" in element and float(value) < float(element["min_value"]):
        return f"Must be at least {element['min_value']}."
    if "max_value" in element and float(value) > float(element["max_value"]):
        return f"Must be at most {element['max_value']}."
    return None
