"""What leaders read: its draft, and what a PM adds to it."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks import leaders_forms as forms
from handlers.blocks.lab import note as one_line
from handlers.deps import Ask
from handlers.doors import Reply
from handlers.forms import parse
from handlers.forms_leadership import DraftRef, NoteForm
from models import leader_notes, leadership_told
from models.leader_notes import Note
from models.search import AsOf


async def open_draft(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """“Look at it”: what leaders will read of one's projects."""
    return await _draft(ask, session, DraftRef.of(f"0|{ask.value}").ceremony_id)


async def draft_again(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """The draft behind a note that was stored."""
    return await _draft(ask, session, DraftRef.of(ask.metadata).ceremony_id)


async def _draft(ask: Ask, session: AsyncSession, ceremony_id: int) -> dict[str, Any]:
    found = await leadership_told.draft_for(session, ask.user, ceremony_id)
    return forms.draft(found.on, found.projects, ceremony_id)


async def open_note(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """“Add or hold back”, for one project.

    Raises:
        NotAllowed, GuestsMayNot, NotMetYet: see `models.permits.permit`.
    """
    ref = DraftRef.of(ask.value)
    as_of = AsOf(ref.on(ask.today), ask.home.zone)
    facts, said = await leader_notes.to_note(session, ref.project_id, ask.user, as_of)
    return forms.note_form(facts, said.sentence, held_back=said.held_back, metadata=ref.value)


async def note(ask: Ask, session: AsyncSession) -> Reply:
    """Keep the sentence, and whether leaders read about the project this week.

    Raises:
        InvalidForm: a field can't be taken.
        Unknown, NotAllowed, GuestsMayNot, NotMetYet: see `models.leader_notes.note`.
    """
    form = parse(NoteForm, ask.values)
    ref = DraftRef.of(ask.metadata)
    said = Note(form.sentence or "", form.told == forms.HELD_BACK)
    project = await leader_notes.note(session, ref.project_id, ask.user, said, at=ask.at)
    if ref.ceremony_id:
        return Reply()
    done = "Leaders don't read about it this week." if said.held_back else "Leaders read it."
    return Reply(one_line(project.name, [done]))
