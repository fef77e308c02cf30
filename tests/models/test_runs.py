"""A run opens once, asks each person in their own morning, is summarised and closed (domain §3.1)."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models import agenda, asking, opening, roster, runs, showing
from models.db import Database
from models.domain.standup import PromptState
from models.people import meet
from models.tables import Ceremony, Event, Member, Notice, Participant, Prompt, Run
from tests.clock import MORNING
from tests.models.conftest import Team, make_team
from tests.rows import make_ceremony, make_member, make_prompt, make_run, make_workspace

HOUR = timedelta(hours=1)
Step = Callable[[AsyncSession, datetime], Awaitable[int]]


async def does(db: Database, step: Step, now: datetime) -> int:
    async with db.writing(None) as session:
        return await step(session, now)


async def prompts_of(db: Database) -> list[Prompt]:
    async with db.reading(None) as session:
        return list(await session.scalars(select(Prompt).order_by(Prompt.ask_at, Prompt.id)))


async def runs_of(db: Database) -> list[Run]:
    async with db.reading(None) as session:
        return list(await session.scalars(select(Run).order_by(Run.id)))


async def standup_of(db: Database, *zones: str, **columns: Any) -> Ceremony:
    """A standup of one person in each zone, due on Tuesday, 3 March 2026."""
    async with db.writing(None) as session:
        workspace = await make_workspace(session)
        people = [await make_member(session, workspace, tz=zone) for zone in zones]
        ceremony = await make_ceremony(session, people, **columns)
        await roster.plan_again(session, ceremony)
        return ceremony


async def ceremony_of(db: Database, ceremony: Ceremony) -> Ceremony:
    async with db.reading(None) as session:
        return await session.get_one(Ceremony, ceremony.id)


async def test_everybody_is_asked_in_their_own_morning(database: Database) -> None:
    zones = ("Europe/Berlin", "Pacific/Honolulu", "Pacific/Auckland", "Asia/Kathmandu")
    ceremony = await standup_of(database, *zones)
    assert ceremony.opens_at == datetime(2026, 3, 2, 20, 30, tzinfo=UTC)
    assert await does(database, opening.open_due, ceremony.opens_at - HOUR) == 0
    assert await does(database, opening.open_due, ceremony.opens_at) == 1
    prompts = await prompts_of(database)
    assert [f"{prompt.ask_at:%d %H:%M}" for prompt in prompts] == [
        "02 20:30",
        "03 03:45",
        "03 08:30",
        "03 19:30",
    ]
    assert {prompt.closes_at - prompt.ask_at for prompt in prompts} == {timedelta(hours=24)}
    (run,) = await runs_of(database)
    assert (run.slot, run.day, run.closes_at) == (
        "2026-03-03",
        date(2026, 3, 3),
        prompts[-1].closes_at,
    )
    assert run.summary_at == datetime(2026, 3, 3, 15, 0, tzinfo=UTC)


async def test_the_next_slot_is_planned_when_a_run_opens(database: Database) -> None:
    ceremony = await standup_of(database, "Europe/Berlin")
    await does(database, opening.open_due, MORNING)
    found = await ceremony_of(database, ceremony)
    assert (found.next_day, found.opens_at) == (
        date(2026, 3, 5),
        datetime(2026, 3, 5, 8, 30, tzinfo=UTC),
    )


async def test_the_clocks_may_change_between_two_slots(database: Database) -> None:
    """Berlin and Sydney, across 29 March (Berlin forward) and 5 April (Sydney back)."""
    start = date(2026, 3, 26)
    ceremony = await standup_of(
        database, "Europe/Berlin", "Australia/Sydney", next_day=start, opens_at=MORNING
    )
    opened = []
    for _ in range(4):
        found = await ceremony_of(database, ceremony)
        assert found.opens_at is not None
        opened.append(f"{found.opens_at:%d %b %H:%M}")
        assert await does(database, opening.open_due, found.opens_at) == 1
    assert opened == ["25 Mar 22:30", "30 Mar 22:30", "01 Apr 22:30", "06 Apr 23:30"]
    in_berlin = [
        f"{prompt.ask_at:%d %b %H:%M}"
        for prompt in await prompts_of(database)
        if f"{prompt.ask_at:%M}" == "30" and prompt.ask_at.hour in {7, 8}
    ]
    assert in_berlin == ["26 Mar 08:30", "31 Mar 07:30", "02 Apr 07:30", "07 Apr 07:30"]


async def test_eight_at_the_same_moment_open_it_once_and_ask_once(database: Database) -> None:
    await standup_of(database, "Europe/Berlin", "Europe/Berlin")
    opened = await asyncio.gather(*(does(database, opening.open_due, MORNING) for _ in range(8)))
    assert sum(opened) == 1
    asked = await asyncio.gather(*(does(database, asking.ask_due, MORNING) for _ in range(8)))
    assert sum(asked) == 2
    assert len(await runs_of(database)) == 1
    assert [prompt.state for prompt in await prompts_of(database)] == [PromptState.ASKED] * 2


async def test_a_slot_opens_once_even_when_it_is_planned_again(database: Database) -> None:
    ceremony = await standup_of(database, "Europe/Berlin")
    await does(database, opening.open_due, MORNING)
    async with database.writing(None) as session:
        row = await session.get_one(Ceremony, ceremony.id)
        assert not await opening.open_run(session, row, day=date(2026, 3, 3), now=MORNING + HOUR)
    assert len(await prompts_of(database)) == 1


async def test_who_joins_later_is_asked_from_the_next_run_on(database: Database) -> None:
    ceremony = await standup_of(database, "Europe/Berlin")
    await does(database, opening.open_due, MORNING)
    async with database.writing(ceremony.workspace_id) as session:
        row = await session.get_one(Ceremony, ceremony.id)
        owner = await session.get_one(Member, ceremony.owner_id)
        late = await meet(session, "UNEW", "New", MORNING)
        await roster.ask_these(session, row, [owner, late, late])
    assert len(await prompts_of(database)) == 1
    await does(database, opening.open_due, MORNING + timedelta(days=2))
    assert len(await prompts_of(database)) == 3


async def test_a_standup_of_nobody_opens_nothing_and_waits(database: Database) -> None:
    ceremony = await standup_of(database, "Europe/Berlin")
    async with database.writing(None) as session:
        await session.execute(update(Member).values(active=False))
    assert await does(database, opening.open_due, MORNING) == 0
    found = await ceremony_of(database, ceremony)
    assert (found.next_day, found.opens_at) == (None, None)
    async with database.writing(None) as session:
        await session.execute(update(Participant).values(member_id=ceremony.owner_id))
        await roster.plan_again(session, await session.get_one(Ceremony, ceremony.id))
    assert (await ceremony_of(database, ceremony)).opens_at is None


async def test_after_a_long_downtime_the_slots_that_are_over_are_left_out(
    database: Database,
) -> None:
    """Three weeks later nobody is asked what is no longer worth asking, and the owner hears of it."""
    ceremony = await standup_of(database, "Europe/Berlin")
    later = MORNING + timedelta(days=20, hours=23)  # a Tuesday morning, an hour early
    assert await does(database, opening.open_due, later) == 0
    assert await runs_of(database) == []
    assert (await ceremony_of(database, ceremony)).next_day == date(2026, 3, 24)
    async with database.reading(None) as session:
        (told,) = await session.scalars(select(Notice))
        (event,) = await session.scalars(select(Event))
    days = "2026-03-03,2026-03-05,2026-03-10,2026-03-12,2026-03-17,2026-03-19"
    assert (told.payload["what"], told.payload["about"]) == ("skipped", days)
    assert told.member_id == ceremony.owner_id
    assert (event.kind, event.data["days"], event.data["count"]) == ("standup_skipped", days, 6)


async def test_what_opens_late_but_in_time_skips_nothing(database: Database) -> None:
    await standup_of(database, "Europe/Berlin")
    assert await does(database, opening.open_due, MORNING + timedelta(hours=21)) == 1
    async with database.reading(None) as session:
        assert (await session.scalars(select(Event))).all() == []


@pytest.mark.parametrize(("hours_late", "state"), [(22, "asked"), (22.01, "passed_over")])
async def test_a_late_question_is_asked_until_two_hours_before_its_end(
    team: Team, hours_late: float, state: str
) -> None:
    async with team.db.writing(None) as session:
        await session.execute(update(Prompt).values(state=PromptState.WAITING))
    now = MORNING + hours_late * HOUR
    asked = await does(team.db, asking.ask_due, now)
    assert asked == (2 if state == "asked" else 0)
    assert {prompt.state for prompt in await prompts_of(team.db)} == {PromptState(state)}
    posts = await team.sent(kind="standup_prompt")
    assert len(posts) == asked
    assert all(post.expires_at == team.asks_ana.closes_at for post in posts)


async def test_who_was_deactivated_is_not_asked(team: Team) -> None:
    async with team.db.writing(None) as session:
        await session.execute(update(Prompt).values(state=PromptState.WAITING))
        (await session.get_one(Member, team.ana.id)).active = False
    await does(team.db, asking.ask_due, MORNING)
    states = {prompt.member_id: prompt.state for prompt in await prompts_of(team.db)}
    assert states == {team.ana.id: PromptState.PASSED_OVER, team.ben.id: PromptState.ASKED}
    (post,) = await team.sent(kind="standup_prompt")
    assert post.destination == "UBEN"


async def test_the_summary_comes_at_its_time_and_once_more_at_the_end(team: Team) -> None:
    assert await does(team.db, runs.summarise_due, team.run.summary_at - HOUR) == 0
    assert await does(team.db, runs.summarise_due, team.run.summary_at) == 1
    assert await does(team.db, runs.summarise_due, team.run.summary_at) == 0
    (post,) = await team.sent(kind="standup_summary")
    assert (post.operation, post.destination) == ("post", team.ceremony.channel_id)
    assert await does(team.db, runs.close_due, team.run.closes_at - HOUR) == 0
    assert await does(team.db, runs.close_due, team.run.closes_at) == 1
    assert await does(team.db, runs.close_due, team.run.closes_at) == 0
    (run,) = await runs_of(team.db)
    assert (run.summarised_at, run.closed_at) == (team.run.summary_at, team.run.closes_at)


async def test_a_run_that_is_found_after_its_end_is_summarised_and_closed_at_once(
    team: Team,
) -> None:
    now = team.run.closes_at + HOUR
    assert await does(team.db, runs.summarise_due, now) == 1
    (run,) = await runs_of(team.db)
    assert (run.summarised_at, run.closed_at) == (now, now)


async def test_run_now_asks_everyone_at_once_and_once_a_minute(database: Database) -> None:
    ceremony = await standup_of(database, "Pacific/Auckland", "Pacific/Honolulu")
    now = MORNING + 5 * HOUR
    async with database.writing(None) as session:
        row = await session.get_one(Ceremony, ceremony.id)
        for _ in range(2):
            await opening.open_run(session, row, day=date(2026, 3, 3), now=now, asked_for=True)
    (run,) = await runs_of(database)
    assert run.slot == "2026-03-04T02:30"  # of the wall in Auckland, the owner's
    assert run.summary_at == now + 4 * HOUR
    assert {prompt.ask_at for prompt in await prompts_of(database)} == {now}
    assert await does(database, asking.ask_due, now) == 2


async def test_the_next_due_moment_is_the_earliest_of_all(database: Database) -> None:
    async with database.reading(None) as session:
        assert await agenda.next_due(session, MORNING) is None
    team = await make_team(database)
    async with database.reading(None) as session:
        assert await agenda.next_due(session, MORNING) == team.ceremony.opens_at
    async with database.writing(None) as session:
        row = await session.get_one(Ceremony, team.ceremony.id)
        row.next_day = row.opens_at = None
    async with database.reading(None) as session:
        assert await agenda.next_due(session, MORNING) == team.run.summary_at
    await does(database, runs.summarise_due, team.run.summary_at)
    async with database.reading(None) as session:
        assert await agenda.next_due(session, MORNING) == team.run.closes_at


async def test_a_question_is_no_longer_wanted_when_it_is_answered_or_over(team: Team) -> None:
    async with team.writing() as session:
        assert await asking.why_not_ask(session, 10_000, MORNING) == "the prompt is gone"
        assert await asking.why_not_ask(session, team.asks_ana.id, MORNING) is None
        over = "the answering time is over"
        assert await asking.why_not_ask(session, team.asks_ana.id, team.asks_ana.closes_at) == over
        row = await session.get_one(Prompt, team.asks_ana.id)
        row.state, row.answered_at = PromptState.ANSWERED, MORNING
        assert await asking.why_not_ask(session, team.asks_ana.id, MORNING) == "answered already"


async def test_overlapping_runs_close_each_in_its_own_time(team: Team) -> None:
    async with team.db.writing(None) as session:
        second = await make_run(
            session,
            await session.get_one(Ceremony, team.ceremony.id),
            slot="2026-03-05",
            day=date(2026, 3, 5),
            opened_at=MORNING + 20 * HOUR,
            closes_at=MORNING + 44 * HOUR,
        )
        await make_prompt(session, second, team.ana)
    assert await does(team.db, runs.close_due, team.run.closes_at) == 1
    closed = {run.id: run.closed_at for run in await runs_of(team.db)}
    assert closed == {team.run.id: team.run.closes_at, second.id: None}


async def test_nothing_to_show_is_nothing_done(team: Team) -> None:
    assert await does(team.db, showing.show_answers, MORNING) == 0
    async with team.db.writing(None) as session:
        await showing.show(session, [], MORNING)
    assert await team.sent() == []
