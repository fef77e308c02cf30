"""`labmate run` against a Slack that isn't ours, told where it is by the environment alone."""

import asyncio
import signal
import socket
from pathlib import Path
from typing import Any

import pytest

from bot.manifest import SCOPES
from handlers.ids import Click
from tests.command import begin, labmate, said, stopped
from tests.stories import standin, team
from tests.stories.standin import ANA, CHANNEL, OtherSlack

JSON = dict[str, Any]


def written(values: JSON) -> dict[str, JSON]:
    return {name: {"type": "plain_text_input", "value": value} for name, value in values.items()}


async def a_standup(slack: OtherSlack) -> None:
    """A project, a hypothesis and a standup now; Ana answers with one click, and the channel reads it."""
    assert "Commands" in (await slack.types("help"))["text"]
    await slack.types("project")
    answer = await slack.submits(await slack.views.get(), **written(team.PROJECT))
    assert answer["response_action"] == "update"
    await slack.types("new")
    answer = await slack.submits(await slack.views.get(), **written(team.HYPOTHESIS))
    assert answer["response_action"] == "update"
    await slack.types("standup")
    now = {"type": "radio_buttons", "selected_option": {"value": "now"}}
    answer = await slack.submits(await slack.views.get(), start=now)
    assert answer["response_action"] == "update"
    await slack.hears(ANA, "The standup is set")
    question = await slack.hears(ANA, "What did you learn?")
    await slack.clicks(Click.NO_CHANGE, question)
    await slack.hears("D1ANA", "Noted: still running, no change.")
    await slack.hears(CHANNEL, "1 of 1 person answered")


@pytest.mark.parametrize(("transport", "by"), [("socket", signal.SIGINT), ("http", signal.SIGTERM)])
async def test_any_workspace_that_speaks_slacks_protocol(
    tmp_path: Path, transport: str, by: signal.Signals
) -> None:
    async with OtherSlack(set(SCOPES)) as slack:
        settings = {
            "SLACK_API_URL": f"http://{slack.url}/api/",
            "SLACK_BOT_TOKEN": standin.BOT_TOKEN,
        }
        if transport == "socket":
            settings["SLACK_APP_TOKEN"] = standin.APP_TOKEN
        else:
            port = free_port()
            settings |= {"SLACK_SIGNING_SECRET": standin.SECRET, "PORT": str(port)}
            slack.request_url = f"http://127.0.0.1:{port}/slack/events"
        bot = await begin(tmp_path, "run", **settings)
        try:
            await said(bot, "Labmate listens", errors=True)
            await listening(slack)
            await a_standup(slack)
            ended = await stopped(bot, by)
        finally:
            if bot.returncode is None:
                bot.kill()
                await bot.wait()
        assert slack.strange == []
        assert ended.code == 0
        assert "Labmate has stopped" in ended.err
        assert "Traceback" not in ended.err
        assert "[error" not in ended.err


async def listening(slack: OtherSlack) -> None:
    """uvicorn says that it listens a moment before it does."""
    if not slack.request_url:
        return
    port = int(slack.request_url.split(":")[2].partition("/")[0])
    async with asyncio.timeout(10):
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.05)
            else:
                writer.close()
                return


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
async def test_play_stops_in_order(tmp_path: Path, by: signal.Signals) -> None:
    play = await begin(tmp_path, "play", "--port", "0", "--no-browser", "--data-dir", str(tmp_path))
    try:
        await said(play, "Labmate is running")
        ended = await stopped(play, by)
    finally:
        if play.returncode is None:
            play.kill()
            await play.wait()
    assert ended.code == 0
    assert "Traceback" not in ended.err


@pytest.mark.parametrize("transport", ["socket", "http"])
async def test_run_stops_while_slack_is_still_away(tmp_path: Path, transport: str) -> None:
    secret = (
        {"SLACK_APP_TOKEN": "xapp-1"} if transport == "socket" else {"SLACK_SIGNING_SECRET": "x"}
    )
    nowhere = {"SLACK_API_URL": "http://127.0.0.1:9/api/", "SLACK_BOT_TOKEN": "xoxb-1"}
    bot = await begin(tmp_path, "run", **nowhere, **secret)
    await said(bot, "Slack can't be reached yet", errors=True)
    ended = await stopped(bot, signal.SIGINT)
    assert (ended.code, "Traceback" in ended.err) == (0, False)


async def test_a_port_that_is_taken_is_named(tmp_path: Path) -> None:
    async with OtherSlack(set(SCOPES)) as slack:
        port = slack.url.rpartition(":")[2]
        settings = {"SLACK_SIGNING_SECRET": standin.SECRET, "PORT": port}
        url = {"SLACK_API_URL": f"http://{slack.url}/api/", "SLACK_BOT_TOKEN": standin.BOT_TOKEN}
        ended = await labmate(tmp_path, "run", **settings, **url)
    assert ended.code == 2
    assert f"labmate: PORT {port} can't be listened to" in ended.err
    assert "Traceback" not in ended.err
