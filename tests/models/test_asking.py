"""Whom a run asks, and when they are reminded; who is away, sits out or is asked elsewhere."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select, update

from models import agenda, answers, asking, early, opening, pausing, prompts, runs, showing
from models.answers import Said
from models.domain.errors import DayIsPast, NotYours, RunClosed, Unknown
from models.domain.experiment import Status
from models.domain.standup import EntryStatus, PromptState
from models.pausing import Mine
from models.tables import (
    Ceremony,
    Experiment,
    Member,
    Prompt,
    Run,
    StandupEntry,
)
from tests.clock import MORNING
from tests.models.conftest import NOW, Team, at

HOUR = timedelta(hours=1)
TUESDAY = MORNING.date()
THURSDAY = date(2026, 3, 5)
OPENS = datetime(2026, 3, 5, 8, 30, tzinfo=UTC)
RUNNING = Said(EntryStatus.STILL_TESTING, no_change=True)


async def does(team: Team, *steps: object, now: datetime) -> list[int]:
    done = []
    for step in steps:
        async with team.db.writing(None) as session:
            done.append(await step(session, now))  # type: ignore[operator]
    return done


async def prompt_of(team: Team, prompt_id: int) -> Prompt:
    async with team.db.reading(None) as session:
        return await session.get_one(Prompt, prompt_id)


async def states(team: Team) -> dict[str, str]:
    """Of Thursday's run."""
    async with team.db.reading(None) as session:
        found = await session.execute(
            select(Member.name, Prompt.state)
            .join(Prompt, Prompt.member_id == Member.id)
            .join(Run, Run.id == Prompt.run_id)
            .where(Run.day == THURSDAY)
        )
        return {row.name: row.state.value for row in found}


async def change(team: Team, member: Member, **columns: object) -> None:
    async with team.db.writing(None) as session:
        await session.execute(update(Member).where(Member.id == member.id).values(**columns))


@pytest.fixture
async def thursday(team: Team) -> Team:
    """The team before Thursday's run; Tuesday's is closed."""
    async with team.db.writing(None) as session:
        await session.execute(update(Ceremony).values(next_day=THURSDAY, opens_at=OPENS))
        await session.execute(update(Run).values(closed_at=MORNING, summarised_at=MORNING))
    return team


@pytest.mark.parametrize(
    "columns",
    [
        {"away_from": THURSDAY, "away_to": THURSDAY},
        {"workdays": "mon,tue,wed,fri"},
    ],
)
async def test_who_does_not_work_that_day_is_not_asked(
    thursday: Team, columns: dict[str, object]
) -> None:
    await change(thursday, thursday.ben, **columns)
    assert await does(thursday, opening.open_due, asking.ask_due, now=OPENS) == [1, 1]
    assert await states(thursday) == {"Ana": "asked", "Ben": "away"}


async def test_nobody_is_asked_on_a_public_holiday_of_theirs(team: Team) -> None:
    friday = date(2026, 4, 3)  # Good Friday in Germany
    moment = datetime(2026, 4, 3, 7, 30, tzinfo=UTC)
    async with team.db.writing(None) as session:
        await session.execute(update(Ceremony).values(next_day=friday, opens_at=moment))
    await change(team, team.ben, country="ZZ")
    assert await does(team, opening.open_due, asking.ask_due, now=moment) == [1, 1]
    posts = await team.sent(kind="standup_prompt")
    assert [post.destination for post in posts] == ["UBEN"]


async def test_a_run_in_which_everybody_is_away_ends_without_a_word(thursday: Team) -> None:
    for member in (thursday.ana, thursday.ben):
        await change(thursday, member, away_from=TUESDAY)
    summary_at = OPENS + 8 * HOUR
    await does(thursday, opening.open_due, asking.ask_due, showing.show_answers, now=OPENS)
    assert await does(thursday, runs.summarise_due, now=summary_at) == [1]
    assert await thursday.sent() == []


