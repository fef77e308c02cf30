"""Scope changes in Slack: announced from the project's page, confirmed by who was told, reminded of."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from handlers import deprecating
from handlers.blocks import scope_changes as blocks
from handlers.blocks import words
from handlers.blocks.lab import note
from handlers.deps import Ask
from handlers.doors import Reply
from handlers.forms import InvalidForm, parse
from handlers.forms_answers import id_of
from handlers.forms_digest import FindingRef
from handlers.forms_scope import ScopeForm
from models import acknowledging, posting, scope_changes, scope_forms
from models.domain.errors import NoGoodBenchmark
from models.domain.findings.kinds import Kind


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


async def confirm(ask: Ask, session: AsyncSession) -> None:
    """“I've read it”."""
    await acknowledging.confirm(session, id_of(ask.value), ask.user, ask.at)


async def show(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """“Read it all”, from a direct message."""
    facts = await acknowledging.scope_facts(session, id_of(ask.value), ask.user)
    return blocks.in_full(facts)


async def remind(ask: Ask, session: AsyncSession) -> Reply:
    """“Remind”, from what could use a hand: of a scope change, or of the end of a model."""
    ref = FindingRef.of(ask.value)
    if ref.kinds[0] is Kind.NOTICE_UNACKNOWLEDGED:
        return await deprecating.remind(ask, session)
    people = await acknowledging.remind(session, ref.number, ask.user, ask.at)
    await posting.acted_on(session, ref.digest_id, ask.now)
    return Reply(whispered=f"{words.names(people)}: reminded, in their own working hours.")
