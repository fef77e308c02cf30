"""Rich text: its tree of sections, lists, quotes and preformatted text, and their leaves."""

from typing import Any

from bot.playground.checks.limits import BLOCKS, ELEMENTS
from bot.playground.checks.objects import BLOCK_ID
from bot.playground.checks.rules import (
    Fields,
    Rule,
    array,
    boolean,
    choice,
    integer,
    kinds,
    length,
    record,
    string,
)

_STYLE = record({}, dict.fromkeys(("bold", "italic", "strike", "code", "underline"), boolean))
_MENTION_STYLE = record(
    {},
    dict.fromkeys(("bold", "italic", "strike", "highlight", "client_highlight", "unlink"), boolean),
)
_LIST = ELEMENTS["rich_text_list"]


def _leaf(
    kind: str, required: Fields, optional: Fields | None = None, style: Rule = _STYLE
) -> Rule:
    return record(required, {"style": style, **(optional or {})}, kind=kind)


_LEAVES: Fields = {
    "text": _leaf("text", {"text": string()}),
    "link": _leaf("link", {"url": string()}, {"text": string(), "unsafe": boolean}),
    "emoji": _leaf("emoji", {"name": string()}, {"skin_tone": integer(), "unicode": string()}),
    "user": _leaf("user", {"user_id": string()}, style=_MENTION_STYLE),
    "usergroup": _leaf("usergroup", {"usergroup_id": string()}, style=_MENTION_STYLE),
    "channel": _leaf("channel", {"channel_id": string()}, style=_MENTION_STYLE),
    "broadcast": _leaf("broadcast", {"range": choice(ELEMENTS["broadcast"]["range"])}),
    "team": _leaf("team", {"team_id": string()}),
    "color": _leaf("color", {"value": string()}),
    "date": _leaf(
        "date",
        {"timestamp": integer(), "format": string()},
        {"url": string(), "fallback": string()},
    ),
}
# A blank line is a section without leaves: Slack's own composer sends them.
_INLINE = array(kinds(_LEAVES, ELEMENTS), low=0)
_CODE = array(kinds({name: _LEAVES[name] for name in ("text", "link")}, ELEMENTS), low=0)
_SECTION = record({"elements": _INLINE}, {}, kind="rich_text_section")
_BORDER = {"border": integer(0, 1)}

_PARTS: Fields = {
    "rich_text_section": _SECTION,
    "rich_text_list": record(
        {
            "elements": array(kinds({"rich_text_section": _SECTION}, ELEMENTS)),
            "style": choice(_LIST["style"]),
        },
        {
            "indent": integer(_LIST["indent_min"], _LIST["indent_max"]),
            "offset": integer(0),
            **_BORDER,
        },
        kind="rich_text_list",
    ),
    "rich_text_preformatted": record({"elements": _CODE}, _BORDER, kind="rich_text_preformatted"),
    "rich_text_quote": record({"elements": _INLINE}, _BORDER, kind="rich_text_quote"),
}

_BLOCK = record(
    {
        "elements": array(
            kinds(
                {name: _PARTS[name] for name in BLOCKS["rich_text"]["elements_allowed"]}, ELEMENTS
            )
        )
    },
    BLOCK_ID,
    kind="rich_text",
)

RICH_TEXT = kinds({"rich_text": _BLOCK}, {})


def text_length(value: Any) -> int:
    """Return the length of all text inside a rich text tree, in UTF-16 code units."""
    if isinstance(value, list):
        return sum(text_length(one) for one in value)
    if not isinstance(value, dict):
        return 0
    text = value.get("text")
    return text_length(value.get("elements")) + (length(text) if isinstance(text, str) else 0)
