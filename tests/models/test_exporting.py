"""What is exported can be imported into an empty database, and is exported as the same again."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.transfer.columns import log_of, mapped
from bot.transfer.files import read, write
from models import exporting
from models.db import Database
from models.domain.errors import Unknown
from models.domain.experiment import AbandonReason, Category, Outcome, Split
from models.domain.exported import Format
from models.domain.log_fields import Kept
from models.domain.logbook import FIELDS, Entry, LogLine
from models.landing import Target
from models.tables import Project, Workspace
from tests.clock import MORNING
from tests.logs import DAY, NEW, bring, everything, exported, log, recorded
from tests.models.conftest import Team
from tests.queries import count_queries
from tests.rows import make_experiment, make_measurement, make_project, make_workspace

FULL: list[dict[str, object]] = [
    {
        "key": "a “quoted”, key",
        "change": '=SUM(A1)\r\nin "two" lines; é, 🎉',
        "because": "line\n\nbreaks\rof all kinds",
        "category": Category.QUALITY_CHECK,
        "owner": "Sofía Álvarez",
        "started_on": DAY,
        "concluded_on": date(2026, 1, 12),
        "outcome": Outcome.SUPPORTED,
        "learning": "'; DROP TABLE experiment; --\tta\tbs",
        "link": "https://example.org/?a=1&b=“2”",
        "links": "https://example.org/run/1 Run 1, seed 3\nhttp://tracker:5000/x",
        "adopted": Kept.YES,
        "next_step": "compare\n6 and 12",
        "timebox": 5,
        "extended_days": 3,
        "extension_reason": "one seed more",
        "paused_on": date(2026, 1, 9),
        "paused_until": date(2026, 1, 10),
        "paused_days": 2,
        "criterion_set_on": date(2026, 1, 9),
        "criterion_edited_on": date(2026, 1, 10),
        "value": 0.1 + 0.2,
        "low": -1e-300,
        "high": 1e300,
        "split": Split.TEST,
        "measured_by": "Sofía Álvarez",
        "confirmed_on": DAY,
        "confirmed_by": "Tom",
        "excluded_on": date(2026, 1, 13),
        "excluded_by": "Erik",
        "excluded_reason": "leak",
        "excluded_note": "rows of the\nevaluation",
        "seeds": 5,
        "url": "https://example.org/runs/7",
        "tp": 50,
        "fp": 0,
        "fn": 7,
        "tn": 123_456,
        "criterion": 9.5,
        "benchmark_version": "2",
        "baseline": 11.0,
        "acceptance": 4.0,
    },
    {
        "value": 3.5,
        "concluded_on": DAY,
        "benchmark_version": "1",
        "metric": "recall",
        "goal": "max",
    },
    {"criterion": 6.0, "started_on": DAY, "follows": "a “quoted”, key"},
    {"concluded_on": DAY, "outcome": "abandoned", "abandon_reason": AbandonReason.BLOCKED},
    {"hypothesis": "only an idea", "adopted": "no", "follows": "k7"},
    {"started_on": DAY, "paused_on": date(2026, 1, 9), "paused_until": date(2030, 1, 9)},
    {"started_on": DAY, "paused_on": date(2026, 1, 9)},
    {"started_on": DAY, "paused_on": date(2026, 1, 9), "paused_until": date(2026, 1, 12)},
]


async def workspace_of(database: Database) -> int:
    async with database.writing(None) as session:
        return (await make_workspace(session)).id


def through_a_file(folder: Path, lines: list[LogLine], kind: Format) -> list[Entry]:
    rows = [line.model_dump(mode="json", exclude_none=kind is Format.JSONL) for line in lines]
    file = folder / f"log.{kind}"
    file.write_bytes(write(rows, FIELDS, kind).encode())
    found = read(str(file))
    return log_of(found, mapped(found, []), "NANO", MORNING.date())[0]


@pytest.mark.parametrize("kind", Format)
async def test_there_and_back(database: Database, tmp_path: Path, kind: Format) -> None:
    ours, theirs = await workspace_of(database), await workspace_of(database)
    await bring(database, ours, log(*FULL))
    lines = await everything(database, ours)
    (first, *_) = await exported(database, ours)
    assert first.model_dump(exclude_none=True).items() >= FULL[0].items()
    target = Target("NANO", "Nanochat")
    await bring(database, theirs, through_a_file(tmp_path, lines, kind), target)
    assert await everything(database, theirs) == lines
    experiments, numbers = await recorded(database, ours)
    others, their_numbers = await recorded(database, theirs)
    assert [plain(row) for row in experiments] == [plain(row) for row in others]
    assert [plain(row) for row in numbers] == [plain(row) for row in their_numbers]


REST: list[dict[str, object]] = [
    {"metric": "loss", "kind": "primary", "goal": "min", "unit": "nats", "min_delta": 0.5}
    | {"phrase": "how much it loses", "benchmark_version": "1", "baseline": 10.0}
    | {"acceptance": 5.0, "measured_on": date(2026, 1, 2)},
    {"metric": "latency", "kind": "guardrail", "goal": "min", "unit": "ms", "min_delta": 2.0}
    | {"phrase": "how long one waits", "benchmark_version": "1", "baseline": 50.0}
    | {"acceptance": 60.0, "measured_on": date(2026, 1, 3)},
    {"metric": "latency", "kind": "guardrail", "goal": "min", "unit": "ms", "min_delta": 2.0}
    | {"phrase": "how long one waits", "benchmark_version": "2", "baseline": 40.0}
    | {"acceptance": 45.0, "measured_on": date(2026, 1, 20)},
    {"metric": "sales", "kind": "business", "goal": "max", "phrase": "what is sold"},
    {"value": 4.5, "split": "production", "measured_on": date(2026, 1, 21), "seeds": 2},
    {"value": 48.0, "metric": "latency", "split": "production", "measured_on": date(2026, 1, 22)},
    {
        "hypothesis": "it was a plan",
        "key": "planned",
        "never_started": "yes",
        "outcome": "abandoned",
    }
    | {"concluded_on": date(2026, 1, 12)},
]
"""What is of no experiment, and one that was dropped before it began."""


async def test_the_rest_comes_back_too(database: Database, tmp_path: Path) -> None:
    ours, theirs = await workspace_of(database), await workspace_of(database)
    target = Target("NANO", "Nanochat")
    brought = await bring(database, ours, log(*REST, believing=False), target)
    assert (brought.experiments, brought.new, brought.numbers) == (1, 1, 2)
    lines = await everything(database, ours)
    about = [line for line in lines if line.about]
    assert [(line.about, line.says) for line in about] == [
        ("business_goal", "Nanochat"),
        ("name", "Nanochat"),
        ("stage", "development"),
    ]
    for said, line in zip(REST, lines[len(about) :], strict=True):
        assert line.model_dump(exclude_none=True).items() >= said.items()
    again = through_a_file(tmp_path, lines, Format.CSV)
    await bring(database, theirs, again, target)
    assert await everything(database, theirs) == lines
    twice = await bring(database, theirs, again, target)
    assert (twice.new, twice.numbers) == (0, 0)
    assert await everything(database, theirs) == lines
    (dropped,), _ = await recorded(database, theirs)
    assert (dropped.started_on, dropped.outcome) == (None, Outcome.ABANDONED)


def plain(row: object) -> dict[str, object]:
    """A row's values but for the ids, which are the database's own."""
    return {
        name: value
        for name, value in vars(row).items()
        if not name.startswith("_") and not name.endswith("id")
    }


async def test_the_products_own_record(team: Team) -> None:
    async with team.writing() as session:
        await make_measurement(session, team.of_ana, 0.61)
        await make_measurement(session, team.of_ana, 0.62, on=DAY)
        project = await session.get_one(Project, team.project.id)
        await session.refresh(project, ["metrics"])
        await make_experiment(
            session, project, team.ben, criterion_metric_id=None, criterion_threshold=None
        )
    lines = await exported(team.db, team.workspace_id)
    assert [(line.key, line.value, line.criterion, line.owner) for line in lines] == [
        ("FRAUD-1", 0.61, 0.6, "Ana"),
        ("FRAUD-1", 0.62, 0.6, "Ana"),
        ("FRAUD-2", None, 0.6, "Ben"),
        ("FRAUD-3", None, None, "Ben"),
    ]
    assert (lines[0].hypothesis, lines[0].change) == (
        "recall rises to 0.60",
        "merchant velocity features",
    )
    assert (lines[0].baseline, lines[0].acceptance, lines[0].unit) == (0.54, 0.70, "share")


async def test_by_project(team: Team) -> None:
    async with team.db.writing(None) as session:
        workspace = await make_workspace(session)
        await make_project(session, workspace, key="THEIRS")
    assert len(await exported(team.db, team.workspace_id, "FRAUD")) == 2
    with pytest.raises(Unknown, match="There is no project THEIRS: there is FRAUD"):
        await exported(team.db, team.workspace_id, "THEIRS")
    assert await exported(team.db, workspace.id) == []


async def test_statements_are_constant(team: Team) -> None:
    counts = []
    for _ in range(2):
        with count_queries(team.db) as statements:
            await exported(team.db, team.workspace_id)
        counts.append(len(statements))
        more = log(*({"key": f"n{n}", "value": 0.6} for n in range(200)))
        await bring(team.db, team.workspace_id, more, replace(NEW, project="FRAUD", metric=None))
    assert counts[0] == counts[1] == 9


async def test_statements_do_not_grow_with_projects_and_chunks_lose_nothing(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = []
    for letter in "BC":
        with count_queries(team.db) as statements:
            whole = await exported(team.db, team.workspace_id)
        counts.append(len(statements))
        async with team.writing() as session:
            ana = await session.merge(team.ana)
            workspace = await session.get_one(Workspace, team.workspace_id)
            for n in range(3):
                project = await make_project(session, workspace, key=f"{letter}{n}")
                for _ in range(2):
                    await make_measurement(
                        session, await make_experiment(session, project, ana), 0.7
                    )
    assert counts[0] == counts[1] == 9
    whole = await exported(team.db, team.workspace_id)
    assert [line.key for line in whole] == sorted(line.key or "" for line in whole)
    monkeypatch.setattr(exporting, "CHUNK", 1)
    assert await exported(team.db, team.workspace_id) == whole
    monkeypatch.setattr(exporting, "CHUNK", len(whole))
    assert await exported(team.db, team.workspace_id) == whole
