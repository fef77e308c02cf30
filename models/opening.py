"""Opening a run: its roster is frozen, everybody gets their moment, and early answers find their place."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.db import dialect_of
from models.domain.cadence import local_moment, zone_of
from models.domain.standup import CeremonyKind, PromptState, summary_moment, window
from models.roster import own_time, participants, participants_of, plan_after_run
from models.tables import Ceremony, Member, Prompt, Run

AT_ONCE = 200
"""Ceremonies that a tick opens in one transaction."""


class Opening(NamedTuple):
    """A run to open, and whom it asks. One that somebody asked for asks everyone now."""

    ceremony: Ceremony
    day: date
    people: Sequence[Member]
    asked_for: bool = False

    def moments(self, now: datetime) -> dict[int, datetime]:
        """When each person is asked, by member id."""
        return {
            member.id: now if self.asked_for else ask_moment(self.ceremony, member, self.day)
            for member in self.people
        }

    def slot(self, now: datetime) -> str:
        """The date; for a run that somebody asked for, the minute on the wall."""
        if not self.asked_for:
            return self.day.isoformat()
        return f"{now.astimezone(zone_of(self.ceremony.tz)):%Y-%m-%dT%H:%M}"


def ask_moment(ceremony: Ceremony, member: Member, day: date) -> datetime:
    """When this person is asked in the run of that day."""
    own = own_time(ceremony, member)
    return local_moment(day, own.at, own.zone)


async def open_due(session: AsyncSession, now: datetime) -> int:
    """Open the runs that are due, each once, whatever number of processes tries. Returns how many."""
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
    opened = await _open(
        session,
        [
            Opening(ceremony, ceremony.next_day, people[ceremony.id])
            for ceremony in due
            if ceremony.next_day is not None
        ],
        now,
    )
    for ceremony in due:
        plan_after_run(ceremony, people[ceremony.id], now)
    return opened


async def open_run(
    session: AsyncSession, ceremony: Ceremony, *, day: date, now: datetime, asked_for: bool = False
) -> bool:
    """Open the run of a slot with everybody's moment; False when it is open already.

    A run that somebody asked for (`asked_for`) asks everyone now, and its slot is the minute. The caller
    holds the ceremony's row.
    """
    people = await participants(session, ceremony.id)
    return await _open(session, [Opening(ceremony, day, people, asked_for)], now) == 1


async def _open(session: AsyncSession, openings: Sequence[Opening], now: datetime) -> int:
    """Open these runs, one at most of a ceremony; returns how many were not open already."""
    asking = {
        opening.ceremony.id: (opening, opening.moments(now))
        for opening in openings
        if opening.people
    }
    opened = await _claim(session, asking, now) if asking else {}
    prompts = [
        prompt_row(opening.ceremony, opened[ceremony_id], member_id, moment)
        for ceremony_id, (opening, moments) in asking.items()
        if ceremony_id in opened
        for member_id, moment in moments.items()
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
    asking: Mapping[int, tuple[Opening, dict[int, datetime]]],
    now: datetime,
) -> dict[int, int]:
    """The runs that open now, by ceremony: new ones, or those that hold early answers already."""
    rows = {
        ceremony_id: run_row(opening, max(moments.values()), now)
        for ceremony_id, (opening, moments) in asking.items()
    }
    slots = {row["slot"] for row in rows.values()}
    known = (
        await session.scalars(
            select(Run).where(
                Run.ceremony_id.in_(rows),
                Run.slot.in_(slots) | (Run.ahead & Run.closed_at.is_(None)),
            )
        )
    ).all()
    taken = {(run.ceremony_id, run.slot) for run in known if not run.ahead}
    free = {key: row for key, row in rows.items() if (key, row["slot"]) not in taken}
    adopted = {run.ceremony_id: run for run in known if run.ahead and run.ceremony_id in free}
    for ceremony_id, run in adopted.items():
        for name, value in free.pop(ceremony_id).items():
            setattr(run, name, value)
    await _take_in(session, {run.id: asking[key][1] for key, run in adopted.items()})
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


async def _take_in(session: AsyncSession, roster: Mapping[int, Mapping[int, datetime]]) -> None:
    """Early answers are shown from now on; who is no longer on the roster (by run) isn't asked."""
    if not roster:
        return
    early = await session.scalars(select(Prompt).where(Prompt.run_id.in_(roster)))
    for prompt in early:
        prompt.shown = prompt.answered_at is None
        if prompt.state is PromptState.WAITING and prompt.member_id not in roster[prompt.run_id]:
            prompt.state = PromptState.PASSED_OVER
    await session.flush()


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
        "state": PromptState.WAITING,
    }
