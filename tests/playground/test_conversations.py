"""conversations.*, users.*, team.info and bots.info."""

from typing import Any

import pytest

from tests.playground.conftest import Slack, Start, manifest
from tests.playground.test_posting import post

JSON = dict[str, Any]


def ids(answer: JSON, key: str = "channels") -> list[str]:
    return [item["id"] for item in answer[key]]


async def test_opening_a_dm_gives_its_id(slack: Slack) -> None:
    answer = await slack.api("conversations.open", users="U0ANA")
    assert answer["channel"] == {"id": "D0ANA"}
    answer = await slack.api("conversations.open", users=["U0ANA"], return_im=True)
    assert (answer["channel"]["user"], answer["channel"]["is_im"]) == ("U0ANA", True)
    answer = await slack.api("conversations.open", channel="D0ANA")
    assert answer["already_open"] is True


@pytest.mark.parametrize(
    ("args", "error"),
    [
        ({"users": "U0NONE"}, "user_not_found"),
        ({"users": "U0OUT"}, "user_disabled"),
        ({"users": "U0BOT"}, "cannot_dm_bot"),
        ({"users": ""}, "users_list_not_supplied"),
        ({"users": "U0ANA,U0BEN"}, "missing_scope"),
        ({"users": ["U0ANA"] * 9}, "too_many_users"),
        ({"channel": "D0NONE"}, "channel_not_found"),
    ],
)
async def test_dms_that_cannot_be_opened(slack: Slack, args: JSON, error: str) -> None:
    assert (await slack.api("conversations.open", **args))["error"] == error


async def test_private_channels_are_unknown_to_outsiders(slack: Slack) -> None:
    for method in ("conversations.info", "conversations.members", "conversations.history"):
        answer = await slack.api(method, channel="C0HIDE")
        assert answer["error"] == "channel_not_found", method
    assert (await slack.api("conversations.info", channel="C0PRIV"))["channel"]["is_private"]


async def test_a_persons_id_is_no_channel(slack: Slack) -> None:
    answer = await slack.api("conversations.info", channel="U0ANA")
    assert answer["error"] == "channel_not_found"


async def test_channels_tell_whether_the_bot_is_in(slack: Slack) -> None:
    answer = await slack.api("conversations.info", channel="C0OPEN", include_num_members=True)
    assert (answer["channel"]["is_member"], answer["channel"]["num_members"]) == (False, 1)


async def test_a_list_has_public_channels_unless_told_otherwise(slack: Slack) -> None:
    assert ids(await slack.api("conversations.list")) == ["C0TEAM", "C0OPEN", "C0OLD"]
    answer = await slack.api("conversations.list", exclude_archived=True)
    assert ids(answer) == ["C0TEAM", "C0OPEN"]
    answer = await slack.api("conversations.list", types="private_channel")
    assert ids(answer) == ["C0PRIV"]
    answer = await slack.api("conversations.list", types="secret_channel")
    assert answer["error"] == "invalid_types"


async def test_lists_come_in_pages(slack: Slack) -> None:
    page = await slack.api("conversations.list", limit=2)
    cursor = page["response_metadata"]["next_cursor"]
    rest = await slack.api("conversations.list", limit=2, cursor=cursor)
    assert ids(page) + ids(rest) == ["C0TEAM", "C0OPEN", "C0OLD"]
    assert rest["response_metadata"]["next_cursor"] == ""


@pytest.mark.parametrize("limit", [0, 1000])
async def test_limits_that_are_none(slack: Slack, limit: int) -> None:
    assert (await slack.api("conversations.list", limit=limit))["error"] == "invalid_limit"


@pytest.mark.parametrize("cursor", ["xyz", "bmV4dDp4", "b3RoZXI6Mg=="])
async def test_cursors_that_are_none(slack: Slack, cursor: str) -> None:
    answer = await slack.api("conversations.members", channel="C0TEAM", cursor=cursor)
    assert answer["error"] == "invalid_cursor"


async def test_members_include_the_bot(slack: Slack) -> None:
    answer = await slack.api("conversations.members", channel="C0TEAM")
    assert answer["members"] == ["U0ANA", "U0BEN", "U0BOT"]


async def test_conversations_of_the_bot_and_of_others(slack: Slack) -> None:
    assert ids(await slack.api("users.conversations")) == ["C0TEAM", "C0OLD"]
    mine = await slack.api("users.conversations", user="U0BEN", types="public_channel")
    assert ids(mine) == ["C0TEAM"]
    assert (await slack.api("users.conversations", user="U0NO"))["error"] == "user_not_found"


async def test_history_is_for_members(slack: Slack) -> None:
    answer = await slack.api("conversations.history", channel="C0OPEN")
    assert answer["error"] == "not_in_channel"


