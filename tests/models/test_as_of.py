"""A past date reads as it read then, whatever has been changed since (domain §2.4-5, issue F point 6)."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks import leadership as blocks
from models import metrics, planning, progress_digest, stages, value_models
from models.db import Database
from models.domain.clock import Moment
from models.domain.findings.kinds import Kind, Thresholds
from models.domain.metric import MetricKind
from models.domain.project import ProjectStatus, Stage
from models.domain.project_facts import Plan
from models.domain.value import PerPoint
from models.leadership import leadership
from models.search import AsOf
from models.series import progress_charts
from models.stalled import stalled
from models.tables import Member, Metric, Project
from tests.leaders_rows import write_leaders

ZONE = ZoneInfo("UTC")
FRIDAY = date(2026, 11, 13)
DAYS = (date(2026, 10, 9), date(2026, 11, 3), FRIDAY)
LATER = FRIDAY + timedelta(days=18)
STAGES = {
    "FRAUD": Stage.PROTOTYPE,
    "CHURN": Stage.DEVELOPMENT,
    "CASHFLOW": Stage.DATA,
    "DEDUPE": Stage.DEVELOPMENT,
    "ROUTING": Stage.PROTOTYPE,
}


async def the_pm(session: AsyncSession) -> Member:
    return (await session.scalars(select(Member).where(Member.name == "Maya Okafor"))).one()


async def the_quarter(database: Database) -> int:
    async with database.writing(None) as session:
        workspace, _ = await write_leaders(session)
        (await the_pm(session)).described = True
        return workspace.id


async def read(session: AsyncSession, day: date) -> tuple[object, ...]:
    """Everything that a digest of that day says, and its pictures."""
    as_of = AsOf(day, ZONE)
    ids = list(await session.scalars(select(Project.id).order_by(Project.id)))
    return (
        blocks.digest(await leadership(session, as_of)).text,
        await progress_digest.gathered(session, as_of),
        await stalled(session, as_of),
        await progress_charts(session, ids, day, as_of.end),
    )


async def all_days(database: Database, workspace_id: int) -> list[tuple[object, ...]]:
    async with database.reading(workspace_id) as session:
        return [await read(session, day) for day in DAYS]


async def change_everything(session: AsyncSession, at: Moment) -> None:
    """Each project gets another stage, plan, value, settings, smallest change; one is put on hold."""
    maya = await the_pm(session)
    for metric_id in await session.scalars(
        select(Metric.id).where(Metric.kind == MetricKind.PRIMARY)
    ):
        of_metric = await metrics.take(session, metric_id, maya.slack_id)
        said = metrics.Said(of_metric.metric.name, of_metric.metric.business_phrase, 0.05)
        metrics.change(session, of_metric, said, at=at)
    projects = (await session.scalars(select(Project).order_by(Project.id))).all()
    for project in projects:
        hand = await planning.take(session, project.id, maya.slack_id)
        plan = Plan(at.today + timedelta(days=9), at.today + timedelta(days=99), effort=7.0)
        await planning.set_plan(session, hand, plan, at)
        await planning.set_thresholds(session, hand, Thresholds(patience=2, plateau_days=3), at)
        if project.key == "CASHFLOW":
            await planning.set_status(session, hand, ProjectStatus.ON_HOLD, at)
        if project.key != "ROUTING":
            worth = PerPoint(currency="EUR", per_point_per_month=(7.0, 8.0))
            in_hand = await value_models.take(session, project.id, maya.slack_id)
            value_models.say(session, in_hand, worth, at=at)
        await stages.move(session, project.id, maya.slack_id, STAGES[project.key], "As it is", at)


async def test_what_is_changed_later_changes_no_past_date(database: Database) -> None:
    workspace_id = await the_quarter(database)
    before = await all_days(database, workspace_id)
    for days in (0, 1):  # what stood first is meant, not what stood between
        async with database.writing(workspace_id) as session:
            on = LATER + timedelta(days=days)
            at = Moment(now=datetime.combine(on, time(9), UTC), today=on)
            await change_everything(session, at) if days == 0 else await move_on(session, at)
    assert await all_days(database, workspace_id) == before
    async with database.reading(workspace_id) as session:
        assert await read(session, LATER + timedelta(days=1)) != before[-1]


async def move_on(session: AsyncSession, at: Moment) -> None:
    maya = await the_pm(session)
    for project_id in (await session.scalars(select(Project.id).order_by(Project.id))).all():
        await stages.move(session, project_id, maya.slack_id, Stage.CONCEPTION, "Once more", at)


async def test_a_stage_that_began_yesterday_has_not_been_idle_for_weeks(database: Database) -> None:
    """Domain §2.5: idle counts from where something should be running."""
    workspace_id = await the_quarter(database)
    async with database.writing(workspace_id) as session:
        maya = await the_pm(session)
        routing = (await session.scalars(select(Project).where(Project.key == "ROUTING"))).one()
        at = Moment(now=datetime.combine(FRIDAY, time(9), UTC), today=FRIDAY)
        await stages.move(session, routing.id, maya.slack_id, Stage.DATA, "We begin", at)
    async with database.reading(workspace_id) as session:
        idle = []
        for days in (1, 7, 8):  # five working days are over on Friday the 20th
            facts = await stalled(session, AsOf(FRIDAY + timedelta(days=days), ZONE), routing.id)
            idle.append(Kind.IDLE in {why.kind for one in facts.findings for why in one.reasons})
    assert idle == [False, True, True]
