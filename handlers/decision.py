"""“Record decision” on a message: what was decided about a project, kept with its reason and its link."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks import decisions as blocks
from handlers.blocks.lab import note
from handlers.blocks.text import clipped, unmarked
from handlers.deps import Ask
from handlers.doors import Reply
from handlers.forms import InvalidForm, parse
from handlers.forms_find import DecisionForm
from models.decisions import Decided, decide
from models.people import require_writer
from models.projects import choices

LONGEST = 3_000


async def open_form(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """The form, about the channel's project, with the message's words as the reason.

    Raises:
        GuestsMayNot, NotMetYet: see `models.people.require_writer`.
        NoProject: there is none yet.
    """
    await require_writer(session, ask.user)
    projects = await choices(session, ask.today, first=ask.channel or "")
    reason = clipped(unmarked(ask.said).strip(), LONGEST)
    return blocks.form(projects, projects[0], reason, metadata=ask.link or "")


async def record(ask: Ask, session: AsyncSession) -> Reply:
    """The decision is stored and announced.

    Raises:
        InvalidForm: a field can't be taken.
        NotAllowed, Unknown: see `models.decisions.decide`.
    """
    form = parse(DecisionForm, ask.values)
    if form.next_on is not None and form.next_on <= ask.today:
        raise InvalidForm({"next_on": "Please choose a day that is still to come."})
    decided = Decided(
        form.project, form.kind, form.reason, next_on=form.next_on, link=ask.metadata or None
    )
    row, project = await decide(session, decided, ask.user, at=ask.at)
    told = " The project's channel reads it." if project.channel_id else ""
    return Reply(note("Decision recorded", [f"{project.name}: {row.kind.label.lower()}.{told}"]))
