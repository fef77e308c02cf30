"""What follows from what somebody stored goes along with it; the outbox does it once that is committed."""

from functools import partial
from typing import Any

import pytest
from sqlalchemy import func, select

from models import blocker_pages, chores, course, erasing, going_along, outbox, places
from models.answers import Remembered
from models.blocker_pages import News, Raised, Step
from models.course import Typed
from models.domain.errands import Chore, HomePage, ReadPerson, Task
from models.domain.experiment import Outcome
from models.domain.messages import Message, StandupPrompt, message_of
from models.domain.moves import Move
from models.domain.project import Role
from models.domain.standup import BlockerKind, PromptState, Trouble
from models.erasing import ERASED, Wish
from models.tables import (
    Blocker,
    Ceremony,
    Delivery,
    Experiment,
    Measurement,
    Member,
    Membership,
    Notice,
    Prompt,
)
from tests.clock import MORNING
from tests.models.conftest import NOW, Team
from tests.queries import count_queries

WITH_WORDS = {Task.REFRESH, Task.ERASE, Task.CHANNEL_CLOSED, Task.CHANNEL_OPEN}
"""Tasks that need to know more than a number."""
RAISED = Raised(BlockerKind.COMPUTE, "No labels", risk=False, owner="UBEN")


async def waiting(team: Team) -> list[Message]:
    """What the outbox holds, oldest first."""
    async with team.db.reading(team.workspace_id) as session:
        found = await session.scalars(select(Delivery).order_by(Delivery.id))
        return [message_of(row.payload) for row in found]


async def do_all(team: Team) -> list[Task]:
    """Do every chore that the outbox holds; which they were."""
    found = [one for one in await waiting(team) if isinstance(one, Chore)]
    for one in found:
        async with team.writing() as session:
            await chores.does(session, one, MORNING)
    return [one.task for one in found]


async def count(team: Team, *conditions: Any) -> int:
    async with team.db.reading(team.workspace_id) as session:
        return await session.scalar(select(func.count(Notice.id)).where(*conditions)) or 0


async def test_all_that_goes_into_the_outbox_is_one_statement_and_the_last(team: Team) -> None:
    home = HomePage(slack_id="UANA")
    with count_queries(team.db) as statements:
        async with team.writing() as session:
            outbox.along(session, [home], MORNING)
            await outbox.post(session, ReadPerson(slack_id="UEVE"), to="UEVE", now=MORNING)
            await outbox.refresh_all(
                session, [outbox.Post(StandupPrompt(prompt_id=1), "")], now=MORNING
            )
            assert statements == []
            await outbox.send_along(session)
            assert going_along.with_it(session) is None
    assert len(statements) == 1
    shown, read, refreshed = await waiting(team)
    assert (shown, read) == (home, ReadPerson(slack_id="UEVE"))
    assert isinstance(refreshed, Chore)
    assert refreshed.task is Task.REFRESH


async def test_where_nobody_waits_nothing_goes_along(team: Team) -> None:
    async with team.writing() as session:
        await outbox.send_along(session)
        await outbox.post(session, ReadPerson(slack_id="UEVE"), to="UEVE", now=MORNING)
    assert await waiting(team) == [ReadPerson(slack_id="UEVE")]


async def test_what_stands_in_slack_is_refreshed_by_a_chore(team: Team) -> None:
    about = StandupPrompt(prompt_id=team.asks_ana.id)
    async with team.writing() as session:
        await outbox.stands_already(session, about, to="UANA", now=MORNING)
        outbox.along(session, [], MORNING)
        await outbox.refresh_all(session, [outbox.Post(about, "")], now=MORNING)
        await outbox.send_along(session)
    assert await do_all(team) == [Task.REFRESH]
    assert (await waiting(team)).count(about) == 2


async def test_a_blocker_is_shown_by_a_chore(team: Team) -> None:
    async with team.writing() as session:
        outbox.along(session, [], MORNING)
        ref = f"experiment:{team.of_ana.id}"
        row = await blocker_pages.raise_one(session, ref, RAISED, "UANA", MORNING)
        await outbox.send_along(session)
    async with team.writing() as session:
        outbox.along(session, [], MORNING)
        await blocker_pages.change(session, row.id, "UBEN", News(Step.CLEARED), MORNING)
        await outbox.send_along(session)
    assert await do_all(team) == [Task.BLOCKER, Task.BLOCKER]


