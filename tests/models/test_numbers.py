"""Where a project stands, from the rows: the same walk as the rules', as of any date (domain §2.5)."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from models import numbers
from models.db import Database
from models.domain.metric import Goal, MetricKind
from models.tables import Benchmark, Measurement, Metric, Project
from tests.models.conftest import Team
from tests.rows import (
    make_experiment,
    make_measurement,
    make_member,
    make_project,
    make_workspace,
)
from tests.scenarios import scenarios

TODAY = date(2026, 3, 3)


def day(iso: str) -> date:
    return date.fromisoformat(iso)


async def add_project(session: AsyncSession, workspace: Any, of: dict[str, Any]) -> Project:
    """A project of the scenarios with its primary metric and every number of it."""
    metric = Metric(
        workspace_id=workspace.id,
        key=of["key"],
        name=of["name"],
        kind=MetricKind.PRIMARY,
        goal=Goal(of["goal"]),
        unit=of["unit"],
        min_delta=of["min_delta"],
        business_phrase=of["business_phrase"],
        benchmarks=[
            Benchmark(
                workspace_id=workspace.id,
                version=one["version"],
                effective=day(one["effective"]),
                baseline=one["baseline"],
                baseline_source=one["baseline_source"],
                acceptance=one["acceptance"],
                reason=one["reason"],
            )
            for one in of["benchmarks"]
        ],
    )
    return await make_project(session, workspace, key=of["project"].upper()[:10], metrics=[metric])


async def add_numbers(session: AsyncSession, project: Project, owner: Any) -> None:
    (metric,) = project.metrics
    for one in scenarios()["experiments"]:
        rows = [row for row in one["measurements"] if row["metric"] == metric.key]
        if one["project"].upper() != project.key or not rows:
            continue
        experiment = await make_experiment(
            session, project, owner, benchmark_version=one["benchmark_version"]
        )
        for row in rows:
            excluded = row["excluded"]
            await make_measurement(
                session,
                experiment,
                row["value"],
                on=day(row["at"]),
                at=datetime.combine(day(row["at"]), time(12), tzinfo=UTC),
                excluded_on=day(excluded["at"]) if excluded else None,
                excluded_reason=excluded["reason"] if excluded else None,
            )
    for row in scenarios()["production_measurements"]:
        if row["metric"] == metric.key:
            session.add(
                Measurement(
                    workspace_id=project.workspace_id,
                    metric_id=metric.id,
                    on=day(row["at"]),
                    at=datetime.combine(day(row["at"]), time(12), tzinfo=UTC),
                    value=row["value"],
                    split="production",
                    benchmark_version=1,
                )
            )


async def test_the_scenarios_stand_in_the_database_where_they_are_expected(
    database: Database,
) -> None:
    async with database.writing(None) as session:
        workspace = await make_workspace(session)
        owner = await make_member(session, workspace)
        found = {}
        for of in scenarios()["metrics"]:
            if of["kind"] == "primary":
                project = await add_project(session, workspace, of)
                await add_numbers(session, project, owner)
                found[of["project"]] = project.id
    async with database.reading(workspace.id) as session:
        for on, rows in scenarios()["expected"]["progress"].items():
            standing = await numbers.standing(session, found.values(), day(on))
            for expected in rows:
                stands = standing[found[expected["project"]]]
                assert (stands.best, stands.tries) == (
                    expected["best"],
                    expected["experiments_since_improvement"],
                )
                assert stands.last_gain.isoformat() == expected["last_improvement"]
                assert stands.benchmark_version == expected["version"]
                assert (stands.baseline, stands.acceptance) == (
                    expected["baseline"],
                    expected["acceptance"],
                )


async def test_nothing_better_than_the_baseline_has_no_date(team: Team) -> None:
    async with team.db.writing(None) as session:
        await make_measurement(session, team.of_ana, 0.53)
    async with team.db.reading(team.workspace_id) as session:
        stands = (await numbers.standing(session, [team.project.id], TODAY))[team.project.id]
    assert (stands.best, stands.since, stands.tries) == (0.54, None, 1)


async def test_before_its_benchmark_a_project_stands_nowhere(team: Team) -> None:
    async with team.db.reading(team.workspace_id) as session:
        assert await numbers.standing(session, [team.project.id], date(2025, 12, 31)) == {}
        assert await numbers.standing(session, [], TODAY) == {}


async def test_at_the_same_moment_the_order_of_recording_counts(team: Team) -> None:
    async with team.db.writing(None) as session:
        await make_measurement(session, team.of_ben, 0.60)
        await make_measurement(session, team.of_ana, 0.605)
    async with team.db.reading(team.workspace_id) as session:
        stands = (await numbers.standing(session, [team.project.id], TODAY))[team.project.id]
    assert stands.best == pytest.approx(0.605)
    assert stands.tries == 1
