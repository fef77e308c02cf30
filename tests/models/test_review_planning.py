"""Reviews that plan themselves: on working mornings, once whoever looks, across a change of the clocks."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from handlers.blocks import notices as notice_blocks
from handlers.blocks import review_planned
from models import agenda, review_lists, review_planning, review_ticks, telling
from models.agenda import Step
from models.db import Database
from models.domain.decision import DecisionKind
from models.domain.experiment import Outcome, Status
from models.domain.project import Role, Stage
from models.domain.review import ReviewKind, ReviewState
from models.domain.review_dates import PEER_LATE_EXPERIMENTS
from models.domain.standup import CeremonyKind
from models.tables import Decision, Event, Member, Membership, Notice, Project, Review, Workspace
from scheduler.steps import reviews_planned
from tests.models.conftest import Team
from tests.queries import count_queries
from tests.rows import (
    make_ceremony,
    make_experiment,
    make_measurement,
    make_member,
    make_project,
    make_review,
)

FRIDAY = datetime(2026, 3, 27, 10, tzinfo=UTC)
MONDAY = datetime(2026, 3, 30, 7, tzinfo=UTC)
"""Nine in Berlin; the clocks have changed on Sunday."""


@pytest.fixture
async def prototype(led: Team) -> Team:
    """The first number of a prototype was measured on Thursday; Ana is PM, Ben the engineer."""
    async with led.writing() as session:
        project = await session.get_one(Project, led.project.id)
        project.stage = Stage.PROTOTYPE
        await make_measurement(session, led.of_ana, 0.6, on=date(2026, 3, 26))
    return led


async def tick(team: Team, now: datetime) -> int:
    """What the scheduler does."""
    return await reviews_planned(team.db, now)


async def reviews_of(team: Team) -> Sequence[Review]:
    async with team.writing() as session:
        return (await session.scalars(select(Review).order_by(Review.id))).all()


async def looks_at(team: Team) -> datetime | None:
    async with team.writing() as session:
        return (await session.get_one(Workspace, team.workspace_id)).reviews_at


async def test_from_the_next_working_morning_on(prototype: Team) -> None:
    assert await tick(prototype, FRIDAY) == 0
    assert await looks_at(prototype) == MONDAY
    assert await tick(prototype, MONDAY - timedelta(minutes=1)) == 0
    assert await tick(prototype, MONDAY) == 1
    assert await tick(prototype, MONDAY) == 0
    (review,) = await reviews_of(prototype)
    assert (review.kind, review.due, review.chair_id) == (
        ReviewKind.PEER,
        date(2026, 4, 13),
        prototype.ben.id,
    )
    assert await looks_at(prototype) == MONDAY + timedelta(days=1)
    assert await tick(prototype, MONDAY + timedelta(days=1)) == 0, "once for its occasion"


@pytest.mark.parametrize("moved", [False, True])
async def test_six_experiments_make_a_planned_peer_review_late(
    prototype: Team, moved: bool
) -> None:
    """Unless somebody has moved it: then it stays where they put it."""
    await tick(prototype, FRIDAY)
    await tick(prototype, MONDAY)
    async with prototype.writing() as session:
        for _ in range(PEER_LATE_EXPERIMENTS):
            await make_experiment(
                session,
                prototype.project,
                prototype.ben,
                status=Status.CONCLUDED,
                outcome=Outcome.REFUTED,
                concluded_on=MONDAY.date(),
            )
        (review,) = (await session.scalars(select(Review))).all()
        review.sequence = int(moved)
    tuesday = MONDAY + timedelta(days=1)
    assert await tick(prototype, tuesday) == (not moved)
    (review,) = await reviews_of(prototype)
    assert review.due == (date(2026, 4, 13) if moved else date(2026, 4, 7)), "Easter is between"
    assert ("late" in (review.reason or "")) is not moved
    assert await tick(prototype, tuesday + timedelta(days=1)) == 0, "once"


async def test_a_day_off_is_left_out(prototype: Team) -> None:
    await tick(prototype, FRIDAY)
    good_friday = datetime(2026, 4, 3, 8, tzinfo=UTC)
    assert await tick(prototype, good_friday) == 0
    assert await looks_at(prototype) == datetime(2026, 4, 7, 7, tzinfo=UTC)


async def test_two_that_look_at_the_same_moment_plan_once(prototype: Team) -> None:
    await tick(prototype, FRIDAY)
    done = await asyncio.gather(*(tick(prototype, MONDAY) for _ in range(4)))
    assert sorted(done) == [0, 0, 0, 1]
    assert len(await reviews_of(prototype)) == 1


async def test_the_database_keeps_an_occasion_and_a_kind_to_one(prototype: Team) -> None:
    kinds = {"kind": ReviewKind.PEER, "occasion": "prototype", "opened_at": None}
    project, ana = prototype.project, prototype.ana
    async with prototype.writing() as session:
        await make_review(session, project, ana, state=ReviewState.SCHEDULED, **kinds)
    same_occasion = {"state": ReviewState.CANCELLED}
    same_kind = {"state": ReviewState.OPEN, "occasion": None}
    for changed in (same_occasion, same_kind):
        with pytest.raises(IntegrityError):
            async with prototype.writing() as session:
                await make_review(session, project, ana, **{**kinds, **changed})


async def test_it_is_announced_to_its_channel_and_to_whoever_leads_it(prototype: Team) -> None:
    await tick(prototype, FRIDAY)
    await tick(prototype, MONDAY)
    (review,) = await reviews_of(prototype)
    async with prototype.writing() as session:
        assert await review_ticks.wake(session, review.id, MONDAY) == 1
    async with prototype.writing() as session:
        assert await review_ticks.wake(session, review.id, MONDAY) == 0
        found = await session.execute(select(Notice.member_id, Notice.kind))
        assert [tuple(row) for row in found] == [(prototype.ben.id, "review_ahead")]
    (line,) = await prototype.sent(kind="review_planned")
    assert line.destination == prototype.project.channel_id


async def test_nobody_leads_what_nobody_has_a_part_in(prototype: Team) -> None:
    async with prototype.writing() as session:
        for one in await session.scalars(select(Member)):
            one.active = False
    await tick(prototype, FRIDAY)
    assert await tick(prototype, MONDAY) == 0


async def test_the_months_review_is_one_post_where_leadership_reads(led: Team) -> None:
    async with led.writing() as session:
        workspace = await session.get_one(Workspace, led.workspace_id)
        for name in ("Churn", "Cash flow"):
            project = await make_project(session, workspace, name=name)
            session.add(Membership(project_id=project.id, member_id=led.ana.id, role=Role.PM))
        await make_project(session, workspace, stage=Stage.PRODUCTION)
        leads = CeremonyKind.DIGEST_LEADERSHIP
        await make_ceremony(session, [led.ana], channel_id="C0LEADERS", kind=leads)
    await tick(led, FRIDAY)
    wednesday = datetime(2026, 4, 15, 8, tzinfo=UTC)
    assert await tick(led, wednesday) == 3
    (post,) = await led.sent(kind="monthly_review")
    assert (post.destination, len(post.payload["project_ids"])) == ("C0LEADERS", 3)
    assert {review.due for review in await reviews_of(led)} == {date(2026, 4, 29)}


async def test_a_leader_who_hears_nothing_for_six_weeks_is_the_pms_business(led: Team) -> None:
    """S0-28, with neither a digest for leaders nor reviews that plan themselves; a decision is a word."""
    async with led.writing() as session:
        workspace = await session.get_one(Workspace, led.workspace_id)
        workspace.reviews_at, workspace.plans_reviews = FRIDAY, False
        assert (await agenda.read(session, FRIDAY))[Step.PLAN_REVIEWS] == FRIDAY
        begun = (await session.get_one(Project, led.project.id)).created_at.date()
    later = FRIDAY + timedelta(weeks=7)
    await tick(led, later)
    assert await untold(led) == [], "nobody leads it"
    async with led.writing() as session:
        role = Membership(project_id=led.project.id, member_id=led.ben.id, role=Role.LEADER)
        session.add(role)
    for days in (1, 4):
        await tick(led, later + timedelta(days=days, hours=3))
    (notice,) = await untold(led)
    assert (notice.member_id, notice.payload["since"]) == (led.ana.id, str(begun))
    assert not notice.payload["posted"]
    async with led.writing() as session:
        notice_ = await session.get_one(Notice, notice.id)
        notice_.told_on = later.date()
    async with led.db.reading(led.workspace_id) as session:
        facts = await telling.notices_facts(session, led.ana.id, later.date())
    said = notice_blocks.notices(facts)
    assert "No digest for them is scheduled." in said.text
    assert "[Schedule one]" in said.text
    async with led.writing() as session:
        await make_ceremony(
            session, [led.ana], kind=CeremonyKind.DIGEST_LEADERSHIP, project_id=None
        )
        session.add(
            Decision(
                project_id=led.project.id,
                kind=DecisionKind.CONTINUE,
                reason="It moves",
                by_id=led.ana.id,
                on=later.date(),
                at=later,
            )
        )
    await tick(led, later + timedelta(weeks=9))
    assert len(await untold(led)) == 1, "the digest asks when it is posted"


async def untold(team: Team) -> Sequence[Notice]:
    async with team.writing() as session:
        return (await session.scalars(select(Notice).where(Notice.kind == "leaders_untold"))).all()


async def test_the_months_post_says_what_is_in_work_for_long_and_not_in_use(led: Team) -> None:
    moves = [("data", "prototype", 100), ("prototype", "development", 20)]
    async with led.writing() as session:
        project = await session.get_one(Project, led.project.id)
        project.stage = Stage.DEVELOPMENT
        workspace = await session.get_one(Workspace, led.workspace_id)
        young = await make_project(session, workspace, name="Young", stage=Stage.DEVELOPMENT)
        for one in (project, young):
            for before, after, ago in moves[one is young :]:
                at = datetime(2026, 4, 29, 8, tzinfo=UTC) - timedelta(days=ago)
                data = {"before": before, "after": after}
                session.add(Event(kind="stage_changed", project_id=one.id, at=at, data=data))
        for one in (project, young):
            review = await make_review(
                session, one, led.ana, kind=ReviewKind.PROJECT, due=date(2026, 4, 29)
            )
            review.occasion = "2026-04"
    async with led.db.reading(led.workspace_id) as session:
        facts = await review_lists.of_month(session, "2026-04", [project.id, young.id])
    said = {row.project_name: facts.long.get(row.review_id) for row in facts.rows}
    assert said == {led.project.name: 100, "Young": None}
    assert "100 days since its prototype, and not in use yet" in review_planned.month(facts).text


async def test_the_look_costs_the_same_however_many_projects_there_are(
    prototype: Team, database: Database
) -> None:
    one = review_planning.Due(prototype.workspace_id, "Europe/Berlin", MONDAY)

    async def asked() -> int:
        with count_queries(database) as queries:
            async with database.reading(prototype.workspace_id) as session:
                await review_planning.look(session, one, MONDAY)
        return len(queries)

    async with prototype.writing() as session:
        session.add(
            Membership(
                project_id=prototype.project.id,
                member_id=prototype.ben.id,
                role=Role.STAKEHOLDER,
            )
        )
    few = await asked()
    async with prototype.writing() as session:
        workspace = await session.get_one(Workspace, prototype.workspace_id)
        for _ in range(12):
            project = await make_project(session, workspace)
            member = await make_member(session, workspace)
            session.add(
                Membership(project_id=project.id, member_id=member.id, role=Role.STAKEHOLDER)
            )
    assert await asked() == few <= 12
