"""Who has not confirmed what they were told of is reminded: once a day at most, and nobody else."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from models import acknowledging
from models.domain.acknowledging import Matter
from models.domain.errors import AskedAlready, Unknown
from models.tables import Acknowledgement
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
