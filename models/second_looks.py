"""Second looks: who is asked about a surprising number, and who is told where nobody can be (S0-21)."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func, select, union
from sqlalchemy.ext.asyncio import AsyncSession

from models import notices
from models.domain.notices import NobodyToConfirm, NumberToConfirm
from models.domain.project import TECHNICAL, Role
from models.domain.surprise import CONFIRMERS
from models.notices import ToTell
from models.tables import Experiment, Measurement, Member, Membership


async def ask(
    session: AsyncSession, found: Sequence[tuple[Measurement, Experiment]], now: datetime
) -> None:
    """A few of those who may confirm are told: technical people of the project, or who experiments in it.

    Where there is no second one, the project's PM reads so, and gives somebody a role; the experiment's owner
    where there is no PM.
    """
    people = await _may_look(session, {experiment.project_id for _, experiment in found})
    asked = {
        row.id: _others(people.get(experiment.project_id, []), experiment.owner_id)
        for row, experiment in found
    }
    told = [
        ToTell(row.workspace_id, member_id, NumberToConfirm(measurement_id=row.id))
        for row, _ in found
        for member_id in asked[row.id]
    ]
    alone = [(row, experiment) for row, experiment in found if not asked[row.id]]
    pms = await _pms(session, {one.project_id for _, one in alone}) if alone else {}
    told += [
        ToTell(row.workspace_id, member_id, NobodyToConfirm(measurement_id=row.id))
        for row, experiment in alone
        for member_id in pms.get(experiment.project_id, [experiment.owner_id])
    ]
    await notices.give(session, told, now)


async def _may_look(session: AsyncSession, project_ids: Collection[int]) -> dict[int, list[int]]:
    """A few who may confirm, by project; one more than are asked: the experiment's owner is none of them."""
    may = union(
        select(Membership.project_id, Membership.member_id).where(
            Membership.project_id.in_(project_ids), Membership.role.in_(TECHNICAL)
        ),
        select(Experiment.project_id, Experiment.owner_id.label("member_id")).where(
            Experiment.project_id.in_(project_ids)
        ),
    ).subquery()
    rank = func.row_number().over(partition_by=may.c.project_id, order_by=may.c.member_id)
    ranked = (
        select(may.c.project_id, may.c.member_id, rank.label("rank"))
        .join(Member, Member.id == may.c.member_id)
        .where(Member.active, ~Member.limited)
        .subquery()
    )
    people: dict[int, list[int]] = {}
    for project_id, member_id in await session.execute(
        select(ranked.c.project_id, ranked.c.member_id).where(ranked.c.rank <= CONFIRMERS + 1)
    ):
        people.setdefault(project_id, []).append(member_id)
    return people


def _others(people: Sequence[int], owner_id: int) -> list[int]:
    return sorted(member_id for member_id in people if member_id != owner_id)[:CONFIRMERS]


async def _pms(session: AsyncSession, project_ids: Collection[int]) -> dict[int, list[int]]:
    """The PMs by project, those who can be told."""
    found = await session.execute(
        select(Membership.project_id, Membership.member_id)
        .join(Member, Member.id == Membership.member_id)
        .where(
            Membership.project_id.in_(project_ids),
            Membership.role == Role.PM,
            Member.active,
            ~Member.limited,
        )
        .order_by(Membership.id)
    )
    pms: dict[int, list[int]] = {}
    for project_id, member_id in found:
        pms.setdefault(project_id, []).append(member_id)
    return pms
