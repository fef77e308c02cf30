"""`/lab status`: what leaders would be told of one project, for anybody."""

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks import leadership as blocks
from handlers.blocks.document import Rendered
from handlers.blocks.lab import sentence
from handlers.deps import Ask
from models.domain.errors import Unknown
from models.domain.leadership_facts import linked
from models.leadership import BETS, LEARNED, leadership
from models.reading import project_named
from models.search import AsOf


async def say(ask: Ask, session: AsyncSession) -> Rendered:
    """One project's block as of today; the channel's own where no key is named.

    Raises:
        Unknown: there is no such project.
    """
    words = ask.text.split()[1:]
    key = words[0].upper()[:12] if words else None
    project_id = await project_named(session, key, ask.channel)
    if project_id is None:
        missing = f"There is no project {key}." if key else "No project belongs to this channel."
        raise Unknown(f"{missing} {ask.command} list shows them.")
    facts = await leadership(
        session,
        AsOf(ask.today, ask.home.zone),
        project_id,
        leave_out=(LEARNED, BETS),
        held_back=False,
    )
    if not facts.projects:
        return sentence("It was stopped or retired: leaders are told nothing about it any more.")
    return blocks.status(linked(facts, ask.home.url))
