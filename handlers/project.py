"""`/lab project`: the projects, one project's page, and a new project."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from handlers import rank
from handlers.blocks import project_page
from handlers.blocks.setup import project_form
from handlers.deps import Ask
from handlers.doors import Reply
from handlers.forms import InvalidForm, ProjectForm, parse
from models import project_pages, visible
from models.domain.errors import KeyTaken
from models.domain.permissions import Action
from models.permits import permit
from models.projects import Charter, start_project


async def open_page(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """`/lab project KEY`: its page; `new`: the form; `rank`: where to start; alone: all of them.

    Raises:
        Unknown: there is no project of this key.
        GuestsMayNot, NotMetYet: see `models.project_pages`.
    """
    words = ask.text.split()[1:]
    if not words:
        return await choose(ask, session)
    if words[0].lower() == "new":
        return await open_form(ask, session)
    if words[0].lower() == "rank":
        return await rank.open_page(ask, session)
    facts = await project_pages.facts(session, words[0].upper()[:12], ask.user, ask.at)
    return project_page.page(facts, ask.command)


async def choose(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """The projects to choose from; while there is none, the form for the first.

    Raises:
        NotMetYet: see `models.project_pages.to_choose_from`.
        NothingYet: a guest has a part in none.
    """
    channel = ask.channel or ""
    found = await project_pages.to_choose_from(session, ask.user, channel)
    if not found.rows:
        if not visible.sees_all(session):
            raise visible.NothingYet
        return await open_form(ask, session)
    return project_page.chooser(found, ask.command, channel)


async def open_form(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """The form for a new project; it remembers the channel that it was asked for in.

    Raises:
        GuestsMayNot, NotMetYet: see `models.permits.permit`.
    """
    await permit(session, ask.user, Action.START_PROJECT)
    return project_form(ask.channel or ask.metadata)


async def start(ask: Ask, session: AsyncSession) -> Reply:
    """Start the project.

    Raises:
        InvalidForm: a field can't be taken, or the key is another project's.
    """
    form = parse(ProjectForm, ask.values)
    charter = Charter(
        key=form.chosen_key,
        channel_id=ask.metadata or None,
        **form.model_dump(exclude={"key"}),
    )
    try:
        project = await start_project(session, charter, ask.user, ask.at)
    except KeyTaken as taken:
        raise InvalidForm({"key": taken.sentence}) from taken
    return Reply(project_page.started(project.id, project.key, project.name, project.channel_id))
