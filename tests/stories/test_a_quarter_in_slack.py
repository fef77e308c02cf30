"""A project's twelve weeks, entered through Slack alone: what is expected comes out, on past days too."""

from collections.abc import AsyncIterator
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from models.db import Database
from models.domain.findings.kinds import Kind
from models.search import AsOf, search
from models.stalled import stalled
from models.tables import Workspace
from tests.models.test_stalled import LIVE
from tests.scenarios import scenarios
from tests.stories import cashflow
from tests.stories.cashflow_project import CHANNEL, KEY
from tests.stories.conftest import beginning
from tests.stories.world import World

EXPECTED = scenarios()["expected"]
DATES = sorted(EXPECTED["progress"])
NAMES = {one["id"]: cashflow.key(one) for one in cashflow.TRIED} | {"cashflow": KEY}


@pytest.fixture
async def quarter(sqlite: str) -> AsyncIterator[World]:
    """Told once: what the same rows say is compared on both databases where they are imported."""
    async with beginning("socket", sqlite, seed=cashflow.world) as world:
        yield world


def expected_findings(day: str) -> dict[str, list[Kind]]:
    """What is said on that day, by key; only of this project, and of the kinds that are live."""
    found = {
        NAMES[one["subject"]]: [
            kind for reason in one["reasons"] if (kind := Kind(reason["kind"])) in LIVE
        ]
        for one in EXPECTED["findings"][day]
        if one["project"] == "cashflow"
    }
    return {key: kinds for key, kinds in found.items() if kinds}


@pytest.mark.timeout(600)
async def test_the_team_s_quarter(quarter: World) -> None:
    world = quarter
    to_check = list(DATES)
    for day, acts in cashflow.days():
        while to_check and to_check[0] < day:
            await said_in_slack(world, to_check.pop(0))
        await world.to(f"{day}T12:00:00Z")
        for act in acts:
            await act(world)
        await world.settled()
    for day in to_check:
        await said_in_slack(world, day)
    await remembered(world)


async def said_in_slack(world: World, day: str) -> None:
    """`/lab digest` as the PM reads it on that day."""
    await world.to(f"{day}T13:00:00Z")
    (said,) = await world.person("maya").type("/lab digest", CHANNEL)
    expected = expected_findings(day)
    if not expected:
        assert "Nothing needs a hand" in said.shown, (day, said.shown)
        return
    assert f"Could use a hand ({len(expected)})" in said.shown, (day, said.shown)
    for key in expected:
        assert f"({key}" in said.shown, (day, said.shown)


async def remembered(world: World) -> None:
    """Weeks later every one of those days still reads as it did."""
    db = Database(world.database_url)
    async with db.reading(None) as session:
        workspace = (await session.scalars(select(Workspace))).one()
    async with db.reading(workspace.id) as session:
        for day in DATES:
            as_of = AsOf(date.fromisoformat(day), ZoneInfo(workspace.tz))
            facts = await stalled(session, as_of)
            found = {
                one.subject.key: [reason.kind for reason in one.reasons] for one in facts.findings
            }
            assert found == expected_findings(day), day
            (project,) = (await search(session, as_of)).projects
            (expected,) = [one for one in EXPECTED["progress"][day] if one["project"] == "cashflow"]
            progress: Any = project.progress
            assert (progress.best, progress.reference, progress.wait) == pytest.approx(
                (
                    expected["best"],
                    expected["reference"],
                    expected["experiments_since_improvement"],
                )
            ), day
            assert str(progress.last_gain) == expected["last_improvement"], day
    await db.close()
