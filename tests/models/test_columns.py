"""Column types: moments and words come back as they went in, on both databases."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import column, select, table
from sqlalchemy.exc import StatementError

from models.db import Database
from models.domain.experiment import Status
from models.tables import Delivery, Experiment, Workspace
from tests.clock import MORNING
from tests.filled import fill_workspace
from tests.rows import make_workspace

pytestmark = pytest.mark.traced_through

MOMENTS = [
    MORNING,
    datetime(2026, 3, 3, 8, 30, 0, 123456, tzinfo=UTC),
    datetime(2026, 3, 29, 2, 30, tzinfo=ZoneInfo("Europe/Berlin")),  # in the gap
    datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=ZoneInfo("Europe/Berlin")),  # the second time
    datetime(2026, 3, 3, 23, 0, tzinfo=ZoneInfo("Pacific/Kiritimati")),
]


@pytest.mark.parametrize("moment", MOMENTS, ids=str)
async def test_a_moment_comes_back_in_utc(database: Database, moment: datetime) -> None:
    async with database.writing(None) as session:
        workspace = await make_workspace(session, created_at=moment)
    async with database.reading(None) as session:
        found = await session.scalar(
            select(Workspace.created_at).where(Workspace.id == workspace.id)
        )
    assert found == moment.astimezone(UTC)
    assert found.tzinfo is UTC or found.utcoffset() == timedelta(0)


async def test_a_moment_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="without a time zone"):
        async with database.writing(None) as session:
            await make_workspace(session, created_at=MORNING.replace(tzinfo=None))


async def test_moments_are_compared_as_moments(database: Database) -> None:
    """Not as texts of different zones: what is due is found by comparing with `now`."""
    async with database.writing(None) as session:
        await make_workspace(session, created_at=MORNING)
        for zone in ("America/Los_Angeles", "Europe/Berlin", "Asia/Tokyo"):
            now = MORNING.astimezone(ZoneInfo(zone))
            second = timedelta(seconds=1)
            at_or_before = select(Workspace.id).where(Workspace.created_at <= now)
            earlier = select(Workspace.id).where(Workspace.created_at <= now - second)
            assert await session.scalar(at_or_before) is not None
            assert await session.scalar(earlier) is None


async def test_a_word_is_stored_as_itself_and_comes_back_as_its_kind(database: Database) -> None:
    async with database.writing(None) as session:
        await fill_workspace(session)
        plain = table("experiment", column("status"))
        assert await session.scalar(select(plain.c.status)) == "proposed"
        assert await session.scalar(select(Experiment.status)) is Status.PROPOSED
        assert await session.scalar(select(Experiment.outcome)) is None


async def test_a_word_of_another_kind_is_refused(database: Database) -> None:
    async with database.writing(None) as session:
        await fill_workspace(session)
        experiment = (await session.scalars(select(Experiment))).one()
        experiment.status = "finished"  # type: ignore[assignment]
        with pytest.raises(StatementError, match="finished"):
            await session.flush()
        await session.rollback()


async def test_a_payload_comes_back_as_it_was(database: Database) -> None:
    payload = {"kind": "digest", "ids": [1, 2], "text": "“59 of 100”", "none": None, "x": 0.1}
    async with database.writing(None) as session:
        await fill_workspace(session)
        (await session.scalars(select(Delivery))).one().payload = payload
    async with database.reading(None) as session:
        assert await session.scalar(select(Delivery.payload)) == payload
