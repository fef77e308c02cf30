"""A playground in the test process, on a free port, and a raw HTTP client for it."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.playground.manifest import Manifest
from bot.playground.playground import Playground
from bot.playground.server import Running, start
from bot.playground.store import Store
from bot.playground.world import World

JSON = dict[str, Any]

BOT = "U0BOT"
AS_BOT = {"Authorization": "Bearer xoxb-test"}
AS_APP = {"Authorization": "Bearer xapp-test"}
MANIFEST: JSON = {
    "display_information": {"name": "Lab"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "bot_user": {"display_name": "Lab"},
        "slash_commands": [
            {"command": "/lab", "description": "Everything", "should_escape": True},
            {"command": "/raw", "description": "Unescaped", "should_escape": False},
        ],
        "shortcuts": [
            {"name": "New", "type": "global", "callback_id": "new", "description": "New"},
            {"name": "Log", "type": "message", "callback_id": "log", "description": "Log"},
        ],
    },
    "oauth_config": {
        "scopes": {
            "bot": [
                "commands",
                "chat:write",
                "im:history",
                "im:write",
                "im:read",
                "users:read",
                "channels:read",
                "channels:join",
                "channels:history",
                "groups:read",
                "team:read",
            ]
        }
    },
    "settings": {
        "socket_mode_enabled": True,
        "interactivity": {"is_enabled": True},
        "event_subscriptions": {
            "bot_events": [
                "app_home_opened",
                "app_uninstalled",
                "channel_archive",
                "channel_left",
                "channel_rename",
                "channel_unarchive",
                "member_joined_channel",
                "member_left_channel",
                "message.groups",
                "message.im",
                "team_join",
                "tokens_revoked",
                "user_change",
            ]
        },
    },
}


def manifest(**changes: Any) -> JSON:
    """The test manifest; `scopes`, `events`, `home` and `interactive` may be changed."""
    new: JSON = json.loads(json.dumps(MANIFEST))
    if "scopes" in changes:
        new["oauth_config"]["scopes"]["bot"] = changes["scopes"]
    if "events" in changes:
        new["settings"]["event_subscriptions"]["bot_events"] = changes["events"]
    new["features"]["app_home"]["home_tab_enabled"] = changes.get("home", True)
    new["settings"]["interactivity"]["is_enabled"] = changes.get("interactive", True)
    return new


def world(**changes: Any) -> JSON:
    """A small workspace; `changes` replace top-level keys."""
    return {
        "team": {"id": "T0LAB", "name": "Nano Lab", "domain": "nano-lab"},
        "app": {
            "id": "A0LAB",
            "name": "Lab",
            "bot_user_id": BOT,
            "bot_id": "B0LAB",
            "bot_token": "xoxb-test",
            "app_token": "xapp-test",
            "signing_secret": "secret",
        },
        "clock": {"now": "2026-02-03T08:29:50Z"},
        "people": [
            {"id": "U0ANA", "handle": "ana", "name": "Ana Roth", "tz": "Europe/Berlin"},
            {"id": "U0BEN", "handle": "ben", "name": "Ben Ode", "admin": True},
            {"id": "U0GUS", "handle": "gus", "name": "Gus Guest", "guest": True},
            {"id": "U0OUT", "handle": "out", "name": "Out Gone", "deleted": True},
            {"id": "U0EXT", "handle": "ext", "name": "Ext Erne", "stranger": True},
        ],
        "channels": [
            {"id": "C0TEAM", "name": "team", "members": ["U0ANA", "U0BEN", BOT]},
            {"id": "C0OPEN", "name": "open", "members": ["U0ANA"]},
            {"id": "C0HIDE", "name": "hidden", "private": True, "members": ["U0BEN"]},
            {"id": "C0PRIV", "name": "priv", "private": True, "members": ["U0ANA", BOT]},
            {"id": "C0OLD", "name": "old", "archived": True, "members": ["U0ANA", BOT]},
        ],
        **changes,
    }


class Slack:
    """A running playground, spoken to in raw HTTP as the bot and as people."""

    def __init__(self, running: Running, http: aiohttp.ClientSession) -> None:
        self.url = running.url
        self.http = http
        self._running: Running | None = running

    async def stop(self) -> None:
        """Stop, also before the test ends."""
        if running := self._running:
            self._running = None
            await running.stop()

    async def api(self, method: str, **args: Any) -> JSON:
        """A Web API call with a JSON body and the bot's token."""
        status, _, answer = await self.raw(method, AS_BOT, json=args)
        assert status == 200, (status, answer)
        return answer

    async def raw(
        self, method: str, headers: dict[str, str], **body: Any
    ) -> tuple[int, dict[str, str], JSON]:
        """Any request to a method: status, headers, answer."""
        url = f"{self.url}/api/{method}"
        async with self.http.post(url, headers=headers, **body) as response:
            is_json = response.content_type == "application/json"
            answer = await response.json() if is_json else {"text": await response.text()}
            return response.status, dict(response.headers), answer

    async def do(self, name: str, status: int = 200, /, **body: Any) -> JSON:
        """A control call; `as_` stands for `as`."""
        if "as_" in body:
            body["as"] = body.pop("as_")
        async with self.http.post(f"{self.url}/control/{name}", json=body) as response:
            answer: JSON = await response.json()
            assert response.status == status, answer
            return answer

    async def see(self, name: str, as_: str = "U0ANA", **query: str) -> JSON:
        """A control GET."""
        params = {"as": as_, **query}
        async with self.http.get(f"{self.url}/control/{name}", params=params) as response:
            answer: JSON = await response.json()
            assert response.status == 200, answer
            return answer

    async def said(self, channel: str, as_: str = "U0ANA") -> list[JSON]:
        """The messages that a person sees in a channel."""
        messages: list[JSON] = (await self.see("messages", as_, channel=channel))["messages"]
        return messages


Start = Callable[..., Awaitable[Slack]]


@pytest.fixture
async def start_slack() -> AsyncIterator[Start]:
    """Starts playgrounds; `changes` to the world, and optionally a manifest and a state file."""
    async with AsyncExitStack() as stack:

        async def begin(
            *, app: JSON | None = None, state: Path | None = None, **changes: Any
        ) -> Slack:
            playground = Playground(
                World.model_validate(world(**changes)),
                Manifest.parse(app or MANIFEST),
                Store(state),
            )
            running = await start(playground, 0)
            http = await stack.enter_async_context(aiohttp.ClientSession())
            slack = Slack(running, http)
            stack.push_async_callback(slack.stop)
            return slack

        yield begin


@pytest.fixture
async def slack(start_slack: Start) -> Slack:
    """A playground with the plain world."""
    return await start_slack()
