"""What the database leaves out of a walk could be no point: the rules over all rows say the same."""

from collections import defaultdict
from datetime import date, timedelta
from random import Random

import pytest

from models.db import Database
from models.domain.experiment import Split
from models.domain.live import live
from models.domain.metric import Goal
from models.domain.progress import Measured, Yardstick, standing
from models.tables import Benchmark, Experiment, Measurement, Project
from models.walking import walked
from tests.clock import MORNING
from tests.rows import make_experiment, make_member, make_project, make_workspace

PROJECTS, NUMBERS = 30, 25
TODAY = MORNING.date() + timedelta(days=20)
VALUES = (0.50, 0.54, 0.55, 0.55, 0.555, 0.6, 0.6, 0.61, 0.69, 0.7, 0.9)


def some(chance: Random, project: Project, experiments: list[Experiment], at: int) -> Measurement:
    """Any number of the project: often a tie in value, day or both, sometimes left out or of another kind."""
    day = MORNING.date() + timedelta(days=chance.randrange(24))
    excluded = chance.random() < 0.2
    confirmed = chance.random() < 0.3
    own = chance.choice([None, *experiments])
    return Measurement(
        workspace_id=project.workspace_id,
        metric_id=project.metrics[0].id,
        experiment_id=own and own.id,
        on=day,
        at=MORNING + timedelta(days=chance.randrange(12)),
        value=chance.choice(VALUES),
        split=chance.choice([*[Split.VALIDATION] * 4, Split.PRODUCTION, Split.TEST]),
        benchmark_version=chance.choice([1, 2, 2, 2]),
        excluded_on=day + timedelta(days=chance.randrange(12)) if excluded else None,
        excluded_reason="leak" if excluded else None,
        confirmed_on=day + timedelta(days=chance.randrange(12)) if confirmed else None,
        surprising=bool(at % 2),
    )


@pytest.mark.parametrize("seed", range(2))
async def test_a_walk_of_what_the_database_gives_is_the_walk_of_all(
    database: Database, seed: int
) -> None:
    chance = Random(seed)  # noqa: S311  (no secret)
    projects: list[Project] = []
    measured: dict[int, list[Measurement]] = defaultdict(list)
    async with database.writing(None) as session:
        home = await make_workspace(session)
        owner = await make_member(session, home)
        for n in range(PROJECTS):
            project = await make_project(session, home)
            projects.append(project)
            metric = project.metrics[0]
            metric.goal = Goal.MIN if n % 3 == 0 else Goal.MAX
            if n % 4:
                later = Benchmark(
                    workspace_id=home.id,
                    metric_id=metric.id,
                    version=2,
                    effective=date(2026, 1, 6),
                    baseline=0.56,
                    baseline_source="",
                    acceptance=0.6 if metric.goal is Goal.MIN else 0.69,
                    reason="",
                )
                session.add(later)
            experiments = [await make_experiment(session, project, owner) for _ in range(3)]
            for at in range(chance.randrange(NUMBERS)):
                row = some(chance, project, experiments, at)
                session.add(row)
                measured[project.id].append(row)
        await session.flush()
    ids = [project.id for project in projects]
    for confirmed_only in (False, True):
        async with database.reading(home.id) as session:
            walks = await walked(session, ids, TODAY, with_live=True, confirmed_only=confirmed_only)
        for project in projects:
            walk = walks[project.id]
            rows = sorted(measured[project.id], key=lambda row: (row.at, row.id))
            mark = walk.benchmark.mark_on(TODAY)
            yardstick = Yardstick(walk.metric.goal, walk.metric.min_delta)
            whole = [of(row) for row in rows]
            expected = standing(whole, yardstick, mark, today=TODAY, confirmed_only=confirmed_only)
            assert walk.progress == expected
            lone = [one._replace(experiment_id=None) for one in whole]
            assert walk.live == live(lone, yardstick, mark, today=TODAY)


def of(row: Measurement) -> Measured:
    """A row as the rules know it."""
    return Measured(
        row.experiment_id,
        row.on,
        row.value,
        row.benchmark_version,
        row.split,
        row.excluded_on,
        row.confirmed_on,
    )
