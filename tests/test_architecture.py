"""The house rules that a machine can check (design §7)."""

import ast
import inspect
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.manifest import EVENTS, OF_CHANNELS, SCOPES, manifest
from bot.settings import Settings
from handlers.deps import Deps
from handlers.ids import Click, Form
from handlers.lab import VERBS
from handlers.register import register
from models.db import Database
from models.domain.messages import CHORES, READS, VIEWS, Message
from tests.clock import FixedClock

ROOT = Path(__file__).resolve().parent.parent
OURS = ("bot", "handlers", "models", "scheduler")
SCOPE_OF = {
    "auth_test": None,
    "chat_postMessage": "chat:write",
    "chat_update": "chat:write",
    "conversations_history": "im:history",
    "conversations_members": "channels:read",
    "conversations_open": "im:write",
    "conversations_replies": "im:history",
    "files_completeUploadExternal": "files:write",
    "files_getUploadURLExternal": "files:write",
    "users_info": "users:read",
    "users_list": "users:read",
    "views_open": None,
    "views_publish": None,
    "views_push": None,
    "views_update": None,
}
"""Each Web API method that the code calls, with its scope (limits.json of the Slack contract)."""
SCOPE_OF_EVENT: dict[str, set[str]] = {
    "app_home_opened": set(),
    "app_uninstalled": set(),
    "tokens_revoked": set(),
    "user_change": {"users:read"},
    "member_joined_channel": {"channels:read", "groups:read"},
    "member_left_channel": {"channels:read", "groups:read"},
    **{f"channel_{what}": {"channels:read"} for what in OF_CHANNELS},
    **{f"group_{what}": {"groups:read"} for what in OF_CHANNELS},
}
KNOWN_ARGUMENTS = {"ack", "body", "error"}
"""Those of Bolt's listener arguments that ours use: Bolt passes None for a name that it doesn't know."""


def python_files(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from sorted((ROOT / folder).rglob("*.py"))


@pytest.fixture
def app(tmp_path: Path) -> AsyncApp:
    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id="T0")

    app = AsyncApp(
        client=AsyncWebClient(),
        signing_secret="s",
        authorize=authorize,
        process_before_response=True,
    )
    deps = Deps(
        db=Database(f"sqlite:///{tmp_path / 'unused.db'}"),
        clock=FixedClock(),
        interactive=AsyncWebClient(),
        homes={},
        command="/lab",
        wake=lambda: None,
    )
    register(app, deps)
    return app


def test_every_listener_argument_is_one_that_bolt_knows(app: AsyncApp) -> None:
    functions = [
        function
        for listener in app._async_listeners
        for function in (listener.ack_function, *listener.lazy_functions)
    ]
    assert functions
    for function in functions:
        assert set(inspect.signature(function).parameters) <= KNOWN_ARGUMENTS, function


def test_import_contracts_hold() -> None:
    command = str(Path(sys.executable).with_name("lint-imports"))
    result = subprocess.run(
        [command, "--no-logo"], cwd=ROOT, check=False, capture_output=True, text=True
    )
    assert result.returncode == 0, result.stdout


def test_every_id_that_is_shown_leads_somewhere() -> None:
    tables = (ROOT / "handlers").glob("register*.py")
    registered = "\n".join(table.read_text("utf-8") for table in tables)
    shown = "\n".join(path.read_text("utf-8") for path in python_files("handlers/blocks"))
    for name in re.findall(r"\bClick\.([A-Z_]+)", shown):
        assert f"Click.{name}," in registered, name
    for name in set(re.findall(r"\bForm\.([A-Z_]+)", shown)) - {"NOTE"}:
        assert f"Form.{name}," in registered, name


def test_every_id_is_used() -> None:
    shown = "\n".join(path.read_text("utf-8") for path in python_files("handlers/blocks"))
    for identifier in (*Click, *Form):
        assert f"{type(identifier).__name__}.{identifier.name}" in shown, identifier


