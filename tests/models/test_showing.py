"""What was said appears in Slack: the DM and the summary, once a tick however many answered."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from models import asking, runs, showing
from models.domain.delivery import DeliveryState
from models.domain.messages import message_of
from models.domain.standup import PromptState
from models.tables import Ceremony, Delivery, Prompt, Run
from tests.clock import MORNING
from tests.models.conftest import Team
from tests.models.test_answers import STILL, say
from tests.rows import make_prompt, make_run

LATER = MORNING + timedelta(hours=1)


async def ask(team: Team) -> None:
    """Both are asked, and Slack has it."""
    async with team.db.writing(None) as session:
        await session.execute(update(Prompt).values(state=PromptState.WAITING))
    async with team.db.writing(None) as session:
        await asking.ask_due(session, MORNING)
    await deliver(team)


async def deliver(team: Team) -> None:
    """Slack takes everything that waits."""
    async with team.db.writing(None) as session:
        for row in await session.scalars(
            select(Delivery).where(Delivery.state == DeliveryState.WAITING)
        ):
            row.state, row.sent_at = DeliveryState.SENT, MORNING
            row.slack_channel, row.slack_ts = "D1", f"{row.id}.0"


async def show(team: Team) -> int:
    async with team.db.writing(None) as session:
        return await showing.show_answers(session, LATER)


def waiting(rows: Sequence[Delivery]) -> list[str]:
    return [
        f"{row.operation.value} {message_of(row.payload).subject.partition(':')[0]}"
        for row in rows
        if row.state is DeliveryState.WAITING
    ]


async def answer_of_ben(team: Team) -> None:
    await say(team, prompt_id=team.asks_ben.id, experiment_id=team.of_ben.id, slack_id="UBEN")


async def test_an_answer_refreshes_the_dm_only_until_all_have_answered(team: Team) -> None:
    await ask(team)
    await say(team)
    assert await show(team) == 1
    assert waiting(await team.sent()) == ["refresh prompt"]
    assert await show(team) == 0


async def test_the_last_answer_brings_the_summary_with_the_answers_in_full(team: Team) -> None:
    await ask(team)
    await say(team)
    await answer_of_ben(team)
    assert await show(team) == 2
    assert waiting(await team.sent()) == [
        "refresh prompt",
        "refresh prompt",
        "post summary",
        "post detail",
        "post detail",
    ]


async def test_an_edit_refreshes_the_summary_and_its_own_detail_only(team: Team) -> None:
    await ask(team)
    await say(team)
    await answer_of_ben(team)
    await show(team)
    await deliver(team)
    for learned in ("Once more", "And again"):
        await say(team, STILL.__class__(STILL.status, learned=learned))
        await show(team)
    subjects = [
        (row.operation.value, row.subject)
        for row in await team.sent()
        if row.state is DeliveryState.WAITING
    ]
    kinds = sorted(f"{operation} {subject.partition(':')[0]}" for operation, subject in subjects)
    assert kinds == ["refresh detail", "refresh prompt", "refresh summary"]


async def test_an_answer_after_the_summary_refreshes_it(team: Team) -> None:
    await ask(team)
    async with team.db.writing(None) as session:
        await runs.summarise_due(session, team.run.summary_at)
    await deliver(team)
    await say(team)
    await show(team)
    assert waiting(await team.sent()) == ["refresh prompt", "refresh summary", "post detail"]


async def test_who_is_passed_over_is_not_waited_for(team: Team) -> None:
    await ask(team)
    async with team.db.writing(None) as session:
        row = await session.get_one(Prompt, team.asks_ben.id)
        row.state = PromptState.PASSED_OVER
    await say(team)
    await show(team)
    assert "post summary" in waiting(await team.sent())


async def test_an_answer_belongs_to_the_run_of_its_dm(team: Team) -> None:
    async with team.db.writing(None) as session:
        ceremony = await session.get_one(Ceremony, team.ceremony.id)
        second = await make_run(session, ceremony, slot="2026-03-05")
        asks_again = await make_prompt(session, second, team.ana)
    await say(team, prompt_id=asks_again.id)
    await show(team)
    summaries = await team.sent(kind="standup_summary")
    assert [row.payload["run_id"] for row in summaries] == [second.id]


async def test_when_a_run_closes_its_dms_lose_their_buttons(team: Team) -> None:
    await ask(team)
    async with team.db.writing(None) as session:
        await runs.close_due(session, team.run.closes_at)
    rows = waiting(await team.sent())
    assert sorted(rows) == ["post summary", "refresh prompt", "refresh prompt"]


@pytest.mark.parametrize("state", ["away", "passed_over", "skipped"])
async def test_a_run_without_anybody_closes_without_a_word(team: Team, state: str) -> None:
    async with team.db.writing(None) as session:
        await session.execute(update(Prompt).values(state=PromptState(state)))
    async with team.db.writing(None) as session:
        assert await runs.summarise_due(session, team.run.summary_at) == 1
        assert await runs.summarise_due(session, team.run.summary_at) == 0
    async with team.db.reading(None) as session:
        run = await session.get_one(Run, team.run.id)
    assert (run.summarised_at, run.closed_at) == (None, team.run.summary_at)
    assert waiting(await team.sent()) == []
