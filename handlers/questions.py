"""A team's own questions, in Slack (S4-14)."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.questions import questions_form
from handlers.deps import Ask
from handlers.forms import parse
from handlers.forms_answers import QuestionsForm, id_of
from models import questions
from models.permits import permit_standup


async def open_form(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """The standup's questions as they are asked now.

    Raises:
        GuestsMayNot, NotMetYet, NotAllowed: see `models.permits.permit_standup`.
        Unknown: the standup has ended.
    """
    await permit_standup(session, ask.user, id_of(ask.value))
    return questions_form(await questions.current(session, id_of(ask.value)), ask.value)


async def reword(ask: Ask, session: AsyncSession) -> None:
    """From now on the standup asks in these words.

    Raises:
        InvalidForm: a field can't be taken.
        GuestsMayNot, NotMetYet, NotAllowed, Unknown: as `open_form`.
    """
    form = parse(QuestionsForm, ask.values)
    by = await permit_standup(session, ask.user, id_of(ask.metadata))
    await questions.reword(session, id_of(ask.metadata), form.questions, by=by, now=ask.now)
