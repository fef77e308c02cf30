"""Pause, resume, run now, move, end; several standups in a channel; who reads along."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select, update

from models import asking, early, opening, standups, steering
from models.domain.errands import ReadChannel
from models.domain.errors import DayIsOver, NameTaken, NothingAhead, Unknown
from models.domain.messages import (
    message_of,
)
from models.domain.standup import PromptState
from models.standups import Plan
from models.tables import Ceremony, Event, Prompt, Run
from tests.clock import MORNING
from tests.models.conftest import Team

NOON = MORNING + timedelta(hours=3)
THURSDAY = date(2026, 3, 5)
PLAN = Plan("CNEW", None, (), ("tue", "thu"), time(9, 30), "Europe/Berlin")


async def standup_of(team: Team) -> Ceremony:
    async with team.db.reading(None) as session:
        return await session.get_one(Ceremony, team.ceremony.id)


async def slots(team: Team) -> list[str]:
    async with team.db.reading(None) as session:
        return list(await session.scalars(select(Run.slot).order_by(Run.id)))


async def opens(team: Team, now: datetime) -> int:
    async with team.db.writing(None) as session:
        return await opening.open_due(session, now)


async def test_a_paused_standup_asks_nobody_until_it_is_resumed(team: Team) -> None:
    async with team.writing() as session:
        await session.execute(
            update(Prompt).where(Prompt.id == team.asks_ben.id).values(state=PromptState.WAITING)
        )
        await steering.pause(session, team.ceremony.id, by=team.ana, now=MORNING)
    async with team.db.writing(None) as session:
        assert await asking.ask_due(session, NOON) == 0
    assert await opens(team, MORNING + timedelta(days=9)) == 0
    async with team.writing() as session:
        assert (await standups.page_of(session, team.ceremony.id)).paused
        (event,) = await session.scalars(select(Event))
        assert (event.kind, event.by_id, event.data["reason"]) == (
            "standup_paused",
            team.ana.id,
            None,
        )
        await steering.resume(session, team.ceremony.id, by=None, now=NOON)
    found = await standup_of(team)
    assert (found.paused, found.next_day) == (False, THURSDAY)


async def test_people_who_come_while_it_is_paused_are_asked_when_it_goes_on(team: Team) -> None:
    async with team.writing() as session:
        await session.execute(update(Ceremony).values(whole_channel=True))
        await steering.pause(session, team.ceremony.id, by=team.ana, now=MORNING)
        read = ReadChannel(ceremony_id=team.ceremony.id)
        await standups.channel_is_known(session, read, [team.ben], NOON)
        await standups.read_again(session, team.ceremony.channel_id, NOON)
    assert (await standup_of(team)).next_day is None
    assert await team.sent() == []


async def test_the_next_run_moves_and_the_one_after_it_keeps_its_day(team: Team) -> None:
    async with team.writing() as session:
        row = await session.get_one(Ceremony, team.ceremony.id)
        row.next_day, row.opens_at = THURSDAY, datetime(2026, 3, 5, 8, 30, tzinfo=UTC)
    for day in (date(2026, 3, 6), date(2026, 3, 4)):
        async with team.writing() as session:
            await steering.move(session, team.ceremony.id, day, by=team.ana, now=NOON)
    found = await standup_of(team)
    assert (found.next_day, found.moved_from) == (date(2026, 3, 4), THURSDAY)
    assert await opens(team, MORNING + timedelta(days=1)) == 1
    found = await standup_of(team)
    assert (found.next_day, found.moved_from) == (date(2026, 3, 10), None)
    assert await slots(team) == ["2026-03-03", "2026-03-04"]


async def test_a_run_that_is_moved_back_is_not_moved(team: Team) -> None:
    async with team.writing() as session:
        for day in (THURSDAY, date(2026, 3, 3)):
            await steering.move(session, team.ceremony.id, day, by=team.ana, now=MORNING)
    assert (await standup_of(team)).moved_from is None


async def test_it_does_not_move_to_where_somebody_would_be_late(team: Team) -> None:
    with pytest.raises(DayIsOver):
        async with team.writing() as session:
            await steering.move(session, team.ceremony.id, date(2026, 3, 3), by=team.ana, now=NOON)
    async with team.writing() as session:
        await steering.pause(session, team.ceremony.id, by=team.ana, now=NOON)
    with pytest.raises(NothingAhead):
        async with team.writing() as session:
            await steering.move(session, team.ceremony.id, THURSDAY, by=team.ana, now=NOON)


async def test_run_now_comes_beside_what_is_planned(team: Team) -> None:
    async with team.writing() as session:
        assert await steering.run_now(session, team.ceremony.id, by=team.ana, now=NOON)
        assert not await steering.run_now(session, team.ceremony.id, by=team.ana, now=NOON)
    assert await slots(team) == ["2026-03-03", "2026-03-03T12:30"]
    assert (await standup_of(team)).next_day == team.ceremony.next_day


async def test_what_has_ended_is_over(team: Team) -> None:
    async with team.writing() as session:
        ahead = await early.prompt_ahead(session, team.ana, team.ceremony, MORNING)
        await session.execute(
            update(Ceremony).values(
                next_day=THURSDAY, opens_at=datetime(2026, 3, 5, 8, 30, tzinfo=UTC)
            )
        )
        ahead = await early.prompt_ahead(session, team.ana, team.ceremony, MORNING)
        await steering.end(session, team.ceremony.id, by=team.ana, now=NOON)
    async with team.writing() as session:
        assert await standups.in_channel(session, team.ceremony.channel_id) == []
        assert (await session.get_one(Run, ahead.run_id)).closed_at == NOON
        with pytest.raises(Unknown):
            await steering.resume(session, team.ceremony.id, by=team.ana, now=NOON)
        with pytest.raises(Unknown):
            await standups.set_up(
                session, PLAN, by=team.ana, now=NOON, ceremony_id=team.ceremony.id
            )


async def test_a_channel_has_several_standups_each_with_its_name(team: Team) -> None:
    async with team.writing() as session:
        first = await standups.set_up(session, PLAN, by=team.ana, now=MORNING)
        of_project = replace(PLAN, project_id=team.project.id)
        second = await standups.set_up(session, of_project, by=team.ana, now=MORNING)
        assert (first.name, second.name) == ("Standup", team.project.name)
        taken = replace(PLAN, name="standup ")
        with pytest.raises(NameTaken):
            await standups.set_up(session, taken, by=team.ana, now=MORNING)
    async with team.writing() as session:
        with pytest.raises(NameTaken):
            await standups.set_up(session, taken, by=team.ana, now=MORNING, ceremony_id=second.id)
    async with team.writing() as session:
        named = replace(of_project, name="Fraud, daily")
        await standups.set_up(session, named, by=team.ana, now=MORNING, ceremony_id=second.id)
        kept = await standups.set_up(
            session, of_project, by=team.ana, now=NOON, ceremony_id=second.id
        )
        assert kept.name == "Fraud, daily"
        pages = await standups.in_channel(session, "CNEW")
    assert [page.name for page in pages] == ["Standup", "Fraud, daily"]


async def test_observers_read_and_are_never_asked(team: Team) -> None:
    plan = replace(PLAN, observers=("UBEN",))
    async with team.writing() as session:
        ceremony = await standups.set_up(session, plan, by=team.ana, now=MORNING)
        read = ReadChannel(ceremony_id=ceremony.id, observers=("UBEN",))
        await standups.channel_is_known(session, read, [team.ana, team.ben], MORNING)
        page = await standups.page_of(session, ceremony.id)
        assert [one.name for one in page.people] == ["Ana"]
        assert [one.name for one in page.observers] == ["Ben"]
        await standups.read_again(session, "CNEW", NOON)
        with pytest.raises(NothingAhead):
            await early.prompt_ahead(session, team.ben, ceremony, MORNING)
    *_, again = [message_of(row.payload) for row in await team.sent(kind="read_channel")]
    assert again == read
