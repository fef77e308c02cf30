"""What guests are shown: what they may read, and no button that they would only be refused at.

Which buttons those are says the table of rights (`handlers.rights`): a guest has none of them. The click is
checked again all the same when it arrives.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar, cast

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.document import Rendered
from handlers.blocks.text import escaped
from handlers.rights import CLICKS
from models import visible
from models.domain.permissions import Action

Shown = TypeVar("Shown", bound=dict[str, Any] | Rendered)
CLOSED = frozenset(name for name, right in CLICKS.items() if isinstance(right, Action))
"""What no guest may click."""


async def for_reader(session: AsyncSession, slack_id: str, shown: Shown) -> Shown:
    """A view or a message as this person is shown it; who they are is asked only where it matters."""
    blocks = shown.blocks if isinstance(shown, Rendered) else shown["blocks"]
    if not any(_is_closed(control) for block in blocks for control in _controls(block)):
        return shown
    return without_closed(shown) if await visible.is_limited(session, slack_id) else shown


def without_closed(shown: Shown) -> Shown:
    """Without the buttons that no guest may click, in blocks and in the text that stands for them."""
    if isinstance(shown, Rendered):
        blocks = _open(shown.blocks)
        return cast("Shown", Rendered(_unsaid(shown.text, shown.blocks), blocks))
    return cast("Shown", {**shown, "blocks": _open(shown["blocks"])})


def _open(blocks: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    kept = []
    for block in blocks:
        left = dict(block)
        if "elements" in left:
            left["elements"] = [one for one in left["elements"] if not _is_closed(one)]
        if _is_closed(left.get("accessory")):
            del left["accessory"]
        if left.get("elements") != []:
            kept.append(left)
    return kept


def _controls(block: Mapping[str, Any]) -> list[Any]:
    return [*block.get("elements", ()), block.get("accessory")]


def _is_closed(control: Mapping[str, Any] | None) -> bool:
    return control is not None and control.get("action_id") in CLOSED


def _unsaid(text: str, blocks: Sequence[Mapping[str, Any]]) -> str:
    """The text that screen readers read, without these buttons' labels."""
    for block in blocks:
        for control in filter(_is_closed, _controls(block)):
            if label := control.get("text", {}).get("text"):
                text = re.sub(rf" ?{re.escape(f'[{escaped(label)}]')}", "", text, count=1)
    return "\n".join(said for line in text.split("\n") if (said := line.strip()))
