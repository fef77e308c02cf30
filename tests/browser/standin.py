"""A tiny bot in plain Bolt: enough of one to try everything that the page can show."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

import aiohttp
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.browser.standin_views import EVERY_INPUT, HOME, SHORT, SUMMARY, field, form, option

JSON = dict[str, Any]
LATE_S = 3.5


class StandIn:
    """The bot, connected over Socket Mode; `submitted` is what modals brought, oldest first."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.client = AsyncWebClient(
            token="xoxb-test", base_url=f"{url}/api/", retry_handlers=[], timeout=10
        )
        self.submitted: list[JSON] = []
        self.pressed: list[JSON] = []
        self.closed = 0
        self.answer: JSON = {}  # what the next submissions are acked with
        app = AsyncApp(client=self.client, signing_secret="secret")
        self._handler = AsyncSocketModeHandler(app, "xapp-test")
        _listen(self, app)

    async def start(self) -> None:
        await self._handler.connect_async()  # type: ignore[no-untyped-call]

    async def stop(self) -> None:
        await self._handler.close_async()  # type: ignore[no-untyped-call]

    async def say(self, channel: str, text: str, **more: Any) -> str:
        """Post; the ts of the message."""
        answer = await self.client.chat_postMessage(channel=channel, text=text, **more)
        return str(answer["ts"])

    async def follow_clock(self, due_in: timedelta, channel: str) -> None:
        """Follow the playground's clock, and post the summary once, after `due_in`."""
        version = 0
        due: datetime | None = None
        async with aiohttp.ClientSession(self.url) as http:
            while True:
                query = {"follower": "stand-in", "after": str(version)}
                async with http.get("/clock", params=query) as response:
                    clock = await response.json()
                version = clock["version"]
                now = datetime.fromisoformat(clock["now"])
                if due is None:
                    due = now + due_in
                elif now >= due:
                    await self.say(channel, "Learned since Thursday", blocks=SUMMARY)
                    due = now + timedelta(days=400)
                report = {"follower": "stand-in", "seen": version, "idle": True}
                body = report | {"next_due": due.isoformat()}
                async with http.post("/clock", json=body) as response:
                    await response.read()


def _listen(bot: StandIn, app: AsyncApp) -> None:
    _listen_to_views(bot, app)
    _listen_to_presses(bot, app)

    @app.command("/lab")
    async def command(ack: Any, command: JSON, client: AsyncWebClient) -> None:
        if command["text"] == "form":
            await client.views_open(trigger_id=command["trigger_id"], view=form())
        await ack(f"You typed `{command['text']}`" if command["text"] != "form" else None)

    @app.event("app_home_opened")
    async def home(event: JSON, client: AsyncWebClient) -> None:
        if event["tab"] == "home":
            await client.views_publish(user_id=event["user"], view=HOME)

    @app.event("message")
    async def message() -> None:
        pass

    @app.shortcut("new")
    async def new(ack: Any, body: JSON, client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=form(SHORT))

    @app.shortcut("log")
    async def log(ack: Any, body: JSON) -> None:
        await ack()
        bot.pressed.append({"message": body["message"]["ts"]})


def _listen_to_views(bot: StandIn, app: AsyncApp) -> None:
    @app.view("form")
    async def submitted(ack: Any, view: JSON) -> None:
        bot.submitted.append(view["state"]["values"])
        if bot.answer.get("late"):
            await asyncio.sleep(LATE_S)
        else:
            await ack(**bot.answer)

    @app.view_closed("form")
    async def closed(ack: Any) -> None:
        bot.closed += 1
        await ack()

    @app.options("v")
    async def options(ack: Any, payload: JSON) -> None:
        await ack(options=[option(f"{payload['value']} 12", "FRAUD-12")])


def _listen_to_presses(bot: StandIn, app: AsyncApp) -> None:
    @app.action("update")
    async def update(ack: Any, body: JSON, client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=form(SHORT))

    @app.action("no_change")
    async def no_change(ack: Any, respond: Any) -> None:
        await ack()
        await respond(text="Noted: no change.", replace_original=True)

    @app.action("slow")
    async def slow() -> None:
        await asyncio.sleep(LATE_S)

    @app.action("ask_more")
    async def ask_more(ack: Any, body: JSON, client: AsyncWebClient) -> None:
        await ack()
        bot.pressed.append(body["view"]["state"]["values"])
        more = [*SHORT, field("why", "Why?", {"type": "plain_text_input"}, optional=True)]
        await client.views_update(view_id=body["view"]["id"], view=form(more))

    @app.action("deeper")
    async def deeper(ack: Any, body: JSON, client: AsyncWebClient) -> None:
        await ack()
        view = form(EVERY_INPUT[1:2], title={"type": "plain_text", "text": "Deeper"})
        await client.views_push(trigger_id=body["trigger_id"], view=view)

    for action_id in ("drop", "more", "project"):

        @app.action(action_id)
        async def other(ack: Any, payload: JSON) -> None:
            bot.pressed.append(payload)
            await ack()
