"""A message as a document, written once: Slack gets blocks of it, screen readers and notifications text.

User text goes into rich text, which parses nothing: no mention, no link, no markup can hide in it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ConfirmObject,
    ContextBlock,
    DividerBlock,
    HeaderBlock,
    InteractiveElement,
    PlainTextObject,
    RichTextBlock,
    RichTextElementParts,
    RichTextListElement,
    RichTextSectionElement,
    SectionBlock,
)

from handlers.blocks.spans import Bold, Channel, Italic, Link, Mention, Span, Spans
from handlers.blocks.text import FOLD, clipped, escaped, fitted, shortened, size

__all__ = [
    "Bold",
    "Channel",
    "Document",
    "Italic",
    "Link",
    "Mention",
    "Rendered",
    "Span",
    "Spans",
    "button",
]

BLOCKS_BUDGET = 12_000
"""Characters of all blocks together; lists are folded to what the rest of the message leaves."""
MENU = 100
"""Room for the placeholder of a menu among buttons."""


class Rendered(NamedTuple):
    """A message as Slack takes it."""

    text: str
    blocks: list[dict[str, Any]]


class _Part(NamedTuple):
    """A block, its text, and how much of the budget it takes."""

    block: Block
    text: str = ""
    spent: int = 0


class _List(NamedTuple):
    """A list that is not folded yet."""

    title: str
    items: Sequence[Spans]
    left_out: int
    where: str

    @property
    def wanted(self) -> int:
        """Characters of the whole list."""
        return sum(_spent(item) for item in self.items)


@dataclass
class Document:
    """Collects the parts of one message in order."""

    _parts: list[_Part | _List] = field(default_factory=list)

    def heading(self, words: str) -> "Document":
        """A headline; plain, at most 150 characters."""
        line = shortened(words, 150)
        block = HeaderBlock(text=PlainTextObject(text=line, emoji=True))
        self._parts.append(_Part(block, f"*{escaped(line)}*", size(line)))
        return self

    def paragraph(self, *spans: Span) -> "Document":
        """A line or more of text."""
        block = RichTextBlock(elements=[RichTextSectionElement(elements=_parts(spans))])
        self._parts.append(_Part(block, _plain(spans), _spent(spans)))
        return self

    def bullets(
        self,
        title: str,
        items: Sequence[Spans],
        *,
        left_out: int = 0,
        where: str = "in the thread",
    ) -> "Document":
        """A bold title and a list; what doesn't fit is counted, never cut silently.

        `left_out` more were not even passed in; `where` says where the reader finds them. Nothing is shown
        where there is nothing to list.
        """
        if items:
            self._parts.append(_List(title, items, left_out, where))
        return self

    def context(self, *lines: str) -> "Document":
        """Small grey lines, at most ten; empty ones are left out."""
        shown = [line for line in (shortened(line, 1_000) for line in lines) if line]
        if shown:
            block = ContextBlock(
                elements=[PlainTextObject(text=line, emoji=True) for line in shown]
            )
            text = "\n".join(escaped(line) for line in shown)
            self._parts.append(_Part(block, text, sum(map(size, shown))))
        return self

    def row(self, words: str, control: ButtonElement) -> "Document":
        """A few lines with a button at their end, for lists in views."""
        text = PlainTextObject(text=clipped(words, 2_900), emoji=True)
        block = SectionBlock(text=text, accessory=control)
        label = control.text.text if control.text else ""
        self._parts.append(_Part(block, f"{escaped(words)} [{escaped(label)}]", size(words)))
        return self

    def actions(self, block_id: str, elements: Sequence[InteractiveElement]) -> "Document":
        """A row of buttons or menus; the text says what buttons there are."""
        if elements:
            labels = [
                element.text.text
                for element in elements
                if isinstance(element, ButtonElement) and element.text
            ]
            block = ActionsBlock(block_id=block_id, elements=list(elements))
            text = " ".join(f"[{escaped(label)}]" for label in labels)
            spent = sum(map(size, labels)) + sum(map(_menu, elements))
            self._parts.append(_Part(block, text, spent))
        return self

    def divider(self) -> "Document":
        """A line between parts."""
        self._parts.append(_Part(DividerBlock()))
        return self

    def rendered(self) -> Rendered:
        """Text and blocks for a message."""
        parts = self._fitting()
        text = fitted([part.text for part in parts if part.text])
        return Rendered(text, [part.block.to_dict() for part in parts])

    def blocks(self) -> list[Block]:
        """The blocks alone, for a modal."""
        return [part.block for part in self._fitting()]

    def _fitting(self) -> list[_Part]:
        """The parts with their lists folded to what the others leave."""
        lists = [part for part in self._parts if isinstance(part, _List)]
        left = BLOCKS_BUDGET - sum(
            size(part.title) + FOLD if isinstance(part, _List) else part.spent
            for part in self._parts
        )
        room = iter(_shares([part.wanted for part in lists], left))
        return [
            _folded(part, next(room)) if isinstance(part, _List) else part for part in self._parts
        ]


def _shares(wanted: Sequence[int], room: int) -> list[int]:
    """Room for each: the small ones get what they want, the others as much as one another."""
    shares = dict.fromkeys(range(len(wanted)), 0)
    for served, n in enumerate(sorted(shares, key=wanted.__getitem__)):
        shares[n] = min(wanted[n], room // (len(wanted) - served))
        room -= shares[n]
    return list(shares.values())


def _folded(part: _List, room: int) -> _Part:
    """As many items as there is room for, then how many more there are."""
    shown: list[Spans] = []
    for item in part.items:
        room -= _spent(item)
        if room < 0:
            break
        shown.append(item)
    more = len(part.items) - len(shown) + part.left_out
    rows = [*shown, [Italic(f"{more} more {part.where}")]] if more else shown
    title = RichTextSectionElement(elements=_parts([Bold(part.title)]))
    items = [RichTextSectionElement(elements=_parts(row)) for row in rows]
    block = RichTextBlock(elements=[title, RichTextListElement(style="bullet", elements=items)])
    return _Part(
        block, "\n".join([f"*{escaped(part.title)}*", *(f"• {_plain(row)}" for row in rows)])
    )


def button(
    label: str,
    action_id: str,
    value: str | None = None,
    *,
    style: str | None = None,
    sure: ConfirmObject | None = None,
) -> ButtonElement:
    """A button; its value is an id, never trusted when it comes back. `sure` is asked before it does it."""
    return ButtonElement(
        text=PlainTextObject(text=shortened(label, 75), emoji=True),
        action_id=action_id,
        value=value,
        style=style,
        confirm=sure,
    )


def _menu(element: InteractiveElement) -> int:
    """Room for a menu's placeholder, and for its options."""
    options = element.to_dict().get("options", [])
    return MENU + sum(size(option["text"]["text"]) for option in options)


