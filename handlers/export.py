"""`/lab export`: one's own words for everybody, the whole record for an admin, as a file in a DM."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks import export as blocks
from handlers.deps import Ask
from handlers.doors import Reply
from models.domain.exported import Exported, Format
from models.domain.permissions import Action
from models.export_orders import order
from models.people import require_met
from models.permits import permit


async def open_choice(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """What there is to take away.

    Raises:
        NotMetYet: Slack has not said yet who this is.
    """
    member = await require_met(session, ask.user)
    return blocks.choice(admin=member.admin and not member.limited)


async def own(ask: Ask, session: AsyncSession) -> Reply | None:
    """“Send me what I wrote”; guests may, too.

    Raises:
        NotMetYet: Slack has not said yet who this is.
    """
    member = await require_met(session, ask.user)
    asked = ask.view_id or ""
    await order(session, member, Exported.OWN, Format.JSONL, asked=asked, now=ask.now)
    return None


async def whole_as_csv(ask: Ask, session: AsyncSession) -> Reply | None:
    """“CSV”.

    Raises:
        NotMetYet, GuestsMayNot, NotAllowed: see `models.permits.permit`.
    """
    return await _whole(ask, session, Format.CSV)


async def whole_as_json_lines(ask: Ask, session: AsyncSession) -> Reply | None:
    """“JSON Lines”.

    Raises:
        NotMetYet, GuestsMayNot, NotAllowed: see `models.permits.permit`.
    """
    return await _whole(ask, session, Format.JSONL)


async def _whole(ask: Ask, session: AsyncSession, form: Format) -> Reply | None:
    member = await permit(session, ask.user, Action.EXPORT_WORKSPACE)
    asked = ask.view_id or ""
    await order(session, member, Exported.WHOLE, form, asked=asked, now=ask.now)
    return None


async def on_its_way(ask: Ask, session: AsyncSession) -> dict[str, Any]:  # noqa: ARG001  (nothing to read)
    """Instead of the choice."""
    return blocks.on_its_way()
