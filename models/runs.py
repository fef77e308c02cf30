"""Runs: asking each person in time, the summary, closing (`opening` opens them)."""

from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from models import outbox
from models.domain.messages import StandupPrompt
from models.domain.standup import PromptState, still_worth_asking
from models.showing import show, show_closed
from models.tables import Ceremony, Prompt, Run

AT_ONCE = 200
"""Rows of one kind that a tick takes in one transaction."""


async def ask_due(session: AsyncSession, now: datetime) -> int:
    """Ask everybody whose moment has come; who could not be asked in time is passed over."""
    due = await session.scalars(
        select(Prompt)
        .join(Run, Run.id == Prompt.run_id)
        .where(Prompt.state == PromptState.WAITING, Prompt.ask_at <= now, ~Run.ahead)
        .order_by(Prompt.ask_at, Prompt.id)
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True, of=Prompt)
        .options(joinedload(Prompt.member, innerjoin=True))
    )
    posts: list[outbox.Post] = []
    for prompt in due:
        if not prompt.member.active or not still_worth_asking(now, prompt.closes_at):
            prompt.state = PromptState.PASSED_OVER
            continue
        prompt.state = PromptState.ASKED
        message = StandupPrompt(prompt_id=prompt.id)
        posts.append(
            outbox.Post(message, prompt.member.slack_id, prompt.workspace_id, prompt.closes_at)
        )
    await outbox.post_all(session, posts, now=now)
    return len(posts)


async def summarise_due(session: AsyncSession, now: datetime) -> int:
    """Post the summaries of runs whose time has come. Returns how many."""
    return await _each(session, Run.summarised_at.is_(None) & (Run.summary_at <= now), now)


async def close_due(session: AsyncSession, now: datetime) -> int:
    """Close runs whose last answering time is over, with a last look at their summary."""
    return await _each(session, Run.closes_at <= now, now)


async def _each(session: AsyncSession, due: ColumnElement[bool], now: datetime) -> int:
    runs = (
        await session.scalars(
            select(Run)
            .where(Run.closed_at.is_(None), ~Run.ahead, due)
            # In the order of the index of open runs: SQLite would go through all runs that ever were.
            .order_by(Run.closes_at, Run.id)
            .limit(AT_ONCE)
            .with_for_update(skip_locked=True, of=Run)
            .options(joinedload(Run.ceremony, innerjoin=True))
        )
    ).all()
    closing = [run for run in runs if run.closes_at <= now]
    for run in closing:
        run.closed_at = now
    await session.flush()
    await show(session, runs, now)
    await show_closed(session, closing, now)
    return len(runs)


async def next_due(session: AsyncSession) -> datetime | None:
    """When the next run opens, person is asked, summary is posted or run closes."""
    moments = [
        await session.scalar(select(func.min(Ceremony.opens_at)).where(Ceremony.active)),
        await session.scalar(
            select(func.min(Prompt.ask_at))
            .join(Run, Run.id == Prompt.run_id)
            .where(Prompt.state == PromptState.WAITING, ~Run.ahead)
        ),
        await session.scalar(
            select(func.min(Run.summary_at)).where(
                Run.closed_at.is_(None), ~Run.ahead, Run.summarised_at.is_(None)
            )
        ),
        await session.scalar(
            select(func.min(Run.closes_at)).where(Run.closed_at.is_(None), ~Run.ahead)
        ),
    ]
    return min((moment for moment in moments if moment is not None), default=None)


async def why_not_ask(session: AsyncSession, prompt_id: int, now: datetime) -> str | None:
    """Why a prompt need not be sent any more; None when it is still wanted."""
    prompt = await session.get(Prompt, prompt_id)
    if prompt is None:
        return "the prompt is gone"
    if prompt.state is PromptState.ANSWERED:
        return "answered already"
    return None if prompt.closes_at > now else "the answering time is over"
