"""Messages: text, blocks, attachments and metadata of the ``chat.*`` methods."""

from typing import Any

from bot.playground.checks.blocks import blocks
from bot.playground.checks.limits import SURFACES
from bot.playground.checks.problems import Place
from bot.playground.checks.rules import Rule, array, dicts, record, string
from bot.playground.checks.together import Placed, check_together, walk

_MESSAGE = SURFACES["message"]
_BLOCKS = blocks(0, _MESSAGE["blocks_max"])


def _is_scalar(value: Any) -> bool:
    return isinstance(value, str | int | float)


def _is_flat(value: Any) -> bool:
    return isinstance(value, dict) and all(map(_is_scalar, value.values()))


def _event_payload(value: Any, place: Place) -> None:
    """Strings, numbers and booleans, in at most one object or list of objects."""
    if not isinstance(value, dict):
        place.refuse("must provide an object")
        return
    for name, one in value.items():
        objects = one if isinstance(one, list) else [one]
        if not _is_scalar(one) and not all(map(_is_flat, objects)):
            (place / name).refuse("must be a string, number, boolean or a flat object of them")


_METADATA = record(
    {"event_type": string(pattern=r"\w+"), "event_payload": _event_payload},
    {},
)


def _metadata(value: Any, place: Place) -> None:
    """``{}`` clears the metadata of a message that is updated."""
    if value != {}:
        _METADATA(value, place)


def _attachment(value: Any, place: Place) -> None:
    """Only blocks are checked: the older fields have no documented limits."""
    if not isinstance(value, dict):
        place.refuse("must provide an object")
    elif "blocks" in value:
        _BLOCKS(value["blocks"], place / "blocks")


_ARGUMENTS: dict[str, Rule] = {
    "text": string(0),
    "markdown_text": string(high=_MESSAGE["markdown_text_max"]),
    "blocks": _BLOCKS,
    "attachments": array(_attachment, 0, _MESSAGE["attachments_max"]),
    "metadata": _metadata,
    "thread_ts": string(pattern=r"\d+\.\d{6}"),
}
_UPDATE_TEXT = string(0, _MESSAGE["chat_update_text_max"])


def check_arguments(payload: dict[str, Any], root: Place) -> None:
    """Refuse what Slack would of a message's arguments; ``null`` is an argument left out."""
    given = {name: value for name, value in payload.items() if value is not None}
    # Only chat.update takes the ts of a message, and only there is a long text refused.
    rules = {**_ARGUMENTS, "text": _UPDATE_TEXT} if "ts" in given else _ARGUMENTS
    for name, rule in rules.items():
        if name in given:
            rule(given[name], root / name)
    if "markdown_text" in given:
        for name in _MESSAGE["markdown_text_exclusive_with"]:
            if given.get(name):
                (root / "markdown_text").refuse(f"cannot be used with `{name}`")
    check_together(_all_blocks(given, root))


def _all_blocks(given: dict[str, Any], root: Place) -> list[Placed]:
    placed = list(walk(given.get("blocks"), root / "blocks"))
    for i, attachment in dicts(given.get("attachments")):
        placed += walk(attachment.get("blocks"), root / "attachments" / i / "blocks")
    return placed
