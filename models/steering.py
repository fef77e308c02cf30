"""Steering a standup: pause, resume, run now, move the next run, end it."""

from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models import chronicle
from models.domain.cadence import local_date, zone_of
from models.domain.errors import DayIsOver, NothingAhead, Unknown
from models.domain.standup import PromptState
from models.held import held
from models.opening import open_run
from models.roster import plan_again, plan_first, unplan
from models.tables import Ceremony, Member, Prompt, Run


async def pause(
    session: AsyncSession,
    ceremony_id: int,
    *,
    by: Member | None,
    now: datetime,
    reason: str | None = None,
) -> Ceremony:
    """Ask nobody until it is resumed; who was asked may still answer. `reason`: Slack's word, no wish.

    Raises:
        Unknown: there is no such standup, or it has ended.
    """
    ceremony = await _active(session, ceremony_id)
    ceremony.paused, ceremony.pause_reason = True, reason
    await _stop_asking(session, ceremony)
    _record(session, "standup_paused", ceremony, by, now, reason=reason)
    return ceremony


async def resume(
    session: AsyncSession, ceremony_id: int, *, by: Member | None, now: datetime
) -> Ceremony:
    """Go on: the next run is on the first of its days on which nobody would be asked late.

    Raises:
        Unknown: as `pause`.
    """
    ceremony = await _active(session, ceremony_id)
    ceremony.paused, ceremony.pause_reason = False, None
    unplan(ceremony)
    await plan_first(session, ceremony, now)
    _record(session, "standup_resumed", ceremony, by, now)
    return ceremony


async def run_now(session: AsyncSession, ceremony_id: int, *, by: Member, now: datetime) -> bool:
    """Ask everyone now, beside the planned runs; False where nobody is there or it ran this minute.

    Raises:
        Unknown: as `pause`.
    """
    ceremony = await _active(session, ceremony_id)
    day = local_date(now, zone_of(ceremony.tz))
    opened = await open_run(session, ceremony, day=day, now=now, asked_for=True)
    _record(session, "standup_run_now", ceremony, by, now)
    return opened


async def move(
    session: AsyncSession, ceremony_id: int, day: date, *, by: Member, now: datetime
) -> Ceremony:
    """Have the next run on another day; the one after it keeps its day.

    Raises:
        Unknown: as `pause`.
        NothingAhead: no next run is planned.
        DayIsOver: somebody's time of that day has passed already.
    """
    ceremony = await _active(session, ceremony_id)
    if ceremony.next_day is None or ceremony.opens_at is None:
        raise NothingAhead
    planned = ceremony.next_day
    ceremony.next_day = day
    await plan_again(session, ceremony)
    if ceremony.opens_at < now:
        raise DayIsOver
    ceremony.moved_from = ceremony.moved_from or planned
    if ceremony.moved_from == day:
        ceremony.moved_from = None
    _record(session, "standup_moved", ceremony, by, now, planned=f"{planned}", day=f"{day}")
    return ceremony


async def end(session: AsyncSession, ceremony_id: int, *, by: Member, now: datetime) -> Ceremony:
    """Ask never again; what was said stays.

    Raises:
        Unknown: as `pause`.
    """
    ceremony = await _active(session, ceremony_id)
    ceremony.active = False
    await _stop_asking(session, ceremony)
    await session.execute(
        update(Run)
        .where(Run.ceremony_id == ceremony.id, Run.ahead, Run.closed_at.is_(None))
        .values(closed_at=now)
    )
    _record(session, "standup_ended", ceremony, by, now)
    return ceremony


async def _active(session: AsyncSession, ceremony_id: int) -> Ceremony:
    """The standup, locked."""
    ceremony = held(session, Ceremony, ceremony_id) or await session.scalar(
        select(Ceremony).where(Ceremony.id == ceremony_id).with_for_update()
    )
    if ceremony is None or not ceremony.active:
        raise Unknown
    return ceremony


async def _stop_asking(session: AsyncSession, ceremony: Ceremony) -> None:
    unplan(ceremony)
    ceremony.run_now_at = None
    await session.flush()
    open_runs = select(Run.id).where(
        Run.ceremony_id == ceremony.id, Run.closed_at.is_(None), Run.ahead.is_(False)
    )
    await session.execute(
        update(Prompt)
        .where(Prompt.run_id.in_(open_runs), Prompt.state == PromptState.WAITING)
        .values(state=PromptState.PASSED_OVER)
    )


def _record(
    session: AsyncSession,
    kind: str,
    ceremony: Ceremony,
    by: Member | None,
    now: datetime,
    **data: str | None,
) -> None:
    chronicle.record(
        session,
        kind,
        project_id=ceremony.project_id,
        by_id=by.id if by else None,
        at=now,
        ceremony=ceremony.id,
        **data,
    )
