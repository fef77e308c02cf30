"""Early answers: a place in the next run, before it opens (domain §3.1)."""

from datetime import datetime

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.errors import NothingAhead
from models.domain.standup import Part, PromptState
from models.opening import Opening, ask_moment, prompt_row, run_row
from models.pausing import go_on
from models.tables import Ceremony, Member, Participant, Prompt, Run


async def prompt_ahead(
    session: AsyncSession, member: Member, ceremony: Ceremony, now: datetime
) -> Prompt:
    """This person's place in the standup's next run, made when it isn't there yet.

    The run is `ahead` until it opens: it is not shown, summarised or closed, and freezes no roster.

    Raises:
        NothingAhead: no next run is planned, or the person is not asked in this standup.
    """
    asks_them = and_(
        Participant.ceremony_id == Ceremony.id,
        Participant.member_id == member.id,
        Participant.part == Part.ASKED,
    )
    locked = await session.scalar(
        select(Ceremony)
        .join(Participant, asks_them)
        .where(Ceremony.id == ceremony.id)
        .with_for_update(of=Ceremony)
        .execution_options(populate_existing=True)
    )
    if locked is None or locked.next_day is None:
        raise NothingAhead
    moment = ask_moment(locked, member, locked.next_day)
    opening = Opening(locked, locked.next_day, {member.id: moment}, {})
    run, prompt = await _place(session, member, locked.id, opening.slot(now))
    if run is None:
        run = Run(**run_row(opening, moment, now, ahead=True))
        session.add(run)
        await session.flush()
    if prompt is None:
        row = prompt_row(locked, run.id, member.id, moment)
        prompt = Prompt(**row, state=PromptState.WAITING)
        session.add(prompt)
        await session.flush()
    await go_on(session, [prompt], now)
    return prompt


async def _place(
    session: AsyncSession, member: Member, ceremony_id: int, slot: str
) -> tuple[Run | None, Prompt | None]:
    """The run that holds early answers, or is open for this slot already, and the person's place in it."""
    found = await session.execute(
        select(Run, Prompt)
        .outerjoin(Prompt, and_(Prompt.run_id == Run.id, Prompt.member_id == member.id))
        .where(
            Run.ceremony_id == ceremony_id,
            Run.closed_at.is_(None),
            Run.ahead | (Run.slot == slot),
        )
    )
    row = found.first()
    return (row[0], row[1]) if row else (None, None)
