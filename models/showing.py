"""Showing: bringing Slack up to date with what was said, one message a tick however many answered."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from models import consequences
from models.domain.messages import (
    StandupDetail,
    StandupPrompt,
    StandupReminder,
    StandupSummary,
)
from models.domain.standup import PromptState
from models.outbox import Post, post_all, refresh_all
from models.tables import Prompt, Run, StandupEntry

AT_ONCE = 200
TO_SHOW = text("NOT prompt.shown")
"""As the index says it: SQLite doesn't see that “shown = 0”, SQLAlchemy's way, means the same."""


async def show_answers(session: AsyncSession, now: datetime) -> int:
    """Update the DMs of those who answered, and the summaries; the last answer brings the summary.

    Returns how many answers were taken up.
    """
    prompts = (
        await session.scalars(
            select(Prompt)
            .where(TO_SHOW)
            .order_by(Prompt.run_id)
            .limit(AT_ONCE)
            .with_for_update(skip_locked=True, of=Prompt)
            .options(
                joinedload(Prompt.run, innerjoin=True).joinedload(Run.ceremony, innerjoin=True),
                joinedload(Prompt.member, innerjoin=True),
            )
        )
    ).all()
    if not prompts:
        return 0
    for prompt in prompts:
        prompt.shown = True
    await consequences.draw(session, prompts, now)
    await refresh_all(session, [dm for prompt in prompts for dm in _dms(prompt)], now=now)
    runs = {prompt.run_id: prompt.run for prompt in prompts}
    complete = await heard_in(session, runs) - await waited_for(session, runs)
    await show(
        session,
        [
            run
            for run in runs.values()
            if not run.ahead and (run.summarised_at or run.id in complete)
        ],
        now,
        changed={(prompt.run_id, prompt.member_id) for prompt in prompts},
    )
    return len(prompts)


def _dms(prompt: Prompt) -> list[Post]:
    """The question, and the reminder if there was one."""
    messages: list[StandupPrompt | StandupReminder] = [StandupPrompt(prompt_id=prompt.id)]
    if prompt.reminded_at is not None:
        messages.append(StandupReminder(prompt_id=prompt.id))
    return [Post(message, prompt.member.slack_id, prompt.workspace_id) for message in messages]


async def show_closed(session: AsyncSession, runs: Sequence[Run], now: datetime) -> None:
    """Take the buttons out of the DMs of these runs: nothing can be answered there any more."""
    if not runs:
        return
    prompts = await session.scalars(
        select(Prompt)
        .where(
            Prompt.run_id.in_([run.id for run in runs]),
            Prompt.state.in_((PromptState.ASKED, PromptState.ANSWERED, PromptState.SKIPPED)),
        )
        .options(joinedload(Prompt.member, innerjoin=True))
    )
    if dms := [dm for prompt in prompts for dm in _dms(prompt)]:
        await refresh_all(session, dms, now=now)


async def waited_for(session: AsyncSession, run_ids: Collection[int]) -> set[int]:
    """The runs in which somebody has not answered and may still be asked or answer."""
    found = await session.scalars(
        select(Prompt.run_id)
        .where(
            Prompt.run_id.in_(run_ids), Prompt.state.in_((PromptState.WAITING, PromptState.ASKED))
        )
        .distinct()
    )
    return set(found)


async def heard_in(session: AsyncSession, run_ids: Collection[int]) -> set[int]:
    """The runs in which somebody has said something."""
    found = await session.scalars(
        select(Prompt.run_id)
        .where(Prompt.run_id.in_(run_ids), Prompt.answered_at.is_not(None))
        .distinct()
    )
    return set(found)


async def show(
    session: AsyncSession,
    runs: Sequence[Run],
    now: datetime,
    changed: Collection[tuple[int, int]] = (),
) -> None:
    """Post or update the summaries of these runs, and the answers in full in their threads.

    Of answers that stand there already, those of `changed` (run, member) are updated.
    """
    if not runs:
        return
    for run in runs:
        run.summarised_at = run.summarised_at or now
    by_id = {run.id: run for run in runs}
    entries = (
        await session.execute(
            select(StandupEntry.id, StandupEntry.run_id, StandupEntry.member_id)
            .where(StandupEntry.run_id.in_(by_id), StandupEntry.experiment_id.is_not(None))
            .order_by(StandupEntry.answered_at, StandupEntry.id)
        )
    ).all()
    summaries = [_in_channel(StandupSummary(run_id=run.id), run) for run in runs]
    details = {
        entry.id: _in_channel(
            StandupDetail(run_id=entry.run_id, entry_id=entry.id), by_id[entry.run_id]
        )
        for entry in entries
    }
    edited = [details[entry.id] for entry in entries if (entry.run_id, entry.member_id) in changed]
    await refresh_all(session, summaries + edited, now=now)
    await post_all(session, summaries + list(details.values()), now=now)


def _in_channel(message: StandupSummary | StandupDetail, run: Run) -> Post:
    return Post(message, run.ceremony.channel_id, run.workspace_id)
