"""A person's own settings: their time for standups, working days, days away, whose holidays they keep."""

from dataclasses import dataclass
from datetime import date, time

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from models.domain.facts_home import Settings
from models.domain.standup import PromptState, window
from models.opening import ask_moment
from models.roster import plan_these_again
from models.tables import Ceremony, Member, Participant, Prompt, Run


@dataclass(frozen=True)
class Wish:
    """What somebody chose. Without `ask_time` the standup's counts; without `country` the zone's."""

    ask_time: time | None
    workdays: tuple[str, ...]
    away_from: date | None
    away_to: date | None
    country: str | None
    nudges: bool = True


def settings_of(member: Member, today: date) -> Settings:
    """A member's settings as they are; days away that are over are gone."""
    over = member.away_to is not None and member.away_to < today
    return Settings(
        tz=member.tz,
        ask_time=member.ask_time,
        workdays=tuple(member.workdays.split(",")),
        away_from=None if over else member.away_from,
        away_to=None if over else member.away_to,
        country=member.country,
        nudges=member.nudges,
    )


async def change(session: AsyncSession, member: Member, wish: Wish) -> None:
    """Store the settings; what is still to be asked moves to the new time, and the standups' openings too.

    Somebody whose new time of today is over already is asked at once.
    """
    member.ask_time = wish.ask_time
    member.workdays = ",".join(wish.workdays)
    member.away_from, member.away_to = wish.away_from, wish.away_to
    member.country, member.nudges = wish.country, wish.nudges
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
    for prompt in waiting:
        ceremony = prompt.run.ceremony
        prompt.ask_at = ask_moment(ceremony, member, prompt.run.day)
        prompt.closes_at = window(prompt.ask_at, ceremony.answer_hours)
        prompt.run.closes_at = max(prompt.run.closes_at, prompt.closes_at)


async def _open_at_the_new_time(session: AsyncSession, member: Member) -> None:
    found = await session.scalars(
        select(Ceremony)
        .join(Participant, Participant.ceremony_id == Ceremony.id)
        .where(Participant.member_id == member.id, Ceremony.active, Ceremony.next_day.is_not(None))
        .with_for_update(of=Ceremony)
    )
    await plan_these_again(session, found.all())
