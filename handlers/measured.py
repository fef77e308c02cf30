"""Numbers in full, in Slack: the form, an experiment's list, setting one aside, confirming one."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from handlers import metrics, project_parts
from handlers.blocks import incidents, words
from handlers.blocks import measured as blocks
from handlers.blocks.lab import note
from handlers.deps import Ask
from handlers.doors import Reply
from handlers.forms import InvalidForm, as_number, parse
from handlers.forms_answers import SetAsideForm, id_of
from handlers.forms_digest import FindingRef
from handlers.forms_metrics import FullNumberForm
from models import measured, posting, setting_aside, surprises
from models.domain.errors import NotComputed, NotInUnit, StillToCome
from models.domain.metric import written
from models.measured import Added, Full, Place
from models.measured_list import listed

LIVE = "live"
"""Ends the metadata of what is about the model in use: the page of numbers stands below."""


async def open_full(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """“Add a number”, with everything; the button's value is the experiment, in its list with “|list”."""
    place = Place(id_of(ask.value.partition("|")[0]))
    return blocks.full_form(await measured.form_facts(session, place, ask.user), ask.value)


async def open_more(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """“More” in the short form: the full one in its place, with what was typed."""
    place = Place(FindingRef.of(ask.metadata).number)
    facts = await measured.form_facts(session, place, ask.user)
    return blocks.full_form(facts, str(place.experiment_id), _typed(ask))


def _typed(ask: Ask) -> float | None:
    """The number that stands in the short form, where it is one."""
    try:
        return float(as_number((ask.values or {}).get("value")))
    except (TypeError, ValueError):
        return None


async def open_live(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """“Add a live value”: of the model in use; the button's value is the project.

    Behind “|” stands where it was clicked: on the project's page (“page”), or in which posted digest.
    """
    project, _, where = ask.value.partition("|")
    facts = await measured.form_facts(session, Place(None, id_of(project)), ask.user)
    day = ask.today.isoformat()
    return blocks.full_form(facts, "|".join(one for one in (project, LIVE, where) if one), day=day)


async def add(ask: Ask, session: AsyncSession) -> Reply:
    """The number is stored; what it breaks and whether it surprises is said.

    Raises:
        InvalidForm: a field can't be taken.
        Unknown, ExperimentConcluded, NotAllowed, GuestsMayNot: see `models.measured.add`.
    """
    form = parse(FullNumberForm, ask.values)
    where, live, clicked_in = (*ask.metadata.split("|"), "", "")[:3]
    place = Place(None, id_of(where)) if live == LIVE else Place(id_of(where))
    known = form.model_dump(include={"value", "low", "high", "split", "seeds", "url", "on"})
    full = Full(form.metric, **known, counts=form.counts)
    try:
        added = await measured.add(session, place, ask.user, full, at=ask.at)
    except (NotInUnit, NotComputed) as error:
        raise InvalidForm({"value": error.sentence}) from error
    except StillToCome as error:
        raise InvalidForm({"on": error.sentence}) from error
    if clicked_in.isdecimal():
        await posting.acted_on(session, id_of(clicked_in), ask.now)
    if added.fell is not None:
        return Reply(incidents.stored(added.fell, _said(added, form)))
    return Reply(note("Number stored", *([line] for line in _said(added, form))))


def _said(added: Added, form: FullNumberForm) -> list[str]:
    value = written(added.row.value, added.metric.unit)
    surprise = "It is a surprise, so a second person is asked to look."
    lines = [
        f"{value} is stored.",
        blocks.computed_words(form.counts),
        surprise if added.row.surprising else "",
        words.broken_words(added.breaks),
    ]
    return [line for line in lines if line]


async def open_list(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """“Its numbers”; the button's value is the experiment."""
    return blocks.list_page(await listed(session, id_of(ask.value), ask.today))


async def page(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """The list again (or the page of a project's numbers), after something was done there or above it."""
    if ask.metadata.endswith(f"|{LIVE}"):
        return await metrics.page(ask, session)
    if f"|{LIVE}|" in ask.metadata:
        return await project_parts.of_project(ask, session, id_of(ask.metadata.partition("|")[0]))
    experiment_id = id_of(ask.metadata.partition("|")[0])
    return blocks.list_page(await listed(session, experiment_id, ask.today))


async def open_aside(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """“Set aside”: why doesn't it count?"""
    hand = await setting_aside.take(session, id_of(ask.value), ask.user, lock=False)
    row, metric = hand.row, hand.metric
    metadata = f"{row.experiment_id}|{row.id}"
    if row.experiment_id is None:
        metadata = f"{metric.project_id}|{row.id}|{LIVE}"
    return blocks.aside_form(written(row.value, metric.unit), metric.name, metadata)


async def set_aside(ask: Ask, session: AsyncSession) -> None:
    """It counts no more from today on.

    Raises:
        InvalidForm: no reason was chosen.
        Unknown, SetAsideAlready, NotAllowed, GuestsMayNot: see `models.setting_aside.take`.
    """
    form = parse(SetAsideForm, ask.values)
    measurement_id = id_of(ask.metadata.split("|")[1])
    hand = await setting_aside.take(session, measurement_id, ask.user)
    await setting_aside.set_aside(session, hand, form.reason, form.note, at=ask.at)


async def confirm(ask: Ask, session: AsyncSession) -> None:
    """“Confirm”: a second person has looked, and it holds."""
    await surprises.confirm(session, id_of(ask.value), ask.user, at=ask.at)
