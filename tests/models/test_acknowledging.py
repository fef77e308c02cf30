"""Who has not confirmed what they were told of is reminded: once a day at most, and nobody else."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from models import acknowledging, deprecating, telling
from models.domain.acknowledging import Matter, Subject
from models.domain.errors import AskedAlready, Unknown
from models.domain.facts_live import EndTold
from models.tables import Acknowledgement, Member
from tests.clock import MORNING
from tests.models.conftest import NOW, Team, at
from tests.models.test_deprecating import announced
from tests.models.test_scope_changes import announce, of_ben, tick
from tests.queries import count_queries


async def test_reminding_tells_them_once_more(led: Team) -> None:
    await announce(led)
    project = led.project.id
    async with led.writing() as session:
        with pytest.raises(AskedAlready):
            await acknowledging.remind(session, Matter.SCOPE, project, "UANA", NOW)
    await tick(led)
    friday = at(MORNING + timedelta(days=6))
    async with led.writing() as session:
        with count_queries(led.db) as statements:
            people = await acknowledging.remind(session, Matter.SCOPE, project, "UANA", friday)
            await session.flush()
        assert len(statements) <= 8, statements
        assert [one.name for one in people] == ["Ben"]
    assert (await of_ben(led))[0] == ("scope_to_confirm", False, False)
    async with led.writing() as session:
        await session.execute(update(Acknowledgement).values(acknowledged_on=NOW.today))
        with pytest.raises(Unknown, match="Everybody has confirmed"):
            await acknowledging.remind(session, Matter.SCOPE, project, "UANA", friday)


async def test_who_has_left_is_not_waited_for(led: Team) -> None:
    scope_id = await announce(led)

    async def waiting() -> list[str]:
        async with led.db.reading(led.workspace_id) as session:
            said = await acknowledging.said_of(session, Matter.SCOPE, [scope_id])
        return [one.name for one in said[scope_id].waiting]

    assert await waiting() == ["Ben"]
    async with led.writing() as session:
        await session.execute(update(Member).where(Member.name == "Ben").values(active=False))
    assert await waiting() == []


async def test_who_had_read_that_a_model_stops_is_told_that_it_stays(led: Team) -> None:
    async def taken_back(notice_id: int) -> None:
        async with led.writing() as session:
            await deprecating.withdraw(session, notice_id, "UANA", NOW)

    await taken_back(await announced(led))
    assert all(kind != "end_taken_back" for kind, *_ in await of_ben(led)), "nobody had read it"
    notice_id = await announced(led)
    await tick(led)
    async with led.writing() as session:
        await acknowledging.confirm(session, Subject(Matter.END, notice_id), "UBEN", NOW)
    await taken_back(notice_id)
    assert (await of_ben(led))[-1] == ("end_taken_back", False, False)
    await tick(led, 1)
    tomorrow = NOW.today + timedelta(days=1)
    async with led.db.reading(led.workspace_id) as session:
        (part,) = (await telling.notices_facts(session, led.ben.id, tomorrow)).parts
    assert isinstance(part, EndTold)
    assert part.about.withdrawn_on == NOW.today
