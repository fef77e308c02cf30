"""Where a log lands: the project, its metrics, benchmark versions and owners, found or made."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from models.db import Database
from models.domain.errors import CannotImport, LogRefused, Problem
from models.domain.metric import Goal
from models.domain.project import Stage
from models.tables import Benchmark, Event, Member, Metric, Project
from tests.clock import MORNING
from tests.logs import DAY, NEW, bring, log, recorded


async def test_a_new_project(database: Database, ours: int) -> None:
    done = await bring(database, ours, log({"value": 9.0, "concluded_on": DAY, "unit": "nats"}))
    assert (done.is_new, done.experiments, done.new, done.numbers) == (True, 1, 1, 1)
    async with database.reading(ours) as session:
        project = (await session.scalars(select(Project))).one()
        metric = (await session.scalars(select(Metric))).one()
        mark = (await session.scalars(select(Benchmark))).one()
        kinds = list(await session.scalars(select(Event.kind).order_by(Event.id)))
    assert (project.key, project.name, project.stage) == ("NANO", "Nanochat", Stage.DEVELOPMENT)
    assert (project.experiments, project.channel_id) == (1, None)
    assert (metric.name, metric.kind, metric.goal, metric.unit) == (
        "loss",
        "primary",
        "min",
        "nats",
    )
    assert (metric.min_delta, metric.min_delta_assumed) == (0.25, True)
    assert (mark.version, mark.effective, mark.baseline, mark.acceptance) == (1, DAY, 10.0, 5.0)
    assert kinds == ["project_started", "experiments_imported"]


@pytest.mark.parametrize(
    ("target", "said"),
    [
        (replace(NEW, baseline=None), "To start it, say --baseline as well."),
        (
            replace(NEW, metric=None, goal=None, acceptance=None),
            "There is no project NANO yet. To start it, say --metric, --goal and --acceptance as well.",
        ),
        (
            replace(NEW, goal=Goal.MAX),
            "--acceptance 5 is worse than --baseline 10 with --goal max.",
        ),
    ],
)
async def test_no_project_without_a_baseline(
    database: Database, ours: int, target: object, said: str
) -> None:
    with pytest.raises(CannotImport) as refused:
        await bring(database, ours, log({}), target)  # type: ignore[arg-type]
    assert refused.value.sentence.endswith(said)
    assert await recorded(database, ours) == ([], [])


async def test_the_log_may_say_what_the_project_needs(database: Database, ours: int) -> None:
    said = {"goal": "min", "metric": "loss", "baseline": 10.0, "acceptance": 5.0}
    target = replace(NEW, goal=None, baseline=None, acceptance=None, min_delta=0.5)
    assert (await bring(database, ours, log(said), target)).is_new
    async with database.reading(ours) as session:
        metric = (await session.scalars(select(Metric))).one()
    assert (metric.goal, metric.min_delta, metric.min_delta_assumed) == ("min", 0.5, False)


async def test_another_primary_metric_is_refused(database: Database, ours: int) -> None:
    await bring(database, ours, log({}))
    with pytest.raises(CannotImport, match="The primary metric of NANO is loss, not recall"):
        await bring(database, ours, log({}), replace(NEW, metric="recall"))


async def test_a_log_whose_own_primary_metric_is_another_one_is_refused(
    database: Database, ours: int
) -> None:
    own: dict[str, object] = {"metric": "recall", "kind": "primary", "goal": "max"}
    with pytest.raises(CannotImport, match="is loss: the log's own, recall, can't be that, too"):
        await bring(database, ours, log(own, believing=False))
    assert await recorded(database, ours) == ([], [])


async def test_owners(database: Database, ours: int) -> None:
    async with database.writing(ours) as session:
        ben = (await session.scalars(select(Member).where(Member.slack_id == "UBEN"))).one()
        session.add(Member(slack_id="UOLD", name="Ana", tz="UTC", active=False, created_at=MORNING))
    said: list[dict[str, object]] = [
        {"owner": "ana"},
        {"owner": "UBEN"},
        {"owner": "Zoë"},
        {},
        {"owner": "zoë"},
    ]
    await bring(database, ours, log(*said))
    experiments, _ = await recorded(database, ours)
    async with database.reading(ours) as session:
        people = {one.id: one for one in await session.scalars(select(Member))}
    owners = [people[one.owner_id] for one in experiments]
    assert [one.name for one in owners] == ["Ana", ben.name, "Zoë", "Imported", "Zoë"]
    assert owners[0].slack_id == "UANA"
    assert owners[2] is owners[4]
    assert not owners[2].active
    assert not owners[2].described
    async with database.writing(ours) as session:
        session.add(Member(slack_id="UBEN2", name="Ben", tz="UTC", created_at=MORNING))
    with pytest.raises(LogRefused) as refused:
        await bring(database, ours, log({}, {"owner": "Ben"}))
    why = "several people have this name; give the Slack id"
    assert refused.value.problems == (Problem(3, "owner", why),)


async def test_series_become_benchmark_versions(database: Database, ours: int) -> None:
    series = [
        {"benchmark_version": "bos", "concluded_on": date(2026, 1, 13), "value": 8.0},
        {"benchmark_version": "pre-bos", "concluded_on": DAY, "value": 9.0},
        {"concluded_on": date(2026, 1, 12), "value": 9.0},
        {"concluded_on": date(2026, 1, 14), "value": 8.0},
        {"concluded_on": date(2025, 1, 14), "value": 8.0},
    ]
    await bring(database, ours, log(*series))
    later = {"benchmark_version": "climbmix", "concluded_on": date(2026, 1, 20), "baseline": 8.0}
    await bring(database, ours, log(*series, later), replace(NEW, baseline=None, acceptance=None))
    experiments, numbers = await recorded(database, ours)
    assert [one.benchmark_version for one in experiments] == [2, 1, 1, 2, 1, 3]
    assert [one.benchmark_version for one in numbers] == [2, 1, 1, 2, 1]
    async with database.reading(ours) as session:
        marks = await session.scalars(select(Benchmark).order_by(Benchmark.version))
    assert [(one.effective.day, one.baseline, one.acceptance) for one in marks] == [
        (8, 10.0, 5.0),
        (13, 10.0, 5.0),
        (20, 8.0, 5.0),
    ]


async def test_a_version_may_begin_at_nothing(database: Database, ours: int) -> None:
    said = {"benchmark_version": "1", "baseline": 0.0, "acceptance": 0.0}
    await bring(database, ours, log(said, {"benchmark_version": "2", "acceptance": 1.0}))
    async with database.reading(ours) as session:
        marks = await session.scalars(select(Benchmark).order_by(Benchmark.version))
    assert [(one.baseline, one.acceptance) for one in marks] == [(0.0, 0.0), (10.0, 1.0)]


async def test_numbered_versions_keep_their_numbers(database: Database, ours: int) -> None:
    await bring(database, ours, log({"benchmark_version": "3"}, {"benchmark_version": "2"}))
    experiments, _ = await recorded(database, ours)
    assert [one.benchmark_version for one in experiments] == [3, 2]
