"""What was decided is kept with its reason and told to the project's channel (domain §2.4-7)."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from models import decisions
from models.decisions import Decided
from models.domain.decision import DecisionKind
from models.domain.errors import Unknown
from models.domain.permissions import NotAllowed
from models.domain.project import Role
from models.tables import Event, Member, Membership, Project
from tests.models.conftest import NOW, Team, make_team


@pytest.fixture
async def hold(team: Team) -> Decided:
    """Ana is the PM."""
    async with team.writing() as session:
        for member in await session.scalars(select(Member)):
            member.described = True
        session.add(Membership(project_id=team.project.id, member_id=team.ana.id, role=Role.PM))
    return Decided(
        team.project.id,
        DecisionKind.HOLD,
        "The labels come in May",
        next_on=date(2026, 5, 5),
        link="https://lab.slack.com/archives/C1/p1",
    )


async def test_it_is_stored_told_and_listed(team: Team, hold: Decided) -> None:
    async with team.writing() as session:
        row, project = await decisions.decide(session, hold, "UANA", at=NOW)
        assert (row.kind, row.on, project.key) == (DecisionKind.HOLD, NOW.today, "FRAUD")
        event = (await session.scalars(select(Event).where(Event.kind == "decided"))).one()
        assert event.data == {"decision": row.id, "what": "hold"}
    (told,) = await team.sent(kind="decision_made")
    assert (told.destination, told.subject) == (team.project.channel_id, f"decision:{row.id}")
    async with team.db.reading(team.workspace_id) as session:
        facts = await decisions.facts(session, row.id)
        assert await decisions.of_project(session, project) == (facts,)
    assert (facts.by.name, facts.next_on, facts.link) == ("Ana", hold.next_on, hold.link)


async def test_a_later_one_takes_its_place(team: Team, hold: Decided) -> None:
    async with team.writing() as session:
        first, project = await decisions.decide(session, hold, "UANA", at=NOW)
        again = replace(hold, kind=DecisionKind.GO, supersedes_id=first.id)
        second, _ = await decisions.decide(session, again, "UANA", at=NOW)
        (listed,) = await decisions.of_project(session, project)
    assert (listed.kind, second.supersedes_id) == (DecisionKind.GO, first.id)


async def test_a_project_without_a_channel_is_told_nothing(team: Team, hold: Decided) -> None:
    async with team.writing() as session:
        (await session.get_one(Project, team.project.id)).channel_id = None
        await session.flush()
        await decisions.decide(session, hold, "UANA", at=NOW)
    assert await team.sent(kind="decision_made") == []


async def test_not_by_everybody_and_not_about_what_isnt_there(team: Team, hold: Decided) -> None:
    async with team.writing() as session:
        with pytest.raises(NotAllowed, match="Ana"):
            await decisions.decide(session, hold, "UBEN", at=NOW)
        with pytest.raises(Unknown):
            await decisions.decide(session, replace(hold, supersedes_id=99), "UANA", at=NOW)
        with pytest.raises(Unknown):
            await decisions.facts(session, 99)
    theirs = await make_team(team.db)
    async with theirs.writing() as session:
        (await session.get_one(Member, theirs.ana.id)).admin = True
        (await session.get_one(Member, theirs.ana.id)).described = True
        await session.flush()
        with pytest.raises(Unknown):
            await decisions.decide(session, hold, "UANA", at=NOW)
