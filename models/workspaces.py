"""Workspaces: the tenant that a token belongs to."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.errors import Unknown
from models.tables import Workspace

LOCAL = "local"
"""The Slack id of a workspace that was made on the command line, before Slack was asked who it is."""


async def settle_in(
    session: AsyncSession, *, slack_id: str, name: str, bot_user_id: str, tz: str, now: datetime
) -> Workspace:
    """The workspace that the bot's token belongs to; known from the first start on.

    What was imported before the first start is its own from now on.
    """
    known = {
        workspace.slack_id: workspace
        for workspace in await session.scalars(
            select(Workspace).where(Workspace.slack_id.in_((slack_id, LOCAL)))
        )
    }
    workspace = known.get(slack_id) or known.get(LOCAL)
    if workspace is None:
        workspace = Workspace(
            slack_id=slack_id, name=name, bot_user_id=bot_user_id, tz=tz, created_at=now
        )
        session.add(workspace)
    elif workspace.slack_id == LOCAL:
        workspace.slack_id, workspace.tz = slack_id, tz
    workspace.name, workspace.bot_user_id = name, bot_user_id
    await session.flush()
    return workspace


async def find(session: AsyncSession, slack_id: str) -> Workspace | None:
    """The workspace with this Slack id, if Labmate is at home there."""
    workspace: Workspace | None = await session.scalar(
        select(Workspace).where(Workspace.slack_id == slack_id)
    )
    return workspace


async def the_only_one(session: AsyncSession, slack_id: str = "") -> Workspace | None:
    """The workspace that a command is about: the one with this Slack id, or else the only one.

    None while there is none yet.

    Raises:
        Unknown: there is none with this id, or there are several and none is named.
    """
    found = (await session.scalars(select(Workspace).order_by(Workspace.slack_id).limit(20))).all()
    named = await find(session, slack_id) if slack_id else None
    if named or (len(found) <= 1 and not slack_id):
        return named or next(iter(found), None)
    there_are = ", ".join(f"{one.slack_id} ({one.name})" for one in found) or "none yet"
    raise Unknown(f"Say which workspace with --workspace: there is {there_are}.")


async def settle_locally(session: AsyncSession, now: datetime) -> Workspace:
    """A workspace for what is imported before the first start; `settle_in` gives it its Slack id."""
    workspace = Workspace(slack_id=LOCAL, name="Local", bot_user_id="", tz="UTC", created_at=now)
    session.add(workspace)
    await session.flush()
    return workspace
