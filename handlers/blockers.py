"""What is in the way, in Slack: raised, cleared by who can, handed on; and the page of a project's."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks import blockers as blocks
from handlers.deps import Ask
from handlers.forms import parse
from handlers.forms_answers import OwnerForm, id_of
from handlers.forms_blockers import PlaceRef, RaiseForm, UpdateForm
from models import asked, blocker_pages, blockers
from models.people import meet
from models.search import AsOf


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
    return blocks.owner_form(await blockers.require_mine(session, id_of(ask.value), ask.user))


async def hand_on(ask: Ask, session: AsyncSession) -> None:
    """Somebody else is asked.

    Raises:
        InvalidForm: nobody was chosen.
        Unknown, MayNotClear: see `models.blockers.hand_on`.
    """
    form = parse(OwnerForm, ask.values)
    to = await meet(session, form.owner, "", ask.now)
    await blockers.hand_on(session, id_of(ask.metadata), ask.user, to, ask.now)


async def page(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """Blockers and risks of a project; of a form's, behind it.

    Raises:
        Unknown: see `models.reading.readable`.
    """
    ref = PlaceRef.of_page(ask.value or ask.metadata)
    as_of = AsOf(ask.today, ask.home.zone)
    facts = await blocker_pages.page(session, ref.project_id, as_of, ref.offset)
    return blocks.page(facts, blocker_pages.PER_PAGE)


async def open_raise(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """The form for a new one, about “project:3” or “experiment:12”."""
    ref = PlaceRef.of(ask.value)
    facts = await blocker_pages.about(session, ref.what, ask.user)
    here = ref.model_copy(update={"project_id": facts.project_id})
    return blocks.raise_form(facts, here.value)


async def raise_one(ask: Ask, session: AsyncSession) -> None:
    """It is stored, and who can clear it is told.

    Raises:
        InvalidForm: a field can't be taken.
        Unknown, ExperimentConcluded, NotMetYet, GuestsMayNot, OwnerIsGone: see `models.blocker_pages`.
    """
    form = parse(RaiseForm, ask.values)
    ref = PlaceRef.of(ask.metadata)
    await blocker_pages.raise_one(session, ref.what, form.raised, ask.user, ask.now)


async def open_update(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """“Update”: how does it stand?"""
    ref = PlaceRef.of(ask.value)
    about = await blockers.require_mine(session, id_of(ref.what), ask.user)
    return blocks.update_form(about, ref.value)


async def say_how_it_stands(ask: Ask, session: AsyncSession) -> None:
    """What was said is stored, and who raised it is told.

    Raises:
        InvalidForm: a field can't be taken.
        Unknown, MayNotClear, OwnerIsGone: see `models.blocker_pages.change`.
    """
    form = parse(UpdateForm, ask.values)
    ref = PlaceRef.of(ask.metadata)
    await blocker_pages.change(session, id_of(ref.what), ask.user, form.news, ask.now)
