"""Who works when: leave, workdays, and the public holidays of where people live."""

import asyncio
import subprocess
import sys
import threading
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from models import absences
from models.db import Database
from models.domain.cadence import NO_HOLIDAYS
from models.domain.working_days import Span
from models.search import AsOf, search
from models.tables import Member
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


async def test_findings_leave_out_their_owners_public_holidays(team: Team) -> None:
    """German Unity Day is a Saturday in 2026; Labour Day, 1 May, a Friday."""
    async with team.writing() as session:
        await absences.look_up_owners(session, date(2026, 5, 4))
        ana = await session.get_one(Member, team.ana.id)
        off = absences.holidays_as_known(ana, date(2026, 5, 4))
        assert Span(date(2026, 5, 1), date(2026, 5, 1)) in off
        assert all(span.end <= date(2026, 5, 4) for span in off)
        as_of = AsOf(date(2026, 5, 4), ZoneInfo("Europe/Berlin"))
        (project,) = (await search(session, as_of)).projects
        assert set(off) <= set(project.experiments[0].owner.away)
        ana.country = NO_HOLIDAYS
        await absences.look_up_owners(session, date(2026, 5, 4))
        assert absences.holidays_as_known(ana, date(2026, 5, 4)) == ()


async def test_a_page_waits_for_the_library_but_not_for_long(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded, look_up = threading.Event(), absences._look_up

    def slowly(*of: Any) -> Any:
        loaded.wait(10)
        return look_up(*of)

    monkeypatch.setattr(absences, "_known", {})
    monkeypatch.setattr(absences, "_look_up", slowly)
    monkeypatch.setattr(absences, "PATIENCE", timedelta(0))
    first = await absences.week_soon(team.ana, MORNING)
    assert not first.holidays
    loaded.set()
    await asyncio.wait(absences._loading)
    later = await absences.week_soon(team.ana, MORNING)
    assert date(2026, 5, 1) in later.holidays
