"""People as Slack knows them: who is in a channel, and everybody's name and time zone."""

from collections.abc import Mapping, Sequence
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.deps import Ask
from models.db import Database
from models.domain.cadence import known_zone
from models.domain.errands import ReadChannel, ReadPerson
from models.domain.sending import Parcel
from models.people import Profile, known, remember
from models.tables import Member

log = structlog.get_logger(__name__)

ONE_BY_ONE = 30
"""Up to so many strangers are asked for one by one; more are read from the whole list (tier 2)."""
PAGE = 200
NO_ZONE = "UTC"
SLACKBOT = "USLACKBOT"
ADMIN_FLAGS = ("is_admin", "is_owner", "is_primary_owner")


class Directory:
    """Reads people; those whom Labmate knows already are kept fresh by events."""

    def __init__(self, db: Database, client: AsyncWebClient) -> None:
        self._db = db
        self._client = client

    async def read(self, parcel: Parcel) -> list[Profile]:
        """The people that a parcel asks about, without bots.

        Raises:
            SlackApiError: as Slack answers.
        """
        match parcel.message:
            case ReadPerson(slack_id=slack_id):
                return [one for one in [await self._person(slack_id)] if one]
            case ReadChannel(people=people, observers=observers):
                present = await self._members(parcel.destination)
                wanted = dict.fromkeys((*(people or present), *observers))
                return await self._profiles(parcel.workspace_id, list(wanted))
            case other:
                raise TypeError(f"{other.kind} reads nothing")

    async def _members(self, channel: str) -> list[str]:
        found: list[str] = []
        async for page in await self._client.conversations_members(channel=channel, limit=PAGE):
            found += page["members"]
        return found

    async def _profiles(self, workspace_id: int, slack_ids: Sequence[str]) -> list[Profile]:
        async with self._db.reading(workspace_id) as session:
            met = await known(session, slack_ids)
        strangers = [slack_id for slack_id in slack_ids if slack_id not in met]
        read = await (
            self._listed(strangers) if len(strangers) > ONE_BY_ONE else self._each(strangers)
        )
        return [*met.values(), *read]

    async def _each(self, slack_ids: Sequence[str]) -> list[Profile]:
        return [one for slack_id in slack_ids if (one := await self._person(slack_id))]

    async def _listed(self, slack_ids: Sequence[str]) -> list[Profile]:
        wanted = set(slack_ids)
        found: list[Profile] = []
        async for page in await self._client.users_list(limit=PAGE):
            found += [
                one
                for user in page["members"]
                if user["id"] in wanted and (one := profile_of(user))
            ]
            if len(found) == len(wanted):
                break
        return found

    async def _person(self, slack_id: str) -> Profile | None:
        return profile_of((await self._client.users_info(user=slack_id))["user"])


async def introduce(db: Database, client: AsyncWebClient, ask: Ask) -> Member | None:
    """Know somebody whom nobody has met yet: who reads or changes the record may be a guest.

    Where Slack doesn't answer they stay unknown, and `models.permits.permit` says so.
    """
    try:
        found = profile_of((await client.users_info(user=ask.user))["user"])
    except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
        log.warning("somebody could not be looked up", error=str(error))
        return None
    if found is None:
        return None
    async with db.writing(ask.home.workspace_id) as session:
        (member,) = await remember(session, [found], ask.now)
    return member


def profile_of(user: Mapping[str, Any]) -> Profile | None:
    """A user object of Slack's as a profile; None for bots. The zone is IANA's name, never the offset."""
    if user.get("is_bot") or user["id"] == SLACKBOT:
        return None
    profile = user.get("profile") or {}
    name = profile.get("display_name") or user.get("real_name") or profile.get("real_name")
    limited = any(
        user.get(flag) for flag in ("is_restricted", "is_ultra_restricted", "is_stranger")
    )
    return Profile(
        slack_id=user["id"],
        name=name or user.get("name") or user["id"],
        tz=known_zone(user.get("tz") or "", NO_ZONE),
        active=not user.get("deleted", False),
        limited=limited,
        admin=not limited and any(user.get(flag) for flag in ADMIN_FLAGS),
    )
