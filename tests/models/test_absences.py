"""Who works when: leave, workdays, and the public holidays of where people live."""

import subprocess
import sys
from datetime import UTC, date, datetime

import pytest

from models import absences
from models.db import Database
from models.domain.cadence import NO_HOLIDAYS
from tests.clock import MORNING
from tests.models.conftest import Team
from tests.rows import make_member, make_workspace

UNITY = date(2026, 10, 3)


@pytest.mark.parametrize(
    ("zone", "country"),
    [
        ("Europe/Berlin", "DE"),
        ("Asia/Kathmandu", "NP"),
        ("Asia/Katmandu", "NP"),
        ("America/Indiana/Indianapolis", "US"),
        ("Pacific/Auckland", "NZ"),
        ("Etc/UTC", None),
        ("UTC", None),
    ],
)
def test_a_zone_tells_the_country(zone: str, country: str | None) -> None:
    assert absences.country_of(zone) == country


@pytest.mark.parametrize(
    ("country", "kept"), [("DE", True), ("FR", False), ("QQ", False), (None, False)]
)
def test_public_holidays_are_those_of_the_country(country: str | None, kept: bool) -> None:
    assert (UNITY in absences.holidays_in(country, (2026,))) is kept


async def test_everybody_has_their_own_week(database: Database) -> None:
    async with database.writing(None) as session:
        workspace = await make_workspace(session)
        german = await make_member(session, workspace)
        abroad = await make_member(session, workspace, country="FR", workdays="mon,tue")
        busy = await make_member(session, workspace, country=NO_HOLIDAYS, away_from=UNITY)
        weeks = await absences.weeks_of([german, abroad, busy], MORNING)
        again = await absences.weeks_of([german], MORNING)
    assert UNITY in weeks[german.id].holidays
    assert weeks[abroad.id].workdays == {"mon", "tue"}
    assert date(2026, 7, 14) in weeks[abroad.id].holidays
    assert (weeks[busy.id].holidays, weeks[busy.id].is_away(UNITY)) == (frozenset(), True)
    assert again[german.id] == weeks[german.id]


async def test_what_is_due_is_looked_up_beforehand(team: Team) -> None:
    async with team.db.reading(None) as session:
        await absences.prepare(session, MORNING.replace(year=2030))
        await absences.prepare(session, datetime(2025, 1, 1, tzinfo=UTC))
    assert (2029, 2030, 2031) in absences._known[None, "Europe/Berlin"]


def test_holidays_are_not_loaded_at_the_start() -> None:
    code = "import sys, bot.app; sys.exit('holidays' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
