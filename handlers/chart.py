"""“Chart”: a picture is asked for, drawn when it is sent, and comes as a message to who asked."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks import charts as blocks
from handlers.deps import Ask
from handlers.forms_answers import id_of
from models import chart_orders
from models.domain.charts_asked import Picture


async def of_project(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """The best so far of the button's project.

    Raises:
        Unknown, NotMetYet: see `models.chart_orders.order`.
    """
    return await _order(ask, session, Picture.PROGRESS, id_of(ask.value))


async def of_portfolio(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """The scored projects by benefit and complexity.

    Raises:
        NotMetYet: see `models.chart_orders.order`.
    """
    return await _order(ask, session, Picture.PORTFOLIO, None)


async def _order(
    ask: Ask, session: AsyncSession, what: Picture, project_id: int | None
) -> dict[str, Any]:
    asked = ask.trigger_id
    await chart_orders.order(session, ask.user, what, project_id, asked=asked, now=ask.now)
    return blocks.on_its_way()
