"""What the blocks of one message or view must keep together: unique ids, totals, one focus."""

from collections.abc import Callable, Iterator
from typing import Any

from bot.playground.checks.limits import BLOCKS, ELEMENTS, SURFACES
from bot.playground.checks.problems import Place
from bot.playground.checks.rules import dicts, length
from bot.playground.checks.tables import table_length

Placed = tuple[Place, dict[str, Any]]


def walk(value: Any, place: Place) -> Iterator[Placed]:
    """Yield every block of a list, and those inside containers and carousels."""
    for i, block in dicts(value):
        yield place / i, block
        inner = {"container": "child_blocks", "carousel": "elements"}.get(str(block.get("type")))
        if inner:
            yield from walk(block.get(inner), place / i / inner)


def _elements(block: dict[str, Any], place: Place) -> Iterator[Placed]:
    for name in ("element", "accessory"):
        if isinstance(block.get(name), dict):
            yield place / name, block[name]
    if block.get("type") != "carousel":
        for name in ("elements", "actions"):
            yield from ((place / name / i, one) for i, one in dicts(block.get(name)))


def _unique(name: str, placed: Iterator[Placed] | list[Placed]) -> None:
    seen: set[str] = set()
    for place, one in placed:
        value = one.get(name)
        if not isinstance(value, str):
            continue
        if value in seen:
            (place / name).refuse(f'`{name}` "{value}" already exists')
        seen.add(value)


def _at_most(
    high: int, kind: str, name: str, size: Callable[[dict[str, Any]], int], placed: list[Placed]
) -> None:
    """Refuse the first block with which all of its kind are larger than allowed."""
    total = 0
    for place, block in placed:
        if block.get("type") != kind:
            continue
        total += size(block)
        if total > high:
            (place / name).refuse(f"must be less than {high + 1} characters in all {kind} blocks")
            return


def _no_more_than(high: int, kind: str, placed: list[Placed]) -> None:
    of_kind = [place for place, block in placed if block.get("type") == kind]
    for place in of_kind[high:]:
        (place / "type").refuse(f"no more than {high} {kind} blocks allowed")


def _response_url(block: dict[str, Any], place: Place) -> None:
    for at, element in _elements(block, place):
        in_form = place.surface == "modal" and block.get("type") == "input"
        if "response_url_enabled" in element and not in_form:
            (at / "response_url_enabled").refuse("is for input blocks of modals")


def _markdown_length(block: dict[str, Any]) -> int:
    text = block.get("text")
    return length(text) if isinstance(text, str) else 0


def check_together(placed: list[Placed]) -> None:
    """Refuse what no block does wrong by itself.

    Args:
        placed: all blocks of one message or view, as ``walk`` finds them.
    """
    _unique("block_id", placed)
    for place, block in placed:
        _unique("action_id", _elements(block, place))
        _response_url(block, place)
    message = SURFACES["message"]
    markdown, charts = message["markdown_blocks_chars_total"], message["data_visualization_max"]
    _at_most(markdown, "markdown", "text", _markdown_length, placed)
    _at_most(message["table_chars_total"], "table", "rows", table_length, placed)
    _at_most(message["data_table_chars_total"], "data_table", "rows", table_length, placed)
    _no_more_than(charts, "data_visualization", placed)
    _no_more_than(BLOCKS["table"]["per_message_max"], "table", placed)


def check_focus(placed: list[Placed]) -> None:
    """Refuse a second element of a view that wants the focus when the view opens."""
    elements = [found for place, block in placed for found in _elements(block, place)]
    focused = [place for place, one in elements if one.get("focus_on_load") is True]
    for place in focused[ELEMENTS["_all_interactive"]["focus_on_load_max_per_view"] :]:
        (place / "focus_on_load").refuse("only one element of a view can have the focus")
