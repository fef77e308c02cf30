"""From a message of the outbox to what Slack shows: facts are read from the rows of this moment."""

from typing import assert_never

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks import setup, stalled, standup_dm, standup_summary
from handlers.blocks.document import Rendered
from models import posting, prompts, refusals, standups, summaries
from models.domain.clock import Moment
from models.domain.messages import (
    CouldNotPost,
    Message,
    ReadChannel,
    ReadPerson,
    StalledDigest,
    StandupDetail,
    StandupIsSet,
    StandupPrompt,
    StandupSummary,
)


async def render(session: AsyncSession, message: Message, at: Moment) -> Rendered:
    """The message as it should read now.

    Raises:
        Unknown: what it is about is gone.
    """
    match message:
        case StandupPrompt(prompt_id=prompt_id):
            return standup_dm.prompt(await prompts.facts(session, prompt_id, at.today))
        case StandupSummary(run_id=run_id):
            facts = await summaries.summary_facts(session, run_id, at.today, at.now)
            return standup_summary.summary(facts)
        case StandupDetail(entry_id=entry_id):
            return standup_summary.detail(await summaries.detail_facts(session, entry_id, at.today))
        case StandupIsSet(ceremony_id=ceremony_id):
            return setup.standup_is_set(await standups.page_of(session, ceremony_id))
        case StalledDigest(digest_id=digest_id):
            return stalled.digest(await posting.facts(session, digest_id, at))
        case CouldNotPost(delivery_id=delivery_id):
            return setup.could_not_post(await refusals.facts(session, delivery_id))
        case ReadChannel() | ReadPerson():
            raise TypeError("what is read from Slack has nothing to show")
        case _:
            assert_never(message)