async def test_who_goes_on_leave_before_being_asked_is_not_asked(thursday: Team) -> None:
    await does(thursday, opening.open_due, now=OPENS)
    await change(thursday, thursday.ben, away_from=THURSDAY, away_to=THURSDAY)
    assert await does(thursday, asking.ask_due, now=OPENS) == [1]
    assert await states(thursday) == {"Ana": "asked", "Ben": "away"}


async def test_everybody_may_have_their_own_time(thursday: Team) -> None:
    await change(thursday, thursday.ben, ask_time=time(14, 0))
    await does(thursday, opening.open_due, now=OPENS)
    assert await does(thursday, asking.ask_due, now=OPENS) == [1]
    assert await does(thursday, asking.ask_due, now=OPENS + 5 * HOUR) == [1]


async def test_who_is_back_early_and_answers_is_heard(thursday: Team) -> None:
    await change(thursday, thursday.ben, away_from=THURSDAY, away_to=THURSDAY)
    async with thursday.writing() as session:
        prompt = await early.prompt_ahead(session, thursday.ben, thursday.ceremony, MORNING)
        await answers.answer(
            session, prompt.id, thursday.of_ben.id, "UBEN", RUNNING, at=at(MORNING)
        )
    await does(thursday, opening.open_due, asking.ask_due, now=OPENS)
    assert await states(thursday) == {"Ana": "asked", "Ben": "answered"}


async def asked(team: Team) -> None:
    """Both are asked in the team's open run."""
    async with team.db.writing(None) as session:
        await session.execute(update(Prompt).values(state=PromptState.WAITING))
    await does(team, asking.ask_due, now=MORNING)


async def test_who_has_not_answered_is_reminded_once_after_three_hours(team: Team) -> None:
    await asked(team)
    assert await does(team, asking.remind_due, now=MORNING + 2 * HOUR) == [0]
    async with team.db.reading(None) as session:
        assert await agenda.next_due(session, MORNING) == MORNING
        await session.execute(update(Ceremony).values(next_day=None, opens_at=None))
        assert await agenda.next_due(session, MORNING) == MORNING + 3 * HOUR
    async with team.writing() as session:
        await answers.answer(session, team.asks_ana.id, team.of_ana.id, "UANA", RUNNING, at=NOW)
    assert await does(team, asking.remind_due, now=MORNING + 3 * HOUR) == [2]
    assert await does(team, asking.remind_due, now=MORNING + 3 * HOUR) == [0]
    (post,) = await team.sent(kind="standup_reminder")
    assert (post.destination, post.expires_at) == (
        "UBEN",
        MORNING + 3 * HOUR + timedelta(minutes=15),
    )
    assert (await prompt_of(team, team.asks_ben.id)).reminded_at == MORNING + 3 * HOUR


@pytest.mark.parametrize("why", ["late", "away", "paused", "skipped"])
async def test_a_reminder_that_is_not_wanted_is_dropped(team: Team, why: str) -> None:
    await asked(team)
    async with team.writing() as session:
        if why == "paused":
            await session.execute(update(Ceremony).values(paused=True))
        elif why == "skipped":
            for mine in (Mine(team.asks_ana.id, "UANA"), Mine(team.asks_ben.id, "UBEN")):
                await pausing.skip(session, mine)
    if why == "away":
        for member in (team.ana, team.ben):
            await change(team, member, away_from=TUESDAY)
    late = timedelta(minutes=16) if why == "late" else timedelta(0)
    await does(team, asking.remind_due, now=MORNING + 3 * HOUR + late)
    assert await team.sent(kind="standup_reminder") == []


async def test_a_reminder_loses_its_buttons_when_it_is_answered(team: Team) -> None:
    await asked(team)
    await does(team, asking.remind_due, now=MORNING + 3 * HOUR)
    async with team.db.writing(None) as session:
        for row in await team.sent():
            await session.execute(update(type(row)).values(state="sent", sent_at=MORNING))
    async with team.writing() as session:
        await answers.answer(session, team.asks_ana.id, team.of_ana.id, "UANA", RUNNING, at=NOW)
    await does(team, showing.show_answers, now=MORNING + 4 * HOUR)
    fresh = [row.kind for row in await team.sent() if row.operation == "refresh"]
    assert sorted(fresh) == ["standup_prompt", "standup_reminder"]


