"""What is in the way, in Slack: who can clear it says so, or says who else can."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.notices import owner_form
from handlers.deps import Ask
from handlers.forms import parse
from handlers.forms_answers import OwnerForm, id_of
from models import asked, blockers
from models.people import meet


async def on_it(ask: Ask, session: AsyncSession) -> None:
    """“I'm on it”."""
    await blockers.acknowledge(session, id_of(ask.value), ask.user, ask.now)


async def cleared(ask: Ask, session: AsyncSession) -> None:
    """“It's cleared”."""
    await blockers.clear(session, id_of(ask.value), ask.user, ask.now)


async def take(ask: Ask, session: AsyncSession) -> None:
    """“I take it”, from somebody who was asked for help."""
    await asked.take(session, id_of(ask.value), ask.user, ask.now)


async def not_me(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """“Not me”: who can?"""
    return owner_form(await blockers.require_mine(session, id_of(ask.value), ask.user))


async def hand_on(ask: Ask, session: AsyncSession) -> None:
    """Somebody else is asked.

    Raises:
        InvalidForm: nobody was chosen.
        Unknown, MayNotClear: see `models.blockers.hand_on`.
    """
    form = parse(OwnerForm, ask.values)
    to = await meet(session, form.owner, "", ask.now)
    await blockers.hand_on(session, id_of(ask.metadata), ask.user, to, ask.now)
