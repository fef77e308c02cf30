"""How payloads reach the bot: sockets, signed HTTP, deadlines, retries, duplicates."""

import asyncio
import hashlib
import hmac
import json
from typing import Any
from urllib.parse import parse_qs

from aiohttp import WSMsgType, web

from tests.playground.conftest import AS_APP, Slack, Start, world
from tests.playground.raw_bot import SILENCE, http_bot, socket_bot
from tests.playground.test_views import modal, plain, trigger

JSON = dict[str, Any]


def http_world(url: str) -> JSON:
    return {"delivery": {"mode": "http", "request_url": url}}


async def dm(slack: Slack, text: str = "hi") -> JSON:
    await slack.api("conversations.open", users="U0ANA")
    return await slack.do("message", as_="U0ANA", channel="D0ANA", text=text)


async def test_late_acks_are_errors_and_the_modal_stays(slack: Slack) -> None:
    async with (
        socket_bot(slack) as bot,
        slack.http.ws_connect(f"{slack.url}/control/feed?as=U0ANA") as feed,
    ):
        ident = await trigger(slack, bot)
        view = modal(submit=plain("Go"))
        opened = (await slack.api("views.open", trigger_id=ident, view=view))["view"]
        await slack.api("conversations.open", users="U0BEN")
        bot.answer = lambda _: SILENCE
        command, submitted, event = await asyncio.gather(
            slack.do("command", as_="U0ANA", channel="C0TEAM", text="/lab"),
            slack.do("submit", as_="U0ANA", view_id=opened["id"]),
            slack.do("message", as_="U0BEN", channel="D0BEN", text="hi"),
        )
        for done in (command, submitted, event):
            assert done["ack"]["status"] == "timeout"
            assert 2990 < done["ack"]["ms"] < 3400
        assert submitted["outcome"] == "failed"
        assert [it["id"] for it in (await slack.see("state"))["modals"]] == [opened["id"]]
        notices: list[str] = []
        while len(notices) < 2:
            item = await feed.receive_json()
            notices += [item["text"]] if item["type"] == "notice" else []
        assert "/lab failed with the error “operation_timeout”" in notices
        # The event comes again at once; interactivity doesn't.
        await bot.until(5)
        again = bot.envelopes[-1]
        assert (again["type"], again["retry_attempt"]) == ("events_api", 1)
        assert again["retry_reason"] == "http_timeout"


async def test_events_come_again_at_once_after_a_minute_and_after_five(start_slack: Start) -> None:
    async with http_bot() as bot:
        slack = await start_slack(**http_world(bot.url))
        bot.answers = [web.Response(status=500) for _ in range(4)]
        assert (await dm(slack))["ack"]["status"] == "failed"
        await slack.do("clock", advance_s=30)
        assert len(bot.requests) == 2
        await slack.do("clock", advance_s=40)
        assert len(bot.requests) == 3
        await slack.do("clock", advance_s=280)
        assert len(bot.requests) == 3
        await slack.do("clock", advance_s=20)
        assert len(bot.requests) == 4
        await slack.do("clock", advance_s=3600)
        numbers = [headers.get("X-Slack-Retry-Num") for headers, _ in bot.requests]
        assert numbers == [None, "1", "2", "3"]
        assert bot.requests[1][0]["X-Slack-Retry-Reason"] == "http_error"
        assert len({json.loads(body)["event_id"] for _, body in bot.requests}) == 1


async def test_the_bot_can_forbid_retries(start_slack: Start) -> None:
    async with http_bot() as bot:
        slack = await start_slack(**http_world(bot.url))
        bot.answers = [web.Response(status=500, headers={"x-slack-no-retry": "1"})]
        await dm(slack)
        await slack.do("clock", advance_s=3600)
        assert len(bot.requests) == 1


async def test_http_is_signed_and_encoded_as_slack_does(start_slack: Start) -> None:
    async with http_bot() as bot:
        slack = await start_slack(**http_world(bot.url))
        bot.answers = [web.Response(text="Hello"), web.Response()]
        await slack.do("command", as_="U0ANA", channel="C0TEAM", text="/lab")
        await slack.do("shortcut", as_="U0ANA", callback_id="new")
        await dm(slack)
        (command, interactive, event) = bot.requests[:3]
        for headers, body in (command, interactive, event):
            base = f"v0:{headers['X-Slack-Request-Timestamp']}:{body}"
            digest = hmac.new(b"secret", base.encode(), hashlib.sha256).hexdigest()
            assert headers["X-Slack-Signature"] == f"v0={digest}"
        form = "application/x-www-form-urlencoded"
        kinds = [headers["Content-Type"] for headers, _ in bot.requests[:3]]
        assert kinds == [form, form, "application/json"]
        assert parse_qs(command[1])["command"] == ["/lab"]
        assert json.loads(parse_qs(interactive[1])["payload"][0])["type"] == "shortcut"
        assert json.loads(event[1])["event"]["text"] == "hi"
        assert [m["text"] for m in await slack.said("C0TEAM")] == ["Hello"]


