"""“Erase what I wrote”, from the settings (design §4-5)."""

from typing import Annotated, Any, Literal

from pydantic import Field, field_validator
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.erasing import HYPOTHESES, NAME, WORD, erase_form
from handlers.blocks.lab import note
from handlers.deps import Ask
from handlers.doors import Reply
from handlers.forms import FrozenForm, InvalidForm, parse
from models import erasing
from models.domain.permissions import Action
from models.erasing import StillHere, Wish
from models.people import find_member, require_met
from models.permits import permit
from models.tables import Member


class EraseForm(FrozenForm):
    """Whose words, what goes besides, and the word that confirms it."""

    whose: str | None = None
    also: tuple[Literal["hypotheses", "name"], ...] = ()
    word: Annotated[str, Field(max_length=20)]

    @field_validator("also", mode="before")
    @classmethod
    def _nothing(cls, also: Any) -> Any:
        return also or ()

    @field_validator("word")
    @classmethod
    def _confirmed(cls, word: str) -> str:
        if word.strip().upper() != WORD:
            raise ValueError(f"Nothing was erased: type {WORD} here to confirm.")
        return word


async def open_form(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """What goes and what stays.

    Raises:
        NotMetYet: Slack has not said yet who this is.
    """
    return erase_form(admin=(await require_met(session, ask.user)).admin)


async def erase(ask: Ask, session: AsyncSession) -> Reply:
    """It is erased in a moment.

    Raises:
        InvalidForm: it is not confirmed, or that person is still here.
        NotMetYet, GuestsMayNot, NotAllowed: see `models.permits.permit`; oneself may always.
    """
    form = parse(EraseForm, ask.values)
    by = await require_met(session, ask.user)
    whose = await _whose(ask, session, form, by)
    wish = Wish(hypotheses=HYPOTHESES in form.also, name=NAME in form.also)
    try:
        await erasing.order(session, whose, wish, by=by, now=ask.now)
    except StillHere as here:
        raise InvalidForm({"whose": here.sentence}) from here
    return Reply(
        note("Erased", ["In a moment the words are gone, here and wherever they stand in Slack."])
    )


async def _whose(ask: Ask, session: AsyncSession, form: EraseForm, by: Member) -> Member:
    if form.whose in (None, ask.user):
        return by
    await permit(session, ask.user, Action.ERASE_FOR_OTHERS)
    found = await find_member(session, form.whose or "")
    if found is None:
        raise InvalidForm({"whose": "Nothing is known of that person: there is nothing to erase."})
    return found
