"""Opening a run: its roster is frozen, everybody gets their moment, and early answers find their place."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.absences import weeks_at_once, weeks_of
from models.db import dialect_of
from models.domain.absence import Week
from models.domain.cadence import local_date, local_moment, next_slot, zone_of
from models.domain.standup import (
    CeremonyKind,
    PromptState,
    still_worth_asking,
    summary_moment,
    window,
)
from models.roster import own_time, participants, participants_of, plan_after_run
from models.tables import Ceremony, Member, Prompt, Run
from models.troubles import tell_skipped

AT_ONCE = 500
"""Ceremonies that a tick opens in one transaction."""


class Opening(NamedTuple):
    """A run to open, with when it asks each person and their working days, both by member id.

    One that somebody asked for asks everyone now.
    """

    ceremony: Ceremony
    day: date
    moments: Mapping[int, datetime]
    weeks: Mapping[int, Week]
    asked_for: bool = False

    def works(self, member_id: int, moment: datetime) -> bool:
        """Whether a person works on the date on which they would be asked."""
        week = self.weeks[member_id]
        return week.works_on(local_date(moment, week.zone))

    def is_in_time(self, now: datetime) -> bool:
        """Whether anybody may still be asked: after a long downtime nobody may."""
        hours = self.ceremony.answer_hours
        last = max(self.moments.values())
        return still_worth_asking(now, window(last, hours))

    def skipped(self, now: datetime) -> list[date]:
        """Once the ceremony is planned anew: the slots up to the next one that did not take place."""
        day = self.day
        days = [] if self.is_in_time(now) else [day]
        until = self.ceremony.next_day or day
        while (day := next_slot(self.ceremony.days.split(","), day)) < until:
            days.append(day)
        return days

    def slot(self, now: datetime) -> str:
        """The date; for a run that somebody asked for, the minute on the wall."""
        if not self.asked_for:
            return self.day.isoformat()
        return f"{now.astimezone(zone_of(self.ceremony.tz)):%Y-%m-%dT%H:%M}"


def ask_moment(ceremony: Ceremony, member: Member, day: date) -> datetime:
    """When this person is asked in the run of that day."""
    own = own_time(ceremony, member)
    return local_moment(day, own.at, own.zone)


def ask_moments(ceremony: Ceremony, people: Iterable[Member], day: date) -> dict[int, datetime]:
    """When each of these people is asked in the run of that day, by member id."""
    return {member.id: ask_moment(ceremony, member, day) for member in people}


async def open_due(session: AsyncSession, now: datetime) -> int:
    """Open the runs that are due, each once, whatever number of processes tries. Returns how many.

    A run for which nobody can be asked in time any more is skipped, and its owner is told.
    """
    due = (
        await session.scalars(
            select(Ceremony)
            .where(
                Ceremony.opens_at <= now,
                Ceremony.active,
                Ceremony.kind == CeremonyKind.STANDUP,
            )
            .order_by(Ceremony.opens_at)
            .limit(AT_ONCE)
            .with_for_update(skip_locked=True)
        )
    ).all()
    if not due:
        return 0
    people = await participants_of(session, [ceremony.id for ceremony in due])
    weeks = await weeks_of((one for some in people.values() for one in some), now)
    openings = [
        Opening(
            ceremony,
            ceremony.next_day,
            ask_moments(ceremony, people[ceremony.id], ceremony.next_day),
            weeks,
        )
        for ceremony in due
        if ceremony.next_day is not None and people[ceremony.id]
    ]
    opened = await _open(session, [one for one in openings if one.is_in_time(now)], now)
    for ceremony in due:
        plan_after_run(ceremony, people[ceremony.id], now)
    await tell_skipped(session, {one.ceremony: one.skipped(now) for one in openings}, now)
    return opened


async def open_run(
    session: AsyncSession, ceremony: Ceremony, *, day: date, now: datetime, asked_for: bool = False
) -> bool:
    """Open the run of a slot with everybody's moment; False when it is open already.

    A run that somebody asked for (`asked_for`) asks everyone now, and its slot is the minute. Who keeps a
    public holiday is found out when they are asked. The caller holds the ceremony's row.
    """
    people = await participants(session, ceremony.id)
    moments = ask_moments(ceremony, people, day)
    if asked_for:
        moments = dict.fromkeys(moments, now)
    opening = Opening(ceremony, day, moments, weeks_at_once(people), asked_for)
    return await _open(session, [opening], now) == 1


async def _open(session: AsyncSession, openings: Sequence[Opening], now: datetime) -> int:
    """Open these runs, one at most of a ceremony; returns how many were not open already."""
    asking = {opening.ceremony.id: opening for opening in openings if opening.moments}
    opened = await _claim(session, asking, now) if asking else {}
    prompts = [
        {
            **prompt_row(opening.ceremony, opened[ceremony_id], member_id, moment),
            "state": PromptState.WAITING if opening.works(member_id, moment) else PromptState.AWAY,
        }
        for ceremony_id, opening in asking.items()
        if ceremony_id in opened
        for member_id, moment in opening.moments.items()
    ]
    if prompts:
        insert = dialect_of(session).insert(Prompt)
        await session.execute(
            # Who has answered early has a place already; it keeps its state.
            insert.on_conflict_do_update(
                index_elements=["run_id", "member_id"],
                set_={name: insert.excluded[name] for name in ("ask_at", "closes_at")},
            ),
            prompts,
        )
    return len(opened)


async def _claim(
    session: AsyncSession,
    asking: Mapping[int, Opening],
    now: datetime,
) -> dict[int, int]:
    """The runs that open now, by ceremony: new ones, or those that hold early answers already."""
    rows = {
        ceremony_id: run_row(opening, max(opening.moments.values()), now)
        for ceremony_id, opening in asking.items()
    }
    slots = {row["slot"] for row in rows.values()}
    found: Any = await session.execute(
        select(Run, Prompt)
        .outerjoin(Prompt, (Prompt.run_id == Run.id) & Run.ahead)
        .where(
            Run.ceremony_id.in_(rows),
            Run.slot.in_(slots) | (Run.ahead & Run.closed_at.is_(None)),
        )
    )
    known: dict[Run, list[Prompt]] = {}
    for run, early in found:
        known.setdefault(run, []).extend([early] if early else [])
    taken = {(run.ceremony_id, run.slot) for run in known if not run.ahead}
    free = {key: row for key, row in rows.items() if (key, row["slot"]) not in taken}
    adopted = {run.ceremony_id: run for run in known if run.ahead and run.ceremony_id in free}
    for ceremony_id, run in adopted.items():
        for name, value in free.pop(ceremony_id).items():
            setattr(run, name, value)
        _take_in(known[run], asking[ceremony_id].moments)
    await session.flush()
    opened = {ceremony_id: run.id for ceremony_id, run in adopted.items()}
    if free:
        made = await session.execute(
            dialect_of(session)
            .insert(Run)
            .on_conflict_do_nothing()
            .returning(Run.id, Run.ceremony_id),
            list(free.values()),
        )
        opened |= {ceremony_id: run_id for run_id, ceremony_id in made}
    return opened


def _take_in(early: Iterable[Prompt], roster: Collection[int]) -> None:
    """Early answers are shown from now on; who is no longer on the roster isn't asked."""
    for prompt in early:
        prompt.shown = prompt.answered_at is None
        if prompt.state is PromptState.WAITING and prompt.member_id not in roster:
            prompt.state = PromptState.PASSED_OVER


def run_row(
    opening: Opening, last: datetime, now: datetime, *, ahead: bool = False
) -> dict[str, object]:
    """The run's row; `last` is when the last person is asked."""
    ceremony = opening.ceremony
    zone = zone_of(ceremony.tz)
    return {
        "workspace_id": ceremony.workspace_id,
        "ceremony_id": ceremony.id,
        "slot": opening.slot(now),
        "day": opening.day,
        "ahead": ahead,
        "opened_at": now,
        "summary_at": summary_moment(
            opening.day, ceremony.summary_time, zone, now, asked_for=opening.asked_for
        ),
        "closes_at": window(last, ceremony.answer_hours),
    }


def prompt_row(
    ceremony: Ceremony, run_id: int, member_id: int, moment: datetime
) -> dict[str, object]:
    """Somebody's place in a run: they are asked at `moment`."""
    return {
        "workspace_id": ceremony.workspace_id,
        "run_id": run_id,
        "member_id": member_id,
        "ask_at": moment,
        "closes_at": window(moment, ceremony.answer_hours),
    }
