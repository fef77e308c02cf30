"""A team's own questions, in Slack (S4-14)."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.questions import questions_form
from handlers.deps import Ask
from handlers.forms import parse
from handlers.forms_answers import QuestionsForm, id_of
from models import questions
from models.people import require_writer


async def open_form(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """The standup's questions as they are asked now.

    Raises:
        GuestsMayNot, NotMetYet: see `models.people.require_writer`.
        Unknown: the standup has ended.
    """
    await require_writer(session, ask.user)
    return questions_form(await questions.current(session, id_of(ask.value)), ask.value)


async def reword(ask: Ask, session: AsyncSession) -> None:
    """From now on the standup asks in these words.

    Raises:
        InvalidForm: a field can't be taken.
        GuestsMayNot, NotMetYet, Unknown: as `open_form`.
    """
    form = parse(QuestionsForm, ask.values)
    by = await require_writer(session, ask.user)
    await questions.reword(session, id_of(ask.metadata), form.questions, by=by, now=ask.now)
