"""A live model: who is asked when its values fall, how often, and what the finding says."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from models import measured, stalled
from models.domain.errors import StillToCome
from models.domain.experiment import Split
from models.domain.findings.kinds import Kind, ProductionBelow
from models.domain.project import Role
from models.measured import Full, Place
from models.search import AsOf
from models.tables import Member, Project
from tests.clock import MORNING
from tests.models.conftest import Team, at
from tests.models.live import BAD, GOOD, asked, in_use, later, value
from tests.models.test_benchmarks import roles
from tests.models.test_scope_changes import ZONE
from tests.rows_live import make_incident, make_live


@pytest.fixture
async def live(team: Team) -> Team:
    """A model in use."""
    return await in_use(team)


async def test_the_pm_is_asked_once_for_a_run_of_bad_values(live: Team) -> None:
    assert await value(live, GOOD) is None
    assert await asked(live) == []
    fell = await value(live, BAD, 1)
    assert fell is not None
    assert (fell.live.value, fell.live.acceptance, fell.since) == (0.6, 0.7, later(1))
    assert await asked(live) == [(live.ana.id, True)]
    assert await value(live, 61, 2) is not None
    assert await asked(live) == [(live.ana.id, True)], "the same run"
    assert await value(live, GOOD, 3) is None
    assert await asked(live) == [(live.ana.id, False)], "it is good again"
    await value(live, BAD, 4)
    assert await asked(live) == [(live.ana.id, False), (live.ana.id, True)], "another run"


async def test_who_typed_it_is_asked_on_the_spot_only(live: Team) -> None:
    assert await value(live, BAD, by="UANA") is not None
    assert await asked(live) == []


async def test_a_fall_by_five_smallest_changes_is_asked_about_above_acceptance(live: Team) -> None:
    step = live.project.metrics[0].min_delta * 100
    await value(live, 90)
    assert await value(live, 90 - 4.9 * step, 1) is None
    fell = await value(live, 90 - 5 * step, 2)
    assert fell is not None
    assert fell.live.above


async def test_how_many_bad_values_in_a_row_is_a_setting(live: Team) -> None:
    async with live.writing() as session:
        await session.execute(update(Project).values(thresholds={"production_values": 2}))
    assert await value(live, BAD) is None
    assert await value(live, BAD, 1) is not None


async def test_a_guardrails_value_and_a_project_without_a_pm(live: Team) -> None:
    await roles(live, ana=Role.LEADER)
    async with live.writing() as session:
        await session.execute(update(Member).where(Member.id == live.ana.id).values(active=False))
    await value(live, BAD, by="UBEN")
    assert await asked(live) == [], "nobody else is technical"


async def test_a_value_of_a_past_day_takes_its_place(live: Team) -> None:
    await value(live, GOOD, 5)
    full = Full(live.project.metrics[0].id, BAD, None, None, Split.VALIDATION)
    place = Place(None, live.project.id)
    async with live.writing() as session:
        past = replace(full, on=later(2))
        moment = at(MORNING + timedelta(days=6))
        added = await measured.add(session, place, "UBEN", past, at=moment)
        assert (added.row.on, added.fell) == (later(2), None), "the newest one is good"
        tomorrow = replace(full, on=later(7))
        with pytest.raises(StillToCome):
            await measured.add(session, place, "UBEN", tomorrow, at=moment)


async def below(team: Team, day: int = 0) -> list[ProductionBelow]:
    async with team.db.reading(team.workspace_id) as session:
        facts = await stalled.stalled(session, AsOf(later(day), ZONE))
    reasons = [reason for finding in facts.findings for reason in finding.reasons]
    return [one for one in reasons if isinstance(one, ProductionBelow)]


async def test_the_finding_knows_the_open_incident_also_of_a_past_day(live: Team) -> None:
    async with live.writing() as session:
        metric = live.project.metrics[0]
        await make_live(session, metric, 0.75)
        await make_live(session, metric, 0.69, later(1))
    assert await below(live) == []
    (found,) = await below(live, 1)
    assert (found.kind, found.since, found.incident) == (
        Kind.PRODUCTION_BELOW_ACCEPTANCE,
        later(1),
        None,
    )
    async with live.writing() as session:
        row = await make_incident(
            session, live.project, live.ana, opened_on=later(2), closed_on=later(4)
        )
    opens = [(await below(live, day))[0].incident for day in (1, 2, 3, 4)]
    assert [one and one.incident_id for one in opens] == [None, row.id, row.id, None]
