"""App Homes that people have opened: shown anew when something comes to wait for them, once a rush."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from models import outbox
from models.domain.errands import HomePage
from models.outbox import Post


async def opened(session: AsyncSession, slack_id: str, now: datetime) -> None:
    """Somebody looks at their Home: from now on it is kept up to date."""
    await outbox.stands_already(session, HomePage(slack_id=slack_id), to=slack_id, now=now)


async def refresh(session: AsyncSession, posts: Sequence[Post], now: datetime) -> None:
    """Show the Homes anew of those who get these direct messages, where they have opened one before."""
    views = [Post(HomePage(slack_id=one.to), one.to, one.workspace_id) for one in posts]
    if views:
        await outbox.refresh_all(session, views, now=now)
