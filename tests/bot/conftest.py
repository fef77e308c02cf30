"""`labmate` as it is typed, in this process: a process of its own costs a second, and says the same."""

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest
import structlog
from typer.testing import CliRunner

from bot.cli import cli
from bot.settings import Settings
from tests.command import Ended


class Typed(Protocol):
    """Runs `labmate WORDS` with these settings and no others."""

    def __call__(self, *words: str, **settings: str) -> Ended: ...


@pytest.fixture
def typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Typed]:
    """Typed in an empty folder, where the data is kept too; what it says is logged nowhere afterwards."""
    monkeypatch.chdir(tmp_path)
    nothing = dict.fromkeys(name.upper() for name in Settings.model_fields)
    home = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)}
    root = logging.getLogger()
    before = root.handlers, root.level

    def run(*words: str, **settings: str) -> Ended:
        got = CliRunner().invoke(cli, words, env=nothing | home | settings, prog_name="labmate")
        if got.exception and not isinstance(got.exception, SystemExit):
            raise got.exception
        return Ended(got.exit_code, got.stdout_bytes, got.stderr_bytes)

    yield run
    structlog.reset_defaults()
    root.handlers, root.level = before
