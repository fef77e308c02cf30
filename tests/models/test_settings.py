"""A person's settings: what is still to be asked moves with them, what was asked stays."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import update

from models import settings
from models.domain.standup import PromptState
from models.settings import Wish
from models.tables import Ceremony, Member, Prompt, Run
from tests.clock import MORNING
from tests.models.conftest import Team
from tests.queries import count_queries

AS_BEFORE = Wish(None, ("mon", "tue", "wed", "thu", "fri"), None, None, None)
AT_ELEVEN = Wish(time(11), ("tue", "thu"), date(2026, 3, 9), date(2026, 3, 13), "DE")
THURSDAY = date(2026, 3, 5)


async def change(team: Team, wish: Wish) -> None:
    async with team.writing() as session:
        ana = await session.get_one(Member, team.ana.id)
        await settings.change(session, ana, wish)


async def row(team: Team, kind: type[Any], ident: int) -> Any:
    async with team.db.reading(team.workspace_id) as session:
        return await session.get_one(kind, ident)


async def waiting(team: Team, *prompts: Prompt) -> None:
    async with team.writing() as session:
        await session.execute(
            update(Prompt)
            .where(Prompt.id.in_([prompt.id for prompt in prompts]))
            .values(state=PromptState.WAITING)
        )


async def test_settings_are_stored_and_read(team: Team) -> None:
    await change(team, AT_ELEVEN)
    ana = await row(team, Member, team.ana.id)
    stored = settings.settings_of(ana, MORNING.date())
    assert (stored.tz, stored.ask_time, stored.workdays) == (
        "Europe/Berlin",
        time(11),
        ("tue", "thu"),
    )
    assert (stored.away_from, stored.away_to, stored.country) == (
        date(2026, 3, 9),
        date(2026, 3, 13),
        "DE",
    )
    after = settings.settings_of(ana, date(2026, 3, 14))
    assert (after.away_from, after.away_to) == (None, None)


async def test_a_question_that_is_still_to_come_moves(team: Team) -> None:
    await waiting(team, team.asks_ana, team.asks_ben)
    await change(team, AT_ELEVEN)
    ana, ben = [await row(team, Prompt, one.id) for one in (team.asks_ana, team.asks_ben)]
    assert ana.ask_at == datetime(2026, 3, 3, 10, 0, tzinfo=UTC)
    assert ana.closes_at == ana.ask_at + timedelta(hours=24)
    assert (await row(team, Run, team.run.id)).closes_at == ana.closes_at
    assert ben.ask_at == team.asks_ben.ask_at
    await change(team, AS_BEFORE)
    assert (await row(team, Prompt, team.asks_ana.id)).ask_at == team.asks_ana.ask_at


async def test_what_was_asked_stays_as_it_was(team: Team) -> None:
    await change(team, AT_ELEVEN)
    assert (await row(team, Prompt, team.asks_ana.id)).ask_at == team.asks_ana.ask_at


async def test_a_run_that_somebody_asked_for_does_not_wait(team: Team) -> None:
    await waiting(team, team.asks_ana)
    async with team.writing() as session:
        run = await session.get_one(Run, team.run.id)
        run.slot = "2026-03-03T09:30"
    await change(team, AT_ELEVEN)
    assert (await row(team, Prompt, team.asks_ana.id)).ask_at == team.asks_ana.ask_at


async def test_the_standup_opens_when_its_first_person_says_so(team: Team) -> None:
    async with team.writing() as session:
        ceremony = await session.get_one(Ceremony, team.ceremony.id)
        ceremony.next_day = THURSDAY
    await change(team, Wish(time(7, 15), ("thu",), None, None, None))
    assert (await row(team, Ceremony, team.ceremony.id)).opens_at == datetime(
        2026, 3, 5, 6, 15, tzinfo=UTC
    )
    await change(team, AT_ELEVEN)  # Ben's half past nine is the first again
    assert (await row(team, Ceremony, team.ceremony.id)).opens_at == datetime(
        2026, 3, 5, 8, 30, tzinfo=UTC
    )


async def test_changing_settings_takes_at_most_seven_statements(team: Team) -> None:
    await waiting(team, team.asks_ana)
    async with team.writing() as session:
        ana = await session.get_one(Member, team.ana.id)
        with count_queries(team.db) as statements:
            await settings.change(session, ana, AT_ELEVEN)
            await session.flush()
    assert len(statements) <= 7