async def test_history_is_newest_first_and_between_two_moments(start_slack: Start) -> None:
    slack = await start_slack(rate_limits=False)
    stamps = [(await post(slack, "C0TEAM", text=f"{n}"))["ts"] for n in range(4)]

    async def texts(**args: Any) -> list[str]:
        answer = await slack.api("conversations.history", channel="C0TEAM", **args)
        return [message["text"] for message in answer["messages"]]

    assert await texts() == ["3", "2", "1", "0"]
    assert await texts(oldest=stamps[1]) == ["3", "2"]
    assert await texts(oldest=stamps[1], latest=stamps[2], inclusive=True) == ["2", "1"]
    assert await texts(limit=1) == ["3"]
    bad = await slack.api("conversations.history", channel="C0TEAM", oldest="yesterday")
    assert bad["error"] == "invalid_ts_oldest"
    bad = await slack.api("conversations.history", channel="C0TEAM", latest="now")
    assert bad["error"] == "invalid_ts_latest"


async def test_metadata_comes_only_when_asked_for(slack: Slack) -> None:
    metadata = {"event_type": "prompt", "event_payload": {"id": 7}}
    await post(slack, "U0ANA", metadata=metadata)
    args = {"channel": "D0ANA", "include_all_metadata": True}
    found = (await slack.api("conversations.history", **args))["messages"][0]
    assert found["metadata"] == metadata
    found = (await slack.api("conversations.history", channel="D0ANA"))["messages"][0]
    assert found["metadata"] == {"event_type": "prompt"}


async def test_a_thread_is_its_root_and_its_replies(start_slack: Start) -> None:
    slack = await start_slack(rate_limits=False)
    root = (await post(slack, "C0TEAM"))["ts"]
    reply = (await post(slack, "C0TEAM", text="reply", thread_ts=root))["ts"]
    for ts in (root, reply):
        answer = await slack.api("conversations.replies", channel="C0TEAM", ts=ts)
        assert [message["text"] for message in answer["messages"]] == ["x", "reply"]
    answer = await slack.api("conversations.replies", channel="C0TEAM", ts="1.000001")
    assert answer["error"] == "thread_not_found"


async def test_the_bot_can_join_public_channels_that_are_alive(slack: Slack) -> None:
    assert (await slack.api("conversations.join", channel="C0OPEN"))["channel"]["is_member"]
    again = await slack.api("conversations.join", channel="C0OPEN")
    assert again["warning"] == "already_in_channel"
    await slack.do("channels", id="C0OLD", remove=["U0BOT"])
    assert (await slack.api("conversations.join", channel="C0OLD"))["error"] == "is_archived"
    answer = await slack.api("conversations.join", channel="C0PRIV")
    assert answer["error"] == "method_not_supported_for_channel_type"


async def test_people_are_shown_as_slack_does(slack: Slack) -> None:
    ana = (await slack.api("users.info", user="U0ANA", include_locale=True))["user"]
    assert (ana["tz"], ana["tz_label"], ana["tz_offset"]) == ("Europe/Berlin", "CET", 3600)
    assert (ana["locale"], ana["profile"]["display_name"]) == ("en-US", "ana")
    assert "email" not in ana["profile"]
    gone = (await slack.api("users.info", user="U0OUT"))["user"]
    assert gone["deleted"] is True
    assert "tz" not in gone
    stranger = (await slack.api("users.info", user="U0EXT"))["user"]
    assert (stranger["is_stranger"], stranger["team_id"]) == (True, "T0OTHER")
    assert (await slack.api("users.info", user="U0GUS"))["user"]["is_restricted"] is True
    assert (await slack.api("users.info", user="U0BOT"))["user"]["profile"]["bot_id"] == "B0LAB"
    assert (await slack.api("users.info", user="USLACKBOT"))["user"]["is_bot"] is False
    assert (await slack.api("users.info", user="U0NO"))["error"] == "user_not_found"


async def test_the_email_needs_a_scope(start_slack: Start) -> None:
    slack = await start_slack(app=manifest(scopes=["users:read", "users:read.email"]))
    ana = (await slack.api("users.info", user="U0ANA"))["user"]
    assert ana["profile"]["email"] == "ana@example.com"


async def test_the_list_of_users_has_bots_and_deactivated_but_no_strangers(slack: Slack) -> None:
    people = (await slack.api("users.list"))["members"]
    assert [it["id"] for it in people] == ["U0ANA", "U0BEN", "U0GUS", "U0OUT", "U0BOT", "USLACKBOT"]
    assert [it["is_bot"] for it in people[-2:]] == [True, False]


async def test_team_and_bot(slack: Slack) -> None:
    assert (await slack.api("team.info"))["team"]["domain"] == "nano-lab"
    assert (await slack.api("bots.info", bot="B0LAB"))["bot"]["user_id"] == "U0BOT"
    assert (await slack.api("bots.info", bot="B0NO"))["error"] == "bot_not_found"
