"""A chore goes through the outbox like a message, and Slack hears nothing of it."""

import pytest

from models import outbox
from models.db import Database
from models.domain.delivery import DeliveryState, Operation
from models.domain.errands import Chore, Task
from tests.clock import FixedClock
from tests.scheduler.process import Process, one, workspaces
from tests.scheduler.slack import Slack


@pytest.fixture
def slack(clock: FixedClock) -> Slack:
    return Slack(clock)


@pytest.fixture
def process(database: Database, clock: FixedClock, slack: Slack) -> Process:
    return Process(database, clock, slack)


@pytest.fixture
async def workspace(database: Database) -> int:
    (workspace,) = await workspaces(database)
    return workspace


async def test_a_chore_is_done_without_a_word_to_slack(
    process: Process, slack: Slack, workspace: int
) -> None:
    chore = Chore(task=Task.HEARD, number=7)
    async with process.db.writing(workspace) as session:
        outbox.along(session, [], process.clock.now())
        await outbox.follow(session, chore, process.clock.now(), never)
        await outbox.send_along(session)
    await process.tick()
    row = await one(process.db)
    assert (row.operation, row.state) == (Operation.DO, DeliveryState.SENT)
    assert process.asked.done == ["heard:7"]
    assert slack.posts == []


async def never() -> None:
    raise NotImplementedError("somebody waits")
