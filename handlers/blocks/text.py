"""User text cut to what Slack takes, and the plain text that stands for a message's blocks."""

import re
from collections.abc import Sequence
from itertools import accumulate

TEXT_BUDGET = 3_900
"""Characters of `text`: `chat.update` refuses more than 4,000."""
FOLD = 80
"""Room for the line that says how much is left out."""
HALF = re.compile(r"(&\w*|<[^>]*)\Z")
"""An entity or a mention that was cut in the middle."""


def escaped(words: str) -> str:
    """User text for mrkdwn: exactly `&`, `<` and `>` (docs.slack.dev, formatting message text)."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


MARK = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")
"""Slack's markup of a link, a channel or a person, with what it is called."""


def unmarked(words: str) -> str:
    """A message's text as a person reads it: links by their names, mentions as @ and #."""

    def name(found: re.Match[str]) -> str:
        target, called = found[1], found[2]
        if target[:1] in {"@", "#", "!"}:
            sign = "#" if target[0] == "#" else "@"
            return f"{sign}{(called or target[1:]).lstrip('@#')}"
        return f"{called} ({target})" if called and called != target else target

    plain = MARK.sub(name, words)
    return plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def shortened(words: str, limit: int) -> str:
    """On one line, at most `limit` characters as Slack counts at worst (UTF-16), cut at a word with “…”."""
    line = " ".join(words.split())
    if size(line) <= limit:
        return line
    cut = _cut(line, limit - 1)
    return (cut.rsplit(" ", 1)[0] if " " in cut[limit // 2 :] else cut).rstrip(" ,;:–-") + "…"


def sentence(words: str) -> str:
    """With a full stop, unless it ends with a mark of its own."""
    return words if not words or words[-1] in ".!?…:;)”»。！？" else f"{words}."


def clipped(words: str, limit: int) -> str:
    """With its lines, at most `limit` characters (UTF-16), cut with “…”."""
    return words if size(words) <= limit else _cut(words, limit - 1) + "…"


def size(words: str) -> int:
    """Characters as Slack counts at worst: UTF-16 units (the unit is not documented)."""
    return len(words.encode("utf-16-le", "surrogatepass")) // 2


def _cut(words: str, limit: int) -> str:
    return words.encode("utf-16-le", "surrogatepass")[: 2 * limit].decode("utf-16-le", "ignore")


def fitted(parts: Sequence[str]) -> str:
    """Complete up to the budget, then a count of the lines left out."""
    whole = "\n".join(parts)
    if size(whole) <= TEXT_BUDGET:
        return whole
    lines = whole.split("\n")
    ends = list(accumulate(size(line) + 1 for line in lines))
    count = sum(end <= TEXT_BUDGET - FOLD for end in ends)
    room = TEXT_BUDGET - FOLD - (ends[count - 1] if count else 0)
    kept = [*lines[:count], HALF.sub("", _cut(lines[count], max(room - 2, 0))) + "…"]
    left = len(lines) - len(kept)
    if left:
        kept.append(f"… {left} more {'line' if left == 1 else 'lines'} in the message")
    return "\n".join(kept)
