"""Composing a digest of any kind when it is due, and posting it with what follows from that."""

from collections.abc import Awaitable, Callable, Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from models import digests, leadership_posts, posting, progress_digest
from models.digests import Due, Schedule
from models.domain.cadence import local_date, zone_of
from models.domain.digest import DigestKind
from models.domain.digest_facts import DigestPage
from models.domain.errors import Unknown
from models.domain.week_facts import Gathered
from models.search import AsOf
from models.stalled import recorded, stalled
from models.tables import Ceremony, Member

Composes = Callable[[AsyncSession, Due], Awaitable[dict[str, Any]]]
Follows = Callable[[AsyncSession, Due, dict[str, Any], datetime], Awaitable[None]]

COMPOSES: dict[DigestKind, Composes] = {
    DigestKind.STALLED: posting.compose,
    DigestKind.LEADERSHIP: leadership_posts.compose,
    DigestKind.PROGRESS: progress_digest.compose,
}
FOLLOWS: dict[DigestKind, Follows] = {
    DigestKind.LEADERSHIP: leadership_posts.after,
    DigestKind.PROGRESS: progress_digest.after,
}
"""What is done besides once a digest is posted."""


async def compose(session: AsyncSession, due: Due) -> dict[str, Any]:
    """What a digest that is due says, as it is kept."""
    return await COMPOSES[due.kind](session, due)


async def finished(due: Due, content: dict[str, Any]) -> dict[str, Any]:
    """The same with what takes a while to count; no transaction is open meanwhile."""
    if due.kind is not DigestKind.PROGRESS:
        return content
    return await progress_digest.counted(Gathered.model_validate(content))


async def post(session: AsyncSession, due: Due, content: dict[str, Any], now: datetime) -> bool:
    """Post a digest whose time has come and plan the next one; False when another process has done it."""
    claimed = await digests.claim(session, due, content, now)
    if claimed and due.kind in FOLLOWS:
        await FOLLOWS[due.kind](session, due, content, now)
    return claimed


async def post_now(
    session: AsyncSession, due: Due, content: dict[str, Any], today: date, now: datetime
) -> bool:
    """Post a scheduled digest beside its schedule; False when that was done this minute already."""
    posted = await digests.post_now(session, due.ceremony_id, content, today, now)
    if posted and due.kind in FOLLOWS:
        await FOLLOWS[due.kind](session, due, content, now)
    return posted


async def schedule(
    session: AsyncSession, wanted: Schedule, *, by: Member, now: datetime
) -> DigestPage:
    """Schedule a digest, or change when it is posted; PMs are told beforehand what leaders will read."""
    before = await digests.of_channel(session, wanted.channel_id, wanted.kind)
    planned = before.next_day if before else None
    ceremony = await digests.schedule(session, wanted, by=by, now=now)
    if wanted.kind is DigestKind.LEADERSHIP:
        await leadership_posts.drafts(session, ceremony, now, instead_of=planned)
    return digests.page_of(ceremony)


async def stop(
    session: AsyncSession, channel_id: str, kind: DigestKind, *, by: Member, now: datetime
) -> bool:
    """Post this digest in this channel no more; False where it was not scheduled."""
    ceremony = await digests.of_channel(session, channel_id, kind)
    planned = ceremony.next_day if ceremony else None
    stopped = await digests.stop(session, channel_id, kind, by=by, now=now)
    if ceremony is not None and kind is DigestKind.LEADERSHIP:
        await leadership_posts.drafts(session, ceremony, now, instead_of=planned)
    return stopped


async def post_at_once(
    session: AsyncSession, channel_id: str, kind: DigestKind, now: datetime
) -> bool:
    """Have a scheduled digest posted now, beside its schedule; False when that was done this minute already.

    Raises:
        Unknown: none is scheduled there.
    """
    ceremony = await digests.of_channel(session, channel_id, kind)
    if ceremony is None:
        raise Unknown(
            "No digest of this kind is posted in this channel yet: “schedule” in place of “now” sets it up."
        )
    if kind is not DigestKind.STALLED:
        return digests.ask_now(ceremony, now)
    today = local_date(now, zone_of(ceremony.tz))
    facts = await stalled(session, AsOf(today, zone_of(ceremony.tz)), ceremony.project_id)
    content = recorded(facts, facts.findings)
    return await digests.post_now(session, ceremony.id, content, today, now)


def among(
    known: Iterable[Ceremony], channel_id: str, kind: DigestKind = DigestKind.STALLED
) -> DigestPage | None:
    """A channel's digest, among ceremonies that are read already (`models.search.ceremonies`)."""
    return next(
        (
            digests.page_of(row)
            for row in known
            if row.channel_id == channel_id and row.kind is kind.usual.ceremony
        ),
        None,
    )
