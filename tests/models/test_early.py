"""An early answer has a place: the next run, before it opens."""

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models import answers, asking, early, opening, runs, showing, steering
from models.answers import Said
from models.domain.errors import NothingAhead
from models.domain.standup import EntryStatus, PromptState
from models.roster import ask_these
from models.tables import Ceremony, Member, Prompt, Run, Workspace
from tests.clock import MORNING
from tests.models.conftest import Team, at
from tests.rows import make_experiment, make_member

THURSDAY = date(2026, 3, 5)
OPENS = datetime(2026, 3, 5, 8, 30, tzinfo=UTC)
BEFORE = MORNING + timedelta(days=1)
RUNNING = Said(EntryStatus.STILL_TESTING, no_change=True)
Step = Callable[[AsyncSession, datetime], Awaitable[int]]


@pytest.fixture
async def ahead(team: Team) -> Team:
    """The team on Wednesday: Tuesday's run is closed, Thursday's is next."""
    async with team.db.writing(None) as session:
        await session.execute(update(Ceremony).values(next_day=THURSDAY, opens_at=OPENS))
        await session.execute(update(Run).values(closed_at=BEFORE, summarised_at=BEFORE))
        await session.execute(update(Prompt).values(state=PromptState.PASSED_OVER))
    return team


async def place(team: Team, member: Member) -> Prompt:
    async with team.writing() as session:
        return await early.prompt_ahead(session, member, team.ceremony, BEFORE)


async def answers_early(team: Team, member: Member, experiment_id: int) -> Prompt:
    prompt = await place(team, member)
    async with team.writing() as session:
        await answers.answer(
            session, prompt.id, experiment_id, member.slack_id, RUNNING, at=at(BEFORE)
        )
    return prompt


async def ticks(team: Team, *steps: Step, now: datetime) -> list[int]:
    done = []
    for step in steps:
        async with team.db.writing(None) as session:
            done.append(await step(session, now))
    return done


async def run_of(team: Team, prompt: Prompt) -> Run:
    async with team.db.reading(None) as session:
        return await session.get_one(Run, prompt.run_id)


async def states(team: Team, run_id: int) -> dict[str, PromptState]:
    async with team.db.reading(None) as session:
        found = await session.execute(
            select(Member.name, Prompt.state)
            .join(Prompt, Prompt.member_id == Member.id)
            .where(Prompt.run_id == run_id)
        )
        return {row.name: row.state for row in found}


async def test_the_place_is_the_next_run_and_the_same_one_twice(ahead: Team) -> None:
    first, again = await place(ahead, ahead.ana), await place(ahead, ahead.ana)
    assert (again.id, first.state, first.ask_at) == (first.id, PromptState.WAITING, OPENS)
    of_ben = await place(ahead, ahead.ben)
    assert of_ben.run_id == first.run_id
    run = await run_of(ahead, first)
    assert (run.ahead, run.slot, run.day) == (True, "2026-03-05", THURSDAY)


async def test_who_has_answered_early_is_not_asked_and_the_others_are(ahead: Team) -> None:
    prompt = await answers_early(ahead, ahead.ana, ahead.of_ana.id)
    assert await ticks(
        ahead, showing.show_answers, runs.summarise_due, runs.close_due, now=OPENS - timedelta(1)
    ) == [1, 0, 0]
    assert await ahead.sent() == []
    assert await ticks(ahead, opening.open_due, asking.ask_due, now=OPENS) == [1, 1]
    run = await run_of(ahead, prompt)
    assert (run.ahead, run.opened_at) == (False, OPENS)
    assert await states(ahead, run.id) == {
        "Ana": PromptState.ANSWERED,
        "Ben": PromptState.ASKED,
    }
    (post,) = await ahead.sent(kind="standup_prompt")
    assert post.destination == "UBEN"


async def test_when_all_have_answered_early_the_summary_comes_as_it_opens(ahead: Team) -> None:
    prompt = await answers_early(ahead, ahead.ana, ahead.of_ana.id)
    await answers_early(ahead, ahead.ben, ahead.of_ben.id)
    await ticks(ahead, showing.show_answers, now=BEFORE)
    done = await ticks(ahead, opening.open_due, asking.ask_due, showing.show_answers, now=OPENS)
    assert done == [1, 0, 2]
    assert (await run_of(ahead, prompt)).summarised_at == OPENS
    assert len(await ahead.sent(kind="standup_summary")) == 1


async def test_who_has_answered_a_part_is_asked_about_the_rest(ahead: Team) -> None:
    async with ahead.db.writing(None) as session:
        project = await session.get_one(type(ahead.project), ahead.project.id)
        await session.refresh(project, ["metrics"])
        await make_experiment(session, project, ahead.ana)
    await answers_early(ahead, ahead.ana, ahead.of_ana.id)
    assert await ticks(ahead, opening.open_due, asking.ask_due, now=OPENS) == [1, 2]


async def test_an_ahead_run_whose_day_never_comes_is_taken_in_by_the_next(ahead: Team) -> None:
    prompt = await answers_early(ahead, ahead.ana, ahead.of_ana.id)
    async with ahead.writing() as session:
        await steering.pause(session, ahead.ceremony.id, by=ahead.ana, now=BEFORE)
        with pytest.raises(NothingAhead):
            await early.prompt_ahead(session, ahead.ben, ahead.ceremony, BEFORE)
    late = OPENS + timedelta(days=9)
    assert await ticks(
        ahead, opening.open_due, asking.ask_due, runs.summarise_due, runs.close_due, now=late
    ) == [0, 0, 0, 0]
    async with ahead.writing() as session:
        resumed = await steering.resume(session, ahead.ceremony.id, by=ahead.ana, now=late)
    assert resumed.opens_at is not None
    assert await ticks(ahead, opening.open_due, asking.ask_due, now=resumed.opens_at) == [1, 1]
    run = await run_of(ahead, prompt)
    assert (run.slot, run.ahead) == ("2026-03-17", False)


async def test_a_run_that_somebody_asks_for_takes_early_answers_in_too(ahead: Team) -> None:
    prompt = await answers_early(ahead, ahead.ana, ahead.of_ana.id)
    async with ahead.writing() as session:
        await steering.run_now(session, ahead.ceremony.id, by=ahead.ben, now=BEFORE)
    assert (await run_of(ahead, prompt)).slot == "2026-03-04T09:30"
    assert await ticks(ahead, asking.ask_due, now=BEFORE) == [1]


async def test_who_is_no_longer_on_the_roster_is_not_asked(ahead: Team) -> None:
    prompt = await place(ahead, ahead.ana)
    async with ahead.writing() as session:
        row = await session.get_one(Ceremony, ahead.ceremony.id)
        await ask_these(session, row, [await session.get_one(Member, ahead.ben.id)])
    await ticks(ahead, opening.open_due, now=OPENS)
    assert await states(ahead, prompt.run_id) == {
        "Ana": PromptState.PASSED_OVER,
        "Ben": PromptState.WAITING,
    }


async def test_who_is_not_asked_in_a_standup_has_no_place_in_it(ahead: Team) -> None:
    async with ahead.db.writing(None) as session:
        workspace = await session.get_one(Workspace, ahead.workspace_id)
        other = await make_member(session, workspace)
    with pytest.raises(NothingAhead):
        await place(ahead, other)
