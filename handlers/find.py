"""`/lab find`: hypotheses and learnings by their words."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks import find as blocks
from handlers.deps import Ask
from handlers.doors import Reply
from handlers.forms import parse
from handlers.forms_find import FindForm
from models import find

LONGEST = 300


async def open_page(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """`/lab find WORDS`: the first page of what is found; without words, a form that asks for them.

    Raises:
        NotMetYet: Slack has not said yet who this is (`models.visible`).
    """
    _, _, words = ask.text.strip().partition(" ")
    if not words.strip():
        return blocks.form()
    return await _page(ask, session, words.strip()[:LONGEST], 0)


async def open_form(ask: Ask, session: AsyncSession) -> dict[str, Any]:  # noqa: ARG001  (nothing to read)
    """“Find”: a form that asks for words."""
    return blocks.form()


async def search(ask: Ask, session: AsyncSession) -> Reply:
    """The form's words are looked for.

    Raises:
        InvalidForm: there are none.
        NotMetYet: as `open_page`.
    """
    return Reply(await _page(ask, session, parse(FindForm, ask.values).words, 0))


async def turn(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """Another page; the button says which, “offset:words”.

    Raises:
        NotMetYet: as `open_page`.
    """
    offset, _, words = ask.value.partition(":")
    at = int(offset) if offset.isdecimal() and offset.isascii() and len(offset) < 6 else 0
    return await _page(ask, session, words[:LONGEST], at)


async def _page(ask: Ask, session: AsyncSession, words: str, offset: int) -> dict[str, Any]:
    found = await find.find(session, words, offset=offset)
    return blocks.page(found, ask.command)
