"""Cursor paging as the Web API does it."""

import base64
import binascii
from collections.abc import Sequence
from typing import Any, TypeVar

from bot.playground.errors import SlackError

T = TypeVar("T")


def page(items: Sequence[T], limit: int, cursor: str) -> tuple[list[T], dict[str, Any]]:
    """One page and the `response_metadata` with the next cursor (empty on the last page).

    Raises:
        SlackError: invalid_limit (1 to 999), invalid_cursor.
    """
    if not 1 <= limit < 1000:
        raise SlackError("invalid_limit")
    start = _opened(cursor)
    rest = start + limit < len(items)
    following = base64.b64encode(f"next:{start + limit}".encode()).decode() if rest else ""
    return list(items[start : start + limit]), {"next_cursor": following}


def _opened(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        name, _, number = base64.b64decode(cursor, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError) as wrong:
        raise SlackError("invalid_cursor") from wrong
    if name != "next" or not number.isdigit():
        raise SlackError("invalid_cursor")
    return int(number)
