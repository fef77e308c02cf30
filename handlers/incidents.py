"""Incidents in Slack: opened from a finding, a message or the project's page; told of, closed, listed."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks import incidents as blocks
from handlers.blocks.lab import note
from handlers.deps import Ask
from handlers.doors import Reply
from handlers.forms import InvalidForm, parse
from handlers.forms_answers import id_of
from handlers.forms_digest import FindingRef
from handlers.forms_incidents import AccountForm, IncidentForm
from models import incident_pages, incidents
from models.domain.errors import StillToCome
from models.domain.messages import StalledDigest
from models.outbox import Post, refresh_all


async def open_form(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """“Open incident”; the button's value is a finding's."""
    ref = FindingRef.of(ask.value)
    facts = await incident_pages.to_open(session, ref.number, ask.user, ask.today)
    if facts.incident is not None:
        return blocks.in_full(
            await incident_pages.facts(session, facts.incident.incident_id, ask.now)
        )
    return blocks.open_form(facts.name, facts.since.isoformat(), ref.value, facts.inputs)


async def open_one(ask: Ask, session: AsyncSession) -> Reply:
    """It is open, and its users can read of it.

    Raises:
        InvalidForm: a field can't be taken.
        IncidentIsOpen, Unknown, NotMetYet, GuestsMayNot, NotAllowed: see `models.incidents.open_one`.
    """
    form = parse(IncidentForm, ask.values)
    ref = FindingRef.of(ask.metadata)
    try:
        done = await incidents.open_one(session, ref.number, form.seen, ask.user, ask.at)
    except StillToCome as error:
        raise InvalidForm({"since": error.sentence}) from error
    digest = [Post(StalledDigest(digest_id=ref.digest_id), "")] if ref.digest_id else []
    await refresh_all(session, [*done.refresh, *digest], now=ask.now)
    where = "where its users read" if done.channel_id else "nowhere: the project has no channel"
    return Reply(note("Incident", [f"It is open, and shown {where}."]))


async def see(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """One incident in full."""
    return blocks.in_full(await incident_pages.facts(session, id_of(ask.value), ask.now))


async def open_tell(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """“Say how it stands”."""
    facts = await incident_pages.to_handle(session, id_of(ask.value), ask.user, ask.now)
    return blocks.tell_form(facts)


async def tell(ask: Ask, session: AsyncSession) -> None:
    """How it stands is stored; its card says so.

    Raises:
        InvalidForm: a field can't be taken.
        IncidentIsClosed, Unknown, NotMetYet, GuestsMayNot, NotAllowed: see `models.incidents.account`.
    """
    form = parse(AccountForm, ask.values)
    await incidents.account(session, id_of(ask.metadata), form.account, ask.user, ask.at)


async def again(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """The incident below the form, as it is now."""
    return blocks.in_full(await incident_pages.facts(session, id_of(ask.metadata), ask.now))


async def page(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """“Incidents” on a project's page."""
    return blocks.page(await incident_pages.page(session, id_of(ask.value)))
