"""The App Home: everything that waits for a person, and everything that they can change."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks import home as blocks
from handlers.deps import Ask
from models import home, homes


async def opened(ask: Ask, session: AsyncSession) -> None:
    """Somebody looks at it: it is shown anew when something comes to wait for them."""
    await homes.opened(session, ask.user, ask.now)


async def page(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """The Home; its metadata is the number of the first experiment that it lists.

    Raises:
        NotMetYet: Slack has not said yet who this is.
    """
    at = ask.at_home or ""
    offset = int(at) if at.isdecimal() else 0
    return blocks.page(await home.facts(session, ask.user, ask.now, offset), ask.command)
