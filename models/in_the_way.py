"""What answers say is in the way: opened, ended, passed on; the same one said again ages (domain §3.4)."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from models import notices
from models.blockers import has_other_owner, not_needed, subject, subjects, to_clear
from models.domain.blocking import Effect, Heard, Known, effect
from models.domain.experiment import Status
from models.outbox import Post
from models.tables import Blocker, Event, Experiment, StandupEntry


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
    settled = {name for row, _ in ending for name in subjects(row.id)}
    settled |= {subject(row.id) for row in passed_on}
    shown = await notices.settle(session, settled, now)
    asked = [row for row in (*passed_on, *await _open(session, opening)) if has_other_owner(row)]
    over = [gone for row, one in ending for gone in not_needed([row], shown, one.entry.member_id)]
    await notices.give(session, [*(to_clear(row) for row in asked), *over], now)
    return shown


def _takes_over(one: Said, row: Blocker) -> bool:
    """Give a blocker that goes on to whom the answer names; whether that is somebody else."""
    owner_id = one.entry.blocker_owner_id
    if owner_id in (None, row.owner_id):
        return False
    row.owner_id, row.acknowledged_at = owner_id, None
    return True


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
    return Known(
        row.id, row.kind, row.text, row.raised_by_id, row.opened_at, row.resolved_at, row.risk
    )


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
