"""A bot without Slack: payloads go in through Bolt, what it asks of Slack is recorded by a small server."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from aiohttp import web
from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.web.async_client import AsyncWebClient

from handlers.deps import Deps, Home
from handlers.doors import Doors
from handlers.errors import answers
from models.db import Database
from tests.clock import FixedClock
from tests.rows import make_workspace

Json = dict[str, Any]


@dataclass
class RecordedSlack:
    """Answers every call with what `answers` holds for its method, else with ok."""

    url: str = ""
    calls: asyncio.Queue[tuple[str, Json]] = field(default_factory=asyncio.Queue)
    answers: dict[str, list[Json]] = field(default_factory=dict)

    async def answer(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        if request.content_type == "application/json":
            given = await request.json()
        else:
            given = dict(await request.post())
        self.calls.put_nowait((method, given))
        waiting = self.answers.get(method, [])
        return web.json_response(waiting.pop(0) if waiting else {"ok": True})

    async def call(self) -> tuple[str, Json]:
        """The next thing that is asked of it: method and arguments."""
        async with asyncio.timeout(5):
            return await self.calls.get()


@pytest.fixture
async def slack() -> AsyncIterator[RecordedSlack]:
    recorded = RecordedSlack()
    app = web.Application()
    app.add_routes([web.route("*", "/{method}", recorded.answer)])
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    recorded.url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
    yield recorded
    await runner.cleanup()


@dataclass
class Bot:
    """Doors with nothing behind them yet."""

    app: AsyncApp
    deps: Deps
    doors: Doors
    home: Home
    woken: list[bool]

    async def receives(self, body: Json) -> BoltResponse:
        """Slack's payload, as Socket Mode brings it."""
        return await self.app.async_dispatch(
            AsyncBoltRequest(body={"team_id": "T1", **body}, mode="socket_mode")
        )


@pytest.fixture
async def bot(sqlite: str, slack: RecordedSlack, clock: FixedClock) -> AsyncIterator[Bot]:
    db = Database(sqlite)
    async with db.writing(None) as session:
        workspace = await make_workspace(session, slack_id="T1")
    home = Home(workspace.id, "T1", ZoneInfo("Europe/Berlin"), "UBOT")
    woken: list[bool] = []
    client = AsyncWebClient(token="xoxb-1", base_url=slack.url, retry_handlers=[])
    deps = Deps(db, clock, client, {"T1": home}, "/lab", lambda: woken.append(True))

    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None, team_id="T1", bot_user_id="UBOT", bot_token="xoxb-1"
        )

    app = AsyncApp(
        name="labmate",
        client=AsyncWebClient(base_url=slack.url),
        authorize=authorize,
        process_before_response=True,
    )
    app.error(answers(deps))
    yield Bot(app, deps, Doors(app, deps), home, woken)
    await db.close()


def body_of(response: BoltResponse) -> Json:
    """A response's JSON; empty when it only acknowledges."""
    found: Json = json.loads(response.body) if response.body else {}
    return found
