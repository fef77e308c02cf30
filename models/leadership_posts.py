"""Leadership digests as they are posted: kept whole, so that the next one can say “last time”."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Row, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models import silences
from models.digests import Due, page_of
from models.domain.absence import WORK_BEGINS
from models.domain.cadence import local_moment, zone_of
from models.domain.digest_facts import DigestPage
from models.domain.errors import Unknown
from models.domain.leaders_notices import LeadersDraft, LeadersUntold, LikelyWanted, ValueWanted
from models.domain.leadership_facts import LeadershipFacts
from models.domain.leadership_since import since_last, workday_before
from models.domain.project import Role
from models.domain.standup import CeremonyKind
from models.in_search import SHOWN
from models.leadership import leadership
from models.notices import ToTell, give, settle
from models.search import AsOf
from models.tables import Ceremony, Digest, Member, Membership, Project

_FACTS: TypeAdapter[LeadershipFacts] = TypeAdapter(LeadershipFacts)


async def compose(session: AsyncSession, due: Due) -> dict[str, Any]:
    """What a digest that is due says, as it is kept: beside what the same channel read before."""
    ceremony = await session.get_one(Ceremony, due.ceremony_id)
    as_of = AsOf(due.day, zone_of(ceremony.tz))
    now = await leadership(session, as_of, due.project_id, leave_out=ceremony.leave_out)
    return kept(since_last(now, await before(session, due.day, due.ceremony_id)))


def kept(facts: LeadershipFacts) -> dict[str, Any]:
    """A digest with all its numbers, as a row holds it."""
    return {"facts": _FACTS.dump_python(facts, mode="json")}


async def before(
    session: AsyncSession, day: date, ceremony_id: int | None = None
) -> LeadershipFacts | None:
    """The last digest that was posted before a day, by one ceremony or any; one statement."""
    statement = (
        select(Digest.content)
        .join(Ceremony, Ceremony.id == Digest.ceremony_id)
        .where(Ceremony.kind == CeremonyKind.DIGEST_LEADERSHIP, Digest.as_of < day)
        .order_by(Digest.as_of.desc(), Digest.id.desc())
        .limit(1)
    )
    if ceremony_id is not None:
        statement = statement.where(Digest.ceremony_id == ceremony_id)
    content = await session.scalar(statement)
    return None if content is None else _FACTS.validate_python(content["facts"])


async def scheduled(
    session: AsyncSession, channel_id: str, day: date
) -> tuple[DigestPage | None, LeadershipFacts | None]:
    """A channel's schedule, if it has one, and what was last posted before a day; one statement.

    That is what the channel read; where it has no digest, what was read in any.
    """
    here = and_(Ceremony.channel_id == channel_id, Ceremony.active)
    found = await session.execute(
        select(Ceremony, here.label("here"), Digest.content)
        .outerjoin(Digest, and_(Digest.ceremony_id == Ceremony.id, Digest.as_of < day))
        .where(Ceremony.kind == CeremonyKind.DIGEST_LEADERSHIP, or_(here, Digest.id.is_not(None)))
        .order_by(here.desc(), Digest.as_of.desc(), Digest.id.desc())
        .limit(1)
    )
    for ceremony, is_here, content in found:
        facts = None if content is None else _FACTS.validate_python(content["facts"])
        return (page_of(ceremony) if is_here else None), facts
    return None, None


async def facts(session: AsyncSession, digest_id: int) -> LeadershipFacts:
    """A posted digest, word for word as it was composed.

    Raises:
        Unknown: there is no such digest.
    """
    digest = await session.get(Digest, digest_id)
    if digest is None:
        raise Unknown
    late = bool(digest.content.get("late"))
    return replace(_FACTS.validate_python(digest.content["facts"]), late=late)


async def after(session: AsyncSession, due: Due, content: dict[str, Any], now: datetime) -> None:
    """What PMs are told once a digest was posted: what is asked of them, who was silent, the next draft."""
    posted = _FACTS.validate_python(content["facts"])
    asked = {one.project_id: one.asked_by for one in posted.projects if one.asked_by is not None}
    told_today = {one.project_id: due.day for one in posted.projects}
    unheard = await silences.unheard(session, due.day, told_today)
    pms = await _with_a_role(session, {*asked, *unheard}) if asked or unheard else []
    told = [
        ToTell(one.workspace_id, one.member_id, ValueWanted(project_id=key, by=asked[key]))
        for one, _ in pms
        if (key := one.project_id) in asked
    ]
    told += [
        ToTell(one.workspace_id, one.member_id, LeadersUntold(project_id=key, since=unheard[key]))
        for one, _ in pms
        if (key := one.project_id) in unheard
    ]
    await give(session, told, now)
    await drafts(session, await session.get_one(Ceremony, due.ceremony_id), now)


async def drafts(
    session: AsyncSession, ceremony: Ceremony, now: datetime, *, instead_of: date | None = None
) -> None:
    """Tell a working day before what leaders will read, and ask how likely it is (domain §2.2-4).

    PMs get the draft, those who lead a project without being its PM the question; a day that is none any
    more is taken back. It is due when their day begins, so that it goes into that day's one message (domain
    §10): later on the message may be gone, and the next one comes only with the digest.
    """
    day = ceremony.next_day if ceremony.active else None
    if instead_of is not None and instead_of != day:
        taken_back = _about(ceremony.id, instead_of).values()
        await settle(session, [one.subject for one in taken_back], now)
    if day is None:
        return
    before = workday_before(day)
    about = _about(ceremony.id, day)
    found = await _with_a_role(session, _scope(ceremony), tuple(about))
    pms = {(one.project_id, one.member_id) for one, _ in found if one.role is Role.PM}
    told = {
        (one.member_id, one.role): ToTell(
            one.workspace_id, one.member_id, about[one.role], max(_begins(before, tz), now)
        )
        for one, tz in found
        if one.role is Role.PM or (one.project_id, one.member_id) not in pms
    }
    await give(session, list(told.values()), now)


def _begins(day: date, tz: str) -> datetime:
    return local_moment(day, WORK_BEGINS, zone_of(tz))


def _about(ceremony_id: int, day: date) -> dict[Role, LeadersDraft | LikelyWanted]:
    """What each role hears before a day."""
    return {
        Role.PM: LeadersDraft(ceremony_id=ceremony_id, on=day),
        Role.LEADER: LikelyWanted(ceremony_id=ceremony_id, on=day),
    }


def _scope(ceremony: Ceremony) -> set[int] | None:
    return None if ceremony.project_id is None else {ceremony.project_id}


async def _with_a_role(
    session: AsyncSession, project_ids: set[int] | None, roles: tuple[Role, ...] = (Role.PM,)
) -> Sequence[Row[Membership, str]]:
    """Who looks after these projects, or after any that is under way, and where their day begins.

    Their PMs, if not others are meant.
    """
    statement = (
        select(Membership, Member.tz)
        .join(Project, Project.id == Membership.project_id)
        .join(Member, Member.id == Membership.member_id)
        .where(Membership.role.in_(roles), Project.status.in_(SHOWN))
        .order_by(Membership.id)
    )
    if project_ids is not None:
        statement = statement.where(Membership.project_id.in_(project_ids))
    return (await session.execute(statement)).all()
