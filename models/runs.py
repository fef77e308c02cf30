"""Runs: opening one with a frozen roster, asking each person in time, the summary, closing."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from models import outbox
from models.db import dialect_of
from models.domain.cadence import local_moment, zone_of
from models.domain.messages import StandupPrompt
from models.domain.standup import (
    PromptState,
    still_worth_asking,
    summary_moment,
    window,
)
from models.roster import participants, plan_after_run
from models.showing import show, show_closed
from models.tables import Ceremony, Prompt, Run

AT_ONCE = 200
"""Rows of one kind that a tick takes in one transaction."""


async def open_due(session: AsyncSession, now: datetime) -> int:
    """Open the runs that are due, each once, whatever number of processes tries. Returns how many."""
    due = await session.scalars(
        select(Ceremony)
        .where(Ceremony.opens_at <= now, Ceremony.active)
        .order_by(Ceremony.opens_at)
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    opened = 0
    for ceremony in due:
        if ceremony.next_day is not None:
            opened += await open_run(session, ceremony, day=ceremony.next_day, now=now)
        await plan_after_run(session, ceremony, now)
    return opened


async def open_run(
    session: AsyncSession, ceremony: Ceremony, *, day: date, now: datetime, asked_for: bool = False
) -> bool:
    """Open the run of a slot with everybody's moment; False when it is open already.

    A run that somebody asked for (`asked_for`) asks everyone now, and its slot is the minute.
    """
    zone = zone_of(ceremony.tz)
    people = await participants(session, ceremony.id)
    moments = {
        member.id: now if asked_for else local_moment(day, ceremony.local_time, zone_of(member.tz))
        for member in people
    }
    if not moments:
        return False
    local_now = now.astimezone(zone)
    run_id = await session.scalar(
        dialect_of(session)
        .insert(Run)
        .values(
            workspace_id=ceremony.workspace_id,
            ceremony_id=ceremony.id,
            slot=f"{local_now:%Y-%m-%dT%H:%M}" if asked_for else day.isoformat(),
            day=day,
            opened_at=now,
            summary_at=summary_moment(day, ceremony.summary_time, zone, now, asked_for=asked_for),
            closes_at=window(max(moments.values()), ceremony.answer_hours),
        )
        .on_conflict_do_nothing()
        .returning(Run.id)
    )
    if run_id is None:
        return False
    session.add_all(
        Prompt(
            workspace_id=ceremony.workspace_id,
            run_id=run_id,
            member_id=member_id,
            ask_at=moment,
            closes_at=window(moment, ceremony.answer_hours),
            state=PromptState.WAITING,
        )
        for member_id, moment in moments.items()
    )
    await session.flush()
    return True


async def ask_due(session: AsyncSession, now: datetime) -> int:
    """Ask everybody whose moment has come; who could not be asked in time is passed over."""
    due = await session.scalars(
        select(Prompt)
        .where(Prompt.state == PromptState.WAITING, Prompt.ask_at <= now)
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
            .where(Run.closed_at.is_(None), due)
            .order_by(Run.id)
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
            select(func.min(Prompt.ask_at)).where(Prompt.state == PromptState.WAITING)
        ),
        await session.scalar(
            select(func.min(Run.summary_at)).where(
                Run.closed_at.is_(None), Run.summarised_at.is_(None)
            )
        ),
        await session.scalar(select(func.min(Run.closes_at)).where(Run.closed_at.is_(None))),
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
