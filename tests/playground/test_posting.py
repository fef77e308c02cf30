"""chat.postMessage: where a bot may post, and what."""

from typing import Any

import pytest

from tests.playground.conftest import Slack, Start, manifest
from tests.playground.raw_bot import socket_bot

JSON = dict[str, Any]


def section(text: str = "x") -> JSON:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


async def post(slack: Slack, channel: str, **args: Any) -> JSON:
    return await slack.api("chat.postMessage", channel=channel, **({"text": "x"} | args))


@pytest.mark.parametrize(
    ("channel", "error"),
    [
        ("C0NONE", "channel_not_found"),
        ("C0HIDE", "channel_not_found"),
        ("C0OPEN", "not_in_channel"),
        ("C0OLD", "is_archived"),
        ("U0NONE", "channel_not_found"),
        ("U0OUT", "channel_not_found"),
        ("D0NONE", "channel_not_found"),
    ],
)
async def test_where_the_bot_may_not_post(slack: Slack, channel: str, error: str) -> None:
    assert (await post(slack, channel))["error"] == error


async def test_public_channels_are_open_with_the_scope_for_it(start_slack: Start) -> None:
    slack = await start_slack(app=manifest(scopes=["chat:write", "chat:write.public"]))
    assert (await post(slack, "C0OPEN"))["ok"] is True
    assert (await post(slack, "C0HIDE"))["error"] == "channel_not_found"


async def test_a_person_as_channel_opens_the_dm(slack: Slack) -> None:
    answer = await post(slack, "U0ANA")
    assert answer["channel"] == "D0ANA"
    assert [m["text"] for m in await slack.said("D0ANA")] == ["x"]
    assert (await slack.see("state"))["dms"] == [{"id": "D0ANA", "user": "U0BOT", "unread": 1}]


async def test_a_public_channel_has_a_name_too(slack: Slack) -> None:
    assert (await post(slack, "#team"))["channel"] == "C0TEAM"
    assert (await post(slack, "#priv"))["error"] == "channel_not_found"


async def test_markdown_is_a_message_of_its_own(slack: Slack) -> None:
    answer = await post(slack, "C0TEAM", text=None, markdown_text="**x**")
    assert answer["message"]["blocks"][0]["type"] == "markdown"


async def test_a_deactivated_person_cannot_be_written_to(slack: Slack) -> None:
    await post(slack, "U0ANA")
    await slack.do("people", id="U0ANA", deleted=True)
    for channel in ("U0ANA", "D0ANA"):
        assert (await post(slack, channel))["error"] == "channel_not_found"


async def test_the_messages_tab_can_be_off(start_slack: Start) -> None:
    app = manifest()
    app["features"]["app_home"]["messages_tab_enabled"] = False
    slack = await start_slack(app=app)
    assert (await post(slack, "U0ANA"))["error"] == "messages_tab_disabled"


@pytest.mark.parametrize(
    ("args", "error"),
    [
        ({"text": ""}, "no_text"),
        ({"text": None, "blocks": []}, "no_text"),
        ({"blocks": "["}, "invalid_blocks_format"),
        ({"blocks": {"type": "divider"}}, "invalid_blocks_format"),
        ({"blocks": ["x"]}, "invalid_blocks_format"),
        ({"markdown_text": "x"}, "markdown_text_conflict"),
        ({"text": None, "markdown_text": "x" * 12_001}, "msg_too_long"),
        ({"attachments": [{}] * 101}, "too_many_attachments"),
        ({"as_user": True}, "as_user_not_supported"),
        ({"username": "Robo"}, "missing_scope"),
        ({"thread_ts": "1.000001"}, "cannot_reply_to_message"),
        ({"metadata": "{"}, "invalid_metadata_format"),
        ({"metadata": {"event_type": "a b", "event_payload": {}}}, "invalid_metadata_format"),
        ({"metadata": {"event_type": "a"}}, "invalid_metadata_format"),
        (
            {"metadata": {"event_type": "a", "event_payload": {"x": {"y": {"z": 1}}}}},
            "invalid_metadata_format",
        ),
        (
            {"metadata": {"event_type": "a", "event_payload": {"x": "y" * 8_000}}},
            "metadata_too_large",
        ),
    ],
)
async def test_what_cannot_be_posted(slack: Slack, args: JSON, error: str) -> None:
    assert (await post(slack, "C0TEAM", **args))["error"] == error


async def test_bad_blocks_come_with_json_pointers(slack: Slack) -> None:
    answer = await post(slack, "C0TEAM", blocks=[section()] * 51)
    assert answer["error"] == "invalid_blocks"
    messages = answer["response_metadata"]["messages"]
    assert messages == ["[ERROR] no more than 50 items allowed [json-pointer:/blocks]"]
    entry = (await slack.see("log"))["entries"][-1]
    assert (entry["error"], entry["checks"]) == ("invalid_blocks", messages)


async def test_long_text_is_cut_without_an_error(slack: Slack) -> None:
    answer = await post(slack, "C0TEAM", text="x" * 40_001)
    assert len(answer["message"]["text"]) == 40_000


async def test_blocks_and_elements_get_ids(slack: Slack) -> None:
    button = {"type": "button", "text": {"type": "plain_text", "text": "Go"}}
    answer = await post(slack, "C0TEAM", blocks=[{"type": "actions", "elements": [button]}])
    block = answer["message"]["blocks"][0]
    assert block["block_id"]
    assert block["elements"][0]["action_id"]


async def test_text_is_made_of_blocks_when_there_is_none(slack: Slack) -> None:
    answer = await post(slack, "C0TEAM", text=None, blocks=[section("Step 1"), section("Step 2")])
    assert answer["message"]["text"] == "Step 1\nStep 2"


async def test_a_message_carries_the_bot(slack: Slack) -> None:
    message = (await post(slack, "C0TEAM"))["message"]
    assert (message["user"], message["bot_id"], message["app_id"]) == ("U0BOT", "B0LAB", "A0LAB")
    assert message["bot_profile"]["name"] == "Lab"


async def test_replies_count_and_go_to_roots_only(slack: Slack) -> None:
    root = (await post(slack, "C0TEAM"))["ts"]
    reply = await post(slack, "C0TEAM", text="reply", thread_ts=root)
    shown = await slack.said("C0TEAM")
    assert [m["text"] for m in shown] == ["x"]
    assert (shown[0]["reply_count"], shown[0]["latest_reply"]) == (1, reply["ts"])
    refused = await post(slack, "C0TEAM", thread_ts=reply["ts"])
    assert refused["error"] == "cannot_reply_to_message"


async def test_a_broadcast_reply_is_in_the_channel_too(start_slack: Start) -> None:
    slack = await start_slack(rate_limits=False)
    root = (await post(slack, "C0TEAM"))["ts"]
    await post(slack, "C0TEAM", text="both", thread_ts=root, reply_broadcast=True)
    assert [m["text"] for m in await slack.said("C0TEAM")] == ["x", "both"]


async def test_the_bot_hears_its_own_message_in_a_dm(slack: Slack) -> None:
    async with socket_bot(slack) as bot:
        await post(slack, "U0ANA")
        await bot.until(1)
        event = bot.payloads[0]["event"]
        assert (event["type"], event["channel_type"], event["bot_id"]) == ("message", "im", "B0LAB")
