"""A review by itself: it opens, tells those who owe, tells its chair; on the wall, whatever the clocks do."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from models import agenda, closing, notices, review_ticks, reviewing, reviews, telling
from models.closing import Wanted
from models.domain.checklist import Item
from models.domain.clock import Moment
from models.domain.decision import DecisionKind
from models.domain.facts_notices import ItemsOwed, ToClose
from models.domain.project import Role
from models.domain.review import Answer, ReviewKind
from models.reviewing import Said
from models.reviews import Plan
from models.tables import Member, Membership, Notice, Review
from tests.models.conftest import Team

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
DUE = date(2026, 4, 1)
OPENS = datetime(2026, 3, 25, 8, tzinfo=UTC)
"""Nine in Berlin, before the clocks change on the 29th."""
HALF = datetime(2026, 3, 28, 8, tzinfo=UTC)
LAST = datetime(2026, 4, 1, 7, tzinfo=UTC)
"""Nine in Berlin, after they changed."""


def at(moment: datetime) -> Moment:
    """With its date in Berlin."""
    return Moment(moment, moment.astimezone(BERLIN).date())


@pytest.fixture
async def planned(team: Team) -> tuple[Team, int]:
    """Ana leads a hand-over review, Ben is the engineer."""
    async with team.writing() as session:
        for member in await session.scalars(select(Member)):
            member.described = True
        for member, role in ((team.ana, Role.PM), (team.ben, Role.ML_ENGINEER)):
            session.add(Membership(project_id=team.project.id, member_id=member.id, role=role))
        await session.flush()
        plan = Plan(ReviewKind.HANDOVER, team.project.id, DUE, team.ana)
        review, _ = await reviews.schedule(session, plan, "UANA", at=at(MONDAY))
        return team, review.id


@pytest.fixture
async def announced(planned: tuple[Team, int]) -> tuple[Team, int]:
    """And its channel knows."""
    assert await tick(planned[0], MONDAY) == 1
    return planned


async def tick(team: Team, now: datetime) -> int:
    """What the scheduler does."""
    async with team.db.reading(None) as session:
        due = await review_ticks.due(session, now)
    done = 0
    for one in due:
        async with team.db.writing(one.workspace_id) as session:
            done += await review_ticks.wake(session, one.review_id, now)
    return done


async def wakes(team: Team) -> datetime | None:
    """When it does something next."""
    async with team.db.reading(None) as session:
        return (await agenda.read(session, MONDAY)).get(agenda.Step.REVIEW)


async def told(team: Team) -> set[tuple[str, str]]:
    """Who is to be told what."""
    async with team.writing() as session:
        found = await session.execute(
            select(Member.name, Notice.kind).join(Notice, Notice.member_id == Member.id)
        )
        return {(name, kind) for name, kind in found}


async def test_it_opens_chases_and_ends_each_once(planned: tuple[Team, int]) -> None:
    team, _ = planned
    assert await wakes(team) == MONDAY
    assert await tick(team, MONDAY) == 1
    assert len(await team.sent(kind="review_planned")) == 1
    assert await told(team) == set(), "who planned it knows"
    assert await wakes(team) == OPENS
    assert await tick(team, OPENS - timedelta(minutes=1)) == 0
    assert await tick(team, OPENS) == 1
    assert await tick(team, OPENS) == 0
    assert len(await team.sent(kind="review_card")) == 1
    assert await wakes(team) == HALF
    assert await tick(team, HALF) == 1
    assert await told(team) == {("Ana", "review_items"), ("Ben", "review_items")}
    assert await wakes(team) == LAST
    assert await tick(team, LAST) == 1
    assert ("Ana", "review_to_close") in await told(team)
    assert await wakes(team) is None


async def test_who_was_down_for_a_week_catches_up_step_by_step(announced: tuple[Team, int]) -> None:
    team, _ = announced
    late = LAST + timedelta(days=7)
    assert [await tick(team, late) for _ in range(2)] == [1, 0], "they have a day to answer"
    assert [await tick(team, late + timedelta(days=1)) for _ in range(3)] == [1, 1, 0]


async def test_what_is_owed_is_said_as_it_stands(announced: tuple[Team, int]) -> None:
    team, review_id = announced
    await tick(team, OPENS)
    await tick(team, HALF)
    noon = HALF + timedelta(days=2, hours=2)
    async with team.db.writing(None) as session:
        await notices.tell_due(session, noon)
    async with team.writing() as session:
        facts = await telling.notices_facts(session, team.ben.id, noon.date())
    (part,) = facts.parts
    assert isinstance(part, ItemsOwed)
    assert part.left > 0
    async with team.writing() as session:
        taking = await reviewing.take_part(session, review_id, "UBEN")
        said = {item.key: Said(Answer.YES) for item in _of_ben(taking.review)}
        await reviewing.answer(session, taking, said, noon)
    async with team.writing() as session:
        facts = await telling.notices_facts(session, team.ben.id, noon.date())
    (part,) = facts.parts
    assert isinstance(part, ItemsOwed)
    assert part.left == 0


def _of_ben(review: Review) -> list[Item]:
    return [item for item in reviews.kept(review).items if item.asked_of is Role.ML_ENGINEER]


async def test_once_it_is_decided_nothing_is_asked_any_more(announced: tuple[Team, int]) -> None:
    team, review_id = announced
    for moment in (OPENS, HALF, LAST):
        await tick(team, moment)
    async with team.db.writing(None) as session:
        await notices.tell_due(session, LAST)
    async with team.writing() as session:
        hand = await closing.take(session, review_id, "UANA", at(LAST).today)
        await closing.close(session, hand, Wanted(DecisionKind.NO_GO, "Not yet"), at=at(LAST))
    await tick(team, LAST)
    async with team.writing() as session:
        facts = await telling.notices_facts(session, team.ana.id, LAST.date())
        left = (await session.scalars(select(Notice).where(Notice.done_at.is_(None)))).all()
    assert [part.over for part in facts.parts if isinstance(part, ToClose)] == [True]
    assert [(one.kind, one.member_id) for one in left] == [("review_ended", team.ben.id)]
