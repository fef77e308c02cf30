"""`/lab explain WORD`: what a word means, and what it is in the channel's project or the one named."""

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks import explain as blocks
from handlers.blocks.document import Rendered
from handlers.deps import Ask
from models import explaining
from models.domain.glossary import find
from models.reading import project_named


async def say(ask: Ask, session: AsyncSession) -> Rendered:
    """A word in two sentences, with a project's own numbers; without a word, the list."""
    words = ask.text.split()[1:]
    if not words:
        return blocks.word_list(ask.command)
    key = words[-1].upper()[:12] if len(words) > 1 else None
    project_id = await project_named(session, key, None) if key else None
    asked = " ".join(words[:-1] if project_id is not None else words)
    word = find(asked)
    if word is None:
        return blocks.word_list(ask.command, asked)
    if project_id is None:
        project_id = await project_named(session, None, ask.channel)
    if project_id is None:
        return blocks.explained(word, None)
    return blocks.explained(word, await explaining.facts(session, project_id, ask.today))
