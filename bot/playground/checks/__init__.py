"""Placeholder for the payload checks: nothing is refused."""

from typing import Any


def check_message(payload: dict[str, Any], *, surface: str = "message") -> list[str]:
    """Say what Slack would refuse in a message's payload; empty when it is fine."""
    del payload, surface
    return []


def check_view(view: dict[str, Any]) -> list[str]:
    """Say what Slack would refuse in a view; empty when it is fine."""
    del view
    return []
