"""Not this time: somebody sits a standup out, goes on leave, or pauses an experiment."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationInfo, field_validator
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks import not_now
from handlers.deps import Ask
from handlers.forms import AnswerRef, InvalidForm, parse
from models import pausing, prompts
from models.domain.errors import DayIsPast, NotYours, RunClosed


class NotNowForm(BaseModel):
    """What somebody does not want now, and until when."""

    model_config = ConfigDict(frozen=True, extra="ignore", validate_default=True)

    what: Literal["skip", "away", "pause"]
    until: Annotated[date | None, BeforeValidator(lambda day: day or None)] = None

    @field_validator("until")
    @classmethod
    def _has_an_end(cls, until: date | None, info: ValidationInfo) -> date | None:
        if info.data.get("what") == not_now.AWAY and until is None:
            raise ValueError("Please choose your last day off.")
        return until


async def open_form(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """“Pause / I'm away”.

    Raises:
        Unknown, NotYours: the prompt is gone, or somebody else was asked.
        RunClosed: the standup is closed.
    """
    ref = AnswerRef.of_value(ask.value)
    facts = await prompts.facts(session, ref.prompt_id, ask.today)
    if facts.person.slack_id != ask.user:
        raise NotYours
    if facts.closed:
        raise RunClosed
    return not_now.form(facts, ref.experiment_id, ref.model_dump_json())


async def store(ask: Ask, session: AsyncSession) -> None:
    """Store the choice; the DM then says so, and the summary names it neutrally.

    Raises:
        InvalidForm: a field can't be taken, or the day is past.
        Unknown, NotYours, RunClosed: see `models.pausing`.
    """
    form = parse(NotNowForm, ask.values)
    ref = AnswerRef.of_metadata(ask.metadata)
    mine = pausing.Mine(ref.prompt_id, ask.user)
    try:
        if form.what == not_now.PAUSE:
            await pausing.pause_experiment(session, mine, ref.experiment_id, form.until, at=ask.at)
        elif form.what == not_now.AWAY and form.until is not None:
            await pausing.go_away(session, mine, form.until, at=ask.at)
        else:
            await pausing.skip(session, mine)
    except DayIsPast as error:
        raise InvalidForm({"until": error.sentence}) from error
