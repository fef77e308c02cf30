"""Who may, asked of the rows: with whom to ask in the sentence, and an admin in every workspace."""

from dataclasses import replace
from datetime import time

import pytest
from sqlalchemy import select

from models import people
from models.domain.errors import GuestsMayNot, NotMetYet, Unknown
from models.domain.metric import Goal
from models.domain.permissions import Action, NotAllowed
from models.domain.project import Role
from models.people import Profile
from models.permits import permit, permit_standup
from models.projects import Charter, start_project
from models.standups import Plan, set_up
from models.tables import Ceremony, Member, Membership
from tests.clock import MORNING
from tests.models.conftest import NOW, Team


async def described(team: Team, **of_ben: bool) -> None:
    async with team.writing() as session:
        for member in await session.scalars(select(Member)):
            member.described = True
        ben = await session.get_one(Member, team.ben.id)
        for name, value in of_ben.items():
            setattr(ben, name, value)


async def admins(team: Team) -> list[str]:
    async with team.writing() as session:
        return list(
            await session.scalars(select(Member.name).where(Member.admin).order_by(Member.id))
        )


async def test_the_owner_the_pm_and_an_admin_may_and_the_refusal_names_them(team: Team) -> None:
    await described(team)
    asks = {"project_id": team.project.id, "owner_id": team.ana.id}
    async with team.writing() as session:
        await permit(session, "UANA", Action.CHANGE_EXPERIMENT, **asks)
        with pytest.raises(NotAllowed, match=r"can change this experiment\. Ask Ana\.$"):
            await permit(session, "UBEN", Action.CHANGE_EXPERIMENT, **asks)
        role = {"project_id": team.project.id, "member_id": team.ben.id}
        session.add(Membership(**role, role=Role.PM))
        session.add(Membership(**role, role=Role.DATA_SCIENTIST))
        assert (await permit(session, "UBEN", Action.CHANGE_EXPERIMENT, **asks)).id == team.ben.id
        with pytest.raises(NotAllowed, match=r"Ask Ben\.$"):
            await permit(session, "UANA", Action.CHANGE_PROJECT, project_id=team.project.id)
        with pytest.raises(NotAllowed, match=r"workspace's settings\.$"):
            await permit(session, "UBEN", Action.CHANGE_WORKSPACE)
        (await session.get_one(Member, team.ana.id)).admin = True
        await session.flush()
        await permit(session, "UANA", Action.CHANGE_PROJECT, project_id=team.project.id)
        with pytest.raises(NotAllowed, match=r"Ask Ana\.$"):
            await permit(session, "UBEN", Action.CHANGE_WORKSPACE)


async def test_a_standup_is_its_owners_and_the_pms(team: Team) -> None:
    await described(team)
    async with team.writing() as session:
        await permit_standup(session, "UANA", team.ceremony.id)
        with pytest.raises(NotAllowed, match="Ask Ana"):
            await permit_standup(session, "UBEN", team.ceremony.id)
        (await session.get_one(Ceremony, team.ceremony.id)).project_id = team.project.id
        session.add(Membership(project_id=team.project.id, member_id=team.ben.id, role=Role.PM))
        await session.flush()
        await permit_standup(session, "UBEN", team.ceremony.id)
        with pytest.raises(Unknown):
            await permit_standup(session, "UANA", 999_999)


async def test_guests_and_strangers_may_nothing_whatever_they_are(team: Team) -> None:
    await described(team, limited=True, admin=True)
    async with team.writing() as session:
        with pytest.raises(GuestsMayNot):
            await permit(session, "UBEN", Action.ADD_HYPOTHESIS)
        with pytest.raises(NotMetYet):
            await permit_standup(session, "UNOBODY", team.ceremony.id)


async def test_whoever_begins_is_the_admin_where_none_is_known(team: Team) -> None:
    plan = Plan("C1", None, (), ("tue",), time(9, 30), "UTC", name="Ours")
    for member, key in ((team.ana, "A"), (team.ben, "B")):
        async with team.writing() as session:
            by = await session.get_one(Member, member.id)
            await set_up(session, replace(plan, name=key), by=by, now=MORNING)
    assert await admins(team) == ["Ana"]


async def test_whoever_starts_the_first_project_too(team: Team) -> None:
    for member, key in ((team.ben, "BEN"), (team.ana, "ANA")):
        async with team.writing() as session:
            charter = Charter(key, key, "g", "AUC", "", Goal.MAX, 0.5, "rules", 0.7, "found")
            await start_project(session, charter, member.slack_id, NOW)
    assert await admins(team) == ["Ben"]


async def test_slack_says_who_is_an_admin_and_the_last_one_stays(team: Team) -> None:
    plain = Profile("UANA", "Ana", "Europe/Berlin", active=True, limited=False)
    async with team.writing() as session:
        await people.remember(session, [plain._replace(admin=True)], MORNING)
    async with team.writing() as session:
        await people.remember(session, [plain], MORNING)
    assert await admins(team) == ["Ana"], "until there is another, somebody has to be one"
    async with team.writing() as session:
        ben = plain._replace(slack_id="UBEN", name="Ben", admin=True)
        await people.remember(session, [ben], MORNING)
        assert (await people.known(session, ["UBEN"]))["UBEN"].admin
    async with team.writing() as session:
        await people.remember(session, [plain], MORNING)
    assert await admins(team) == ["Ben"]
