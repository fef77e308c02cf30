"""What has been in the way for five working days goes to the named leader, once (S3-7)."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from models import asked, blockers, escalating, telling
from models.domain.errors import CalledAlready
from models.domain.experiment import Status
from models.domain.facts_notices import Called, Told
from models.domain.findings.kinds import Kind
from models.domain.project import ProjectStatus, Role
from models.tables import Blocker, Event, Experiment, Member, Membership, Notice, Project, Snooze
from scheduler.steps import escalations_due
from tests.clock import MORNING
from tests.models.conftest import Team
from tests.queries import count_queries
from tests.rows import make_blocker

FIVE_DAYS = datetime.fromisoformat("2026-03-10T00:00:00+01:00")
"""MORNING is a Tuesday: Tuesday to Monday are over."""


async def somebody(team: Team, role: Role, name: str, **columns: Any) -> Member:
    async with team.writing() as session:
        project = await session.get_one(Project, team.project.id)
        member = Member(
            workspace_id=team.workspace_id,
            slack_id=f"U{name.upper()}",
            name=name,
            tz="Europe/Berlin",
            created_at=MORNING,
            **columns,
        )
        session.add(member)
        await session.flush()
        session.add(Membership(project_id=project.id, member_id=member.id, role=role))
        await session.flush()
    return member


async def blocked(team: Team, **columns: Any) -> Blocker:
    async with team.writing() as session:
        return await make_blocker(session, team.of_ana, team.ben, **columns)


async def tick(team: Team, now: datetime = FIVE_DAYS) -> int:
    return await escalations_due(team.db, now)


async def asked_for_help(team: Team) -> list[int]:
    async with team.db.reading(team.workspace_id) as session:
        found = await session.scalars(select(Notice).where(Notice.kind == "help_wanted"))
        return [row.member_id for row in found]


async def test_five_working_days_and_not_a_second_sooner(team: Team) -> None:
    lena = await somebody(team, Role.LEADER, "Lena")
    row = await blocked(team)
    assert await tick(team, FIVE_DAYS - timedelta(seconds=1)) == 0
    assert await tick(team) == 1
    assert await asked_for_help(team) == [lena.id]
    assert await tick(team, FIVE_DAYS + timedelta(days=30)) == 0, "once is all"
    async with team.writing() as session:
        event = (await session.scalars(select(Event))).one()
        assert (event.kind, event.data, event.by_id) == (
            "blocker_escalated",
            {"blocker": row.id, "to": lena.id},
            None,
        )
        by = await session.get_one(Member, team.ana.id)
        with pytest.raises(CalledAlready):
            await asked.call_for_help(session, row.id, by, "x", by=by, now=FIVE_DAYS)


async def test_the_ask_says_what_is_blocked_and_since_when(team: Team) -> None:
    lena = await somebody(team, Role.LEADER, "Lena")
    row = await blocked(team)
    await tick(team)
    (part,) = await told(team, lena)
    assert isinstance(part, Called)
    assert part.asker is None
    assert (part.about.since, part.about.days) == (MORNING.date(), 5)
    async with team.writing() as session:
        await asked.take(session, row.id, "ULENA", FIVE_DAYS)
    (part,) = await told(team, lena)
    assert isinstance(part, Called)
    assert part.taken


async def told(team: Team, member: Member) -> tuple[Told, ...]:
    async with team.writing() as session:
        await session.execute(update(Notice).values(told_on=FIVE_DAYS.date()))
        facts = await telling.notices_facts(session, member.id, FIVE_DAYS.date())
    return facts.parts


async def test_without_a_leader_the_pm_is_asked_and_nobody_about_their_own(team: Team) -> None:
    await blocked(team)
    assert await tick(team) == 0, "nobody is named"
    pm = await somebody(team, Role.PM, "Pia")
    async with team.writing() as session:
        # Ben is to clear it already, and Gone has left.
        session.add(Membership(project_id=team.project.id, member_id=team.ben.id, role=Role.LEADER))
    await somebody(team, Role.LEADER, "Gone", active=False)
    assert await tick(team) == 1
    assert await asked_for_help(team) == [pm.id]


async def test_what_nobody_waits_for_is_left_alone(team: Team) -> None:
    await somebody(team, Role.LEADER, "Lena")
    await blocked(team, text="a risk", risk=True)
    await blocked(team, text="cleared", resolved_at=MORNING)
    assert await tick(team) == 0
    await blocked(team)
    async with team.writing() as session:
        await session.execute(update(Experiment).values(status=Status.PAUSED))
    assert await tick(team) == 0, "it is paused"
    async with team.writing() as session:
        await session.execute(update(Experiment).values(status=Status.RUNNING))
        await session.execute(update(Project).values(status=ProjectStatus.ON_HOLD))
    assert await tick(team) == 0, "nobody is meant to work on it"
    async with team.writing() as session:
        await session.execute(update(Project).values(status=ProjectStatus.ACTIVE))
        session.add(
            Snooze(
                subject=f"experiment:{team.of_ana.id}",
                kind=Kind.BLOCKED.value,
                until=date(2026, 3, 20),
                reason="The table comes on the 19th",
                by_id=team.ana.id,
                created_at=MORNING,
            )
        )
    assert await tick(team, FIVE_DAYS + timedelta(days=9)) == 0, "somebody has put it off"
    assert await tick(team, FIVE_DAYS + timedelta(days=10)) == 1


async def test_of_a_project_and_in_the_zones_of_holidays(team: Team) -> None:
    await somebody(team, Role.LEADER, "Lena")
    wednesday = datetime.fromisoformat("2026-04-01T10:00:00+00:00")
    await blocked(team, experiment_id=None, opened_at=wednesday)
    easter = datetime.fromisoformat("2026-04-10T00:00:00+02:00")
    assert await tick(team, easter - timedelta(seconds=1)) == 0, "Good Friday and Easter Monday"
    assert await tick(team, easter) == 1


async def test_an_idle_tick_asks_once_however_much_is_open(team: Team) -> None:
    await somebody(team, Role.LEADER, "Lena")
    counts: set[int] = set()
    for more in (0, 3, 30):
        for n in range(more):
            await blocked(team, text=f"{more} {n}")
        with count_queries(team.db) as statements:
            assert await tick(team, MORNING + timedelta(days=4)) == 0
        counts.add(len(statements))
    assert counts == {1}
    with count_queries(team.db) as statements:
        assert await tick(team) == 33
    assert len(statements) <= 8, statements


async def test_cleared_meanwhile_it_is_nobodys(team: Team) -> None:
    lena = await somebody(team, Role.LEADER, "Lena")
    row = await blocked(team)
    async with team.db.reading(None) as session:
        found = await escalating.due(session, FIVE_DAYS)
    assert found == [escalating.Due(row.id, lena.id)]
    async with team.writing() as session:
        await blockers.clear(session, row.id, "UBEN", FIVE_DAYS)
    async with team.db.writing(None) as session:
        assert await escalating.ask_leaders(session, found, FIVE_DAYS) == 0
    assert await asked_for_help(team) == []
