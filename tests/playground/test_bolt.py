"""A plain Bolt app finds in the playground what it finds in Slack."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.web.async_client import AsyncWebClient

from tests.playground.conftest import Slack, Start

JSON = dict[str, Any]
FORM = {
    "type": "modal",
    "callback_id": "form",
    "title": {"type": "plain_text", "text": "Form"},
    "submit": {"type": "plain_text", "text": "Go"},
    "blocks": [
        {
            "type": "input",
            "block_id": "learned",
            "label": {"type": "plain_text", "text": "Learned"},
            "element": {"type": "plain_text_input", "action_id": "text"},
        }
    ],
}


def bolt_app(url: str) -> AsyncApp:
    """A command opens a modal, its submission posts to the channel."""
    client = AsyncWebClient(token="xoxb-test", base_url=f"{url}/api/", retry_handlers=[])
    app = AsyncApp(client=client, signing_secret="secret", process_before_response=True)

    @app.command("/lab")
    async def lab(ack: Any, body: JSON, client: AsyncWebClient) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=FORM)
        await ack("Opened")

    @app.view("form")
    async def form(ack: Any, view: JSON, client: AsyncWebClient) -> None:
        text = view["state"]["values"]["learned"]["text"]["value"]
        if text == "no":
            await ack(response_action="errors", errors={"learned": "Say more"})
            return
        await client.chat_postMessage(channel="C0TEAM", text=text)
        await ack()

    return app


@pytest.fixture
async def by_socket(start_slack: Start) -> AsyncIterator[Slack]:
    slack = await start_slack()
    handler = AsyncSocketModeHandler(bolt_app(slack.url), "xapp-test")
    await handler.connect_async()  # type: ignore[no-untyped-call]
    yield slack
    await handler.close_async()  # type: ignore[no-untyped-call]


@pytest.fixture
async def by_http(start_slack: Start) -> AsyncIterator[Slack]:
    app: list[AsyncApp] = []

    async def events(request: web.Request) -> web.Response:
        body = (await request.read()).decode()
        bolt_request = AsyncBoltRequest(body=body, headers=dict(request.headers))
        done = await app[0].async_dispatch(bolt_request)
        kind = done.first_headers().get("content-type", "text/plain").partition(";")[0]
        return web.Response(status=done.status, text=done.body, content_type=kind)

    server = web.Application()
    server.router.add_post("/slack/events", events)
    runner = web.AppRunner(server)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    slack = await start_slack(delivery={"mode": "http", "request_url": url})
    app.append(bolt_app(slack.url))
    yield slack
    await runner.cleanup()


async def round_trip(slack: Slack) -> None:
    done = await slack.do("command", as_="U0ANA", channel="C0TEAM", text="/lab")
    assert done["ack"]["status"] == "ok"
    assert [m["text"] for m in await slack.said("C0TEAM")] == ["Opened"]
    modal = (await slack.see("state"))["modals"][-1]

    refused = await slack.do("submit", as_="U0ANA", view_id=modal["id"], values={"learned": "no"})
    assert (refused["outcome"], refused["errors"]) == ("errors", {"learned": "Say more"})

    done = await slack.do("submit", as_="U0ANA", view_id=modal["id"], values={"learned": "Norms"})
    assert done["outcome"] == "closed"
    assert (await slack.see("state"))["modals"] == []
    assert [m["text"] for m in await slack.said("C0TEAM")] == ["Opened", "Norms"]
    assert [m["text"] for m in await slack.said("C0TEAM", "U0BEN")] == ["Norms"]


async def test_command_modal_submission_over_a_socket(by_socket: Slack) -> None:
    await round_trip(by_socket)


async def test_command_modal_submission_over_signed_http(by_http: Slack) -> None:
    await round_trip(by_http)
