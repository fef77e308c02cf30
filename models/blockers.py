"""Blockers: opened by an answer, cleared by who can; the same one said again ages (domain §3.4)."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models import chronicle, notices
from models.domain.blocking import Effect, Heard, Known, effect
from models.domain.errors import MayNotClear, Unknown
from models.domain.experiment import Status
from models.domain.facts_notices import BlockerFacts
from models.domain.messages import StandupSummary
from models.domain.notices import BlockerCleared, BlockerToClear
from models.notices import ToTell
from models.outbox import Post, refresh_all
from models.tables import Blocker, Event, Experiment, Member, Run, StandupEntry
from models.topics import blockers_by_id


class Said(NamedTuple):
    """An answer about an experiment; `asked` is whether its form asked what is in the way."""

    entry: StandupEntry
    experiment: Experiment
    asked: bool


async def follow(session: AsyncSession, said: Sequence[Said], now: datetime) -> list[Post]:
    """Open and end the blockers of these answers, and tell their owners.

    The answers hold the locks of their prompts. Constant statements, however many answers. Returns the
    messages that show what has changed.
    """
    if not said:
        return []
    known = await _known(session, {one.experiment.id for one in said})
    opening: list[Said] = []
    ending: list[tuple[Blocker, Said]] = []
    passed_on: list[Blocker] = []
    for one in said:
        theirs = {row.id: row for row in known.get(one.experiment.id, [])}
        done = _effect(one, list(theirs.values()))
        same = theirs.get(done.goes_on or 0)
        opening += [one] if done.opens else []
        ending += [(theirs[blocker_id], one) for blocker_id in done.ends]
        passed_on += [same] if same and _takes_over(one, same) else []
    for row, one in ending:
        row.resolved_at = max(_moment(one.entry), row.opened_at)
    await _write(session, "blocker_resolved", ending)
    settled = {_subject(row.id) for row in (*passed_on, *(row for row, _ in ending))}
    shown = await notices.settle(session, settled, now)
    asked = [row for row in (*passed_on, *await _open(session, opening)) if _has_other_owner(row)]
    await notices.give(session, [_to_clear(row) for row in asked], now)
    return shown


def _takes_over(one: Said, row: Blocker) -> bool:
    """Give a blocker that goes on to whom the answer names; whether that is somebody else."""
    owner_id = one.entry.blocker_owner_id
    if owner_id in (None, row.owner_id):
        return False
    row.owner_id, row.acknowledged_at = owner_id, None
    return True


def _has_other_owner(row: Blocker) -> bool:
    return row.owner_id not in (None, row.raised_by_id)


def _effect(one: Said, theirs: Sequence[Blocker]) -> Effect:
    if one.experiment.status is Status.CONCLUDED:
        return Effect(ends=tuple(row.id for row in theirs if row.resolved_at is None))
    entry = one.entry
    heard = Heard(
        entry.member_id,
        _moment(entry),
        entry.blocker_kind,
        entry.blocker_text or "",
        says=one.asked and not entry.no_change,
    )
    return effect(heard, [_as_known(row) for row in theirs])


def _as_known(row: Blocker) -> Known:
    return Known(row.id, row.kind, row.text, row.raised_by_id, row.opened_at, row.resolved_at)


def _moment(entry: StandupEntry) -> datetime:
    """When it was last said."""
    return entry.edited_at or entry.answered_at


async def _known(
    session: AsyncSession, experiment_ids: Collection[int]
) -> dict[int, list[Blocker]]:
    found = await session.scalars(
        select(Blocker)
        .where(Blocker.experiment_id.in_(experiment_ids))
        .order_by(Blocker.id)
        .with_for_update()
    )
    known: dict[int, list[Blocker]] = {}
    for row in found:
        known.setdefault(row.experiment_id or 0, []).append(row)
    return known


async def _open(session: AsyncSession, opening: Sequence[Said]) -> list[Blocker]:
    """New blockers with their line in the chronicle."""
    rows = [
        Blocker(
            workspace_id=one.entry.workspace_id,
            project_id=one.experiment.project_id,
            experiment_id=one.experiment.id,
            kind=one.entry.blocker_kind,
            text=one.entry.blocker_text or "",
            raised_by_id=one.entry.member_id,
            owner_id=one.entry.blocker_owner_id,
            opened_at=_moment(one.entry),
        )
        for one in opening
    ]
    session.add_all(rows)
    await session.flush()
    await _write(session, "blocker_opened", list(zip(rows, opening, strict=True)))
    return rows


def _to_clear(row: Blocker) -> ToTell:
    return ToTell(row.workspace_id, row.owner_id or 0, BlockerToClear(blocker_id=row.id))


async def _write(session: AsyncSession, kind: str, changed: Sequence[tuple[Blocker, Said]]) -> None:
    if not changed:
        return
    await session.execute(
        insert(Event),
        [
            {
                "workspace_id": row.workspace_id,
                "project_id": row.project_id,
                "kind": kind,
                "data": {"blocker": row.id},
                "by_id": one.entry.member_id,
                "at": _moment(one.entry),
            }
            for row, one in changed
        ],
    )


def _subject(blocker_id: int) -> str:
    return BlockerToClear(blocker_id=blocker_id).subject


async def acknowledge(session: AsyncSession, blocker_id: int, slack_id: str, now: datetime) -> None:
    """“I'm on it”: the owner has taken it up.

    Raises:
        Unknown: it is gone, or cleared already.
        MayNotClear: somebody else's.
    """
    row, _ = await _mine(session, blocker_id, slack_id)
    row.acknowledged_at = row.acknowledged_at or now
    told = await notices.settle(session, [_subject(row.id)], now)
    await show(session, row, told, now)


async def clear(session: AsyncSession, blocker_id: int, slack_id: str, now: datetime) -> None:
    """“It's cleared”: who raised it is told, unless they say so themselves.

    Raises:
        Unknown, MayNotClear: as `acknowledge`.
    """
    row, me = await _mine(session, blocker_id, slack_id)
    row.resolved_at = now
    if me.id == row.owner_id:
        row.acknowledged_at = row.acknowledged_at or now
    chronicle.record(
        session, "blocker_resolved", project_id=row.project_id, by_id=me.id, at=now, blocker=row.id
    )
    told = await notices.settle(session, [_subject(row.id), f"help:{row.id}"], now)
    if me.id != row.raised_by_id:
        about = BlockerCleared(blocker_id=row.id)
        await notices.give(session, [ToTell(row.workspace_id, row.raised_by_id, about)], now)
    await show(session, row, told, now)


async def hand_on(
    session: AsyncSession, blocker_id: int, slack_id: str, to: Member, now: datetime
) -> None:
    """“Not me”: somebody else can clear it, and is asked.

    Raises:
        Unknown, MayNotClear: as `acknowledge`.
    """
    row, _ = await _mine(session, blocker_id, slack_id)
    told = await notices.settle(session, [_subject(row.id)], now)
    before = row.owner_id
    row.owner_id, row.acknowledged_at = to.id, None
    # What was said in runs that still go on names the new one: looked at again, it turns nothing back.
    runs = await session.scalars(
        update(StandupEntry)
        .where(
            StandupEntry.experiment_id == row.experiment_id,
            StandupEntry.blocker_kind == row.kind,
            StandupEntry.blocker_owner_id == before,
            StandupEntry.run_id.in_(select(Run.id).where(Run.closed_at.is_(None))),
        )
        .values(blocker_owner_id=to.id)
        .returning(StandupEntry.run_id)
        .execution_options(synchronize_session=False)
    )
    shown = set(runs)
    if _has_other_owner(row):
        await notices.give(session, [_to_clear(row)], now)
    await refresh_all(session, [*told, *_summaries(shown)], now=now)


async def experiment_ended(session: AsyncSession, experiment: Experiment, now: datetime) -> None:
    """What was in the way of an experiment that was concluded outside a standup is in nobody's way now."""
    rows = (
        await session.scalars(
            select(Blocker)
            .where(Blocker.experiment_id == experiment.id, Blocker.resolved_at.is_(None))
            .with_for_update()
        )
    ).all()
    for row in rows:
        row.resolved_at = now
    subjects = [name for row in rows for name in (_subject(row.id), f"help:{row.id}")]
    await refresh_all(session, await notices.settle(session, subjects, now), now=now)