def _parts(spans: Iterable[Span]) -> list[Any]:
    return [_part(span) for span in spans if _words(span)]


def _part(span: Span) -> Any:
    match span:
        case Bold(words):
            return RichTextElementParts.Text(
                text=words, style=RichTextElementParts.TextStyle(bold=True)
            )
        case Italic(words):
            return RichTextElementParts.Text(
                text=words, style=RichTextElementParts.TextStyle(italic=True)
            )
        case Channel(slack_id):
            return RichTextElementParts.Channel(channel_id=slack_id)
        case Mention(slack_id):
            return RichTextElementParts.User(user_id=slack_id)
        case Link(url, words):
            return RichTextElementParts.Link(url=url, text=words)
        case words:
            return RichTextElementParts.Text(text=words)


def _words(span: Span) -> str:
    match span:
        case Bold(words) | Italic(words) | Link(words=words):
            return words
        case Channel(slack_id) | Mention(slack_id):
            return slack_id
        case words:
            return words


def _spent(spans: Iterable[Span]) -> int:
    return sum(size(_words(span)) for span in spans)


def _plain(spans: Iterable[Span]) -> str:
    return "".join(_marked(span) for span in spans)


def _marked(span: Span) -> str:
    match span:
        case Channel(slack_id):
            return f"<#{slack_id}>"
        case Mention(slack_id):
            return f"<@{slack_id}>"
        case Link(url, words):
            return f"<{escaped(url)}|{escaped(words)}>"
        case _:
            return escaped(_words(span))
