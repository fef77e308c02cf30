"""Views: modals and the App Home."""

import json
from typing import Any

from bot.playground.checks.blocks import blocks
from bot.playground.checks.limits import SURFACES
from bot.playground.checks.objects import plain_text
from bot.playground.checks.problems import Place
from bot.playground.checks.rules import Fields, Rule, boolean, kinds, record, string
from bot.playground.checks.together import Placed, check_focus, check_together, walk

_MODAL = SURFACES["modal"]


def _blocks_and_ids(surface: str) -> tuple[Fields, Fields]:
    limits = SURFACES[surface]
    return {"blocks": blocks(limits["blocks_min"], limits["blocks_max"])}, {
        "private_metadata": string(0, limits["private_metadata_max"]),
        "callback_id": string(0, limits["callback_id_max"]),
        "external_id": string(0, limits["external_id_max"]),
    }


def _modal() -> Rule:
    required, optional = _blocks_and_ids("modal")
    return record(
        {**required, "title": plain_text(_MODAL["title_max"])},
        {
            **optional,
            "submit": plain_text(_MODAL["submit_max"]),
            "close": plain_text(_MODAL["close_max"]),
            **dict.fromkeys(("clear_on_close", "notify_on_close", "submit_disabled"), boolean),
        },
        kind="modal",
    )


def _home() -> Rule:
    required, optional = _blocks_and_ids("home")
    return record(required, optional, kind="home")


_VIEW = kinds({"modal": _modal(), "home": _home()}, {})


def _submit_with_inputs(view: dict[str, Any], placed: list[Placed]) -> None:
    if view.get("type") != "modal" or "submit" in view:
        return
    for place, block in placed:
        if block.get("type") == "input":
            (place / "input").refuse("must define `submit` to use an `input` block in modals")


def _size(view: dict[str, Any], root: Place) -> None:
    high = _MODAL["view_kb_max"] * 1000
    if len(json.dumps(view, ensure_ascii=False).encode("utf-8", "surrogatepass")) > high:
        root.refuse(f"must be less than {high + 1} bytes")


def check_whole_view(view: dict[str, Any], root: Place) -> None:
    """Refuse what Slack would of a modal or App Home."""
    _VIEW(view, root)
    placed = list(walk(view.get("blocks"), root / "blocks"))
    check_together(placed)
    check_focus(placed)
    _submit_with_inputs(view, placed)
    _size(view, root)
