"""A number that surprises, in Slack: a second person confirms it, or sets it aside with a reason."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.number_notices import set_aside_form
from handlers.deps import Ask
from handlers.forms import parse
from handlers.forms_answers import SetAsideForm, id_of
from models import surprises


async def confirm(ask: Ask, session: AsyncSession) -> None:
    """“Confirm”: somebody has looked, and it holds."""
    await surprises.confirm(session, id_of(ask.value), ask.user, at=ask.at)


async def doubt(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """“Not so fast”: why doesn't it count?"""
    return set_aside_form(await surprises.require_open(session, id_of(ask.value), ask.user))


async def set_aside(ask: Ask, session: AsyncSession) -> None:
    """It counts no more from today on.

    Raises:
        InvalidForm: no reason was chosen.
        Unknown, AlreadyLookedAt, MayNotConfirm: see `models.surprises.set_aside`.
    """
    form = parse(SetAsideForm, ask.values)
    await surprises.set_aside(
        session, id_of(ask.metadata), ask.user, form.reason, form.note, at=ask.at
    )
