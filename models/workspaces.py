"""Workspaces: the tenant that a token belongs to."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.tables import Workspace


async def settle_in(
    session: AsyncSession, *, slack_id: str, name: str, bot_user_id: str, tz: str, now: datetime
) -> Workspace:
    """The workspace that the bot's token belongs to; known from the first start on."""
    workspace = await session.scalar(select(Workspace).where(Workspace.slack_id == slack_id))
    if workspace is None:
        workspace = Workspace(
            slack_id=slack_id, name=name, bot_user_id=bot_user_id, tz=tz, created_at=now
        )
        session.add(workspace)
        await session.flush()
    workspace.name, workspace.bot_user_id = name, bot_user_id
    return workspace


async def find(session: AsyncSession, slack_id: str) -> Workspace | None:
    """The workspace with this Slack id, if Labmate is at home there."""
    workspace: Workspace | None = await session.scalar(
        select(Workspace).where(Workspace.slack_id == slack_id)
    )
    return workspace
