"""“I know of it”, in Slack: of a scope change, or a model's end; who has not said so is reminded."""

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks import words
from handlers.deps import Ask
from handlers.doors import Reply
from handlers.forms_answers import id_of
from handlers.forms_digest import FindingRef
from models import acknowledging, posting
from models.domain.acknowledging import Matter, Subject
from models.domain.findings.kinds import Kind

CONFIRMED = {
    Kind.SCOPE_CHANGE_UNACKNOWLEDGED: Matter.SCOPE,
    Kind.NOTICE_UNACKNOWLEDGED: Matter.END,
}
"""What somebody is reminded of, by the finding that says so."""


async def confirm_scope(ask: Ask, session: AsyncSession) -> None:
    """“I've read it”."""
    subject = Subject(Matter.SCOPE, id_of(ask.value))
    await acknowledging.confirm(session, subject, ask.user, ask.at)


async def confirm_end(ask: Ask, session: AsyncSession) -> None:
    """“I know”."""
    subject = Subject(Matter.END, id_of(ask.value))
    await acknowledging.confirm(session, subject, ask.user, ask.at)


async def remind(ask: Ask, session: AsyncSession) -> Reply:
    """“Remind”, from what could use a hand."""
    ref = FindingRef.of(ask.value)
    matter = CONFIRMED[ref.kinds[0]]
    people = await acknowledging.remind(session, matter, ref.number, ask.user, ask.at)
    await posting.acted_on(session, ref.digest_id, ask.now)
    return Reply(whispered=f"{words.names(people)}: reminded, in their own working hours.")
