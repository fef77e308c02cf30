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
    ContextBlock,
    DividerBlock,
    HeaderBlock,
    InteractiveElement,
    PlainTextObject,
    RichTextBlock,
    RichTextElementParts,
    RichTextListElement,
    RichTextSectionElement,
)

TEXT_BUDGET = 3_900
"""Characters of `text`: `chat.update` refuses more than 4,000."""
BLOCKS_BUDGET = 12_000
"""Characters of all blocks together."""
LIST_BUDGET = 9_000
"""Characters that the lists of one message may take before they are folded."""


@dataclass(frozen=True)
class Bold:
    """Words that stand out."""

    words: str


@dataclass(frozen=True)
class Italic:
    """Words that stand back, or quote."""

    words: str


@dataclass(frozen=True)
class User:
    """A person, as a mention that Slack shows by name."""

    slack_id: str


@dataclass(frozen=True)
class Channel:
    """A channel, as a link."""

    slack_id: str


Span = str | Bold | Italic | User | Channel
Spans = Sequence[Span]


class Rendered(NamedTuple):
    """A message as Slack takes it."""

    text: str
    blocks: list[dict[str, Any]]


@dataclass
class Document:
    """Collects the parts of one message in order."""

    _blocks: list[Block] = field(default_factory=list)
    _text: list[str] = field(default_factory=list)
    _spent: int = 0

    def heading(self, words: str) -> "Document":
        """A headline; plain, at most 150 characters."""
        line = shortened(words, 150)
        self._blocks.append(HeaderBlock(text=PlainTextObject(text=line, emoji=True)))
        self._text.append(f"*{escaped(line)}*")
        return self

    def paragraph(self, *spans: Span) -> "Document":
        """A line or more of text."""
        self._blocks.append(
            RichTextBlock(elements=[RichTextSectionElement(elements=_parts(spans))])
        )
        self._text.append(_plain(spans))
        return self

    def bullets(self, title: str, items: Sequence[Spans]) -> "Document":
        """A bold title and a list; what doesn't fit is counted, never cut silently.

        Nothing is shown where there is nothing to list.
        """
        if not items:
            return self
        shown = self._affordable(items)
        folded = len(items) - len(shown)
        rows = [*shown, [Italic(f"{folded} more, in the thread")]] if folded else list(shown)
        self._blocks.append(
            RichTextBlock(
                elements=[
                    RichTextSectionElement(elements=_parts([Bold(title)])),
                    RichTextListElement(
                        style="bullet",
                        elements=[RichTextSectionElement(elements=_parts(row)) for row in rows],
                    ),
                ]
            )
        )
        self._text.append("\n".join([f"*{escaped(title)}*", *(f"• {_plain(row)}" for row in rows)]))
        return self

    def _affordable(self, items: Sequence[Spans]) -> Sequence[Spans]:
        for count, item in enumerate(items):
            self._spent += sum(len(_words(span)) for span in item)
            if self._spent > LIST_BUDGET:
                return items[:count]
        return items

    def context(self, *lines: str) -> "Document":
        """Small grey lines."""
        self._blocks.append(
            ContextBlock(
                elements=[
                    PlainTextObject(text=shortened(line, 2_000), emoji=True) for line in lines
                ]
            )
        )
        self._text.append("\n".join(escaped(line) for line in lines))
        return self

    def actions(self, block_id: str, elements: Sequence[InteractiveElement]) -> "Document":
        """A row of buttons or menus; the text says what buttons there are."""
        if not elements:
            return self
        self._blocks.append(ActionsBlock(block_id=block_id, elements=list(elements)))
        labels = [element.text for element in elements if isinstance(element, ButtonElement)]
        if labels:
            self._text.append(" ".join(f"[{escaped(label.text)}]" for label in labels if label))
        return self

    def divider(self) -> "Document":
        """A line between parts."""
        self._blocks.append(DividerBlock())
        return self

    def rendered(self) -> Rendered:
        """Text and blocks for a message."""
        return Rendered(_fitted(self._text), [block.to_dict() for block in self._blocks])

    def blocks(self) -> list[Block]:
        """The blocks alone, for a modal."""
        return self._blocks


def button(
    label: str, action_id: str, value: str | None = None, *, style: str | None = None
) -> ButtonElement:
    """A button; its value is an id, never trusted when it comes back."""
    return ButtonElement(
        text=PlainTextObject(text=shortened(label, 75), emoji=True),
        action_id=action_id,
        value=value,
        style=style,
    )


def escaped(words: str) -> str:
    """User text for mrkdwn: exactly `&`, `<` and `>` (docs.slack.dev, formatting message text)."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def shortened(words: str, limit: int) -> str:
    """On one line, at most `limit` characters as Slack counts at worst (UTF-16), cut at a word with “…”."""
    line = " ".join(words.split())
    if _size(line) <= limit:
        return line
    cut = line[:limit]
    while _size(cut) > limit - 1:
        cut = cut[:-1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[limit // 2 :] else cut).rstrip(" ,;:–-") + "…"


def _size(words: str) -> int:
    return len(words.encode("utf-16-le")) // 2


def _parts(spans: Iterable[Span]) -> list[Any]:
    return [_part(span) for span in spans if not isinstance(span, str) or span]


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
        case User(slack_id):
            return RichTextElementParts.User(user_id=slack_id)
        case Channel(slack_id):
            return RichTextElementParts.Channel(channel_id=slack_id)
        case str():
            return RichTextElementParts.Text(text=span)


def _words(span: Span) -> str:
    match span:
        case Bold(words) | Italic(words):
            return words
        case User(slack_id) | Channel(slack_id):
            return slack_id
        case str():
            return span


def _plain(spans: Iterable[Span]) -> str:
    return "".join(_marked(span) for span in spans)


def _marked(span: Span) -> str:
    match span:
        case User(slack_id):
            return f"<@{slack_id}>"
        case Channel(slack_id):
            return f"<#{slack_id}>"
        case _:
            return escaped(_words(span))


def _fitted(parts: Sequence[str]) -> str:
    """Complete up to the budget, then a count of the lines left out."""
    lines = "\n".join(parts).split("\n")
    kept: list[str] = []
    spent = 0
    for count, line in enumerate(lines):
        spent += _size(line) + 1
        if spent > TEXT_BUDGET:
            left = len(lines) - count
            return "\n".join(
                [*kept, f"… {left} more {'line' if left == 1 else 'lines'} in the message"]
            )
        kept.append(line)
    return "\n".join(kept)
