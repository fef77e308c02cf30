"""The end of a live model in Slack: announced from the project's page, taken back, retired."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks import deprecating as blocks
from handlers.blocks import words
from handlers.blocks.lab import note
from handlers.deps import Ask
from handlers.doors import Reply
from handlers.forms import InvalidForm, parse
from handlers.forms_answers import id_of
from handlers.forms_deprecating import EndForm
from models import deprecating, end_pages, retiring
from models.deprecating import TooSoon


async def page(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """“Its end” on a project's page, also anew after something was done there."""
    project_id = id_of((ask.metadata or ask.value).partition("|")[0])
    return blocks.page(await end_pages.page(session, project_id, ask.user, ask.at))


async def open_page(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """The same, from the button there."""
    return blocks.page(await end_pages.page(session, id_of(ask.value), ask.user, ask.at))


async def open_form(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """“Announce its end”."""
    facts = await end_pages.form_facts(session, id_of(ask.value), ask.user, ask.today)
    return blocks.form(facts)


async def announce(ask: Ask, session: AsyncSession) -> Reply:
    """It is stored, posted, and told.

    Raises:
        InvalidForm: a field can't be taken.
        EndAnnouncedAlready, Unknown, NotMetYet, GuestsMayNot, NotAllowed: see `models.deprecating`.
    """
    form = parse(EndForm, ask.values)
    try:
        done = await deprecating.announce(session, id_of(ask.metadata), form.end, ask.user, ask.at)
    except TooSoon as error:
        raise InvalidForm({"stops_on": error.sentence}) from error
    where = "where its users read" if done.channel_id else "nowhere: the project has no channel"
    people = words.count_of(len(done.told), "person is", "people are")
    told = f"{people} asked to confirm it." if done.told else "Nobody is asked to confirm it."
    return Reply(note("Its end", [f"It is posted {where}. {told}"]))


async def show(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """“Read it all”, from a direct message."""
    return blocks.in_full(await end_pages.facts(session, id_of(ask.value)), ask.user)


async def withdraw(ask: Ask, session: AsyncSession) -> None:
    """“It stays after all”."""
    await deprecating.withdraw(session, id_of(ask.value), ask.user, ask.at)


async def retire(ask: Ask, session: AsyncSession) -> None:
    """“Retire it”."""
    await retiring.retire(session, id_of(ask.value), ask.user, ask.at)
