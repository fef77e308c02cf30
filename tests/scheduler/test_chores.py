"""A chore goes through the outbox like a message, and Slack hears nothing of it."""

from models import outbox
from models.domain.delivery import DeliveryState, Operation
from models.domain.errands import Chore, Task
from tests.scheduler.process import Process, deliveries, one
from tests.scheduler.slack import Slack


async def test_a_chore_is_done_without_a_word_to_slack(
    process: Process, slack: Slack, workspace: int
) -> None:
    chore = Chore(task=Task.HEARD, number=7)
    async with process.db.writing(workspace) as session:
        outbox.along(session, [], process.clock.now())
        await outbox.follow(session, chore, process.clock.now(), never)
        await outbox.send_along(session)
    row = await one(process.db)
    assert (row.operation, row.state) == (Operation.DO, DeliveryState.WAITING)
    await process.tick()
    assert await deliveries(process.db) == [], "nobody asks for it again"
    assert process.asked.done == ["heard:7"]
    assert slack.posts == []


async def never() -> None:
    raise NotImplementedError("somebody waits")