async def require_mine(session: AsyncSession, blocker_id: int, slack_id: str) -> BlockerFacts:
    """The blocker, for somebody who may say something about it.

    Raises:
        Unknown, MayNotClear: as `acknowledge`.
    """
    await _mine(session, blocker_id, slack_id, lock=False)
    return (await blockers_by_id(session, [blocker_id]))[blocker_id]


async def _mine(
    session: AsyncSession, blocker_id: int, slack_id: str, *, lock: bool = True
) -> tuple[Blocker, Member]:
    """An open blocker and the person who acts: its owner, or who raised it."""
    statement = (
        select(Blocker, Member)
        .outerjoin(Member, (Member.slack_id == slack_id) & Member.active)
        .where(Blocker.id == blocker_id)
    )
    found = (
        await session.execute(statement.with_for_update(of=Blocker) if lock else statement)
    ).one_or_none()
    if found is None or found[0].resolved_at is not None:
        raise Unknown("This is cleared already, or is not here any more.")
    row = found[0]
    me: Member | None = found[1]
    if me is None or me.id not in (row.owner_id, row.raised_by_id):
        raise MayNotClear
    return row, me


async def show(session: AsyncSession, row: Blocker, told: Iterable[Post], now: datetime) -> None:
    """Bring the messages about it, and the summaries of open runs, up to date."""
    runs = await session.scalars(
        select(Run.id)
        .join(StandupEntry, StandupEntry.run_id == Run.id)
        .where(StandupEntry.experiment_id == row.experiment_id, Run.closed_at.is_(None))
        .distinct()
    )
    await refresh_all(session, [*told, *_summaries(runs)], now=now)


def _summaries(run_ids: Iterable[int]) -> list[Post]:
    return [Post(StandupSummary(run_id=run_id), "") for run_id in run_ids]
