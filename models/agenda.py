"""The agenda: from which moment on each step of a tick has something to do, in one statement.

A tick that finds nothing due costs this statement and no transaction that writes. A step that stands here
twice, in its own query and in a moment, is kept true by the stories: the playground's clock goes from one of
these moments to the next.
"""

from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, func, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from models import brief_times
from models.db import UtcDateTime
from models.domain.blocking import NEVER_BEFORE
from models.domain.standup import CeremonyKind, PromptState
from models.notices import WAITING, WANTED
from models.showing import TO_SHOW
from models.tables import Blocker, Ceremony, Notice, Prompt, Review, Run, Workspace

LONG_AGO = datetime.fromisoformat("2000-01-01T00:00:00+00:00")
"""The moment of what is to be done now, whenever that is."""

Moment = Select[datetime] | Select[datetime | None]


class Step(StrEnum):
    """What a tick may have to do."""

    OPEN = "open"
    ASK = "ask"
    REMIND = "remind"
    REMIND_NO_MORE = "remind_no_more"
    SHOW = "show"
    SUMMARISE = "summarise"
    CLOSE = "close"
    TELL = "tell"
    ESCALATE = "escalate"
    DIGEST = "digest"
    REVIEW = "review"
    PLAN_REVIEWS = "plan_reviews"
    BRIEF = "brief"


def _open() -> Moment:
    return _of_ceremonies().where(Ceremony.kind == CeremonyKind.STANDUP)


def _digest() -> Moment:
    return _of_ceremonies().where(Ceremony.kind != CeremonyKind.STANDUP)


def _of_ceremonies() -> Moment:
    return select(func.min(Ceremony.opens_at)).where(Ceremony.active)


def _ask() -> Moment:
    return (
        select(func.min(Prompt.ask_at))
        .join(Run, Run.id == Prompt.run_id)
        .where(Prompt.state == PromptState.WAITING, ~Run.ahead)
    )


def _remind() -> Moment:
    return _of_reminders().where(Prompt.state == PromptState.ASKED)


def _remind_no_more() -> Moment:
    return _of_reminders().where(Prompt.state != PromptState.ASKED)


def _of_reminders() -> Select[datetime | None]:
    return select(func.min(Prompt.remind_at)).where(Prompt.remind_at.is_not(None))


def _show() -> Moment:
    return select(literal(LONG_AGO, UtcDateTime())).select_from(Prompt).where(TO_SHOW).limit(1)


def _summarise() -> Moment:
    open_runs = Run.closed_at.is_(None), ~Run.ahead
    return select(func.min(Run.summary_at)).where(*open_runs, Run.summarised_at.is_(None))


def _close() -> Moment:
    return select(func.min(Run.closes_at)).where(Run.closed_at.is_(None), ~Run.ahead)


def _tell() -> Moment:
    return select(func.min(Notice.due_at)).where(WAITING, WANTED)


def _escalate() -> Moment:
    open_blockers = Blocker.resolved_at.is_(None), Blocker.escalated_at.is_(None)
    return select(func.min(Blocker.opened_at)).where(*open_blockers, Blocker.risk.is_(False))


def _review() -> Moment:
    return select(func.min(Review.wakes_at)).where(Review.wakes_at.is_not(None))


def _plan_reviews() -> Moment:
    """A workspace that was never looked at comes first."""
    return (
        select(func.coalesce(Workspace.reviews_at, literal(LONG_AGO, UtcDateTime())))
        .order_by(Workspace.reviews_at.nulls_first())
        .limit(1)
    )


MOMENTS: dict[Step, Callable[[], Moment]] = {
    Step.OPEN: _open,
    Step.ASK: _ask,
    Step.REMIND: _remind,
    Step.REMIND_NO_MORE: _remind_no_more,
    Step.SHOW: _show,
    Step.SUMMARISE: _summarise,
    Step.CLOSE: _close,
    Step.TELL: _tell,
    Step.ESCALATE: _escalate,
    Step.DIGEST: _digest,
    Step.REVIEW: _review,
    Step.PLAN_REVIEWS: _plan_reviews,
}

SILENT = {Step.ESCALATE, Step.PLAN_REVIEWS, Step.REMIND_NO_MORE}
"""Steps that nobody waits for: at their moment there may be nothing to do, or nothing to see."""


@lru_cache(maxsize=2)
def _asked(today: date) -> Select[*tuple[Any, ...]]:
    """The statement of a day: it costs more to build than to run, and a tick has it twice."""
    asked = [moment().scalar_subquery().label(step.value) for step, moment in MOMENTS.items()]
    return select(*asked, brief_times.days_soon(today).label(Step.BRIEF.value))


async def read(session: AsyncSession, now: datetime) -> dict[Step, datetime]:
    """The moment of each step that has one; that of briefs only if it is within days of `now`."""
    *found, decided = (await session.execute(_asked(now.date()))).one()
    moments = {step: at for step, at in zip(MOMENTS, found, strict=True) if at is not None}
    if Step.ESCALATE in moments:
        moments[Step.ESCALATE] += NEVER_BEFORE
    brief = brief_times.first_moment(decided, now)
    if brief is not None:
        moments[Step.BRIEF] = brief
    return moments


async def next_due(session: AsyncSession, now: datetime) -> datetime | None:
    """When something of the ceremonies is due next, or somebody is to be told something."""
    moments = await read(session, now)
    return min((at for step, at in moments.items() if step not in SILENT), default=None)
