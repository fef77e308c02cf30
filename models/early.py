"""Early answers: a place in the next run, before it opens (domain §3.1)."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.errors import NothingAhead
from models.domain.standup import Part, PromptState, window
from models.opening import Opening, ask_moment, run_row
from models.tables import Ceremony, Member, Participant, Prompt, Run


async def prompt_ahead(
    session: AsyncSession, member: Member, ceremony: Ceremony, now: datetime
) -> Prompt:
    """This person's place in the standup's next run, made when it isn't there yet.

    The run is `ahead` until it opens: it is not shown, summarised or closed, and freezes no roster.

    Raises:
        NothingAhead: no next run is planned, or the person is not asked in this standup.
    """
    locked = await session.get_one(Ceremony, ceremony.id, with_for_update=True)
    if locked.next_day is None or not await _is_asked(session, member, locked):
        raise NothingAhead
    opening = Opening(locked, locked.next_day, [member])
    run = await session.scalar(
        select(Run).where(
            Run.ceremony_id == locked.id,
            Run.closed_at.is_(None),
            Run.ahead | (Run.slot == opening.slot(now)),
        )
    )
    moment = ask_moment(locked, member, opening.day)
    if run is None:
        run = Run(**run_row(opening, moment, now, ahead=True))
        session.add(run)
        await session.flush()
    prompt = await session.scalar(
        select(Prompt).where(Prompt.run_id == run.id, Prompt.member_id == member.id)
    )
    if prompt is None:
        prompt = Prompt(
            workspace_id=locked.workspace_id,
            run_id=run.id,
            member_id=member.id,
            ask_at=moment,
            closes_at=window(moment, locked.answer_hours),
            state=PromptState.WAITING,
        )
        session.add(prompt)
        await session.flush()
    return prompt


async def _is_asked(session: AsyncSession, member: Member, ceremony: Ceremony) -> bool:
    found = await session.scalar(
        select(Participant.id).where(
            Participant.ceremony_id == ceremony.id,
            Participant.member_id == member.id,
            Participant.part == Part.ASKED,
        )
    )
    return found is not None
