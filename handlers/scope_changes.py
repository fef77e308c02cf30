"""Scope changes in Slack: announced from the project's page, and read in full."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks import scope_changes as blocks
from handlers.blocks import words
from handlers.blocks.lab import note
from handlers.deps import Ask
from handlers.doors import Reply
from handlers.forms import InvalidForm, parse
from handlers.forms_answers import id_of
from handlers.forms_scope import ScopeForm
from models import scope_changes, scope_forms, scope_pages
from models.domain.errors import NoGoodBenchmark


async def open_form(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """“Scope change” on a project's page."""
    return blocks.form(await scope_forms.form_facts(session, id_of(ask.value), ask.user))


async def announce(ask: Ask, session: AsyncSession) -> Reply:
    """It is stored, posted, and told.

    Raises:
        InvalidForm: a field can't be taken.
        Unknown, NotMetYet, GuestsMayNot, NotAllowed: see `models.scope_changes.announce`.
    """
    form = parse(ScopeForm, ask.values)
    project_id = id_of(ask.metadata.partition("|")[0])
    try:
        done = await scope_changes.announce(session, project_id, form.change, ask.user, ask.at)
    except NoGoodBenchmark as error:
        raise InvalidForm({error.field: error.sentence}) from error
    where = "in its channel" if done.project.channel_id else "nowhere: the project has no channel"
    people = words.count_of(len(done.told), "person is", "people are")
    told = f"{people} asked to confirm it." if done.told else "Nobody is asked to confirm it."
    return Reply(note("Scope change", [f"It is posted {where}. {told}"]))


async def show(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """“Read it all”, from a direct message."""
    facts = await scope_pages.facts(session, id_of(ask.value), ask.user)
    return blocks.in_full(facts, ask.user)
