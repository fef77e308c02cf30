"""`/lab list`: the projects with their experiments, or the experiments that somebody wants, page by page."""

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks import listing as blocks
from handlers.blocks.document import Rendered
from handlers.deps import Ask
from models import listing
from models.domain.experiment import Status
from models.domain.experiment_facts import Wanted

STATES = {
    "running": Status.RUNNING,
    "paused": Status.PAUSED,
    "concluded": Status.CONCLUDED,
    "later": Status.PROPOSED,
    "proposed": Status.PROPOSED,
}
"""Words behind the verb; what is none of them is a project's key."""


async def say(ask: Ask, session: AsyncSession) -> Rendered:
    """`/lab list`, with what is wanted behind it.

    Raises:
        NoProject: there is none yet.
        Unknown: no project has this key.
    """
    return await _list(ask, session, wanted_by(ask.text.split()[1:]))


async def page(ask: Ask, session: AsyncSession) -> Rendered:
    """Another page of it; the button carries where it begins, then the words.

    Raises:
        NoProject, Unknown: as `say`.
    """
    offset, *words = ask.value.split(" ")
    return await _list(ask, session, wanted_by(words, offset))


def wanted_by(words: list[str], offset: str = "0") -> Wanted:
    """What these words ask for, in any order."""
    low = [word.lower() for word in words]
    keys = [word.upper()[:12] for word in words if word.lower() not in {*STATES, "mine", ""}]
    return Wanted(
        mine="mine" in low,
        status=next((STATES[word] for word in low if word in STATES), None),
        project=keys[0] if keys else None,
        offset=int(offset) if offset.isdecimal() and len(offset) < 9 else 0,
    )


async def _list(ask: Ask, session: AsyncSession, wanted: Wanted) -> Rendered:
    if wanted.mine or wanted.status is not None:
        found = await listing.experiments(session, ask.user, wanted, ask.today)
        return blocks.experiments(found, ask.command)
    if wanted.project is None:
        return blocks.projects(
            await listing.projects(session, ask.today, wanted.offset), ask.command
        )
    one = await listing.one_project(session, ask.today, wanted.project, wanted.offset)
    return blocks.projects(one, ask.command, wanted.project)
