"""Asking people: how an experiment stands, and for help with what is in the way (domain §2.5)."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from models import blockers, chronicle, notices
from models.domain.errors import (
    AskedAlready,
    CalledAlready,
    MayNotClear,
    OwnerIsGone,
    Unknown,
)
from models.domain.experiment import experiment_key, require_open
from models.domain.facts_notices import BlockerFacts, Called, Wondered
from models.domain.notices import AskedAbout, HelpWanted, notice_of
from models.notices import ToTell
from models.outbox import refresh_all
from models.people import perhaps, person
from models.tables import Blocker, Experiment, Member, Notice


async def ask_owner(
    session: AsyncSession, experiment_id: int, by: Member, *, wants_number: bool, now: datetime
) -> Member:
    """Have the owner asked, in one message within their working hours; returns whom.

    Raises:
        Unknown: there is no such experiment.
        ExperimentConcluded: nothing is to be asked any more.
        OwnerIsGone: the owner has left, or is only known by name.
        AskedAlready: somebody has asked, and the answer is still to come.
    """
    experiment = await session.scalar(
        select(Experiment)
        .where(Experiment.id == experiment_id)
        .options(joinedload(Experiment.owner, innerjoin=True))
    )
    if experiment is None:
        raise Unknown
    require_open(experiment.status)
    owner = experiment.owner
    if not owner.active:
        raise OwnerIsGone(f"{owner.name} can't be asked here any more. Somebody else may go on.")
    about = AskedAbout(experiment_id=experiment_id, by_id=by.id, wants_number=wants_number)
    if await _waits(session, owner.id, about.subject):
        raise AskedAlready(f"{owner.name} has been asked already. The answer is still to come.")
    await notices.give(session, [ToTell(experiment.workspace_id, owner.id, about)], now)
    chronicle.record(
        session,
        "owner_asked",
        project_id=experiment.project_id,
        by_id=by.id,
        at=now,
        experiment=experiment.id,
    )
    return owner


async def call_for_help(
    session: AsyncSession, blocker_id: int, to: Member, ask: str, *, by: Member, now: datetime
) -> None:
    """Ask somebody to help with what is in the way: one ask, once a blocker (S3-7).

    Raises:
        Unknown: it is cleared already, or gone.
        CalledAlready: somebody was asked for help before.
        OwnerIsGone: that person has left.
    """
    blocker = await session.get(Blocker, blocker_id, with_for_update=True)
    if blocker is None or blocker.resolved_at is not None:
        raise Unknown("This is cleared already, or is not here any more.")
    if blocker.escalated_at is not None:
        raise CalledAlready
    if not to.active:
        raise OwnerIsGone(f"{to.name} can't be asked here any more. Please choose somebody else.")
    blocker.escalated_at = now
    about = HelpWanted(blocker_id=blocker_id, by_id=by.id, ask=ask)
    await notices.give(session, [ToTell(blocker.workspace_id, to.id, about)], now)
    chronicle.record(
        session,
        "blocker_escalated",
        project_id=blocker.project_id,
        by_id=by.id,
        at=now,
        blocker=blocker.id,
        to=to.id,
    )


async def take(session: AsyncSession, blocker_id: int, slack_id: str, now: datetime) -> None:
    """“I take it”, from somebody who was asked for help: they are its owner from now on, and on it.

    Raises:
        Unknown: it is cleared already, or gone.
        MayNotClear: nobody asked this person.
    """
    found = (
        await session.execute(
            select(Blocker, Member)
            .join(Member, (Member.slack_id == slack_id) & Member.active)
            .join(
                Notice,
                (Notice.member_id == Member.id) & (Notice.subject == f"help:{blocker_id}"),
            )
            .where(Blocker.id == blocker_id)
            .with_for_update(of=Blocker)
        )
    ).one_or_none()
    if found is None:
        raise MayNotClear
    row, me = found
    if row.resolved_at is not None:
        raise Unknown("This is cleared already, or is not here any more.")
    told = await notices.settle(session, [f"blocker:{row.id}", f"help:{row.id}"], now)
    row.owner_id, row.acknowledged_at = me.id, now
    await blockers.show(session, row, told, now)


async def heard_about(session: AsyncSession, experiment_ids: Sequence[int], now: datetime) -> None:
    """Something was said about these experiments: who was asked about them has answered."""
    subjects = [f"ask:{experiment_id}" for experiment_id in experiment_ids]
    shown = await notices.settle(session, subjects, now)
    if shown:
        await refresh_all(session, shown, now=now)


async def _waits(session: AsyncSession, member_id: int, subject: str) -> bool:
    found = await session.scalar(
        select(Notice.id).where(
            Notice.member_id == member_id, Notice.subject == subject, Notice.done_at.is_(None)
        )
    )
    return found is not None


async def asking_about(session: AsyncSession, rows: Sequence[Notice]) -> dict[str, Wondered]:
    """Those notices that ask about an experiment, as people read them, by subject."""
    asked = {
        row.subject: (one, row.done_at is not None)
        for row in rows
        if isinstance(one := notice_of(row.payload), AskedAbout)
    }
    if not asked:
        return {}
    found = await session.scalars(
        select(Experiment)
        .where(Experiment.id.in_([one.experiment_id for one, _ in asked.values()]))
        .options(joinedload(Experiment.project, innerjoin=True))
    )
    experiments = {row.id: row for row in found}
    people = await _people(session, {one.by_id for one, _ in asked.values()})
    return {
        subject: Wondered(
            experiment_id=row.id,
            key=experiment_key(row.project.key, row.number),
            title=row.title,
            project_name=row.project.name,
            asker=person(people[one.by_id]),
            wants_number=one.wants_number,
            answered=answered,
        )
        for subject, (one, answered) in asked.items()
        if (row := experiments.get(one.experiment_id)) is not None
    }


async def calls_for_help(
    session: AsyncSession, rows: Sequence[Notice], known: Mapping[int, BlockerFacts]
) -> dict[str, Called]:
    """Those notices that ask for help, as people read them, by subject."""
    called = {
        row.subject: (one, row.member_id)
        for row in rows
        if isinstance(one := notice_of(row.payload), HelpWanted) and one.blocker_id in known
    }
    if not called:
        return {}
    people = await _people(session, {one.by_id for one, _ in called.values() if one.by_id})
    found: dict[str, Called] = {}
    for subject, (one, member_id) in called.items():
        about = known[one.blocker_id]
        owner = about.blocker.owner
        taken = owner is not None and owner.member_id == member_id
        found[subject] = Called(about, perhaps(people.get(one.by_id or 0)), one.ask, taken)
    return found


async def _people(session: AsyncSession, ids: set[int]) -> dict[int, Member]:
    found = await session.scalars(select(Member).where(Member.id.in_(ids)))
    return {row.id: row for row in found}
