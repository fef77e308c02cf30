"""What somebody was asked in a message waits in their App Home, too, until they have answered."""

from datetime import date

from models import acknowledging, notices
from models.domain.acknowledging import Matter, Subject
from models.domain.facts_home import MyEnd, MyIncident, MyLive, MyScope
from models.domain.live_notices import EndToConfirm, LiveFell
from models.domain.notices import ScopeStillOpen, ScopeToConfirm
from models.notices import ToTell
from models.tables import Incident
from tests.clock import MORNING
from tests.models.conftest import NOW, Team
from tests.models.test_home import described, of_ana
from tests.rows_live import make_end, make_incident
from tests.rows_scope import make_scope_change


async def test_a_scope_change_waits_until_it_is_confirmed(team: Team) -> None:
    await described(team)
    async with team.writing() as session:
        change = await make_scope_change(session, team.project, team.ben, [team.ana])
        asked = ScopeToConfirm(scope_id=change.id, member_id=team.ana.id)
        again = ScopeStillOpen(scope_id=change.id, member_id=team.ana.id)
        to_ana = [ToTell(team.workspace_id, team.ana.id, one) for one in (asked, again)]
        await notices.give(session, to_ana, MORNING)
    facts = await of_ana(team)
    assert facts.notices == (MyScope(change.id, team.project.name, change.after),), "once"
    async with team.writing() as session:
        await acknowledging.confirm(session, Subject(Matter.SCOPE, change.id), "UANA", NOW)
    assert (await of_ana(team)).notices == ()


async def test_a_model_s_end_and_values_that_fell_wait_too(team: Team) -> None:
    await described(team)
    async with team.writing() as session:
        end = await make_end(session, team.project, team.ben, [team.ana])
        asked = EndToConfirm(notice_id=end.id, member_id=team.ana.id)
        fell = LiveFell(project_id=team.project.id, measurement_id=1, since="2026-03-01")
        to_ana = [ToTell(team.workspace_id, team.ana.id, one) for one in (asked, fell)]
        await notices.give(session, to_ana, MORNING)
    name = team.project.name
    assert (await of_ana(team)).notices == (
        MyEnd(end.id, name, end.stops_on, end.instead),
        MyLive(team.project.id, name, date(2026, 3, 1)),
    )
    async with team.writing() as session:
        await acknowledging.confirm(session, Subject(Matter.END, end.id), "UANA", NOW)
        await notices.settle(session, [fell.subject], MORNING)
    assert (await of_ana(team)).notices == ()


async def test_an_open_incident_waits_for_its_reporter_and_the_pm(led: Team) -> None:
    await described(led)
    async with led.writing() as session:
        incident = await make_incident(session, led.project, led.ben)
    mine = (MyIncident(incident.id, led.project.name, incident.since),)
    assert (await of_ana(led)).incidents == mine, "Ana is the PM"
    async with led.writing() as session:
        (await session.get_one(Incident, incident.id)).closed_on = NOW.today
    assert (await of_ana(led)).incidents == ()
