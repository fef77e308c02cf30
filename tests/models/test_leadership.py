"""The made-up quarter as its leaders read it (domain §5.1): facts and rounding of the example."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks import leadership as blocks
from models import outbox
from models.db import Database
from models.domain.decision import DecisionKind
from models.domain.leadership_facts import LeadershipFacts
from models.domain.live_messages import IncidentCard
from models.domain.messages import DecisionMade, Message, StandupSummary
from models.domain.project import Stage
from models.leadership import leadership
from models.search import AsOf
from models.tables import Decision, Delivery, Incident, Member, Metric, Project
from tests import rows
from tests.leaders_rows import note, write_leaders
from tests.queries import count_queries

UTC_ZONE = ZoneInfo("UTC")
FRIDAY = date(2026, 11, 13)
AS_OF_FRIDAY = Path(__file__).parents[1] / "data" / "leadership_2026-11-13.txt"


@asynccontextmanager
async def reading(db: Database) -> AsyncIterator[AsyncSession]:
    async with db.writing(None) as session:
        workspace, _ = await write_leaders(session)
    async with db.reading(workspace.id) as session:
        yield session


async def as_of(session: AsyncSession, day: date, **how: object) -> LeadershipFacts:
    return await leadership(session, AsOf(day, UTC_ZONE), **how)  # type: ignore[arg-type]


async def test_the_quarter_reads_as_the_example_says(database: Database) -> None:
    async with reading(database) as session:
        with count_queries(database) as statements:
            facts = await as_of(session, FRIDAY)
        assert len(statements) == 5
        assert blocks.digest(facts).text == AS_OF_FRIDAY.read_text("utf-8").rstrip("\n")


async def test_a_leaked_number_reaches_leaders_on_no_date(database: Database) -> None:
    async with reading(database) as session:
        for days in range((FRIDAY - date(2026, 8, 24)).days + 1):
            day = date(2026, 8, 24) + timedelta(days=days)
            said = blocks.digest(await as_of(session, day))
            for leaked in ("71", "0.7"):
                assert leaked not in said.text, day
            (fraud,) = [one for one in (await as_of(session, day)).projects if one.key == "FRAUD"]
            assert fraud.what is not None
            assert fraud.what.value is None or fraud.what.value < 0.7, day


async def test_a_leap_is_told_once_a_second_person_has_confirmed_it(database: Database) -> None:
    async with reading(database) as session:
        values = {}
        for day in (date(2026, 11, 8), date(2026, 11, 9)):
            (fraud,) = [one for one in (await as_of(session, day)).projects if one.key == "FRAUD"]
            assert fraud.what is not None
            values[day.day] = fraud.what.value
    assert values == {8: 0.585, 9: 0.648}


async def test_what_was_decided_later_is_not_known_yet(database: Database) -> None:
    async with reading(database) as session:
        before = {one.key: one for one in (await as_of(session, date(2026, 11, 3))).projects}
        assert not before["CHURN"].approved
        assert before["CHURN"].conditions == ()
        assert before["CASHFLOW"].decision is None
        assert before["DEDUPE"].suspected == "A changed address feed is suspected"
        assert (await as_of(session, date(2026, 8, 20))).projects == ()


async def test_a_project_can_be_left_out_held_back_or_asked_for_alone(database: Database) -> None:
    async with database.writing(None) as session:
        workspace, _ = await write_leaders(session)
        projects = {row.key: row for row in await session.scalars(select(Project))}
        maya = (await session.scalars(select(Member).where(Member.name == "Maya Okafor"))).one()
        await note(session, projects["CASHFLOW"], maya, held_back=True)
    async with database.reading(workspace.id) as session:
        keys = {one.key for one in (await as_of(session, FRIDAY)).projects}
        assert keys == {"FRAUD", "CHURN", "DEDUPE", "ROUTING"}
        week_later = await as_of(session, FRIDAY + timedelta(days=7))
        assert "CASHFLOW" in {one.key for one in week_later.projects}, "it was for a week"
        assert all(one.story is None for one in week_later.projects)
        out = [f"project:{projects['FRAUD'].id}", "learned", "bets", "scope"]
        less = await as_of(session, FRIDAY, leave_out=out, held_back=False)
        assert {one.key for one in less.projects} == {"CASHFLOW", "CHURN", "DEDUPE", "ROUTING"}
        assert (less.learned, less.bets) == (None, None)
        assert all(one.scope is None for one in less.projects)
        alone = await as_of(session, FRIDAY, project_id=projects["FRAUD"].id)
        assert [one.key for one in alone.projects] == ["FRAUD"]
        assert alone.learned is not None
        assert alone.learned.answered == 5


async def test_a_go_without_a_review_approves_late_stages_only(database: Database) -> None:
    async with database.writing(None) as session:
        workspace, _ = await write_leaders(session)
        project = (await session.scalars(select(Project).where(Project.key == "FRAUD"))).one()
        maya = (await session.scalars(select(Member).where(Member.name == "Maya Okafor"))).one()
        session.add(
            Decision(
                workspace_id=workspace.id,
                project_id=project.id,
                kind=DecisionKind.GO,
                reason="Everything is there",
                by_id=maya.id,
                on=FRIDAY,
                at=datetime.combine(FRIDAY, time(12), UTC),
            )
        )
    for stage, approved in ((Stage.DEVELOPMENT, False), (Stage.READINESS, True)):
        async with database.writing(workspace.id) as session:
            (await session.get_one(Project, project.id)).stage = stage
        async with database.reading(workspace.id) as session:
            (fraud,) = (await as_of(session, FRIDAY, project_id=project.id)).projects
            assert fraud.approved is approved


async def test_a_phrase_that_is_only_the_metrics_name_is_not_said(database: Database) -> None:
    async with database.writing(None) as session:
        workspace, _ = await write_leaders(session)
        metric = (await session.scalars(select(Metric).where(Metric.key == "recall_at_p90"))).one()
    for phrase in (metric.name.upper(), "Recall at p90"):
        async with database.writing(workspace.id) as session:
            (await session.get_one(Metric, metric.id)).business_phrase = phrase
        async with database.reading(workspace.id) as session:
            said = blocks.digest(await as_of(session, FRIDAY)).text
        assert "plain words yet: about 65 of 100 (today's way 41 of 100, needed 60 of 100)." in said
        assert phrase not in said


async def test_a_figure_leads_to_the_last_message_of_the_projects_channel(
    database: Database,
) -> None:
    async with database.writing(None) as session:
        workspace, _ = await write_leaders(session)
        session.info["workspace_id"] = workspace.id
        projects = {row.key: row for row in await session.scalars(select(Project))}
        decision = await session.scalar(
            select(Decision)
            .where(Decision.project_id == projects["CHURN"].id)
            .order_by(Decision.on.desc())
        )
        incident = (await session.scalars(select(Incident))).one()
        assert decision is not None
        maya = (await session.scalars(select(Member).where(Member.name == "Maya Okafor"))).one()
        standup = await rows.make_ceremony(
            session, [maya], project_id=projects["FRAUD"].id, channel_id="CFRAUD"
        )
        for day in (date(2026, 11, 10), date(2026, 11, 12), FRIDAY + timedelta(days=1)):
            at = datetime.combine(day, time(16), UTC)
            run = await rows.make_run(session, standup, day=day, summarised_at=at)
            await stands(session, StandupSummary(run_id=run.id), "CFRAUD", f"{day.day}.5")
        await stands(session, DecisionMade(decision_id=decision.id), "CCHURN", "7.5")
        await stands(session, IncidentCard(incident_id=incident.id), "CDEDUPE", None)
    async with database.reading(workspace.id) as session:
        with count_queries(database) as statements:
            facts = await as_of(session, FRIDAY)
        assert len(statements) == 5
    assert {one.key: one.spot for one in facts.projects if one.spot} == {
        "FRAUD": "CFRAUD/p125",
        "CHURN": "CCHURN/p75",
    }


async def stands(session: AsyncSession, message: Message, channel: str, ts: str | None) -> None:
    """It was posted; without a `ts` it still waits."""
    await outbox.post(session, message, to=channel, now=datetime.combine(FRIDAY, time(9), UTC))
    row = (await session.scalars(select(Delivery).order_by(Delivery.id.desc()).limit(1))).one()
    row.slack_channel, row.slack_ts = (channel, ts) if ts else (None, None)
    await session.flush()
