"""`labmate import` and `labmate export` as they are typed: real logs, and sentences instead of tracebacks."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.settings import Settings
from bot.transfer.bringing import Source, bring
from bot.transfer.giving import give
from models.db import Database
from models.domain.errors import BotError, CannotImport, Unknown
from models.domain.exported import Format
from models.domain.project import Stage
from models.landing import Target
from models.tables import Project
from tests.bot.conftest import Typed
from tests.command import begin_in_terminal
from tests.logs import NEW, recorded
from tests.rows import make_member, make_workspace

DATA = Path(__file__).parents[1] / "data"
NANO = (
    *("import", str(DATA / "nanochat_log.csv"), "--project", "NANO", "--name", "Nanochat"),
    *("--metric", "hours_to_gpt2", "--goal", "min", "--baseline", "168", "--acceptance", "2"),
    *("--map", "key=id", "--map", "concluded_on=logged_on", "--map", "value=result"),
    *("--map", "link=source", "--map", "benchmark_version=eval_series"),
)
SPEED = (
    *("import", str(DATA / "modded_nanogpt_track1.csv"), "--project", "SPEED"),
    *("--metric", "train_time_to_target_loss", "--goal", "min", "--baseline", "45"),
    *("--acceptance", "1", "--map", "key=seq", "--map", "concluded_on=date"),
    *("--map", "hypothesis=change", "--map", "link=source", "--confirmed"),
)


def test_real_logs_twice_and_back(
    typed: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = typed(*NANO)
    assert (first.code, first.err) == (0, "")
    assert first.out.startswith("NANO (a new project): 49 experiments, 49 new, with 25 numbers.\n")
    assert "3 numbers would surprise: to be confirmed by somebody" in first.out
    assert "Columns left out: reference." in first.out
    again = typed(*NANO)
    assert again.out.splitlines()[0] == "NANO: 49 experiments, 0 new, with 0 numbers."
    speed = typed(*SPEED)
    assert "SPEED (a new project): 91 experiments, 91 new, with 91 numbers." in speed.out

    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    given = typed("export", "--project", "NANO", "--output", "nano.csv")
    assert (given.code, given.out, given.err) == (0, "", "")
    file = str(tmp_path / "nano.csv")
    monkeypatch.chdir(elsewhere)
    there = {"XDG_DATA_HOME": str(elsewhere)}
    back = typed("import", file, "--project", "NANO", "--metric", "hours_to_gpt2", **there)
    assert (back.code, back.err) == (0, "")
    again = typed("export", **there)
    assert again.out.encode() == (tmp_path / "nano.csv").read_bytes()


@pytest.mark.parametrize(
    ("content", "target", "said"),
    [
        ("hypothesis,value\na,1\nb,x\n", NEW, "line 3, value: “x” is not a number; one looks"),
        ("hypothesis\n", NEW, "log.csv has no rows."),
        ("hypothesis\na\n", replace(NEW, baseline=None), "There is no project NANO yet. To start"),
        ("hypothesis\na\n", replace(NEW, project="nano"), "--project nano is not a key"),
        ("hypothesis\na\n", replace(NEW, min_delta=0.0), "--min-delta is the smallest change"),
        ("key,hypothesis\n1,a\n1,b\n", NEW, "line 3, hypothesis: differs from line 2"),
        ("hypothesis,concluded_on\na,2999-01-01\n", NEW, "line 2, concluded_on: 2999-01-01 is in"),
        ("what,who\na,Ana\n", NEW, "line 2, who: several people have this name; give the Slack"),
    ],
)
async def test_a_sentence_says_what_is_wrong_and_nothing_is_imported(
    sqlite: str, tmp_path: Path, content: str, target: Target, said: str
) -> None:
    database = Database(sqlite)
    async with database.writing(None) as session:
        workspace = await make_workspace(session)
        for _ in range(2):
            await make_member(session, workspace, name="Ana")
    (tmp_path / "log.csv").write_text(content, "utf-8")
    columns = ("hypothesis=what", "owner=who") if content.startswith("what") else ()
    source = Source(str(tmp_path / "log.csv"), None, columns, "", dry_run=False)
    with pytest.raises(BotError) as refused:
        await bring(Settings(_env_file=None, database_url=sqlite), source, target)
    assert refused.value.sentence.removeprefix(f"{tmp_path}/").startswith(said)
    assert await recorded(database, workspace.id) == ([], [])
    async with database.reading(None) as session:
        assert (await session.scalars(select(Project))).all() == []
    await database.close()


async def test_a_dry_run_writes_nothing(sqlite: str, tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text("project,hypothesis,x\nNANO,a,1\nSPEED,b,2\n", "utf-8")
    settings = Settings(_env_file=None, database_url=sqlite)
    source = Source(str(tmp_path / "log.csv"), None, (), "", dry_run=True)
    for _ in range(2):
        assert await bring(settings, source, NEW) == [
            "NANO (a new project): 1 experiment, 1 new, with 0 numbers.",
            "1 row of other projects left out.",
            "Columns left out: x.",
            "Nothing was written: this was a dry run.",
        ]
    written = replace(source, dry_run=False)
    await bring(settings, written, NEW)
    (tmp_path / "log.csv").write_text("key,hypothesis\nk,b\n", "utf-8")
    await bring(settings, written, NEW)
    (tmp_path / "log.csv").write_text("key,hypothesis\nk,c\n", "utf-8")
    assert await bring(settings, written, NEW) == [
        "NANO: 1 experiment, 0 new, with 0 numbers.",
        "1 row said something else than what is recorded, which stays as it is (line 2).",
    ]


async def test_a_project_that_is_there_keeps_its_stage_and_that_is_said(
    sqlite: str, tmp_path: Path
) -> None:
    settings = Settings(_env_file=None, database_url=sqlite)
    file = tmp_path / "log.csv"
    source = Source(str(file), None, (), "", dry_run=False)
    said = []
    for key in "ab":
        file.write_text(f"key,hypothesis\n{key},x\n", "utf-8")
        said.append(await bring(settings, source, replace(NEW, stage=Stage.CONCEPTION)))
    assert said[0][1:] == []
    assert said[1][1:] == [
        "NANO is still in conception, as it was: in Slack, /lab project NANO moves it to where its "
        "experiments are."
    ]


async def test_what_an_export_can_not_do(sqlite: str) -> None:
    settings = Settings(_env_file=None, database_url=sqlite)
    with pytest.raises(Unknown, match="Say which workspace with --workspace: there is none yet"):
        await give(settings, None, Format.CSV, "-", "T1")
    with pytest.raises(CannotImport, match="no/such/folder can't be written: No such file"):
        await give(settings, None, Format.CSV, "no/such/folder", "")


async def test_a_terminal_shows_how_far_it_is(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text("hypothesis\na\nb\n", "utf-8")
    reader, terminal = os.openpty()
    process = await begin_in_terminal(
        *(tmp_path, terminal, "import", "log.csv", "--project", "NANO"),
        *("--metric", "loss", "--goal", "min"),
        *("--baseline", "2", "--acceptance", "1"),
    )
    os.close(terminal)
    out, _ = await process.communicate()
    shown = os.read(reader, 10_000).decode()
    os.close(reader)
    assert out.decode() == "NANO (a new project): 2 experiments, 2 new, with 0 numbers.\n"
    assert "Importing" in shown
    assert "100%" in shown


def test_twenty_lines_of_trouble_and_no_more(typed: Typed, tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text("hypothesis,value\n" + "a,x\n" * 50, "utf-8")
    ended = typed("import", "log.csv", "--project", "NANO")
    lines = ended.err.splitlines()
    assert (ended.code, ended.out, len(lines)) == (1, "", 21)
    assert lines[0] == "labmate: line 2, value: “x” is not a number; one looks like 3.04."
    assert lines[-1] == "labmate: and 30 more."
