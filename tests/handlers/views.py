"""Looking into a modal."""

from typing import Any


def fields(view: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Its inputs by name."""
    return {block["block_id"]: block for block in view["blocks"] if block["type"] == "input"}


def chosen(block: dict[str, Any]) -> str | None:
    """The option of an input that is chosen from the start."""
    value = (block["element"].get("initial_option") or {}).get("value")
    return None if value is None else str(value)
