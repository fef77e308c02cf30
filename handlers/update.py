"""`/lab update`: what a person can answer now, or the next question before it is asked."""

from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from handlers import standup
from handlers.blocks import waiting as blocks
from handlers.deps import Ask
from models import waiting
from models.domain.facts_home import Question


async def open_one(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """The form of the one thing that is open; several to choose from; else the next question, early.

    Raises:
        NotMetYet: Slack has not said yet who this is.
    """
    due = _due(await waiting.questions(session, ask.user, ask.today))
    values = [
        f"{question.prompt_id}:{one.experiment_id}"
        for question in due
        for one in question.experiments
        if one.waits
    ]
    if len(due) == len(values) == 1:
        return await standup.open_update(ask, values[0], session)
    if due:
        return blocks.update(due)
    ahead = await waiting.next_question(session, ask.user, ask.now, ask.today)
    if ahead is None:
        return blocks.nothing_to_answer()
    question, zone = ahead
    return blocks.early(question, question.ask_at.astimezone(ZoneInfo(zone)))


async def what_is_left(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """What the list shows after one of its things was answered; early answers can be corrected."""
    mine = await waiting.questions(session, ask.user, ask.today)
    return blocks.update([*_due(mine), *(question for question in mine if question.ahead)])


def _due(questions: tuple[Question, ...]) -> list[Question]:
    """Those of open runs in which something is still to be said, whether it was asked already or not."""
    return [
        question
        for question in questions
        if not question.ahead
        and (question.is_due or any(one.waits for one in question.experiments))
    ]
