"""What a person reads: blocks as Slack shows them, their buttons, and the mentions that hide in them."""

from collections.abc import Iterator
from typing import Any, NamedTuple

JSON = dict[str, Any]

MENTIONS = ("user", "usergroup", "broadcast", "channel")
"""Elements of rich text that notify somebody or lead somewhere."""


class Element(NamedTuple):
    """Something to click, with the words that stand above it."""

    block_id: str
    what: JSON
    above: str

    @property
    def label(self) -> str:
        """What it says: a button's text, a menu's placeholder."""
        return str((self.what.get("text") or self.what.get("placeholder") or {}).get("text", ""))


def shown(blocks: list[JSON]) -> str:
    """The words of blocks, as a person reads them from top to bottom."""
    return "\n".join(line for block in blocks if (line := _block(block)))


def _block(block: JSON) -> str:
    if block["type"] == "rich_text":
        return "\n".join(_rich(element) for element in block["elements"])
    if block["type"] == "actions":
        return " ".join(f"[{Element('', one, '').label}]" for one in block["elements"])
    if block["type"] == "input":
        hint = (block.get("hint") or {}).get("text", "")
        return f"{block['label']['text']} {hint}".strip()
    parts = [block.get("text"), *block.get("elements", []), *block.get("fields", [])]
    words = " ".join(str(part["text"]) for part in parts if part and "text" in part)
    beside = f" [{Element('', block['accessory'], '').label}]" if "accessory" in block else ""
    return words + beside


def _rich(element: JSON) -> str:
    match element["type"]:
        case "rich_text_list":
            return "\n".join(f"• {_rich(item)}" for item in element["elements"])
        case "text":
            return str(element["text"])
        case "link":
            return str(element["url"])
        case "user" | "channel":
            return str(element.get("user_id") or element["channel_id"])
        case _:
            return "".join(_rich(part) for part in element.get("elements", []))


def elements(blocks: list[JSON]) -> Iterator[Element]:
    """Buttons and menus, each with the words between it and those before it."""
    above: list[JSON] = []
    for block in blocks:
        if block["type"] != "actions":
            above.append(block)
            if "accessory" in block:
                yield Element(block["block_id"], block["accessory"], shown(above))
                above = []
            continue
        words = shown(above)
        yield from (Element(block["block_id"], one, words) for one in block["elements"])
        above = []


def mentions(said: JSON) -> list[str]:
    """Everything in a message or view that would notify somebody or become a link."""
    found = [f"text: {said['text']}"] if "<" in str(said.get("text") or "") else []
    for part in _inside(said.get("blocks") or []):
        kind = part.get("type")
        if kind in MENTIONS or kind == "link":
            found.append(str(part))
        if kind == "mrkdwn" and not part.get("verbatim"):
            found.append(f"parsed: {part['text']}")
        if kind == "mrkdwn" and "<" in part["text"]:
            found.append(part["text"])
    return found


def _inside(tree: Any) -> Iterator[JSON]:
    if isinstance(tree, dict):
        yield tree
        for value in tree.values():
            yield from _inside(value)
    elif isinstance(tree, list):
        for item in tree:
            yield from _inside(item)
