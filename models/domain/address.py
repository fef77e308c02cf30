"""Addresses on the web, as people paste them."""

import re
from urllib.parse import urlsplit

LONGEST = 1_000
_NO_ADDRESS = re.compile(r"[\s<>\"|\x00-\x1f\x7f]")


def is_address(words: str) -> bool:
    """Whether it is an http or https address that can be shown as a link: no other scheme, no spaces."""
    if len(words) > LONGEST or _NO_ADDRESS.search(words):
        return False
    try:
        parts = urlsplit(words)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.username
