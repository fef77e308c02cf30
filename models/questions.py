"""The standup's questions: a team words them itself, within the kinds that feed the record (S4-14)."""

from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from models import chronicle
from models.domain.errors import Unknown
from models.domain.questions import Questions, kept, questions_of
from models.tables import Ceremony, Member


async def current(session: AsyncSession, ceremony_id: int) -> Questions:
    """A standup's questions.

    Raises:
        Unknown: the standup has ended, or never was.
    """
    ceremony = await session.scalar(_active(ceremony_id))
    if ceremony is None:
        raise Unknown
    return questions_of(ceremony.questions)


async def reword(
    session: AsyncSession, ceremony_id: int, questions: Questions, *, by: Member, now: datetime
) -> None:
    """From now on the standup asks in these words.

    Raises:
        Unknown: the standup has ended, or never was.
    """
    ceremony = await session.scalar(_active(ceremony_id).with_for_update())
    if ceremony is None:
        raise Unknown
    ceremony.questions = kept(questions)
    chronicle.record(
        session,
        "questions_reworded",
        project_id=ceremony.project_id,
        by_id=by.id,
        at=now,
        ceremony=ceremony.id,
        questions=ceremony.questions,
    )


def _active(ceremony_id: int) -> Select[Ceremony]:
    return select(Ceremony).where(Ceremony.id == ceremony_id, Ceremony.active)
