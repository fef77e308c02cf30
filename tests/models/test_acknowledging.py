"""Who has not confirmed what they were told of is reminded: once a day at most, and nobody else."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from models import acknowledging
from models.domain.acknowledging import Matter
from models.domain.errors import AskedAlready, Unknown
from models.tables import Acknowledgement, Member
from tests.clock import MORNING
from tests.models.conftest import NOW, Team, at
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
