"""What Slack refuses for good is told to the standup's owner, once, with what to do."""

import pytest

from models import outbox, refusals
from models.domain.delivery import DeliveryState
from models.domain.errands import ReadChannel, ReadPerson
from models.domain.messages import (
    Message,
    StandupDetail,
    StandupIsSet,
    StandupPrompt,
    StandupSummary,
)
from models.tables import Delivery
from tests.clock import MORNING
from tests.models.conftest import Team


async def refused(team: Team, message: Message, error: str | None = "not_in_channel") -> Delivery:
    async with team.writing() as session:
        await outbox.post(session, message, to="C1", now=MORNING)
    row = (await team.sent())[-1]
    async with team.writing() as session:
        found = await session.get_one(Delivery, row.id)
        found.state, found.error = DeliveryState.REFUSED, error
        for _ in range(2):
            await refusals.tell_owner(session, found, MORNING)
    return row


@pytest.mark.parametrize("kind", ["summary", "channel"])
async def test_the_owner_is_told_once(team: Team, kind: str) -> None:
    messages: dict[str, Message] = {
        "summary": StandupSummary(run_id=team.run.id),
        "channel": ReadChannel(ceremony_id=team.ceremony.id),
    }
    row = await refused(team, messages[kind])
    (told,) = await team.sent(kind="could_not_post")
    assert (told.destination, told.payload["delivery_id"]) == ("UANA", row.id)
    async with team.db.reading(team.workspace_id) as session:
        facts = await refusals.facts(session, row.id)
    assert (facts.channel_id, facts.error) == ("C1", "not_in_channel")
    assert "the standup" in facts.what


@pytest.mark.parametrize(
    "message",
    [
        StandupDetail(run_id=1, entry_id=1),
        StandupPrompt(prompt_id=1),
        StandupIsSet(ceremony_id=1),
        ReadPerson(slack_id="U1"),
        StandupSummary(run_id=10_000),
    ],
)
async def test_where_nobody_can_mend_it_nobody_is_told(team: Team, message: Message) -> None:
    row = await refused(team, message, error=None)
    assert await team.sent(kind="could_not_post") == []
    async with team.db.reading(team.workspace_id) as session:
        assert (await refusals.facts(session, row.id)).error == "no reason given"
