"""Asking: each person in their own time, once, and a reminder for who has not answered."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import ColumnElement, Select, bindparam, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute, aliased, joinedload

from models import homes, outbox
from models.absences import weeks_of
from models.domain.absence import LATEST_REMINDER, Week, reminder_moment
from models.domain.cadence import local_date
from models.domain.experiment import ASKED_ABOUT
from models.domain.messages import StandupPrompt, StandupReminder
from models.domain.standup import PromptState, still_worth_asking
from models.pausing import go_on
from models.scope import in_scope
from models.tables import Experiment, Prompt, Run

AT_ONCE = 500
"""Prompts that a tick takes in one transaction."""
TAKES_PART = (
    PromptState.WAITING,
    PromptState.ASKED,
    PromptState.ANSWERED,
    PromptState.SKIPPED,
)


async def ask_due(session: AsyncSession, now: datetime) -> int:
    """Ask everybody whose moment has come; who could not be asked in time is passed over.

    Whoever went on leave since the run opened is not asked, nor is anybody asked twice on a day for
    having nothing to report. Returns how many were asked.
    """
    due = (
        await session.scalars(
            select(Prompt)
            .join(Run, Run.id == Prompt.run_id)
            .where(Prompt.state == PromptState.WAITING, Prompt.ask_at <= now, ~Run.ahead)
            .order_by(Prompt.ask_at, Prompt.id)
            .limit(AT_ONCE)
            .with_for_update(skip_locked=True, of=Prompt)
            .options(joinedload(Prompt.member, innerjoin=True))
        )
    ).all()
    if not due:
        return 0
    weeks = await weeks_of((prompt.member for prompt in due), now)
    await go_on(session, due, now)
    elsewhere = await _asked_elsewhere(session, due)
    posts: list[outbox.Post] = []
    for prompt in due:
        week = weeks[prompt.member_id]
        prompt.state = _state(prompt, week, now, elsewhere)
        if prompt.state is not PromptState.ASKED:
            prompt.shown = False  # it may have been the last one that the summary waited for
            continue
        prompt.remind_at = reminder_moment(now, prompt.closes_at, week)
        message = StandupPrompt(prompt_id=prompt.id)
        posts.append(
            outbox.Post(message, prompt.member.slack_id, prompt.workspace_id, prompt.closes_at)
        )
    await outbox.post_all(session, posts, now=now)
    await homes.refresh(session, posts, now)
    return len(posts)


def _state(prompt: Prompt, week: Week, now: datetime, elsewhere: set[int]) -> PromptState:
    if not week.works_on(local_date(prompt.ask_at, week.zone)):
        return PromptState.AWAY
    if (
        not prompt.member.active
        or prompt.id in elsewhere
        or not still_worth_asking(now, prompt.closes_at)
    ):
        return PromptState.PASSED_OVER
    return PromptState.ASKED


async def _asked_elsewhere(session: AsyncSession, due: Sequence[Prompt]) -> set[int]:
    """Those of the prompts that have nothing to ask about, and whose person is asked elsewhere that day."""
    found = await session.scalars(_elsewhere(), {"due": [prompt.id for prompt in due]})
    return set(found)


@cache
def _elsewhere() -> Select[int]:
    other, other_run = aliased(Prompt), aliased(Run)
    is_asked = (
        select(other.id)
        .join(other_run, other_run.id == other.run_id)
        .where(
            other.member_id == Prompt.member_id,
            other.state.in_(TAKES_PART),
            other_run.day == Run.day,
            other_run.ceremony_id != Run.ceremony_id,
            or_(_has_something(other.member_id, other_run.ceremony_id), other.id < Prompt.id),
        )
        .correlate(Prompt, Run)
    )
    return (
        select(Prompt.id)
        .join(Run, Run.id == Prompt.run_id)
        .where(
            Prompt.id.in_(bindparam("due", expanding=True)),
            ~_has_something(Prompt.member_id, Run.ceremony_id),
            is_asked.exists(),
        )
    )


def _has_something(
    member_id: InstrumentedAttribute[int], ceremony_id: InstrumentedAttribute[int]
) -> ColumnElement[bool]:
    return (
        select(Experiment.id)
        .where(
            Experiment.owner_id == member_id,
            Experiment.status.in_(ASKED_ABOUT),
            in_scope(ceremony_id),
        )
        .correlate_except(Experiment)
        .exists()
    )


async def remind_due(session: AsyncSession, now: datetime) -> int:
    """Remind, once, those who have not answered; never late, never outside their working hours.

    Returns how many moments had come.
    """
    due = (
        await session.scalars(
            select(Prompt)
            .where(Prompt.remind_at <= now)
            .order_by(Prompt.remind_at, Prompt.id)
            .limit(AT_ONCE)
            .with_for_update(skip_locked=True, of=Prompt)
            .options(
                joinedload(Prompt.member, innerjoin=True),
                joinedload(Prompt.run, innerjoin=True).joinedload(Run.ceremony, innerjoin=True),
            )
        )
    ).all()
    weeks = await weeks_of((prompt.member for prompt in due), now)
    posts: list[outbox.Post] = []
    for prompt in due:
        latest = (prompt.remind_at or now) + LATEST_REMINDER
        prompt.remind_at = None
        if now <= latest and _is_wanted(prompt, weeks[prompt.member_id], now):
            prompt.reminded_at = now
            message = StandupReminder(prompt_id=prompt.id)
            posts.append(outbox.Post(message, prompt.member.slack_id, prompt.workspace_id, latest))
    await outbox.post_all(session, posts, now=now)
    return len(due)


def _is_wanted(prompt: Prompt, week: Week, now: datetime) -> bool:
    return (
        prompt.state is PromptState.ASKED
        and prompt.member.active
        and prompt.member.nudges
        and prompt.run.ceremony.active
        and not prompt.run.ceremony.paused
        and week.works_on(local_date(now, week.zone))
    )


async def why_not_ask(session: AsyncSession, prompt_id: int, now: datetime) -> str | None:
    """Why a prompt, or its reminder, need not be sent any more; None when it is still wanted."""
    prompt = await session.get(Prompt, prompt_id)
    if prompt is None:
        return "the prompt is gone"
    if prompt.state is PromptState.ANSWERED:
        return "answered already"
    if prompt.state is not PromptState.ASKED:
        return "not to be asked any more"
    return None if prompt.closes_at > now else "the answering time is over"
