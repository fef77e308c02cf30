"""`/lab project rank`: the scored projects in order."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks import rank as blocks
from handlers.deps import Ask
from models.portfolios import portfolio


async def open_page(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """Most benefit for least complexity first, with how far apart people are."""
    return blocks.page(await portfolio(session, ask.today))