async def test_an_answer_after_the_own_time_is_late(team: Team) -> None:
    async with team.db.writing(None) as session:
        (await session.get_one(Prompt, team.asks_ana.id)).closes_at = MORNING + HOUR
    for moment in (MORNING + 2 * HOUR, MORNING + 3 * HOUR):
        async with team.writing() as session:
            await answers.answer(
                session, team.asks_ana.id, team.of_ana.id, "UANA", RUNNING, at=at(moment)
            )
    async with team.db.reading(None) as session:
        (entry,) = await session.scalars(select(StandupEntry))
    assert entry.late


async def test_who_sits_it_out_is_not_waited_for(team: Team) -> None:
    async with team.writing() as session:
        await pausing.skip(session, Mine(team.asks_ben.id, "UBEN"))
        await answers.answer(session, team.asks_ana.id, team.of_ana.id, "UANA", RUNNING, at=NOW)
    await does(team, showing.show_answers, now=MORNING)
    assert len(await team.sent(kind="standup_summary")) == 1
    async with team.writing() as session:  # and may still answer
        await answers.answer(session, team.asks_ben.id, team.of_ben.id, "UBEN", RUNNING, at=NOW)
    assert (await prompt_of(team, team.asks_ben.id)).state is PromptState.ANSWERED


async def test_leave_begins_today_and_has_a_last_day(team: Team) -> None:
    mine = Mine(team.asks_ben.id, "UBEN")
    async with team.writing() as session:
        with pytest.raises(DayIsPast):
            await pausing.go_away(session, mine, TUESDAY - timedelta(1), at=NOW)
        await pausing.go_away(session, mine, THURSDAY, at=NOW)
        member = await session.get_one(Member, team.ben.id)
        assert (member.away_from, member.away_to) == (TUESDAY, THURSDAY)
    assert (await prompt_of(team, team.asks_ben.id)).state is PromptState.AWAY


async def test_a_paused_experiment_is_not_asked_about_and_goes_on_by_itself(
    thursday: Team,
) -> None:
    async with thursday.db.writing(None) as session:
        await session.execute(update(Run).values(closed_at=None))
    mine = Mine(thursday.asks_ben.id, "UBEN")
    async with thursday.writing() as session:
        for until in (TUESDAY, TUESDAY - timedelta(1)):
            with pytest.raises(DayIsPast):
                await pausing.pause_experiment(session, mine, thursday.of_ben.id, until, at=NOW)
        with pytest.raises(Unknown):
            await pausing.pause_experiment(session, mine, thursday.of_ana.id, None, at=NOW)
        await pausing.pause_experiment(session, mine, thursday.of_ben.id, THURSDAY, at=NOW)
        facts = await prompts.facts(session, thursday.asks_ben.id, TUESDAY)
        assert facts.cards == ()
    await does(thursday, opening.open_due, asking.ask_due, now=OPENS)
    async with thursday.db.reading(None) as session:
        row = await session.get_one(Experiment, thursday.of_ben.id)
    assert (row.status, row.paused_on, row.paused_until) == (Status.RUNNING, TUESDAY, THURSDAY)


async def test_an_experiment_paused_without_an_end_stays_paused(team: Team) -> None:
    async with team.writing() as session:
        mine = Mine(team.asks_ben.id, "UBEN")
        await pausing.pause_experiment(session, mine, team.of_ben.id, None, at=NOW)
    await asked(team)
    async with team.db.reading(None) as session:
        assert (await session.get_one(Experiment, team.of_ben.id)).status is Status.PAUSED


async def test_only_ones_own_open_standup_is_left_out(team: Team) -> None:
    async with team.writing() as session:
        with pytest.raises(NotYours):
            await pausing.skip(session, Mine(team.asks_ben.id, "UANA"))
        await session.execute(update(Run).values(closed_at=MORNING))
        with pytest.raises(RunClosed):
            await pausing.skip(session, Mine(team.asks_ben.id, "UBEN"))
