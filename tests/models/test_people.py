"""People are who Slack says they are; whom nobody has described yet is asked for once."""

import pytest

from models import people
from models.db import Database
from models.domain.errors import NotMetYet
from models.people import Profile
from models.tables import Member
from tests.clock import MORNING
from tests.models.conftest import Team, make_team

ANA = Profile("UANA", "Ana Ruiz", "Asia/Tokyo", active=True, limited=False)


async def test_somebody_new_has_the_workspaces_zone_until_slack_has_answered(team: Team) -> None:
    for _ in range(2):
        async with team.writing() as session:
            member = await people.meet(session, "UNEW", "new", MORNING)
        assert (member.name, member.tz, member.described) == ("new", "Europe/Berlin", False)
    (asked,) = await team.sent(kind="read_person")
    assert (asked.payload["slack_id"], asked.operation) == ("UNEW", "read")


async def test_who_has_no_name_yet_is_called_by_their_id(team: Team) -> None:
    async with team.writing() as session:
        assert (await people.meet(session, "UNEW", "", MORNING)).name == "UNEW"


async def test_what_slack_says_replaces_what_was_guessed(team: Team) -> None:
    new = ANA._replace(slack_id="UNEW", active=False)
    async with team.writing() as session:
        members = await people.remember(session, [new, ANA, ANA], MORNING)
    assert [(one.slack_id, one.tz, one.active, one.described) for one in members] == [
        ("UNEW", "Asia/Tokyo", False, True),
        ("UANA", "Asia/Tokyo", True, True),
    ]
    assert members[1].id == team.ana.id


async def test_nobody_is_remembered_in_silence(team: Team) -> None:
    async with team.writing() as session:
        assert await people.remember(session, [], MORNING) == []


async def test_known_are_those_whom_slack_has_described(team: Team) -> None:
    async with team.writing() as session:
        await people.remember(session, [ANA], MORNING)
        (await session.get_one(Member, team.ben.id)).described = False
        await session.flush()
        assert await people.known(session, ["UANA", "UBEN", "UELSE"]) == {"UANA": ANA}


async def test_whom_slack_has_not_described_is_not_met_yet(team: Team) -> None:
    async with team.writing() as session:
        with pytest.raises(NotMetYet):
            await people.require_met(session, "UNEW")
        await people.meet(session, "UNEW", "new", MORNING)
        with pytest.raises(NotMetYet):
            await people.require_met(session, "UNEW")


async def test_the_same_person_in_two_workspaces_is_two_members(database: Database) -> None:
    ours, theirs = await make_team(database), await make_team(database)
    async with ours.writing() as session:
        await people.remember(session, [ANA], MORNING)
    async with theirs.writing() as session:
        found = await people.find_member(session, "UANA")
        assert found is not None
        assert (found.id, found.tz) == (theirs.ana.id, "Europe/Berlin")
        assert await people.find_member(session, "UELSE") is None
