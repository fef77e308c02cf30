"""`labmate` as it is typed: a wrong setting ends it with one sentence, a signal ends it in order."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web

from tests.bot.conftest import Typed
from tests.command import labmate

COMMANDS = (
    *("play", "run", "web", "worker", "migrate", "manifest", "doctor"),
    *("import", "export", "digest"),
)
BOT = {"SLACK_BOT_TOKEN": "xoxb-1"}
SOCKET = {**BOT, "SLACK_APP_TOKEN": "xapp-1"}
HTTP = {**BOT, "SLACK_SIGNING_SECRET": "secret"}
NOWHERE = "http://127.0.0.1:9/api/"


async def test_help_names_every_command(tmp_path: Path) -> None:
    ended = await labmate(tmp_path, "--help")
    assert ended.code == 0
    assert all(f" {command} " in ended.out for command in COMMANDS)


@pytest.mark.parametrize(
    ("command", "settings", "named"),
    [
        ("run", {}, "SLACK_BOT_TOKEN is not set"),
        ("run", {"SLACK_BOT_TOKEN": "xapp-1"}, "SLACK_BOT_TOKEN is not a bot token"),
        ("run", {**BOT, "SLACK_APP_TOKEN": "xoxb-1"}, "SLACK_APP_TOKEN is not an app-level token"),
        ("run", BOT, "Neither SLACK_APP_TOKEN (Socket Mode) nor SLACK_SIGNING_SECRET (HTTP)"),
        ("run", {**SOCKET, "PORT": "many"}, "PORT can't be used"),
        ("run", {**SOCKET, "LABMATE_LOG": "loud"}, "LABMATE_LOG can't be used"),
        ("run", {**SOCKET, "LABMATE_COMMAND": "lab"}, "LABMATE_COMMAND can't be used"),
        ("run", {**SOCKET, "LABMATE_CLOCK_URL": "http://127.0.0.1:1/clock"}, "LABMATE_CLOCK_URL"),
        ("run", {**SOCKET, "DATABASE_URL": "mysql://x/y"}, "DATABASE_URL"),
        ("run", {**SOCKET, "DATABASE_URL": "sqlite:///"}, "DATABASE_URL"),
        ("run", {**SOCKET, "DATABASE_URL": "sqlite:////nowhere/at/all.db"}, "DATABASE_URL"),
        ("run", {**SOCKET, "DATABASE_URL": "postgresql://127.0.0.1:9/x"}, "DATABASE_URL"),
        ("web", BOT, "Neither SLACK_APP_TOKEN"),
        ("web", SOCKET, "SLACK_SIGNING_SECRET is not set"),
        ("web", HTTP, "DATABASE_URL must be PostgreSQL for labmate web"),
        ("worker", SOCKET, "DATABASE_URL must be PostgreSQL for labmate worker"),
        ("migrate", {"DATABASE_URL": "sqlite:////nowhere/at/all.db"}, "DATABASE_URL"),
        ("migrate", {"DATABASE_URL": "postgresql://127.0.0.1:9/x"}, "DATABASE_URL"),
        ("manifest", {"PORT": "-1"}, "PORT can't be used"),
        ("doctor", {"PORT": "99999"}, "PORT can't be used"),
        ("play", {"PORT": "x"}, "PORT can't be used"),
    ],
)
def test_a_wrong_setting_is_named_in_one_line(
    typed: Typed, command: str, settings: dict[str, str], named: str
) -> None:
    ended = typed(command, **settings)
    assert ended.code == 2, ended.err
    (line,) = ended.err.splitlines()
    assert line.startswith("labmate: ")
    assert named in line


async def test_a_token_that_slack_does_not_take(tmp_path: Path) -> None:
    async with slack({"ok": False, "error": "invalid_auth"}) as url:
        ended = await labmate(tmp_path, "run", **SOCKET, SLACK_API_URL=url)
    assert ended.code == 2
    assert "labmate: Slack doesn't take SLACK_BOT_TOKEN: invalid_auth." in ended.err
    assert "Traceback" not in ended.err


def test_migrate_twice(typed: Typed) -> None:
    for said in ("The database is at the newest schema.\n", "Nothing to do.\n"):
        ended = typed("migrate")
        assert (ended.code, ended.out, ended.err) == (0, said, "")


def test_the_manifest_needs_no_settings(typed: Typed) -> None:
    ended = typed("manifest", "--url", "https://lab.example.org/")
    assert ended.code == 0
    manifest = json.loads(ended.out)
    url = "https://lab.example.org/slack/events"
    assert manifest["settings"]["interactivity"]["request_url"] == url
    assert not manifest["settings"]["socket_mode_enabled"]
    ended = typed("manifest", SLACK_APP_TOKEN="xapp-1")
    assert json.loads(ended.out)["settings"]["socket_mode_enabled"]


def test_doctor_says_what_to_do(typed: Typed) -> None:
    ended = typed("doctor")
    assert ended.code == 1
    assert "FAIL  settings: SLACK_BOT_TOKEN is not set" in ended.out
    assert "run `labmate migrate`" in ended.out
    typed("migrate")
    ended = typed("doctor", **SOCKET, SLACK_API_URL=NOWHERE)
    assert "ok    database: schema" in ended.out
    assert "FAIL  slack: can't be reached" in ended.out
    assert (ended.code, "Traceback" in ended.err) == (1, False)


@asynccontextmanager
async def slack(answer: dict[str, object]) -> AsyncIterator[str]:
    """Something that answers every method in the same way; its address."""

    async def any_method(_: web.Request) -> web.Response:
        return web.json_response(answer)

    app = web.Application()
    app.router.add_route("*", "/api/{method}", any_method)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/api/"
    await runner.cleanup()
