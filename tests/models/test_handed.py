"""An experiment changes hands: who can own it, and what its new and its former owner are told."""

import pytest
from sqlalchemy import select, update

from models import course, moving, telling
from models.domain.facts_notices import Handed, Told
from models.domain.moves import Move
from models.domain.project import Role
from models.moving import CanNotOwn
from models.tables import Member, Notice
from tests.models.conftest import NOW, Team
from tests.models.test_moving import hand, has, page


@pytest.fixture(autouse=True)
async def known(team: Team) -> None:
    """Slack has said who everybody is."""
    async with team.writing() as session:
        await session.execute(update(Member).values(described=True))


async def told(team: Team, member: Member) -> tuple[Told, ...]:
    """What somebody is told, and has been told from now on."""
    async with team.writing() as session:
        await session.execute(update(Notice).values(told_on=NOW.today))
        return (await telling.notices_facts(session, member.id, NOW.today)).parts


async def test_it_is_handed_on_to_somebody_who_can_own_it(team: Team) -> None:
    async with team.writing() as session:
        ben = await session.get_one(Member, team.ben.id)
        held = await hand(team, session, Move.HAND_ON)
        ben.limited = True
        with pytest.raises(CanNotOwn):
            await moving.hand_on(session, held, ben, at=NOW)
        ben.limited, ben.active = False, False
        with pytest.raises(CanNotOwn):
            await moving.hand_on(session, held, ben, at=NOW)
        ben.active = True
        await moving.hand_on(session, held, held.experiment.owner, at=NOW)
        await moving.hand_on(session, held, ben, at=NOW)
    said = await page(team)
    assert said.who.name == "Ben"
    assert [line.data["after"] for line in said.history] == ["Ben"]
    assert said.moves == (), "it is Ana's no more"
    (part,) = await told(team, team.ben)
    assert isinstance(part, Handed)
    assert (part.title, part.by.name, part.mine) == (team.of_ana.title, "Ana", True)


async def test_who_gives_it_back_reads_that_it_went_on(team: Team) -> None:
    async with team.writing() as session:
        ben = await session.get_one(Member, team.ben.id)
        held = await hand(team, session, Move.HAND_ON)
        await moving.hand_on(session, held, ben, at=NOW)
    await told(team, team.ben)
    async with team.writing() as session:
        ana = await session.get_one(Member, team.ana.id)
        held = await course.take(session, team.of_ana.id, "UBEN", Move.HAND_ON, NOW)
        await moving.hand_on(session, held, ana, at=NOW)
    (part,) = await told(team, team.ben)
    assert isinstance(part, Handed)
    assert not part.mine
    assert len(await told(team, team.ana)) == 1


async def test_who_takes_it_themselves_is_not_told(team: Team) -> None:
    async with team.writing() as session:
        has(session, team, Role.PM)
    async with team.writing() as session:
        ben = await session.get_one(Member, team.ben.id)
        held = await course.take(session, team.of_ana.id, "UBEN", Move.HAND_ON, NOW)
        await moving.hand_on(session, held, ben, at=NOW)
        assert await session.scalar(select(Notice.id)) is None
