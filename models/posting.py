"""Posting a stalled digest: what it says this time, and how it reads later, when some of it is settled."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from models import digests
from models.absences import look_up_owners
from models.digests import Due
from models.domain.cadence import zone_of
from models.domain.clock import Moment
from models.domain.digest_facts import StalledFacts
from models.domain.errors import Unknown
from models.domain.findings.kinds import Kind
from models.domain.findings.raising import AGAIN, due_to_post
from models.domain.messages import StalledDigest
from models.outbox import Post, refresh_all
from models.search import AsOf
from models.stalled import recorded, stalled
from models.tables import Ceremony, Digest


async def compose(session: AsyncSession, due: Due) -> dict[str, Any]:
    """What a digest that is due says, as it is kept: what is new, and what was last said a week ago."""
    ceremony = await session.get_one(Ceremony, due.ceremony_id)
    await look_up_owners(session, due.day)
    facts = await stalled(session, AsOf(due.day, zone_of(ceremony.tz)), due.project_id)
    before = await digests.posted_since(session, due.ceremony_id, due.day - AGAIN)
    said = _said(before)
    lines = [one for one in facts.findings if due_to_post(one, said, due.day)]
    return recorded(facts, lines)


def _said(before: Sequence[Digest]) -> dict[tuple[str, Kind], date]:
    """When each reason of a subject was last said; what was gone in between is new again."""
    said: dict[tuple[str, Kind], date] = {}
    for digest in before:
        still_on = {
            (one["subject"], Kind(kind)) for one in digest.content["on"] for kind in one["kinds"]
        }
        said = {key: day for key, day in said.items() if key in still_on}
        for line in digest.content["lines"]:
            said |= {(line["subject"], Kind(kind)): digest.as_of for kind in line["kinds"]}
    return said


async def facts(session: AsyncSession, digest_id: int, at: Moment) -> StalledFacts:
    """A posted digest as it should read now: what is settled by now stands apart, without buttons.

    Raises:
        Unknown: there is no such digest.
    """
    digest = await session.get(Digest, digest_id)
    if digest is None:
        raise Unknown
    ceremony = await session.get_one(Ceremony, digest.ceremony_id)
    zone = zone_of(ceremony.tz)
    today = max(at.today, digest.as_of)
    await look_up_owners(session, today)
    now = await stalled(session, AsOf(today, zone), ceremony.project_id)
    then = now
    if today != digest.as_of:
        then = await stalled(session, AsOf(digest.as_of, zone), ceremony.project_id)
    return _worded(digest, then, now)


def _worded(digest: Digest, then: StalledFacts, now: StalledFacts) -> StalledFacts:
    standing = {one.subject.ref: one for one in now.findings}
    lines = digest.content["lines"]
    open_ones = tuple(standing[line["subject"]] for line in lines if line["subject"] in standing)
    return StalledFacts(
        as_of=digest.as_of,
        findings=open_ones,
        projects=then.projects,
        on_course=then.on_course,
        said_before=len(digest.content["on"]) - len(lines),
        put_off=then.put_off,
        settled=tuple(
            f"{line['name']} ({line['key']})" for line in lines if line["subject"] not in standing
        ),
        late=bool(digest.content.get("late")),
        digest_id=digest.id,
    )


async def acted_on(session: AsyncSession, digest_id: int, now: datetime) -> None:
    """Somebody did something about a line: what stands in the channel is brought up to date.

    0 is nobody's digest: what one person sees by `/lab digest` stays as it is.
    """
    if digest_id:
        await refresh_all(session, [Post(StalledDigest(digest_id=digest_id), "")], now=now)
