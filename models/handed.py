"""Handed on: the new owner of an experiment is told that it is theirs now, and by whom."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models import notices
from models.domain.experiment import experiment_key
from models.domain.facts_notices import Handed
from models.domain.notices import HandedOn, notice_of
from models.notices import ToTell
from models.outbox import refresh_all
from models.people import person
from models.tables import Experiment, Member, Notice, Project


async def tell(
    session: AsyncSession,
    experiment: Experiment,
    to: Member,
    *,
    before: Member,
    by: Member,
    now: datetime,
) -> None:
    """Have the new owner told, unless they took it themselves; who had it before reads that it went on."""
    about = HandedOn(experiment_id=experiment.id, by_id=by.id)
    shown = await notices.settle(session, [about.subject], now, member_ids=[before.id])
    if shown:
        await refresh_all(session, shown, now=now)
    if by.id != to.id:
        await notices.give(session, [ToTell(to.workspace_id, to.id, about)], now)


async def told_of_handed(session: AsyncSession, rows: Sequence[Notice]) -> dict[str, Handed]:
    """Those notices that tell of an experiment handed on, by subject; one statement, however many."""
    told = {
        row.subject: (one, row.member_id)
        for row in rows
        if isinstance(one := notice_of(row.payload), HandedOn)
    }
    if not told:
        return {}
    found = await session.execute(
        select(Experiment, Project, Member)
        .join(Project, Project.id == Experiment.project_id)
        .join(Member, Member.id.in_({one.by_id for one, _ in told.values()}))
        .where(Experiment.id.in_({one.experiment_id for one, _ in told.values()}))
    )
    known = {(experiment.id, by.id): (experiment, project, by) for experiment, project, by in found}
    return {
        subject: _handed(*row, member_id)
        for subject, (one, member_id) in told.items()
        if (row := known.get((one.experiment_id, one.by_id))) is not None
    }


def _handed(experiment: Experiment, project: Project, by: Member, member_id: int) -> Handed:
    return Handed(
        key=experiment_key(project.key, experiment.number),
        title=experiment.title,
        project_name=project.name,
        by=person(by),
        planned=experiment.next_step,
        mine=experiment.owner_id == member_id,
    )
