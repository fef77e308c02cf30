"""`labmate import` and `labmate export` as they are typed: real logs, and sentences instead of tracebacks."""

from pathlib import Path

import pytest

from tests.command import Ended, labmate

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


async def test_real_logs_twice_and_back(tmp_path: Path) -> None:
    dry = await labmate(tmp_path, *NANO, "--dry-run")
    assert "NANO (a new project): 49 experiments, 49 new, with 25 numbers." in dry.out
    assert dry.out.endswith("Nothing was written: this was a dry run.\n")
    assert (await labmate(tmp_path, "export")).out.count("\n") == 1

    first = await labmate(tmp_path, *NANO)
    assert (first.code, first.err) == (0, "")
    assert first.out.startswith("NANO (a new project): 49 experiments, 49 new, with 25 numbers.\n")
    assert "3 numbers would surprise: to be confirmed by somebody" in first.out
    assert "Columns left out: reference." in first.out
    again = await labmate(tmp_path, *NANO)
    assert again.out.splitlines()[0] == "NANO: 49 experiments, 0 new, with 0 numbers."
    speed = await labmate(tmp_path, *SPEED)
    assert "SPEED (a new project): 91 experiments, 91 new, with 91 numbers." in speed.out

    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    given = await labmate(tmp_path, "export", "--output", "all.csv")
    assert (given.code, given.out, given.err) == (0, "", "")
    file = str(tmp_path / "all.csv")
    for project, metric in (("NANO", "hours_to_gpt2"), ("SPEED", "train_time_to_target_loss")):
        back = await labmate(elsewhere, "import", file, "--project", project, "--metric", metric)
        assert (back.code, back.err) == (0, "")
    for asked in (("export",), ("export", "--project", "SPEED", "--format", "jsonl")):
        assert (await labmate(tmp_path, *asked)).out == (await labmate(elsewhere, *asked)).out


@pytest.mark.parametrize(
    ("content", "options", "said"),
    [
        ("hypothesis,value\na,1\nb,x\n", (), "line 3, value: “x” is not a number; one looks"),
        ("hypothesis,value\na,1\n", ("--map", "key=id"), "--map key=id: there is no such column"),
        ("hypothesis\n", (), "log.csv has no rows."),
        ("hypothesis\na\n", (), "There is no project NANO yet. To start it, say --metric, --goal"),
        ("hypothesis\na\n", ("--project", "nano"), "--project nano is not a key"),
        ("hypothesis\na\n", ("--min-delta", "0"), "--min-delta is the smallest change"),
        ("hypothesis\na\n", ("--workspace", "T1"), "Say which workspace with --workspace: there"),
        ("key,hypothesis\n1,a\n1,b\n", (), "line 3, hypothesis: differs from line 2"),
        ("hypothesis,concluded_on\na,2999-01-01\n", (), "line 2, concluded_on: 2999-01-01 is in"),
    ],
)
async def test_one_line_says_what_is_wrong(
    tmp_path: Path, content: str, options: tuple[str, ...], said: str
) -> None:
    (tmp_path / "log.csv").write_text(content, "utf-8")
    ended = await labmate(tmp_path, "import", "log.csv", "--project", "NANO", *options)
    assert_one_line(ended, said)


async def test_what_an_export_can_not_do(tmp_path: Path) -> None:
    assert_one_line(
        await labmate(tmp_path, "export", "--project", "NANO", "--workspace", "T1"),
        "Say which workspace with --workspace: there is none yet.",
    )
    await labmate(tmp_path, *SPEED)
    assert_one_line(
        await labmate(tmp_path, "export", "--project", "NANO"),
        "There is no project NANO: there is SPEED.",
    )
    assert_one_line(
        await labmate(tmp_path, "export", "--output", "no/such/folder.csv"),
        "no/such/folder.csv can't be written: No such file or directory.",
    )


async def test_no_more_than_twenty_lines_of_trouble(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text("hypothesis,value\n" + "a,x\n" * 50, "utf-8")
    ended = await labmate(tmp_path, "import", "log.csv", "--project", "NANO")
    assert ended.code == 1
    assert len(ended.err.splitlines()) == 21
    assert ended.err.splitlines()[-1] == "labmate: and 30 more."


def assert_one_line(ended: Ended, said: str) -> None:
    assert (ended.code, ended.out) == (1, "")
    (line,) = ended.err.splitlines()
    assert line.startswith(f"labmate: {said}")