async def test_a_conclusion_is_followed_by_what_it_ends(team: Team) -> None:
    async with team.writing() as session:
        session.add(
            Membership(
                project_id=team.project.id, member_id=team.ben.id, role=Role.SOFTWARE_ENGINEER
            )
        )
        ref = f"experiment:{team.of_ana.id}"
        blocker = await blocker_pages.raise_one(session, ref, RAISED, "UANA", MORNING)
    async with team.writing() as session:
        outbox.along(session, [], MORNING)
        hand = await course.take(session, team.of_ana.id, "UANA", Move.CONCLUDE, NOW)
        kept = Remembered("x", adopted=True)
        await course.conclude(session, hand, Outcome.SUPPORTED, kept, at=NOW)
        await outbox.send_along(session)
    assert await count(team, Notice.kind == "change_adopted") == 0
    tasks = await do_all(team)
    assert {Task.ADOPTED, Task.CONCLUDED} <= set(tasks)
    assert await count(team, Notice.kind == "change_adopted") == 1
    async with team.db.reading(team.workspace_id) as session:
        row = await session.get_one(Blocker, blocker.id)
        assert row.resolved_at == MORNING


async def test_a_surprising_number_is_looked_at_after_a_chore(team: Team) -> None:
    async with team.writing() as session:
        outbox.along(session, [], MORNING)
        hand = await course.take(session, team.of_ana.id, "UANA", Move.NUMBER, NOW)
        row = await course.add_number(session, hand, Typed(71), at=NOW)
        assert row.surprising
        await outbox.send_along(session)
    assert await count(team, Notice.kind == "number_to_confirm") == 0
    assert await do_all(team) == [Task.SECOND_LOOK, Task.HEARD]
    assert await count(team, Notice.kind == "number_to_confirm") == 1
    async with team.db.reading(team.workspace_id) as session:
        stored = await session.scalar(select(Measurement).where(Measurement.id == row.id))
        assert stored is not None
        assert stored.surprising


async def test_words_are_erased_by_a_chore(team: Team) -> None:
    async with team.writing() as session:
        outbox.along(session, [], MORNING)
        ana = await session.get_one(Member, team.ana.id)
        await erasing.order(session, ana, Wish(hypotheses=True), by=ana, now=MORNING)
        await outbox.send_along(session)
    async with team.db.reading(team.workspace_id) as session:
        assert (await session.get_one(Experiment, team.of_ana.id)).title != ERASED
    assert await do_all(team) == [Task.ERASE]
    async with team.db.reading(team.workspace_id) as session:
        assert (await session.get_one(Experiment, team.of_ana.id)).title == ERASED


@pytest.mark.parametrize("task", [one for one in Task if one not in WITH_WORDS])
async def test_what_is_gone_leaves_nothing_to_do(team: Team, task: Task) -> None:
    async with team.writing() as session:
        await chores.does(session, Chore(task=task, number=10_000, more="1"), MORNING)
    assert await waiting(team) == []


async def test_only_chores_are_done(team: Team) -> None:
    async with team.writing() as session:
        with pytest.raises(TypeError, match="read_person is no chore"):
            await chores.does(session, ReadPerson(slack_id="U1"), MORNING)


async def test_at_once_where_nobody_waits(team: Team) -> None:
    async with team.writing() as session:
        hand = await course.take(session, team.of_ana.id, "UANA", Move.NUMBER, NOW)
        await course.add_number(session, hand, Typed(71), at=NOW)
    assert await count(team, Notice.kind == "number_to_confirm") == 1


async def test_a_channel_that_is_closed_and_open_again_is_followed_by_chores(team: Team) -> None:
    channel = team.ceremony.channel_id
    paused = []
    for happened in (
        partial(places.is_closed_to_us, what=Trouble.ARCHIVED),
        partial(places.is_open_to_us, after=(Trouble.REMOVED, Trouble.ARCHIVED)),
    ):
        async with team.writing() as session:
            outbox.along(session, [], MORNING)
            await happened(session, channel, now=MORNING)
            await outbox.send_along(session)
        newest = (await waiting(team))[-1]
        assert isinstance(newest, Chore)
        async with team.writing() as session:
            await chores.does(session, newest, MORNING)
            paused.append((await session.get_one(Ceremony, team.ceremony.id)).paused)
    assert paused == [True, False]


@pytest.mark.parametrize("active", [False, True])
async def test_who_has_left_is_followed_by_a_chore(team: Team, active: bool) -> None:
    async with team.writing() as session:
        (await session.get_one(Member, team.ana.id)).active = active
    async with team.writing() as session:
        await chores.does(session, Chore(task=Task.LEFT, number=team.ana.id), MORNING)
        prompt = await session.get_one(Prompt, team.asks_ana.id)
        assert (prompt.state is PromptState.PASSED_OVER) is not active


async def test_whoever_starts_the_first_project_is_the_admin_by_a_chore(team: Team) -> None:
    admins = []
    for member in (team.ana, team.ben):
        async with team.writing() as session:
            chore = Chore(task=Task.FIRST_ADMIN, number=member.id)
            await chores.does(session, chore, MORNING)
            admins.append((await session.get_one(Member, member.id)).admin)
    assert admins == [True, False]
