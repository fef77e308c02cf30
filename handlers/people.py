"""What happens to people and channels in Slack: names and zones follow, newcomers are asked."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.deps import Ask
from handlers.directory import profile_of
from models import leaving, places, standups, uninstalling
from models.domain.standup import Trouble


async def changed(event: dict[str, Any], session: AsyncSession, ask: Ask) -> None:
    """`user_change`: name and zone follow Slack for people whom Labmate knows; who left is not waited for."""
    profile = profile_of(event["user"])
    if profile is not None:
        await leaving.person_changed(session, profile, ask.now)


async def joined(event: dict[str, Any], session: AsyncSession, ask: Ask) -> None:
    """`member_joined_channel`: a standup of everyone in the channel asks them from its next run on.

    Where it is the bot that was invited again, what waited for it goes on.
    """
    channel = event["channel"]
    if event["user"] == ask.home.bot_user_id:
        await places.is_open_to_us(session, channel, (Trouble.REMOVED, Trouble.ARCHIVED), ask.now)
    await standups.read_again(session, channel, ask.now)


async def left(event: dict[str, Any], session: AsyncSession, ask: Ask) -> None:
    """`member_left_channel`: and no longer asks those who left; without the bot it is paused."""
    if event["user"] == ask.home.bot_user_id:
        await places.is_closed_to_us(session, event["channel"], Trouble.REMOVED, ask.now)
    else:
        await standups.read_again(session, event["channel"], ask.now)


async def removed(event: dict[str, Any], session: AsyncSession, ask: Ask) -> None:
    """`channel_left`, `group_left`: the bot is no longer in the channel."""
    await places.is_closed_to_us(session, event["channel"], Trouble.REMOVED, ask.now)


async def archived(event: dict[str, Any], session: AsyncSession, ask: Ask) -> None:
    """`channel_archive`, `group_archive`."""
    await places.is_closed_to_us(session, event["channel"], Trouble.ARCHIVED, ask.now)


async def unarchived(event: dict[str, Any], session: AsyncSession, ask: Ask) -> None:
    """`channel_unarchive`, `group_unarchive`."""
    await places.is_open_to_us(session, event["channel"], (Trouble.ARCHIVED,), ask.now)


async def deleted(event: dict[str, Any], session: AsyncSession, ask: Ask) -> None:
    """`channel_deleted`, `group_deleted`."""
    await places.is_closed_to_us(session, event["channel"], Trouble.DELETED, ask.now)


async def renamed(event: dict[str, Any], session: AsyncSession, ask: Ask) -> None:
    """`channel_rename`, `group_rename`."""
    channel = event["channel"]
    await places.is_renamed(session, channel["id"], channel["name"], ask.now)


async def uninstalled(event: dict[str, Any], session: AsyncSession, ask: Ask) -> None:
    """`app_uninstalled`, `tokens_revoked` of the bot's: everything stops until it is installed again."""
    if event["type"] == "app_uninstalled" or event.get("tokens", {}).get("bot"):
        await uninstalling.stop(session, ask.now)


async def nothing_to_do(event: dict[str, Any], session: AsyncSession, ask: Ask) -> None:
    """An event that nobody listens to is acknowledged all the same: Slack would bring it again."""