async def test_a_refused_interaction_is_not_sent_again(start_slack: Start) -> None:
    async with http_bot() as bot:
        slack = await start_slack(**http_world(bot.url))
        bot.answers = [web.Response(status=404)]
        done = await slack.do("shortcut", as_="U0ANA", callback_id="new")
        assert done["ack"]["status"] == "failed"
        assert done["ack"]["detail"] == "HTTP 404"
        await slack.do("clock", advance_s=3600)
        assert len(bot.requests) == 1


async def test_each_envelope_goes_to_one_connection(slack: Slack) -> None:
    async with socket_bot(slack) as first, socket_bot(slack) as second:
        for _ in range(4):
            await slack.do("shortcut", as_="U0ANA", callback_id="new")
        assert (len(first.envelopes), len(second.envelopes)) == (2, 2)


async def test_ten_connections_are_the_most(slack: Slack) -> None:
    sockets = []
    for _ in range(11):
        opened = (await slack.raw("apps.connections.open", AS_APP))[2]
        sockets.append(await slack.http.ws_connect(opened["url"]))
    assert [(await socket.receive_json())["type"] for socket in sockets] == [
        *["hello"] * 10,
        "disconnect",
    ]
    for socket in sockets:
        await socket.close()


async def test_payloads_can_come_twice(slack: Slack) -> None:
    async with socket_bot(slack) as bot:
        await slack.do("duplicates", times=1)
        await dm(slack)
        await dm(slack)
        await bot.until(3)
        events = [payload["event_id"] for payload in bot.payloads]
        assert (events[0] == events[1], events[1] == events[2]) == (True, False)


async def test_sockets_can_be_told_to_go(slack: Slack) -> None:
    for reason in ("refresh_requested", "link_disabled"):
        opened = (await slack.raw("apps.connections.open", AS_APP))[2]
        async with slack.http.ws_connect(opened["url"]) as socket:
            await socket.receive_json()
            assert (await slack.do("socket", disconnect=reason))["connections"] == 1
            told = await socket.receive_json()
            assert (told["type"], told["reason"]) == ("disconnect", reason)
            assert (await socket.receive()).type is WSMsgType.CLOSE


async def test_after_a_warning_new_envelopes_go_elsewhere(slack: Slack) -> None:
    async with socket_bot(slack) as old:
        await slack.do("socket", disconnect="warning")
        await old.until(1)
        async with socket_bot(slack) as new:
            await slack.do("shortcut", as_="U0ANA", callback_id="new")
            await slack.do("shortcut", as_="U0ANA", callback_id="new")
            assert (len(old.envelopes), len(new.envelopes)) == (1, 2)


async def test_a_new_world_keeps_the_connection(slack: Slack) -> None:
    async with socket_bot(slack) as bot:
        await slack.do("message", as_="U0ANA", channel="C0TEAM", text="old")
        await slack.do("reset", world=world())
        assert await slack.said("C0TEAM") == []
        await slack.do("shortcut", as_="U0ANA", callback_id="new")
        assert bot.payloads[-1]["type"] == "shortcut"


async def test_a_url_that_nobody_serves(start_slack: Start) -> None:
    async with http_bot() as bot:
        pass
    slack = await start_slack(**http_world(bot.url))
    done = await slack.do("command", as_="U0ANA", channel="C0TEAM", text="/lab")
    assert done["ack"]["status"] == "failed"
    assert "ClientConnectorError" in done["ack"]["detail"]


async def test_a_url_that_sends_away_in_circles(start_slack: Start) -> None:
    async with http_bot() as bot:
        slack = await start_slack(**http_world(bot.url))
        away = [web.Response(status=307, headers={"Location": bot.url}) for _ in range(3)]
        bot.answers = [*away, web.Response()]
        assert "TooManyRedirects" in (await dm(slack))["ack"]["detail"]
        await slack.do("clock", advance_s=1)
        assert bot.requests[-1][0]["X-Slack-Retry-Reason"] == "too_many_redirects"


async def test_noise_on_a_socket_is_no_ack(slack: Slack) -> None:
    async with socket_bot(slack) as bot:
        for noise in ("{", "[]", '{"envelope_id": "E0"}'):
            await bot.socket.send_str(noise)
        done = await slack.do("shortcut", as_="U0ANA", callback_id="new")
        assert done["ack"]["status"] == "ok"
