"""A project starts with its metric; experiments are numbered under its key; lists hold what fits."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update

from models import experiments, listing, projects
from models.db import Database
from models.domain.clock import Moment
from models.domain.errors import KeyTaken, NoProject, Unknown
from models.domain.experiment import Category, Outcome, Status
from models.domain.metric import Goal, MetricKind
from models.domain.project import ProjectStatus
from models.experiment_page import Reader, Which, page_of
from models.experiments import Hypothesis
from models.projects import Charter
from models.tables import Event, Experiment, Membership, Metric, Project, Workspace
from tests.clock import MORNING
from tests.models.conftest import Team, make_team
from tests.rows import make_experiment, make_measurement, make_project, make_workspace

TODAY = MORNING.date()
READER = Reader("UANA", TODAY, ZoneInfo("Europe/Berlin"))
CHARTER = Charter(
    name="Churn",
    key="CHURN",
    business_goal="Keep customers",
    metric_name="Recall",
    unit="share",
    goal=Goal.MAX,
    baseline=0.28,
    baseline_source="the list of today",
    acceptance=0.40,
    business_phrase="leavers found",
    channel_id="CCHURN",
)


async def start(team: Team, charter: Charter = CHARTER) -> Project:
    async with team.writing() as session:
        at = Moment(MORNING, TODAY)
        return await projects.start_project(session, charter, team.ana.slack_id, at)


async def begin(team: Team, **changes: Any) -> Experiment:
    hypothesis = Hypothesis(
        project_id=team.project.id,
        change="train on 18 months",
        because="more kinds of fraud",
        threshold=60,
        category=Category.DATA,
        timebox_days=8,
    )
    async with team.writing() as session:
        wanted = replace(hypothesis, **changes)
        on = await experiments.ground(session, wanted.project_id, team.ana.slack_id)
        return await experiments.start_experiment(session, on, wanted, Moment(MORNING, TODAY))


async def test_who_starts_a_project_is_its_pm_and_its_numbers_are_there(team: Team) -> None:
    project = await start(team)
    async with team.db.reading(team.workspace_id) as session:
        (chosen, *_) = await projects.choices(session, TODAY, first=project.id)
        (membership,) = await session.scalars(select(Membership))
    assert (membership.member_id, membership.role) == (team.ana.id, "pm")
    numbers = chosen.numbers
    assert numbers is not None
    assert (numbers.baseline, numbers.best, numbers.acceptance, numbers.since) == (
        0.28,
        0.28,
        0.40,
        None,
    )
    assert (chosen.key, chosen.channel_id) == ("CHURN", "CCHURN")


async def test_a_key_is_used_once_a_workspace(team: Team) -> None:
    await start(team)
    with pytest.raises(KeyTaken):
        await start(team)
    await start(await make_team(team.db))


async def test_experiments_are_numbered_and_written_down(team: Team) -> None:
    first, second = await begin(team), await begin(team, threshold=None)
    assert [first.number, second.number] == [3, 4]
    assert (first.title, first.status, first.started_on) == (
        "train on 18 months",
        Status.RUNNING,
        TODAY,
    )
    assert first.criterion_set_at == MORNING
    assert (second.criterion_metric_id, second.criterion_set_at) == (None, None)
    async with team.db.reading(team.workspace_id) as session:
        kinds = [event.data for event in await session.scalars(select(Event))]
    assert kinds == [{"experiment": first.id}, {"experiment": second.id}]


async def test_a_hypothesis_of_a_project_without_a_metric_has_no_criterion(team: Team) -> None:
    async with team.writing() as session:
        await session.execute(update(Metric).values(kind=MetricKind.GUARDRAIL))
    assert (await begin(team)).criterion_threshold is None


async def test_another_workspaces_project_is_unknown(team: Team) -> None:
    theirs = await make_team(team.db)
    with pytest.raises(Unknown):
        await begin(team, project_id=theirs.project.id)
    async with team.db.reading(team.workspace_id) as session:
        with pytest.raises(Unknown, match="no experiment FRAUD-9"):
            await page_of(session, Which("FRAUD", 9), READER)


async def test_without_a_project_it_says_how_to_start_one(database: Database) -> None:
    async with database.writing(None) as session:
        workspace = await make_workspace(session)
    async with database.reading(workspace.id) as session:
        with pytest.raises(NoProject):
            await projects.choices(session, TODAY)


async def more_projects(team: Team, *keys: str, **columns: Any) -> list[Project]:
    async with team.db.writing(None) as session:
        workspace = await session.get_one(Workspace, team.workspace_id)
        return [
            await make_project(
                session, workspace, **{"key": key, "name": key, "channel_id": f"C{key}", **columns}
            )
            for key in keys
        ]


@pytest.mark.parametrize("first", ["ZULU", "CZULU", None])
async def test_the_one_that_is_meant_comes_first_the_others_by_name(
    team: Team, first: str | None
) -> None:
    zulu, _ = await more_projects(team, "ZULU", "BETA")
    await more_projects(team, "OLD", status=ProjectStatus.STOPPED)
    await more_projects(team, "ALONE", channel_id=None)
    async with team.db.reading(team.workspace_id) as session:
        found = await projects.choices(session, TODAY, first=first or zulu.id)
        plain = await projects.choices(session, TODAY)
        one = await projects.choices(session, TODAY, first=first or zulu.id, most=1)
    assert [project.key for project in found] == ["ZULU", "ALONE", "BETA", "FRAUD"]
    assert [project.key for project in plain] == ["ALONE", "BETA", "FRAUD", "ZULU"]
    assert [project.key for project in one] == ["ZULU"]


async def test_the_list_has_running_ones_first_and_counts_the_others(team: Team) -> None:
    await more_projects(team, *(f"P{n:02}" for n in range(9)))
    for _ in range(11):
        await begin(team)
    async with team.writing() as session:
        row = await session.get_one(Experiment, team.of_ana.id)
        row.status, row.outcome = Status.CONCLUDED, Outcome.REFUTED
        row.concluded_on = TODAY + timedelta(days=2)
    async with team.db.reading(team.workspace_id) as session:
        whole = await listing.projects(session, TODAY)
        (one,) = (await listing.one_project(session, TODAY, "FRAUD")).pages
        with pytest.raises(Unknown, match="no project NOPE"):
            await listing.one_project(session, TODAY, "NOPE")
    assert (len(whole.pages), whole.more) == (8, 2)
    fraud = whole.pages[0]
    assert [row.key for row in fraud.rows] == [f"FRAUD-{n}" for n in range(13, 3, -1)]
    assert fraud.more == 3
    assert (len(one.rows), one.more) == (13, 0)
    assert one.rows[-1].key == f"FRAUD-{team.of_ana.number}"
    assert (one.rows[-1].outcome, one.rows[-1].day) == (Outcome.REFUTED, 3)
    assert [page.rows for page in whole.pages[1:]] == [()] * 7


async def test_one_in_full_has_its_numbers_newest_first(team: Team) -> None:
    async with team.db.writing(None) as session:
        for n in range(7):
            day = TODAY + timedelta(days=n)
            await make_measurement(
                session,
                team.of_ana,
                0.5 + n / 100,
                on=day,
                at=MORNING + timedelta(days=n),
                excluded_on=day if n == 6 else None,
                excluded_reason="leak" if n == 6 else None,
            )
    async with team.db.reading(team.workspace_id) as session:
        page = await page_of(
            session, Which("FRAUD", team.of_ana.number), replace(READER, today=date(2026, 3, 10))
        )
    assert [line.value for line in page.numbers] == pytest.approx([0.56, 0.55, 0.54, 0.53, 0.52])
    assert [line.excluded for line in page.numbers] == ["leak", None, None, None, None]
    assert (page.day, page.who.name, page.criterion and page.criterion.threshold) == (6, "Ana", 0.6)


async def test_what_has_not_begun_has_no_day_and_may_have_no_criterion(team: Team) -> None:
    async with team.db.writing(None) as session:
        await make_experiment(
            session,
            team.project,
            team.ben,
            status=Status.PROPOSED,
            started_on=None,
            criterion_metric_id=None,
            criterion_threshold=None,
        )
    async with team.db.reading(team.workspace_id) as session:
        page = await page_of(session, Which("FRAUD", 3), READER)
    assert (page.day, page.criterion) == (None, None)
