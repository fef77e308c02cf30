"""What a project is worth, entered as people type it and read on its page (domain §2.6)."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from handlers import value
from handlers.blocks import value as blocks
from handlers.deps import Ask, Home
from handlers.forms import InvalidForm
from models import value_models
from models.db import Database
from models.domain.errors import Unknown
from models.tables import Event, Measurement, Member, Metric, Project
from tests.handlers.samples_charts import CASES
from tests.quarter_rows import write_quarter
from tests.queries import count_queries
from tests.scenarios import scenarios
from tests.stories.reading import shown

CHURN = {
    "currency": "EUR",
    "cases": "180000",
    "positive": "2.1",
    "way": "share",
    "kept": "10",
    "tp": "50–78",
    "fp": "−4 to −2",
    "fn": "0",
    "tn": "0",
    "tp_impact": "A call in time",
}
TYPED: dict[str, dict[str, str]] = {"fraud": CASES, "churn": CHURN}
EXPECTED = [
    (project, float(at), money)
    for project, by_value in scenarios()["expected"]["value_uplift_eur_per_month"].items()
    for at, money in by_value.items()
]


@dataclass
class Quarter:
    """The made-up quarter, and Maya, who may change everything."""

    db: Database
    workspace_id: int
    projects: dict[str, int]

    def ask(
        self, project: str, values: dict[str, Any] | None = None, on: str = "2026-11-13"
    ) -> Ask:
        now = datetime.combine(date.fromisoformat(on), time(9), UTC)
        home = Home(self.workspace_id, "T1", ZoneInfo("UTC"), "UBOT")
        ident = str(self.projects[project])
        return Ask(home, "Umaya", "maya", now, value=ident, metadata=ident, values=values)

    async def says(self, project: str, values: dict[str, Any]) -> None:
        say = value.say_cases if "cases" in values else value.say_points
        async with self.db.writing(self.workspace_id) as session:
            await say(self.ask(project, values), session)

    async def page(self, project: str, on: str = "2026-11-13") -> str:
        async with self.db.reading(self.workspace_id) as session:
            return shown((await value.page(self.ask(project, on=on), session))["blocks"])


@pytest.fixture
async def quarter(database: Database) -> Quarter:
    async with database.writing(None) as session:
        workspace = await write_quarter(session)
        maya = await session.scalar(select(Member).where(Member.slack_id == "Umaya"))
        assert maya is not None
        maya.admin = maya.described = True
        rows = {row.key.lower(): row for row in await session.scalars(select(Project))}
        for one in scenarios()["projects"]:
            rows[one["key"]].effort_per_week = one["effort_pw_per_week"]
        projects = {key: row.id for key, row in rows.items()}
    return Quarter(database, workspace.id, projects)


async def primary(session: AsyncSession, project_id: int) -> Metric:
    found = await session.scalar(
        select(Metric).where(Metric.project_id == project_id, Metric.kind == "primary")
    )
    assert found is not None
    return found


async def test_every_range_of_the_quarter_is_said_on_its_page(quarter: Quarter) -> None:
    for project, values in TYPED.items():
        await quarter.says(project, values)
    for project, at, (low, high) in EXPECTED:
        async with quarter.db.writing(quarter.workspace_id) as session:
            metric = await primary(session, quarter.projects[project])
            rows = await session.scalars(
                select(Measurement).where(Measurement.metric_id == metric.id)
            )
            for row in rows:
                row.excluded_on, row.excluded_reason = date(2026, 1, 1), "bug"
            session.add(
                Measurement(
                    metric_id=metric.id,
                    on=date(2026, 11, 12),
                    at=datetime(2026, 11, 12, tzinfo=UTC),
                    value=at,
                    split="validation",
                    benchmark_version=1,
                )
            )
        page = await quarter.page(project)
        assert f"€{low:,}–{high:,}" in page, (project, at)


async def test_an_error_s_point_is_worth_a_range_of_two_figures(quarter: Quarter) -> None:
    await quarter.says("cashflow", {"currency": "EUR", "per_point": "1500 to 4000", "cost": "900"})
    page = await quarter.page("cashflow")
    assert "Best so far, 19.8%: roughly €1,800–4,800 a month over today's 21%" in page
    assert "Good enough, 14%: roughly €11,000–28,000 a month" in page
    assert "€1,500–4,000 a month for each 1%" in page
    assert "Running it costs €900 a month." in page
    assert "20.2% on 12 Oct: 1 try, 4 working days, about 1.6 person-weeks" in page


@pytest.mark.parametrize(
    ("cost", "said"),
    [("2000 to 3000", "perhaps as much as it would bring"), ("9000", "more than it would bring")],
)
async def test_running_it_may_cost_more_than_it_brings(
    quarter: Quarter, cost: str, said: str
) -> None:
    await quarter.says("cashflow", {"currency": "EUR", "per_point": "1500 to 4000", "cost": cost})
    assert said in await quarter.page("cashflow")


async def test_guap_s_worked_figure(quarter: Quarter) -> None:
    guap = {
        "currency": "USD",
        "cases": "113",
        "positive": str(1000 / 113),
        "way": "share",
        "kept": str(1300 / 113),
        "tp": "450",
        "fp": "-15",
        "fn": "-500",
    }
    await quarter.says("fraud", guap)
    async with quarter.db.writing(quarter.workspace_id) as session:
        metric = await primary(session, quarter.projects["fraud"])
        for row in await session.scalars(
            select(Measurement).where(Measurement.metric_id == metric.id)
        ):
            row.value = 0.8
    page = await quarter.page("fraud")
    assert "A month: 8 right alarms, 5 false, 2 missed, 98 rightly left alone" in page
    assert "In total $2,525, $22.35 a case" in page
    assert blocks.TWICE in page


async def test_the_dearer_error_and_what_it_implies(quarter: Quarter) -> None:
    await quarter.says("churn", CHURN)
    page = await quarter.page("churn")
    assert "A miss costs more than a false alarm (€64 against €3): finding more" in page
    assert "One more alarm pays when 4.478 of 100 such alarms are right" in page
    assert "right alarm: A call in time" in page
    await quarter.says("churn", {**CHURN, "tp": "1", "fp": "-10 to -6"})
    assert "A false alarm costs more than a miss" in await quarter.page("churn")


async def test_money_that_does_not_follow_the_number_is_noticed(quarter: Quarter) -> None:
    await quarter.says("fraud", {**CASES, "tn": "50"})
    assert blocks.BARELY in await quarter.page("fraud")
    await quarter.says("fraud", CASES)
    assert blocks.BARELY not in await quarter.page("fraud")


async def test_before_anybody_said_anything(quarter: Quarter) -> None:
    page = await quarter.page("fraud", on="2026-08-25")
    assert "Nobody has said yet what" in page
    assert "By the case" in page
    assert "no number yet" in await quarter.page("routing")
    await quarter.says("fraud", CASES)
    early = await quarter.page("fraud", on="2026-08-25")
    assert "Nothing beats 41 of 100 yet." in early
    with pytest.raises(Unknown, match="worth something by"):
        await quarter.says("routing", CASES)


async def test_what_was_said_stands_in_the_forms_again(quarter: Quarter) -> None:
    async with quarter.db.writing(quarter.workspace_id) as session:
        empty = await value.open_points(quarter.ask("fraud"), session)
    assert "What is each 1 of 100 better worth a month?" in str(empty)
    await quarter.says("fraud", {"currency": "SEK", "per_point": "120,5"})
    async with quarter.db.writing(quarter.workspace_id) as session:
        known = str(await value.open_points(quarter.ask("fraud"), session))
        assert "'120.5'" in known
        assert (await primary(session, quarter.projects["fraud"])).value_model == {
            "kind": "per_point",
            "currency": "SEK",
            "per_point_per_month": [12_050.0, 12_050.0],
            "running_cost": None,
        }
        assert "SEK 120.5 a month" not in await quarter.page("fraud")
    await quarter.says("churn", {**CHURN, "currency": "SEK", "cost": "1 to 2"})
    async with quarter.db.writing(quarter.workspace_id) as session:
        form = str(await value.open_cases(quarter.ask("churn"), session))
        for typed in ("'50 to 78'", "'-4 to -2'", "'180000'", "'2.1'", "'10'", "'1 to 2'"):
            assert typed in form, typed
        (event,) = await session.scalars(
            select(Event).where(Event.project_id == quarter.projects["churn"])
        )
        assert event.kind == "value_said"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"tp": "a lot"}, "tp"),
        ({"fp": "1 to 2 to 3"}, "fp"),
        ({"cost": "9" * 20}, "cost"),
        ({"positive": "100"}, "positive"),
        ({"kept": "101"}, "kept"),
        ({"cases": "0"}, "cases"),
        ({"currency": "euros"}, "currency"),
        ({"tp": None}, "tp"),
    ],
)
async def test_what_can_t_be_taken_is_said_beside_its_field(
    quarter: Quarter, changed: dict[str, str | None], field: str
) -> None:
    with pytest.raises(InvalidForm) as error:
        await quarter.says("fraud", {**CASES, **changed})
    assert list(error.value.fields) == [field]


async def test_the_page_takes_four_statements(quarter: Quarter) -> None:
    with count_queries(quarter.db) as statements:
        await quarter.page("fraud")
    assert len(statements) == 4
    async with quarter.db.reading(quarter.workspace_id) as session:
        assert (
            await value_models.page(session, quarter.projects["fraud"], "Umaya", date(2026, 11, 13))
        ).barely is False
