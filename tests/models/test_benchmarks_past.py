"""What was needed on a past date is what was needed then (domain §2.4-5)."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from models import numbers
from models.domain.benchmark import earlier_with
from models.domain.cadence import zone_of
from models.search import AsOf, search
from models.tables import Benchmark
from tests.models.conftest import Team
from tests.rows import make_measurement

START = date(2026, 2, 3)


def day(days: int) -> date:
    return START + timedelta(days=days)


async def change(team: Team, acceptance: float, on: date) -> None:
    async with team.writing() as session:
        (mark,) = await session.scalars(select(Benchmark))
        mark.earlier = earlier_with(
            mark.acceptance, mark.earlier, effective=mark.effective, today=on
        )
        mark.acceptance = acceptance


async def read(team: Team, on: date) -> tuple[float, date | None]:
    """The acceptance and since when it was met, as of a date, by walking and by the search."""
    async with team.db.reading(team.workspace_id) as session:
        stands = (await numbers.standing(session, [team.project.id], on))[team.project.id]
        found = await search(session, AsOf(on, zone_of("Europe/Berlin")))
    (project,) = found.projects
    assert project.progress is not None
    assert project.progress.mark.acceptance == stands.acceptance
    return stands.acceptance, project.progress.accepted_on


@pytest.mark.parametrize("changes", [[(4, 0.65), (8, 0.75)], [(4, 0.75), (4, 0.6), (9, 0.72)]])
async def test_a_past_date_reads_as_it_did_on_that_day(
    team: Team, changes: list[tuple[int, float]]
) -> None:
    async with team.writing() as session:
        await make_measurement(session, team.of_ana, 0.66, on=day(1))
        await make_measurement(session, team.of_ben, 0.71, on=day(6))
    then: dict[date, tuple[float, date | None]] = {}
    for number in range(12):
        for _, acceptance in [one for one in changes if one[0] == number]:
            await change(team, acceptance, day(number))
        then[day(number)] = await read(team, day(number))
    assert {on: await read(team, on) for on in then} == then
    assert (
        len({needed for needed, _ in then.values()}) == len({number for number, _ in changes}) + 1
    )
