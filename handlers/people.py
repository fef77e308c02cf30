"""What happens to people and channels in Slack: names and zones follow, newcomers are asked."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.deps import Ask
from handlers.directory import profile_of
from models import people, standups


async def changed(event: dict[str, Any], session: AsyncSession, ask: Ask) -> None:
    """`user_change`: name and zone follow Slack for people whom Labmate knows."""
    profile = profile_of(event["user"])
    if profile is None or await people.find_member(session, profile.slack_id) is None:
        return
    members = await people.remember(session, [profile], ask.now)
    await standups.person_is_known(session, [member.id for member in members])


async def joined(event: dict[str, Any], session: AsyncSession, ask: Ask) -> None:
    """`member_joined_channel`: a standup of everyone in the channel asks them from its next run on."""
    await standups.read_again(session, event["channel"], ask.now)


async def left(event: dict[str, Any], session: AsyncSession, ask: Ask) -> None:
    """`member_left_channel`: and no longer asks those who left."""
    await standups.read_again(session, event["channel"], ask.now)


async def nothing_to_do(event: dict[str, Any], session: AsyncSession, ask: Ask) -> None:
    """An event that nobody listens to is acknowledged all the same: Slack would bring it again."""
