"""The server itself: who may speak to it, the feed, the state file, the start."""

import asyncio
import json
import signal
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.playground.conftest import MANIFEST, Slack, Start, world
from tests.playground.test_posting import post
from tests.playground.test_views import home

JSON = dict[str, Any]


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "127.0.0.1.evil.example:80"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
async def test_foreign_pages_are_refused(slack: Slack, headers: dict[str, str]) -> None:
    for path in ("/", "/control/clock", "/api/auth.test"):
        async with slack.http.get(slack.url + path, headers=headers) as response:
            assert response.status == 403, path


async def test_pages_may_ask_nobody_else(slack: Slack) -> None:
    async with slack.http.get(slack.url, headers={"Origin": slack.url}) as response:
        assert response.headers["Content-Security-Policy"] == "default-src 'self'"


async def test_bad_control_calls_say_what_is_wrong(slack: Slack) -> None:
    refused = await slack.do("command", 400, as_="U0ANA", text="/lab")
    assert refused == {"ok": False, "error": "bad_request", "detail": "channel: Field required"}
    async with slack.http.get(f"{slack.url}/control/messages") as response:
        assert (await response.json())["detail"] == "as is missing"
    async with slack.http.get(f"{slack.url}/control/log?after=x") as response:
        assert response.status == 400


async def test_everybody_sees_what_is_theirs(slack: Slack) -> None:
    def ids(state: JSON) -> list[str]:
        return [channel["id"] for channel in state["channels"]]

    async with slack.http.get(f"{slack.url}/control/state") as response:
        assert (await response.json())["me"]["handle"] == "ana"
    assert ids(await slack.see("state")) == ["C0TEAM", "C0OPEN", "C0PRIV", "C0OLD"]
    assert ids(await slack.see("state", "U0BEN")) == ["C0TEAM", "C0OPEN", "C0HIDE", "C0OLD"]
    assert ids(await slack.see("state", "U0GUS")) == []
    channel = (await slack.see("state", "U0BEN"))["channels"][1]
    assert channel == {
        "id": "C0OPEN",
        "name": "open",
        "topic": "",
        "private": False,
        "archived": False,
        "members": ["U0ANA"],
        "is_member": False,
        "unread": 0,
        "mentions": 0,
    }


async def test_unread_messages_and_mentions_are_counted_until_read(slack: Slack) -> None:
    await slack.do("message", as_="U0BEN", channel="C0TEAM", text="hello @ana")
    await slack.do("message", as_="U0BEN", channel="C0TEAM", text="more")

    async def counts(person: str) -> tuple[int, int]:
        channel = (await slack.see("state", person))["channels"][0]
        return channel["unread"], channel["mentions"]

    assert await counts("U0ANA") == (2, 1)
    assert await counts("U0BEN") == (0, 0)
    await slack.do("read", as_="U0ANA", channel="C0TEAM")
    assert await counts("U0ANA") == (0, 0)


async def test_people_write_only_where_they_are(slack: Slack) -> None:
    for channel in ("C0OPEN", "C0OLD"):
        refused = await slack.do("message", 409, as_="U0BEN", channel=channel, text="x")
        assert refused["error"] == "not_in_channel"


async def test_the_feed_tells_what_this_person_can_see(slack: Slack) -> None:
    url = f"{slack.url}/control/feed"
    async with slack.http.ws_connect(f"{url}?as=U0ANA") as feed:
        await slack.do("message", as_="U0BEN", channel="C0HIDE", text="secret")
        said = await slack.do("message", as_="U0BEN", channel="C0TEAM", text="hi")
        item = await feed.receive_json()
        assert (item["type"], item["message"]) == ("message", said["message"])
        posted = await post(slack, "U0ANA")
        await slack.api("chat.update", channel="D0ANA", ts=posted["ts"], text="new")
        await slack.api("chat.delete", channel="D0ANA", ts=posted["ts"])
        await slack.api("views.publish", user_id="U0ANA", view=home())
        await slack.do("clock", paused=True)
        kinds: list[str] = []
        while "clock" not in kinds:
            kinds.append((await feed.receive_json())["type"])
        assert [kind for kind in kinds if kind != "log"] == [
            "state",
            "message",
            "message_changed",
            "message_deleted",
            "home",
            "clock",
        ]


async def test_a_restart_shows_the_same_workspace(start_slack: Start, tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    first = await start_slack(state=path)
    posted = await post(first, "U0ANA", text="kept")
    await first.do("channels", id="C0TEAM", rename="kept-team")
    await first.do("read", as_="U0ANA", channel="D0ANA")
    await first.api("views.publish", user_id="U0ANA", view=home())
    await first.do("clock", advance_s=86_400)
    await first.do("revoke")
    await first.stop()
    again = await start_slack(state=path)
    assert [m["ts"] for m in await again.said("D0ANA")] == [posted["ts"]]
    state = await again.see("state")
    assert state["channels"][0]["name"] == "kept-team"
    assert state["dms"][0]["unread"] == 0
    assert state["home"]["view"]["blocks"][0]["type"] == "divider"
    assert state["clock"]["now"] > "2026-02-04T08:29:50"
    assert (await again.api("auth.test"))["error"] == "token_revoked"


async def test_the_command_line(tmp_path: Path) -> None:
    (tmp_path / "world.json").write_text(json.dumps(world()))
    (tmp_path / "manifest.json").write_text(json.dumps(MANIFEST))
    files = ["--world", tmp_path / "world.json", "--manifest", tmp_path / "manifest.json"]
    command = [sys.executable, "-m", "bot.playground", *map(str, files), "--port", "0"]
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    assert process.stdout
    said = json.loads(await process.stdout.readline())
    assert said["url"].startswith("http://127.0.0.1:")
    assert said["pid"] == process.pid
    process.send_signal(signal.SIGTERM)
    assert await process.wait() == 0


async def test_a_world_that_makes_no_sense_is_one_sentence(tmp_path: Path) -> None:
    broken = world(channels=[{"id": "C1", "name": "x", "members": ["U0NO"]}])
    (tmp_path / "world.json").write_text(json.dumps(broken))
    files = ["--world", tmp_path / "world.json", "--manifest", tmp_path / "world.json"]
    command = [sys.executable, "-m", "bot.playground", *map(str, files)]
    process = await asyncio.create_subprocess_exec(*command, stderr=asyncio.subprocess.PIPE)
    _, err = await process.communicate()
    assert process.returncode == 1
    assert b"channel C1 has unknown members: ['U0NO']" in err
    assert b"Traceback" not in err