def test_every_message_has_a_renderer_and_a_golden_row() -> None:
    kinds = [
        kind for kind in get_args(get_args(Message)[0]) if kind not in (*READS, *VIEWS, *CHORES)
    ]
    renderer = "".join(file.read_text("utf-8") for file in (ROOT / "handlers").glob("render*.py"))
    golden = (ROOT / "tests/domain/test_messages.py").read_text("utf-8")
    for kind in kinds:
        assert f"case {kind.__name__}(" in renderer, kind
    for kind in get_args(get_args(Message)[0]):
        assert f'"{kind.model_fields["kind"].default}"' in golden, kind


def test_every_verb_is_in_help_readme_and_manifest() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    tables = sorted((ROOT / "handlers").glob("register*.py"))
    registered = "".join(one.read_text("utf-8") for one in tables)
    command = manifest(Settings(_env_file=None))["features"]["slash_commands"][0]
    for verb, does in VERBS:
        assert does
        name = verb.split(" ")[0]
        assert f'on.verb("{name}",' in registered, name
        assert f"`{f'/lab {verb}'.strip()}`" in readme, verb
        assert name in command["usage_hint"], verb
    assert set(re.findall(r'on\.verb\("(\w*)"', registered)) == {
        verb.split(" ")[0] for verb, _ in VERBS
    }


def called_methods() -> set[str]:
    """Web API methods that the code calls: attributes of the SDK's client, awaited somewhere."""
    known = {name for name in dir(AsyncWebClient) if not name.startswith("_")}
    found: set[str] = set()
    for path in python_files("handlers", "bot"):
        if "playground" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                found |= {node.func.attr} & known
    return {name for name in found if "_" in name and name != "api_call"}


def test_manifest_scopes_are_those_of_the_methods_and_events_used() -> None:
    called = called_methods()
    assert called == set(SCOPE_OF)
    assert set(EVENTS) == set(SCOPE_OF_EVENT)
    of_methods = {scope for scope in SCOPE_OF.values() if scope}
    needed = {"commands"} | of_methods | set().union(*SCOPE_OF_EVENT.values())
    assert set(SCOPES) == needed


def test_no_file_is_over_300_lines() -> None:
    suffixes = {".py", ".js", ".css", ".html"}
    for folder in (*OURS, "tests"):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in suffixes and "versions" not in path.parts:
                lines = len(path.read_text("utf-8").splitlines())
                assert lines <= 300, f"{path.relative_to(ROOT)} has {lines} lines"


def test_nothing_in_models_commits() -> None:
    for path in python_files("models"):
        if "migrations" not in path.parts:
            assert ".commit(" not in path.read_text("utf-8"), path


def test_only_the_agreed_top_level() -> None:
    listed = subprocess.run(
        ["/usr/bin/env", "git", "ls-files"], cwd=ROOT, check=False, capture_output=True, text=True
    )
    if listed.returncode != 0:
        pytest.skip("not a git checkout: the files that belong to the project are not known")
    allowed = {*OURS, "tests", "docs", "pyproject.toml", "Procfile", "README.md", "uv.lock"}
    allowed |= {"LICENSE", "CHANGELOG.md", "CONTRIBUTING.md"}
    for name in listed.stdout.splitlines():
        top = name.split("/")[0]
        assert top in allowed or top.startswith("."), name


def test_env_example_lists_every_setting() -> None:
    example = (ROOT / ".env.example").read_text("utf-8")
    for name in Settings.model_fields:
        assert f"\n{name.upper()}=" in example, name


def test_the_process_that_acks_imports_nothing_slow() -> None:
    slow = "('pandas', 'alembic', 'matplotlib', 'fastapi', 'pgqueuer')"
    program = f"import sys, bot.serve; print([name for name in {slow} if name in sys.modules])"
    result = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert result.stdout.strip() == "[]"
