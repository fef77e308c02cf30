"""A person's own settings: when they are asked, on which days, when they are away, whose holidays they keep."""

from dataclasses import dataclass
from datetime import date, time

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from models.domain.cadence import local_moment, zone_of
from models.domain.facts_home import Settings
from models.domain.standup import PromptState, window
from models.roster import plan_again
from models.tables import Ceremony, Member, Participant, Prompt, Run


@dataclass(frozen=True)
class Wish:
    """What somebody chose. Without `ask_time` the standup's counts; without `country` the zone's."""

    ask_time: time | None
    workdays: tuple[str, ...]
    away_from: date | None
    away_to: date | None
    country: str | None


def settings_of(member: Member) -> Settings:
    """A member's settings as they are."""
    return Settings(
        tz=member.tz,
        ask_time=member.ask_time,
        workdays=tuple(member.workdays.split(",")),
        away_from=member.away_from,
        away_to=member.away_to,
        country=member.country,
    )


async def change(session: AsyncSession, member: Member, wish: Wish) -> None:
    """Store the settings; what is still to be asked moves to the new time, and the standups' openings too.

    Somebody whose new time of today is over already is asked at once.
    """
    member.ask_time = wish.ask_time
    member.workdays = ",".join(wish.workdays)
    member.away_from, member.away_to = wish.away_from, wish.away_to
    member.country = wish.country
    await session.flush()
    await _ask_at_the_new_time(session, member)
    await _open_at_the_new_time(session, member)


async def _ask_at_the_new_time(session: AsyncSession, member: Member) -> None:
    waiting = await session.scalars(
        select(Prompt)
        .join(Run, Run.id == Prompt.run_id)
        .where(
            Prompt.member_id == member.id,
            Prompt.state == PromptState.WAITING,
            Run.closed_at.is_(None),
            ~Run.slot.contains("T"),  # a run that somebody asked for asks everyone at once
        )
        .options(joinedload(Prompt.run, innerjoin=True).joinedload(Run.ceremony, innerjoin=True))
        .with_for_update(of=Prompt)
    )
    zone = zone_of(member.tz)
    for prompt in waiting:
        ceremony = prompt.run.ceremony
        prompt.ask_at = local_moment(
            prompt.run.day, member.ask_time or ceremony.local_time, zone
        )
        prompt.closes_at = window(prompt.ask_at, ceremony.answer_hours)
        prompt.run.closes_at = max(prompt.run.closes_at, prompt.closes_at)


async def _open_at_the_new_time(session: AsyncSession, member: Member) -> None:
    found = await session.scalars(
        select(Ceremony)
        .join(Participant, Participant.ceremony_id == Ceremony.id)
        .where(
            Participant.member_id == member.id, Ceremony.active, Ceremony.next_day.is_not(None)
        )
        .with_for_update(of=Ceremony)
    )
    for ceremony in found.all():
        await plan_again(session, ceremony)
