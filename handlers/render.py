"""From a message of the outbox to what Slack shows: facts are read from the rows of this moment."""

from typing import assert_never

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks import notices, setup, stalled, standup_dm, standup_summary
from handlers.blocks.document import Rendered
from models import posting, prompts, refusals, standups, summaries, telling
from models.domain.clock import Moment
from models.domain.messages import (
    CouldNotPost,
    Message,
    Notices,
    ReadChannel,
    ReadPerson,
    StalledDigest,
    StandupDetail,
    StandupIsSet,
    StandupPrompt,
    StandupSummary,
    TakenToThread,
)


async def render(session: AsyncSession, message: Message, at: Moment) -> Rendered:
    """The message as it should read now.

    Raises:
        Unknown: what it is about is gone.
    """
    match message:
        case StandupSummary() | StandupDetail() | TakenToThread():
            return await _in_channel(session, message, at)
        case StandupPrompt(prompt_id=prompt_id):
            return standup_dm.prompt(await prompts.facts(session, prompt_id, at.today))
        case Notices(member_id=member_id, on=on):
            return notices.notices(await telling.notices_facts(session, member_id, on))
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


async def _in_channel(
    session: AsyncSession, message: StandupSummary | StandupDetail | TakenToThread, at: Moment
) -> Rendered:
    """What a whole team reads."""
    match message:
        case StandupSummary(run_id=run_id):
            facts = await summaries.summary_facts(session, run_id, at.today, at.now)
            return standup_summary.summary(facts)
        case StandupDetail(entry_id=entry_id):
            return standup_summary.detail(await summaries.detail_facts(session, entry_id, at.today))
        case TakenToThread(entry_id=entry_id):
            topic = await summaries.topic(session, entry_id, at.today)
            return standup_summary.taken_to_thread(topic)
        case _:
            assert_never(message)
