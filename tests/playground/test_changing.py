"""chat.update, chat.delete, chat.postEphemeral, chat.getPermalink."""

from typing import Any

import pytest

from tests.playground.conftest import Slack, Start
from tests.playground.test_posting import post, section

JSON = dict[str, Any]


@pytest.fixture
async def posted(slack: Slack) -> JSON:
    """A message with blocks and metadata in a DM."""
    metadata = {"event_type": "prompt", "event_payload": {"id": 7}}
    return await post(slack, "U0ANA", text="old", blocks=[section()], metadata=metadata)


async def update(slack: Slack, posted: JSON, **args: Any) -> JSON:
    return await slack.api("chat.update", channel=posted["channel"], ts=posted["ts"], **args)


async def test_text_without_blocks_removes_the_blocks(slack: Slack, posted: JSON) -> None:
    answer = await update(slack, posted, text="new")
    assert answer["ok"] is True
    message = (await slack.said("D0ANA"))[0]
    assert message["text"] == "new"
    assert "blocks" not in message
    assert message["edited"]["user"] == "U0BOT"


async def test_blocks_alone_keep_the_text_and_show_no_edit(slack: Slack, posted: JSON) -> None:
    await update(slack, posted, blocks=[section("fresh")])
    message = (await slack.said("D0ANA"))[0]
    assert (message["text"], message["blocks"][0]["text"]["text"]) == ("old", "fresh")
    assert "edited" not in message


async def test_metadata_is_kept_when_omitted_and_cleared_with_an_empty_object(
    slack: Slack, posted: JSON
) -> None:
    await update(slack, posted, text="new")
    assert (await slack.said("D0ANA"))[0]["metadata"]["event_payload"] == {"id": 7}
    await update(slack, posted, text="new", metadata={})
    assert "metadata" not in (await slack.said("D0ANA"))[0]


async def test_a_persons_id_is_no_channel_for_an_update(slack: Slack, posted: JSON) -> None:
    answer = await slack.api("chat.update", channel="U0ANA", ts=posted["ts"], text="new")
    assert answer["error"] == "channel_not_found"


@pytest.mark.parametrize(
    ("args", "error"),
    [
        ({"ts": "1.000001", "text": "x"}, "message_not_found"),
        ({"text": "x" * 4_001}, "msg_too_long"),
        ({}, "no_text"),
        ({"text": "x", "blocks": [{"type": "sections"}]}, "invalid_blocks"),
    ],
)
async def test_what_an_update_refuses(slack: Slack, posted: JSON, args: JSON, error: str) -> None:
    answer = await update(slack, {"channel": "D0ANA", "ts": args.pop("ts", posted["ts"])}, **args)
    assert answer["error"] == error


async def test_only_own_messages_can_be_changed(slack: Slack) -> None:
    said = (await slack.do("message", as_="U0ANA", channel="C0TEAM", text="mine"))["message"]
    assert (await update(slack, said, text="x"))["error"] == "cant_update_message"
    gone = await slack.api("chat.delete", channel="C0TEAM", ts=said["ts"])
    assert gone["error"] == "cant_delete_message"


async def test_nothing_changes_in_an_archived_channel(slack: Slack) -> None:
    said = await post(slack, "C0TEAM")
    await slack.do("channels", id="C0TEAM", archived=True)
    assert (await update(slack, said, text="x"))["error"] == "is_inactive"


async def test_a_deleted_message_is_gone(slack: Slack, posted: JSON) -> None:
    gone = {"channel": "D0ANA", "ts": posted["ts"]}
    assert (await slack.api("chat.delete", **gone))["ok"] is True
    assert await slack.said("D0ANA") == []
    assert (await slack.api("chat.delete", **gone))["error"] == "message_not_found"
    assert (await update(slack, posted, text="x"))["error"] == "message_not_found"


async def test_a_root_with_replies_leaves_a_tombstone(slack: Slack, posted: JSON) -> None:
    await post(slack, "D0ANA", text="reply", thread_ts=posted["ts"])
    await slack.api("chat.delete", channel="D0ANA", ts=posted["ts"])
    root = (await slack.said("D0ANA"))[0]
    assert (root["subtype"], root["reply_count"]) == ("tombstone", 1)
    assert (await update(slack, posted, text="x"))["error"] == "message_not_found"


async def test_an_ephemeral_message_is_for_its_reader_only(slack: Slack) -> None:
    answer = await slack.api("chat.postEphemeral", channel="C0TEAM", user="U0ANA", text="psst")
    said = await slack.said("C0TEAM")
    assert [(m["text"], m["ephemeral"]) for m in said] == [("psst", True)]
    assert await slack.said("C0TEAM", "U0BEN") == []
    found = await slack.api("conversations.history", channel="C0TEAM")
    assert found["messages"] == []
    changed = await update(slack, {"channel": "C0TEAM", "ts": answer["message_ts"]}, text="x")
    assert changed["error"] == "message_not_found"


@pytest.mark.parametrize(
    ("channel", "user", "error"),
    [
        ("C0TEAM", "U0GUS", "user_not_in_channel"),
        ("C0OPEN", "U0ANA", "not_in_channel"),
        ("C0HIDE", "U0BEN", "channel_not_found"),
        ("C0OLD", "U0ANA", "is_archived"),
        ("U0ANA", "U0ANA", "channel_not_found"),
    ],
)
async def test_where_nobody_can_be_whispered_to(
    slack: Slack, channel: str, user: str, error: str
) -> None:
    answer = await slack.api("chat.postEphemeral", channel=channel, user=user, text="x")
    assert answer["error"] == error


async def test_an_ephemeral_reply_needs_a_thread_with_replies(start_slack: Start) -> None:
    slack = await start_slack(rate_limits=False)
    root = (await post(slack, "C0TEAM"))["ts"]
    args = {"channel": "C0TEAM", "user": "U0ANA", "text": "psst", "thread_ts": root}
    assert (await slack.api("chat.postEphemeral", **args))["ok"] is True
    thread = await slack.see("messages", channel="C0TEAM", thread_ts=root)
    assert len(thread["messages"]) == 1
    await post(slack, "C0TEAM", text="reply", thread_ts=root)
    await slack.api("chat.postEphemeral", **args)
    thread = await slack.see("messages", channel="C0TEAM", thread_ts=root)
    assert [m["text"] for m in thread["messages"]] == ["x", "reply", "psst"]


async def test_permalinks_lead_to_the_page(slack: Slack, posted: JSON) -> None:
    args = {"channel": "D0ANA", "message_ts": posted["ts"]}
    link = (await slack.api("chat.getPermalink", **args))["permalink"]
    assert link == f"{slack.url}/archives/D0ANA/p{posted['ts'].replace('.', '')}"
    async with slack.http.get(link, allow_redirects=False) as response:
        assert response.headers["Location"] == f"/?channel=D0ANA&ts={posted['ts']}"
    missing = await slack.api("chat.getPermalink", channel="D0ANA", message_ts="1.000001")
    assert missing["error"] == "message_not_found"
