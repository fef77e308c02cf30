"""Words within a line: plain, bold, italic, a link; a channel, a person."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Bold:
    """Words that stand out."""

    words: str


@dataclass(frozen=True)
class Italic:
    """Words that stand back, or quote."""

    words: str


@dataclass(frozen=True)
class Channel:
    """A channel, as a link."""

    slack_id: str


@dataclass(frozen=True)
class Mention:
    """A person, who is notified by it: only where somebody asked for that."""

    slack_id: str


@dataclass(frozen=True)
class Link:
    """An address behind words."""

    url: str
    words: str


Span = str | Bold | Italic | Channel | Mention | Link
Spans = Sequence[Span]
