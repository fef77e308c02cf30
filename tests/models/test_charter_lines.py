"""An export holds the project's charter, plan, roles and agreements; a new project is made of them again."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from models.db import Database
from models.domain.errors import CannotImport
from models.domain.exported import Format
from models.domain.logbook import LogLine
from models.domain.metric import MetricKind
from models.domain.project import GovernanceKind, GovernanceState, RiskTier, Role, Serving, Stage
from models.landing import Target
from models.tables import (
    Benchmark,
    CharterAnswer,
    Governance,
    Membership,
    Metric,
    Project,
)
from tests.clock import MORNING
from tests.logs import NEW, bring, everything, log
from tests.models.conftest import Team
from tests.models.test_exporting import through_a_file, workspace_of

DAY = MORNING.date()
PLAN: dict[str, object] = {
    "problem": "“Who pays?” =SUM(A1)\nnobody knows",
    "stage": Stage.PROTOTYPE,
    "risk_tier": RiskTier.HIGH,
    "serving": Serving.REAL_TIME,
    "explainability_required": False,
    "estimate_earliest": date(2026, 3, 1),
    "estimate_latest": date(2026, 6, 1),
    "stop_threshold": 0.6,
    "stop_by": date(2026, 5, 1),
    "next_touchpoint": date(2026, 2, 20),
    "effort_per_week": 1.5,
    "repair_hours": 8,
    "thresholds": {"patience": 7},
    "key": "NANO",
}
WORTH = {"kind": "per_point", "currency": "EUR", "per_point_per_month": [100.0, 250.5]}


async def full(team: Team) -> None:
    """Ana and Ben's project with everything that can be said of it, and a guardrail with a limit."""
    async with team.writing() as session:
        project = await session.get_one(Project, team.project.id)
        for name, value in PLAN.items():
            setattr(project, name, value)
        primary = (await session.scalars(select(Metric))).one()
        primary.value_model = WORTH
        mark = (await session.scalars(select(Benchmark))).one()
        mark.ceiling, mark.reason, mark.earlier = 0.9, "The rules change", [["2026-01-20", 0.65]]
        mark.agreed_pm_id, mark.agreed_pm_on = team.ana.id, DAY
        mark.agreed_technical_id, mark.agreed_technical_on = team.ben.id, DAY
        latency = Metric(
            project_id=project.id,
            key="latency",
            name="latency",
            kind=MetricKind.GUARDRAIL,
            goal=primary.goal,
            unit="ms",
            min_delta=2.0,
            min_delta_assumed=False,
            business_phrase="how long one waits",
        )
        session.add(latency)
        await session.flush()
        session.add(
            Benchmark(
                metric_id=latency.id,
                version=2,
                effective=DAY,
                baseline=50.0,
                baseline_source="the service of today",
                acceptance=60.0,
                ceiling=10.0,
                reason="New machines",
            )
        )
        of = {"project_id": project.id}
        session.add(Membership(**of, member_id=team.ana.id, role=Role.PM))
        session.add(Membership(**of, member_id=team.ben.id, role=Role.DATA_SCIENTIST))
        session.add(Membership(**of, member_id=team.ben.id, role=Role.ML_ENGINEER))
        session.add(
            CharterAnswer(**of, key="users", text="the call team", by_id=team.ana.id, at=MORNING)
        )
        session.add(
            Governance(
                **of,
                kind=GovernanceKind.PRIVACY,
                state=GovernanceState.UNDER_WAY,
                owner_id=team.ben.id,
                link="https://example.org/pia",
                at=MORNING,
            )
        )
        session.add(
            Governance(
                **of, kind=GovernanceKind.LEGAL, state=GovernanceState.NOT_NEEDED, at=MORNING
            )
        )


@pytest.mark.parametrize("kind", Format)
async def test_there_and_back(team: Team, tmp_path: Path, kind: Format) -> None:
    await full(team)
    theirs = await workspace_of(team.db)
    lines = await everything(team.db, team.workspace_id)
    about = [line.about for line in lines if line.about]
    assert {"charter.users", "role.pm", "governance.privacy", "agreed_pm", "ceiling"} <= set(about)
    again = through_a_file(tmp_path, lines, kind)
    await bring(team.db, theirs, again, Target("NANO"))
    assert await everything(team.db, theirs) == lines
    twice = await bring(team.db, theirs, again, Target("NANO"))
    assert (twice.is_new, twice.new) == (False, 0)
    assert await everything(team.db, theirs) == lines
    async with team.db.reading(theirs) as session:
        project = (await session.scalars(select(Project))).one()
        assert {name: getattr(project, name) for name in PLAN} == PLAN
        mark = (await session.scalars(select(Benchmark).where(Benchmark.ceiling == 0.9))).one()
        assert mark.is_agreed(DAY)
        of_it = select(Metric.value_model).where(Metric.kind == MetricKind.PRIMARY)
        assert await session.scalar(of_it) == WORTH


async def test_the_command_goes_first_and_a_project_that_is_there_stays(team: Team) -> None:
    await full(team)
    said = [vars(line) for line in await everything(team.db, team.workspace_id) if line.about]
    rows = log({"hypothesis": "x"}, *({"hypothesis": None, **one} for one in said))
    theirs = await workspace_of(team.db)
    target = Target("NANO", "Ours", "Recall", NEW.goal, 10.0, 5.0, stage=Stage.READINESS)
    await bring(team.db, theirs, rows, target)
    async with team.db.reading(theirs) as session:
        project = (await session.scalars(select(Project))).one()
        assert (project.name, project.stage, project.repair_hours) == ("Ours", Stage.READINESS, 8)


async def test_without_names_there_is_no_role_and_no_answer(database: Database) -> None:
    workspace = await workspace_of(database)
    ceiling: dict[str, object] = {"about": "ceiling", "says": "3", "benchmark_version": "9"}
    ceiling |= {"kind": "guardrail", "metric": "latency"}
    rows = log(
        {"about": "role.pm"},
        {"about": "charter.users", "says": "x"},
        {"about": "agreed_pm"},
        ceiling,
        believing=False,
    )
    await bring(database, workspace, [*log({}), *rows])
    async with database.reading(workspace) as session:
        assert (await session.scalars(select(Membership))).all() == []
        assert (await session.scalars(select(CharterAnswer))).all() == []


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"estimate_earliest": "2026-03-01", "estimate_latest": "2026-02-01"}, "is after"),
        ({"stop_threshold": "3"}, "goes together"),
    ],
)
async def test_a_plan_that_is_none_is_refused(
    database: Database, said: dict[str, str], sentence: str
) -> None:
    workspace = await workspace_of(database)
    rows = [LogLine(about=about, says=says).model_dump() for about, says in said.items()]
    with pytest.raises(CannotImport, match=sentence):
        await bring(database, workspace, [*log({}), *log(*rows, believing=False)])
