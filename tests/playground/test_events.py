"""The Events API: what comes, in which shape, and what doesn't."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.playground.conftest import Slack, Start, manifest
from tests.playground.raw_bot import RawBot, socket_bot
from tests.playground.test_views import home

JSON = dict[str, Any]


@pytest.fixture
async def bot(slack: Slack) -> AsyncIterator[RawBot]:
    async with socket_bot(slack) as bot:
        yield bot


async def test_an_event_has_its_envelope(slack: Slack, bot: RawBot) -> None:
    done = await slack.do("home", as_="U0ANA")
    assert done["ack"]["status"] == "ok"
    envelope = bot.envelopes[-1]
    assert (envelope["type"], envelope["accepts_response_payload"]) == ("events_api", False)
    assert (envelope["retry_attempt"], envelope["retry_reason"]) == (0, "")
    payload = envelope["payload"]
    assert (payload["type"], payload["team_id"]) == ("event_callback", "T0LAB")
    assert (payload["api_app_id"], payload["event_time"]) == ("A0LAB", 1770107390)
    assert payload["event_id"].startswith("Ev")
    assert payload["authorizations"] == [
        {
            "enterprise_id": None,
            "team_id": "T0LAB",
            "user_id": "U0BOT",
            "is_bot": True,
            "is_enterprise_install": False,
        }
    ]


async def test_app_home_opened_carries_the_view_that_is_there(slack: Slack, bot: RawBot) -> None:
    await slack.do("home", as_="U0ANA")
    event = bot.payloads[-1]["event"]
    assert (event["user"], event["channel"], event["tab"]) == ("U0ANA", "D0ANA", "home")
    assert "view" not in event
    published = (await slack.api("views.publish", user_id="U0ANA", view=home()))["view"]
    done = await slack.do("home", as_="U0ANA")
    assert bot.payloads[-1]["event"]["view"]["id"] == published["id"]
    assert done["view"]["id"] == published["id"]


async def test_a_message_to_the_bot(slack: Slack, bot: RawBot) -> None:
    await slack.do("home", as_="U0ANA")
    said = await slack.do("message", as_="U0ANA", channel="D0ANA", text="hi @ben & <x>")
    event = bot.payloads[-1]["event"]
    assert event["text"] == "hi <@U0BEN> &amp; &lt;x&gt;"
    assert (event["user"], event["channel_type"]) == ("U0ANA", "im")
    assert event["ts"] == event["event_ts"] == said["message"]["ts"]


async def test_only_what_is_subscribed_and_in_scope_comes(slack: Slack, bot: RawBot) -> None:
    # message.channels is not subscribed; message.groups is, but groups:history is no scope.
    for channel in ("C0TEAM", "C0PRIV"):
        done = await slack.do("message", as_="U0ANA", channel=channel, text="x")
        assert done["ack"] is None
    assert bot.envelopes == []


async def test_mentions_are_events_of_their_own(start_slack: Start) -> None:
    app = manifest(scopes=["app_mentions:read"], events=["app_mention"])
    slack = await start_slack(app=app)
    async with socket_bot(slack) as bot:
        await slack.do("message", as_="U0ANA", channel="C0TEAM", text="@lab hello")
        event = bot.payloads[-1]["event"]
        assert (event["type"], event["text"]) == ("app_mention", "<@U0BOT> hello")


async def test_people_come_and_change(slack: Slack, bot: RawBot) -> None:
    added = await slack.do("people", handle="cy", name="Cy Young", tz="Asia/Tokyo")
    assert added["ack"]["status"] == "ok"
    ident = added["person"]["id"]
    await slack.do("people", id=ident, deleted=True)
    assert bot.events() == ["team_join", "user_change"]
    assert bot.payloads[0]["event"]["user"]["tz"] == "Asia/Tokyo"
    assert bot.payloads[1]["event"]["user"]["deleted"] is True
    assert (await slack.do("people", 400, handle="dee"))["error"] == "bad_request"


async def test_channels_change_and_people_move(slack: Slack, bot: RawBot) -> None:
    await slack.do("channels", id="C0TEAM", add=["U0GUS"], by="U0BEN")
    event = bot.payloads[-1]["event"]
    assert (event["type"], event["user"], event["inviter"]) == (
        "member_joined_channel",
        "U0GUS",
        "U0BEN",
    )
    assert (event["channel"], event["channel_type"], event["team"]) == ("C0TEAM", "C", "T0LAB")
    await slack.do("channels", id="C0TEAM", remove=["U0GUS"])
    await slack.do("channels", id="C0TEAM", rename="lab-team")
    assert bot.payloads[-1]["event"]["channel"]["name"] == "lab-team"
    await slack.do("channels", id="C0TEAM", archived=True)
    await slack.do("channels", id="C0TEAM", archived=False)
    assert bot.events()[1:] == [
        "member_left_channel",
        "channel_rename",
        "channel_archive",
        "channel_unarchive",
    ]


async def test_the_bot_hears_nothing_of_channels_it_is_not_in(slack: Slack, bot: RawBot) -> None:
    await slack.do("channels", id="C0OPEN", add=["U0BEN"])
    await slack.do("channels", id="C0HIDE", rename="hidden-more", archived=True)
    assert bot.envelopes == []


async def test_the_bot_hears_of_its_own_coming_and_going(slack: Slack, bot: RawBot) -> None:
    await slack.do("channels", id="C0OPEN", add=["U0BOT"])
    await slack.do("channels", id="C0OPEN", remove=["U0BOT"])
    assert bot.events() == ["member_joined_channel", "member_left_channel", "channel_left"]
    new = await slack.do("channels", name="fresh", members=["U0ANA", "U0BOT"])
    assert new["channel"]["members"] == ["U0ANA", "U0BOT"]
    refused = await slack.do("channels", 404, id="C0OPEN", add=["U0NO"])
    assert refused["error"] == "no_such_person"


async def test_uninstalling_is_the_last_that_is_heard(slack: Slack, bot: RawBot) -> None:
    await slack.do("revoke")
    assert bot.events() == ["tokens_revoked", "app_uninstalled"]
    assert bot.payloads[0]["event"]["tokens"] == {"oauth": [], "bot": ["U0BOT"]}
    assert (await slack.see("state"))["commands"] == []
    refused = await slack.do("command", 409, as_="U0ANA", channel="C0TEAM", text="/lab")
    assert refused["error"] == "app_uninstalled"
    await slack.do("home", as_="U0ANA")
    assert len(bot.envelopes) == 2
