"""Telling: one message a person and working day, within their hours; what is done with is told no more."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from models import agenda, notices, replies, telling
from models.domain.errors import Unknown
from models.domain.messages import Notices
from models.domain.notices import BlockerToClear
from models.notices import ToTell
from models.tables import Blocker, Member, Notice, Workspace
from tests.clock import MORNING
from tests.models.conftest import Team
from tests.queries import count_queries
from tests.rows import make_blocker, make_member, make_notice

NIGHT = MORNING.replace(hour=22)
NEXT_DAY = MORNING.replace(hour=8, minute=0) + timedelta(days=1)
"""09:00 in Berlin."""


async def blocker(team: Team) -> Blocker:
    async with team.writing() as session:
        return await make_blocker(session, team.of_ana, team.ben)


async def give(
    team: Team, *blockers: Blocker, to: Member | None = None, now: datetime = MORNING
) -> None:
    async with team.writing() as session:
        member = to or team.ben
        told = [
            ToTell(team.workspace_id, member.id, BlockerToClear(blocker_id=one.id))
            for one in blockers
        ]
        await notices.give(session, told, now)


async def tick(team: Team, now: datetime) -> int:
    async with team.db.writing(None) as session:
        return await notices.tell_due(session, now)


async def rows(team: Team) -> list[Notice]:
    async with team.db.reading(team.workspace_id) as session:
        return list(await session.scalars(select(Notice).order_by(Notice.id)))


async def due(team: Team) -> datetime | None:
    async with team.db.reading(None) as session:
        return (await agenda.read(session, MORNING)).get(agenda.Step.TELL)


async def test_what_waits_is_told_in_one_message(team: Team) -> None:
    await give(team, await blocker(team), await blocker(team))
    assert await tick(team, MORNING) == 2
    (sent,) = await team.sent()
    assert (sent.kind, sent.destination) == ("notices", "UBEN")
    assert {row.told_on for row in await rows(team)} == {MORNING.date()}
    assert await tick(team, MORNING) == 0
    assert await due(team) is None


async def test_the_same_is_told_once(team: Team) -> None:
    one = await blocker(team)
    await give(team, one)
    await give(team, one)
    assert len(await rows(team)) == 1
    await tick(team, MORNING)
    await give(team, one)
    assert await tick(team, MORNING) == 0


async def test_what_comes_later_that_day_waits_for_the_next(team: Team) -> None:
    await give(team, await blocker(team))
    await tick(team, MORNING)
    await give(team, await blocker(team), now=MORNING + timedelta(hours=1))
    assert await tick(team, MORNING + timedelta(hours=1)) == 1
    assert len(await team.sent()) == 1
    assert await due(team) == NEXT_DAY
    assert await tick(team, NEXT_DAY) == 1
    assert [row.subject for row in await team.sent()] == [
        f"notices:{team.ben.id}:{MORNING.date()}",
        f"notices:{team.ben.id}:{NEXT_DAY.date()}",
    ]


async def test_nothing_is_told_at_night_or_to_who_is_away(team: Team) -> None:
    async with team.writing() as session:
        ben = await session.get_one(Member, team.ben.id)
        ben.away_from = ben.away_to = NEXT_DAY.date()
    await give(team, await blocker(team), now=NIGHT)
    await tick(team, NIGHT)
    assert await team.sent() == []
    assert await due(team) == NEXT_DAY + timedelta(days=1)


async def test_who_is_gone_is_told_nothing(team: Team) -> None:
    async with team.writing() as session:
        (await session.get_one(Member, team.ben.id)).active = False
    await give(team, await blocker(team))
    await tick(team, MORNING)
    assert await team.sent() == []
    assert [row.done_at for row in await rows(team)] == [MORNING]


async def test_what_is_done_with_is_not_told_and_comes_up_again_when_it_does(team: Team) -> None:
    one = await blocker(team)
    await give(team, one)
    async with team.writing() as session:
        subject = BlockerToClear(blocker_id=one.id).subject
        assert await notices.settle(session, [subject], MORNING) == []
        assert await notices.settle(session, [], MORNING) == []
    assert await tick(team, MORNING) == 0
    await give(team, one)
    assert await tick(team, MORNING) == 1
    async with team.writing() as session:
        (post,) = await notices.settle(session, [subject], MORNING)
    assert post.message == Notices(member_id=team.ben.id, on=MORNING.date())


async def test_much_is_told_on_more_than_one_day(team: Team) -> None:
    await give(team, *[await blocker(team) for _ in range(notices.MOST + 1)])
    await tick(team, MORNING)
    told = [row.told_on for row in await rows(team)]
    assert told.count(MORNING.date()) == notices.MOST
    assert await due(team) == NEXT_DAY


async def test_a_message_that_could_not_go_in_time_goes_on_the_next_day(team: Team) -> None:
    await give(team, await blocker(team))
    await tick(team, MORNING)
    message = Notices(member_id=team.ben.id, on=MORNING.date())
    async with team.writing() as session:
        assert await replies.why_not(session, message, MORNING) is None
        assert await replies.why_not(session, message, NIGHT) == "the person's working day is over"
    assert await due(team) == NEXT_DAY
    async with team.writing() as session:
        assert await replies.why_not(session, message, NIGHT) == "nothing of it is open any more"


async def test_a_day_without_anything_is_unknown(team: Team) -> None:
    async with team.writing() as session:
        with pytest.raises(Unknown):
            await telling.notices_facts(session, team.ben.id, MORNING.date())


@pytest.mark.parametrize("people", [1, 40])
async def test_many_people_are_told_with_as_many_statements(team: Team, people: int) -> None:
    async with team.db.writing(None) as session:
        workspace = await session.get_one(Workspace, team.workspace_id)
        one = await make_blocker(session, team.of_ana)
        for _ in range(people):
            await make_notice(session, await make_member(session, workspace), one)
    with count_queries(team.db) as statements:
        assert await tick(team, MORNING) == people
    assert len(statements) == 5, statements
    with count_queries(team.db) as statements:
        assert await tick(team, MORNING) == 0
    assert len(statements) == 1
