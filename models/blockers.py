"""Blockers and risks: cleared by who can, handed on, told about (domain §3.4, S3-3)."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import NamedTuple

from sqlalchemy import exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from models import chronicle, notices
from models.domain.errands import Chore, Task
from models.domain.errors import MayNotClear, Unknown
from models.domain.facts_notices import BlockerFacts
from models.domain.messages import Notices, StandupSummary
from models.domain.notices import BlockerCleared, BlockerSaid, BlockerToClear
from models.domain.permissions import Action, Standing, may
from models.domain.project import Role
from models.notices import ToTell
from models.outbox import Post, follow, refresh_all
from models.tables import Blocker, Experiment, Member, Membership, Run, StandupEntry
from models.topics import blockers_by_id


def to_clear(row: Blocker) -> ToTell:
    """Its owner is to be told that they can clear it."""
    return ToTell(row.workspace_id, row.owner_id or 0, BlockerToClear(blocker_id=row.id))


def has_other_owner(row: Blocker) -> bool:
    """Whether somebody else than who raised it can clear it."""
    return row.owner_id not in (None, row.raised_by_id)


def subject(blocker_id: int) -> str:
    """How the notice to its owner is called."""
    return BlockerToClear(blocker_id=blocker_id).subject


def subjects(blocker_id: int) -> list[str]:
    """How everything is called that people are told about it while it is open."""
    return [subject(blocker_id), said_subject(blocker_id), f"help:{blocker_id}"]


def not_needed(rows: Iterable[Blocker], told: Iterable[Post], by_id: int) -> list[ToTell]:
    """Whose message about one of these, ended by `by_id`, stands in Slack: nobody needs it cleared any more.

    Who was never told of it is told nothing: there is nothing to take back.
    """
    heard = {one.message.member_id for one in told if isinstance(one.message, Notices)} - {by_id}
    return [
        ToTell(row.workspace_id, row.owner_id or 0, BlockerCleared(blocker_id=row.id))
        for row in rows
        if has_other_owner(row) and row.owner_id in heard
    ]


def said_subject(blocker_id: int) -> str:
    """How the notice to who raised it is called, that something was said about it."""
    return BlockerSaid(blocker_id=blocker_id, by_name="").subject


async def acknowledge(session: AsyncSession, blocker_id: int, slack_id: str, now: datetime) -> None:
    """“I'm on it”: the owner has taken it up.

    Raises:
        Unknown: it is gone, or cleared already.
        MayNotClear: somebody else's.
    """
    row = (await mine(session, blocker_id, slack_id)).row
    row.acknowledged_at = row.acknowledged_at or now
    told = await notices.settle(session, [subject(row.id)], now)
    await show(session, row, told, now)


async def clear(session: AsyncSession, blocker_id: int, slack_id: str, now: datetime) -> None:
    """“It's cleared”: who raised it is told, unless they say so themselves.

    Raises:
        Unknown, MayNotClear: as `acknowledge`.
    """
    row, me, _ = await mine(session, blocker_id, slack_id)
    row.resolved_at = now
    if me.id == row.owner_id:
        row.acknowledged_at = row.acknowledged_at or now
    chronicle.record(
        session, "blocker_resolved", project_id=row.project_id, by_id=me.id, at=now, blocker=row.id
    )
    told = await notices.settle(session, subjects(row.id), now)
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
    row = (await mine(session, blocker_id, slack_id)).row
    told = await notices.settle(session, [subject(row.id)], now)
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
    if has_other_owner(row):
        await notices.give(session, [to_clear(row)], now)
    await refresh_all(session, [*told, *_summaries(shown)], now=now)


async def experiment_ended(
    session: AsyncSession, experiment: Experiment, by_id: int, now: datetime
) -> None:
    """What was in the way of an experiment that was concluded outside a standup is in nobody's way now.

    Whoever was asked to clear it is told so.
    """
    rows = (
        await session.scalars(
            select(Blocker)
            .where(Blocker.experiment_id == experiment.id, Blocker.resolved_at.is_(None))
            .with_for_update()
        )
    ).all()
    for row in rows:
        row.resolved_at = now
    about = [name for row in rows for name in subjects(row.id)]
    told = await notices.settle(session, about, now)
    await notices.give(session, not_needed(rows, told, by_id), now)
    await refresh_all(session, told, now=now)


async def require_mine(session: AsyncSession, blocker_id: int, slack_id: str) -> BlockerFacts:
    """The blocker, for somebody who may say something about it.

    Raises:
        Unknown, MayNotClear: as `acknowledge`.
    """
    await mine(session, blocker_id, slack_id, lock=False)
    return (await blockers_by_id(session, [blocker_id]))[blocker_id]


class InHand(NamedTuple):
    """An open blocker or risk, who acts, and whom it is to be given to, if Labmate has met them."""

    row: Blocker
    me: Member
    to: Member | None


async def mine(
    session: AsyncSession, blocker_id: int, slack_id: str, *, to: str = "", lock: bool = True
) -> InHand:
    """An open blocker, for who can clear it, who raised it, or a PM of its project. One statement.

    Raises:
        Unknown: it is gone, or cleared already.
        MayNotClear: somebody else's.
    """
    next_one = aliased(Member)
    is_pm = exists().where(
        Membership.project_id == Blocker.project_id,
        Membership.member_id == Member.id,
        Membership.role == Role.PM,
    )
    statement = (
        select(Blocker, Member, next_one, is_pm)
        .select_from(Blocker)
        .outerjoin(Member, (Member.slack_id == slack_id) & Member.active)
        .outerjoin(next_one, next_one.slack_id == to)
        .where(Blocker.id == blocker_id)
    )
    found = (
        await session.execute(statement.with_for_update(of=Blocker) if lock else statement)
    ).one_or_none()
    if found is None or found[0].resolved_at is not None:
        raise Unknown("This is cleared already, or is not here any more.")
    row, me, next_owner, pm = found
    if me is None:
        raise MayNotClear
    if me.id not in (row.owner_id, row.raised_by_id):
        standing = Standing(frozenset({Role.PM} if pm else ()), admin=me.admin, limited=me.limited)
        if not may(Action.HANDLE_BLOCKER, standing):
            raise MayNotClear
    return InHand(row, me, next_owner)


async def show(session: AsyncSession, row: Blocker, told: Iterable[Post], now: datetime) -> None:
    """Bring the messages about it, and the summaries of open runs, up to date."""
    chore = Chore(task=Task.BLOCKER, number=row.id)
    await follow(session, chore, now, partial(_show, session, row, told, now))


async def show_all(session: AsyncSession, row: Blocker, now: datetime) -> None:
    """The same for everything that people were told about it."""
    await _show(session, row, await notices.telling(session, subjects(row.id)), now)


async def _show(session: AsyncSession, row: Blocker, told: Iterable[Post], now: datetime) -> None:
    of_project = select(Experiment.id).where(Experiment.project_id == row.project_id)
    experiments = [row.experiment_id] if row.experiment_id else of_project
    runs = await session.scalars(
        select(Run.id)
        .join(StandupEntry, StandupEntry.run_id == Run.id)
        .where(StandupEntry.experiment_id.in_(experiments), Run.closed_at.is_(None))
        .distinct()
    )
    await refresh_all(session, [*told, *_summaries(runs)], now=now)


def _summaries(run_ids: Iterable[int]) -> list[Post]:
    return [Post(StandupSummary(run_id=run_id), "") for run_id in run_ids]
