"""Commands, clicks in messages, shortcuts, and the answers to them."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.playground.conftest import Slack, Start, manifest
from tests.playground.raw_bot import RawBot, socket_bot
from tests.playground.test_posting import post
from tests.playground.test_views import plain

JSON = dict[str, Any]

ACTIONS = {
    "type": "actions",
    "block_id": "acts",
    "elements": [
        {
            "type": "button",
            "action_id": "go",
            "text": plain("Go"),
            "value": "7",
            "style": "primary",
        },
        {
            "type": "overflow",
            "action_id": "more",
            "options": [{"text": plain("Snooze"), "value": "snooze"}],
        },
        {"type": "users_select", "action_id": "who"},
    ],
}


@pytest.fixture
async def bot(slack: Slack) -> AsyncIterator[RawBot]:
    async with socket_bot(slack) as bot:
        yield bot


async def say(slack: Slack, text: str, channel: str = "C0TEAM", **more: Any) -> JSON:
    return await slack.do("command", as_="U0ANA", channel=channel, text=text, **more)


async def click(slack: Slack, message: JSON, action: str, **more: Any) -> JSON:
    at = {"channel": message["channel"], "ts": message["ts"]}
    return await slack.do(
        "click", **({"as_": "U0ANA", "block_id": "acts", "action_id": action} | at | more)
    )


async def answer(slack: Slack, url: str, **body: Any) -> tuple[int, JSON]:
    async with slack.http.post(url, json=body) as response:
        return response.status, await response.json()


async def test_a_command_is_complete(slack: Slack, bot: RawBot) -> None:
    await say(slack, "/lab  standup now ")
    envelope = bot.envelopes[-1]
    assert (envelope["type"], envelope["accepts_response_payload"]) == ("slash_commands", True)
    payload = dict(envelope["payload"])
    assert payload.pop("response_url").startswith(f"{slack.url}/response/")
    assert payload.pop("trigger_id")
    assert payload.pop("token")
    assert payload == {
        "team_id": "T0LAB",
        "team_domain": "nano-lab",
        "channel_id": "C0TEAM",
        "channel_name": "team",
        "user_id": "U0ANA",
        "user_name": "ana",
        "command": "/lab",
        "text": "standup now",
        "api_app_id": "A0LAB",
        "is_enterprise_install": "false",
    }


async def test_mentions_are_escaped_when_the_manifest_says_so(slack: Slack, bot: RawBot) -> None:
    typed = "@ben #team #priv a<b & <@U0ANA> https://x.test/?a=1&b=2 @nobody"
    await say(slack, f"/lab {typed}")
    assert bot.payloads[-1]["text"] == (
        "<@U0BEN|ben> <#C0TEAM|team> <#C0PRIV|> a&lt;b &amp; <@U0ANA|ana> "
        "<https://x.test/?a=1&amp;b=2> @nobody"
    )
    await say(slack, f"/raw {typed}")
    assert bot.payloads[-1]["text"] == typed


async def test_private_places_have_no_name_of_their_own(slack: Slack, bot: RawBot) -> None:
    await say(slack, "/lab", channel="C0PRIV")
    assert bot.payloads[-1]["channel_name"] == "privategroup"
    await slack.do("home", as_="U0ANA")
    await say(slack, "/lab", channel="D0ANA")
    assert bot.payloads[-1]["channel_name"] == "directmessage"


@pytest.mark.parametrize(
    ("args", "status", "error"),
    [
        ({"text": "/nope"}, 404, "no_such_command"),
        ({"text": "/lab", "thread_ts": "1.000001"}, 409, "not_in_threads"),
        ({"text": "/lab", "channel": "C0HIDE"}, 404, "channel_not_found"),
        ({"text": "/lab", "as_": "U0NO"}, 404, "no_such_person"),
    ],
)
async def test_commands_that_slack_refuses(
    slack: Slack, args: JSON, status: int, error: str
) -> None:
    body = {"as_": "U0ANA", "channel": "C0TEAM"} | args
    assert (await slack.do("command", status, **body))["error"] == error


async def test_the_ack_of_a_command_can_be_a_message(slack: Slack, bot: RawBot) -> None:
    bot.answer = lambda _: {"text": "Only you"}
    await say(slack, "/lab")
    bot.answer = lambda _: {"text": "All", "response_type": "in_channel"}
    await say(slack, "/lab", channel="C0OPEN")
    assert [(m["text"], m.get("ephemeral")) for m in await slack.said("C0TEAM")] == [
        ("Only you", True)
    ]
    assert [(m["text"], m.get("ephemeral")) for m in await slack.said("C0OPEN")] == [("All", None)]
    assert await slack.said("C0TEAM", "U0BEN") == []
    bot.answer = lambda _: {"text": "x", "blocks": [{"type": "nope"}]}
    assert (await say(slack, "/lab"))["ack"]["detail"] == "invalid_blocks"


async def test_without_a_bot_a_command_fails(slack: Slack) -> None:
    async with slack.http.ws_connect(f"{slack.url}/control/feed?as=U0ANA") as feed:
        assert (await say(slack, "/lab"))["ack"]["status"] == "failed"
        while (item := await feed.receive_json())["type"] != "notice":
            pass
        assert item["text"] == "/lab failed with the error “dispatch_failed”"


async def test_interactivity_can_be_off(start_slack: Start) -> None:
    slack = await start_slack(app=manifest(interactive=False))
    message = await post(slack, "C0TEAM", blocks=[ACTIONS])
    args = {"as_": "U0ANA", "channel": "C0TEAM", "ts": message["ts"]}
    done = await slack.do("click", 409, **args, block_id="acts", action_id="go")
    assert done["error"] == "interactivity_off"


async def test_a_click_in_a_message_is_complete(slack: Slack, bot: RawBot) -> None:
    message = await post(slack, "C0TEAM", blocks=[ACTIONS])
    assert (await click(slack, message, "go"))["ack"]["status"] == "ok"
    payload = bot.payloads[-1]
    assert payload["type"] == "block_actions"
    assert payload["container"] == {
        "type": "message",
        "message_ts": message["ts"],
        "channel_id": "C0TEAM",
        "is_ephemeral": False,
    }
    assert payload["channel"] == {"id": "C0TEAM", "name": "team"}
    assert payload["message"]["ts"] == message["ts"]
    assert payload["state"]["values"] == {
        "acts": {"who": {"type": "users_select", "selected_user": None}}
    }
    action = payload["actions"][0]
    assert (action["action_id"], action["block_id"], action["type"]) == ("go", "acts", "button")
    assert (action["value"], action["style"]) == ("7", "primary")
    assert payload["trigger_id"]
    assert payload["response_url"].startswith(slack.url)


async def test_choices_are_in_the_action_and_in_the_state(slack: Slack, bot: RawBot) -> None:
    message = await post(slack, "C0TEAM", blocks=[ACTIONS])
    await click(slack, message, "more", value="snooze")
    assert bot.payloads[-1]["actions"][0]["selected_option"]["value"] == "snooze"
    await click(slack, message, "who", value="U0BEN")
    payload = bot.payloads[-1]
    assert payload["actions"][0]["selected_user"] == "U0BEN"
    assert payload["state"]["values"]["acts"]["who"]["selected_user"] == "U0BEN"
    await click(slack, message, "go", as_="U0BEN")
    assert bot.payloads[-1]["state"]["values"]["acts"]["who"]["selected_user"] is None


async def test_an_ephemeral_message_is_not_in_the_payload(slack: Slack, bot: RawBot) -> None:
    args = {"channel": "C0TEAM", "user": "U0ANA", "text": "x", "blocks": [ACTIONS]}
    ts = (await slack.api("chat.postEphemeral", **args))["message_ts"]
    await click(slack, {"channel": "C0TEAM", "ts": ts}, "go")
    payload = bot.payloads[-1]
    assert payload["container"]["is_ephemeral"] is True
    assert "message" not in payload
    url = payload["response_url"]
    await answer(slack, url, replace_original=True, response_type="in_channel", text="new")
    assert [(m["text"], m["ephemeral"]) for m in await slack.said("C0TEAM")] == [("new", True)]
    await answer(slack, url, delete_original=True)
    assert await slack.said("C0TEAM") == []


async def test_a_response_url_works_five_times(slack: Slack, bot: RawBot) -> None:
    await say(slack, "/lab")
    url = bot.payloads[-1]["response_url"]
    for _ in range(5):
        assert await answer(slack, url, text="x") == (200, {"ok": True})
    assert await answer(slack, url, text="x") == (404, {"ok": False, "error": "used_url"})
    entry = (await slack.see("log"))["entries"][-1]
    assert (entry["name"], entry["error"]) == ("response_url", "used_url")


async def test_a_response_url_works_for_half_an_hour(slack: Slack, bot: RawBot) -> None:
    await say(slack, "/lab")
    url = bot.payloads[-1]["response_url"]
    await slack.do("clock", advance_s=1799)
    assert (await answer(slack, url, text="x"))[0] == 200
    await slack.do("clock", advance_s=60)
    assert (await answer(slack, url, text="x"))[1]["error"] == "expired_url"
    assert (await answer(slack, f"{slack.url}/response/none"))[1]["error"] == "invalid_url"


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({}, "no_text"),
        ({"text": "x", "blocks": [{"type": "nope"}]}, "invalid_blocks"),
        ({"delete_original": True}, "invalid_payload"),
        ({"replace_original": True, "text": "x"}, "invalid_payload"),
    ],
)
async def test_answers_that_are_refused(slack: Slack, bot: RawBot, body: JSON, error: str) -> None:
    await say(slack, "/lab")
    url = bot.payloads[-1]["response_url"]
    assert await answer(slack, url, **body) == (400, {"ok": False, "error": error})


async def test_a_message_can_be_replaced_or_answered_in_its_thread(
    slack: Slack, bot: RawBot
) -> None:
    message = await post(slack, "C0TEAM", blocks=[ACTIONS])
    await click(slack, message, "go")
    url = bot.payloads[-1]["response_url"]
    await answer(slack, url, text="done", response_type="in_channel", thread_ts=message["ts"])
    refused = await answer(slack, url, text="x", replace_original=True, thread_ts=message["ts"])
    assert refused[1]["error"] == "invalid_payload"
    await answer(slack, url, text="new", replace_original=True)
    shown = (await slack.said("C0TEAM"))[0]
    assert (shown["text"], shown["reply_count"], "blocks" in shown) == ("new", 1, False)


async def test_shortcuts(slack: Slack, bot: RawBot) -> None:
    await slack.do("shortcut", as_="U0ANA", callback_id="new")
    payload = bot.payloads[-1]
    assert (payload["type"], payload["callback_id"]) == ("shortcut", "new")
    assert "response_url" not in payload
    assert "channel" not in payload
    said = (await slack.do("message", as_="U0BEN", channel="C0TEAM", text="idea"))["message"]
    at = {"channel": "C0TEAM", "ts": said["ts"]}
    await slack.do("shortcut", as_="U0ANA", callback_id="log", **at)
    payload = bot.payloads[-1]
    assert (payload["type"], payload["message_ts"]) == ("message_action", said["ts"])
    assert (payload["message"]["text"], payload["channel"]["id"]) == ("idea", "C0TEAM")
    assert payload["response_url"]
    refused = await slack.do("shortcut", 404, as_="U0ANA", callback_id="log")
    assert refused["error"] == "no_such_shortcut"


async def test_a_message_can_be_taken_away(slack: Slack, bot: RawBot) -> None:
    message = await post(slack, "C0TEAM", blocks=[ACTIONS])
    await click(slack, message, "go")
    await answer(slack, bot.payloads[-1]["response_url"], delete_original=True)
    assert await slack.said("C0TEAM") == []


@pytest.mark.parametrize("body", ["{", "[]"])
async def test_an_answer_must_be_an_object(slack: Slack, bot: RawBot, body: str) -> None:
    await say(slack, "/lab")
    async with slack.http.post(bot.payloads[-1]["response_url"], data=body) as response:
        assert (response.status, (await response.json())["error"]) == (400, "invalid_payload")
