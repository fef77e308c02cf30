"""Ids that nothing depends on but being different."""

import secrets


def fresh(prefix: str) -> str:
    """An id such as `V4F2A91C07B`."""
    return prefix + secrets.token_hex(5).upper()


def short() -> str:
    """A generated block or action id, short as Slack's."""
    return secrets.token_urlsafe(4)


def token() -> str:
    """A secret that cannot be guessed."""
    return secrets.token_urlsafe(24)
