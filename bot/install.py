"""Who the bot is: the workspace that its token belongs to, asked of Slack once at the start."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import aiohttp
import structlog
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.settings import SettingsError
from handlers.deps import Home
from models.db import Database
from models.domain.cadence import zone_of
from models.domain.clock import Clock
from models.uninstalling import go_on
from models.workspaces import find, settle_in

log = structlog.get_logger(__name__)

WAIT = 5.0
"""Seconds between attempts while Slack can't be reached at the start."""


@dataclass(frozen=True)
class Installed:
    """The workspace, and what Bolt needs to answer in its name."""

    home: Home
    authorized: AuthorizeResult


async def install(db: Database, client: AsyncWebClient, clock: Clock) -> Installed:
    """Ask Slack who we are, and know the workspace from now on. Waits while Slack is away.

    Raises:
        SettingsError: Slack doesn't take the token.
    """
    me = await _asked(client.auth_test)
    async with db.reading(None) as session:
        known = await find(session, me["team_id"])
    tz = known.tz if known else await _zone_of_an_owner(client)
    async with db.writing(None) as session:
        workspace = await settle_in(
            session,
            slack_id=me["team_id"],
            name=me.get("team", ""),
            bot_user_id=me["user_id"],
            tz=tz,
            now=clock.now(),
        )
        session.info["workspace_id"] = workspace.id
        await go_on(session, clock.now())
    home = Home(
        workspace.id,
        workspace.slack_id,
        zone_of(workspace.tz),
        workspace.bot_user_id,
        str(me.get("url") or ""),
    )
    authorized = AuthorizeResult(
        enterprise_id=me.get("enterprise_id"),
        team_id=me["team_id"],
        bot_token=client.token,
        bot_id=me.get("bot_id"),
        bot_user_id=me["user_id"],
    )
    return Installed(home, authorized)


async def _asked(method: Callable[[], Awaitable[AsyncSlackResponse]]) -> dict[str, Any]:
    """What Slack answers; while it is away it is asked again and again."""
    while True:
        try:
            return dict((await method()).data)  # type: ignore[arg-type]  # JSON, not bytes
        except SlackApiError as error:
            name = str(error.response.get("error") or "")
            if error.response.status_code < 500 and name not in {"ratelimited", "fatal_error"}:
                raise SettingsError(f"Slack doesn't take SLACK_BOT_TOKEN: {name}.") from error
            log.warning("Slack can't be reached yet", error=name)
        except (aiohttp.ClientError, TimeoutError) as error:
            log.warning("Slack can't be reached yet", error=repr(error))
        await asyncio.sleep(WAIT)


async def _zone_of_an_owner(client: AsyncWebClient) -> str:
    """The zone of digests and dates, guessed once: where an owner or admin of the workspace lives."""
    people = (await _asked(partial(client.users_list, limit=200)))["members"]
    for flag in ("is_primary_owner", "is_owner", "is_admin"):
        for user in people:
            if user.get(flag) and user.get("tz"):
                return str(user["tz"])
    return "UTC"
