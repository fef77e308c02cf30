"""Four projects of the made-up quarter, brought in by `labmate import`: what is expected comes out."""

from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from models.db import Database
from models.domain.findings.kinds import Kind
from models.domain.velocity import velocity
from models.domain.working_days import Span
from models.search import AsOf, search
from models.stalled import stalled
from models.tables import Experiment, Project
from models.tried import tried
from tests.imported_quarter import (
    IMPORTED,
    NOW,
    hold_standups,
    import_quarter,
    meet_the_team,
    what_no_log_carries,
)
from tests.models.test_stalled import LIVE
from tests.queries import count_queries
from tests.scenarios import experiments, scenarios
from tests.velocities import as_expected, figures, tried_in

EXPECTED = scenarios()["expected"]
DATES = sorted(EXPECTED["progress"])
CARRIED = LIVE - {Kind.WAITING_REVIEW, Kind.DECISION_DUE}
"""Reviews and decisions are in no log."""


class Then:
    """The command's clock."""

    def now(self) -> datetime:
        """On the day after the quarter."""
        return NOW


@pytest.fixture
async def quarter(
    database: Database, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[Database, int]:
    """The database with everything in it, and its workspace."""
    monkeypatch.setattr("bot.transfer.bringing.SystemClock", Then)
    async with database.writing(None) as session:
        workspace_id = await meet_the_team(session)
    await import_quarter(database_url, tmp_path)
    async with database.writing(workspace_id) as session:
        await what_no_log_carries(session)
        await hold_standups(session)
    return database, workspace_id


def key_of(subject: str) -> str:
    """A project's key, or its experiment's."""
    project = next((one["project"] for one in experiments() if one["id"] == subject), None)
    return subject.upper() if project is None else f"{project.upper()}-{subject[1:]}"


def expected_findings(day: str) -> dict[str, list[Kind]]:
    """What is said on a day of these projects, of what is live."""
    found = {
        key_of(one["subject"]): [
            kind for reason in one["reasons"] if (kind := Kind(reason["kind"])) in CARRIED
        ]
        for one in EXPECTED["findings"].get(day, [])
        if one["project"] != "cashflow"
    }
    return {key: kinds for key, kinds in found.items() if kinds}


@pytest.mark.timeout(120)
async def test_every_expected_figure_comes_out(quarter: tuple[Database, int]) -> None:
    db, workspace_id = quarter
    async with db.reading(workspace_id) as session:
        for day in DATES:
            as_of = AsOf(date.fromisoformat(day), ZoneInfo("UTC"))
            facts = await stalled(session, as_of)
            said = {
                one.subject.key: kinds
                for one in facts.findings
                if (kinds := [why.kind for why in one.reasons if why.kind in CARRIED])
            }
            if day in EXPECTED["findings"]:
                assert said == expected_findings(day), day
            projects = {one.key: one for one in (await search(session, as_of)).projects}
            for expected in EXPECTED["progress"][day]:
                if expected["project"] in IMPORTED:
                    progress: Any = projects[expected["project"].upper()].progress
                    assert walked(progress) == pytest.approx(figures_of(expected)), day
                    assert str(progress.last_gain) == str(expected["last_improvement"]), day


def walked(progress: Any) -> tuple[float, ...]:
    return (progress.mark.baseline, progress.mark.acceptance, progress.best, progress.reference,
            progress.wait)  # fmt: skip


def figures_of(expected: dict[str, Any]) -> tuple[float, ...]:
    names = ("baseline", "acceptance", "best", "reference", "experiments_since_improvement")
    return tuple(expected[name] for name in names)


async def test_the_velocity_of_the_rows_is_that_of_the_file(quarter: tuple[Database, int]) -> None:
    db, workspace_id = quarter
    async with db.reading(workspace_id) as session:
        projects = {one.key.lower(): one.id for one in await session.scalars(select(Project))}
        for expected in EXPECTED["velocity"]:
            window = Span(*(date.fromisoformat(day) for day in expected["window"]))
            with count_queries(db) as statements:
                rows = await tried(session, window)
            assert len(statements) == 1
            for project in IMPORTED:
                theirs = rows.get(projects[project], [])
                assert velocity(theirs, window) == velocity(tried_in(project), window), project
            if named := expected.get("project"):
                assert as_expected(velocity(rows[projects[named]], window)) == figures(expected)


async def test_what_was_edited_late_is_not_set_in_advance(quarter: tuple[Database, int]) -> None:
    db, workspace_id = quarter
    window = Span(date(2026, 8, 24), date(2026, 11, 13))
    async with db.writing(workspace_id) as session:
        (project,) = await session.scalars(select(Project).where(Project.key == "FRAUD"))
        before = velocity((await tried(session, window, [project.id]))[project.id], window)
        (first,) = await session.scalars(
            select(Experiment).where(Experiment.project_id == project.id, Experiment.number == 1)
        )
        first.criterion_edited_at = NOW
        await session.flush()
        after = velocity((await tried(session, window, [project.id]))[project.id], window)
    assert after.set_in_advance == before.set_in_advance - 1
