"""Runs: opening one with a frozen roster, asking each person in time, the summary, closing."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from models import outbox
from models.db import dialect_of
from models.domain.cadence import local_moment, zone_of
from models.domain.messages import StandupPrompt
from models.domain.standup import (
    CeremonyKind,
    PromptState,
    still_worth_asking,
    summary_moment,
    window,
)
from models.roster import participants, participants_of, plan_after_run
from models.showing import show, show_closed
from models.tables import Ceremony, Member, Prompt, Run

AT_ONCE = 200
"""Rows of one kind that a tick takes in one transaction."""


class Opening(NamedTuple):
    """A run to open, and whom it asks. One that somebody asked for asks everyone now."""

    ceremony: Ceremony
    day: date
    people: Sequence[Member]
    asked_for: bool = False

    def moments(self, now: datetime) -> dict[int, datetime]:
        """When each person is asked, by member id."""
        at = self.ceremony.local_time
        return {
            member.id: now if self.asked_for else local_moment(self.day, at, zone_of(member.tz))
            for member in self.people
        }


async def open_due(session: AsyncSession, now: datetime) -> int:
    """Open the runs that are due, each once, whatever number of processes tries. Returns how many."""
    due = (
        await session.scalars(
            select(Ceremony)
            .where(
                Ceremony.opens_at <= now,
                Ceremony.active,
                Ceremony.kind == CeremonyKind.STANDUP,
            )
            .order_by(Ceremony.opens_at)
            .limit(AT_ONCE)
            .with_for_update(skip_locked=True)
        )
    ).all()
    if not due:
        return 0
    people = await participants_of(session, [ceremony.id for ceremony in due])
    opened = await _open(
        session,
        [
            Opening(ceremony, ceremony.next_day, people[ceremony.id])
            for ceremony in due
            if ceremony.next_day is not None
        ],
        now,
    )
    for ceremony in due:
        plan_after_run(ceremony, people[ceremony.id], now)
    return opened


async def open_run(
    session: AsyncSession, ceremony: Ceremony, *, day: date, now: datetime, asked_for: bool = False
) -> bool:
    """Open the run of a slot with everybody's moment; False when it is open already.

    A run that somebody asked for (`asked_for`) asks everyone now, and its slot is the minute.
    """
    people = await participants(session, ceremony.id)
    return await _open(session, [Opening(ceremony, day, people, asked_for)], now) == 1


async def _open(session: AsyncSession, openings: Sequence[Opening], now: datetime) -> int:
    """Open these runs, one at most of a ceremony; returns how many were not open already."""
    asking = {
        opening.ceremony.id: (opening, opening.moments(now))
        for opening in openings
        if opening.people
    }
    if not asking:
        return 0
    made = await session.execute(
        dialect_of(session).insert(Run).on_conflict_do_nothing().returning(Run.id, Run.ceremony_id),
        [_run(opening, max(moments.values()), now) for opening, moments in asking.values()],
    )
    opened = {ceremony_id: run_id for run_id, ceremony_id in made}
    prompts = [
        _prompt(opening.ceremony, opened[ceremony_id], member_id, moment)
        for ceremony_id, (opening, moments) in asking.items()
        if ceremony_id in opened
        for member_id, moment in moments.items()
    ]
    if prompts:
        await session.execute(insert(Prompt), prompts)
    return len(opened)


def _run(opening: Opening, last: datetime, now: datetime) -> dict[str, object]:
    """The run's row; `last` is when the last person is asked."""
    ceremony, day, _, asked_for = opening
    zone = zone_of(ceremony.tz)
    return {
        "workspace_id": ceremony.workspace_id,
        "ceremony_id": ceremony.id,
        "slot": f"{now.astimezone(zone):%Y-%m-%dT%H:%M}" if asked_for else day.isoformat(),
        "day": day,
        "opened_at": now,
        "summary_at": summary_moment(day, ceremony.summary_time, zone, now, asked_for=asked_for),
        "closes_at": window(last, ceremony.answer_hours),
    }


def _prompt(ceremony: Ceremony, run_id: int, member_id: int, moment: datetime) -> dict[str, object]:
    return {
        "workspace_id": ceremony.workspace_id,
        "run_id": run_id,
        "member_id": member_id,
        "ask_at": moment,
        "closes_at": window(moment, ceremony.answer_hours),
        "state": PromptState.WAITING,
    }


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
