"""An experiment's course outside the standup, by its owner or the project's PM."""

from typing import NamedTuple

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from models import chronicle
from models.domain.clock import Moment
from models.domain.errors import ExtendedAlready, NotYourExperiment, Unknown
from models.domain.experiment import require_open
from models.domain.project import Role
from models.tables import Experiment, Member, Membership


class InHand(NamedTuple):
    """An open experiment, locked, and who changes it."""

    experiment: Experiment
    by: Member


async def take(session: AsyncSession, experiment_id: int, slack_id: str) -> InHand:
    """The experiment, for somebody who may change it: its owner or a PM of its project.

    Raises:
        Unknown: there is no such experiment, or nobody of that name.
        NotYourExperiment: somebody else's.
        ExperimentConcluded: it is concluded already.
    """
    is_pm = exists().where(
        Membership.project_id == Experiment.project_id,
        Membership.member_id == Member.id,
        Membership.role == Role.PM,
    )
    found = (
        await session.execute(
            select(Experiment, Member, is_pm)
            .join(Member, Member.slack_id == slack_id)
            .where(Experiment.id == experiment_id)
            .with_for_update(of=Experiment)
            .options(
                joinedload(Experiment.project, innerjoin=True),
                joinedload(Experiment.criterion_metric),
                joinedload(Experiment.owner, innerjoin=True),
            )
        )
    ).one_or_none()
    if found is None:
        raise Unknown
    experiment, member, pm = found
    if experiment.owner_id != member.id and not pm:
        raise NotYourExperiment(
            f"Only {experiment.owner.name} or the project's PM can change this experiment. "
            "“Ask” sends them a question."
        )
    require_open(experiment.status)
    return InHand(experiment, member)


async def extend(
    session: AsyncSession, hand: InHand, days: int, reason: str, *, at: Moment
) -> None:
    """Give the experiment `days` more working days, once, with a reason (domain §2.5 `overdue`).

    Raises:
        ExtendedAlready: it was extended before.
    """
    experiment = hand.experiment
    if experiment.extended_days:
        raise ExtendedAlready(
            f"This one was extended before, by {experiment.extended_days} working days: "
            f"“{experiment.extension_reason}” Conclude it, with what is known by now."
        )
    experiment.extended_days, experiment.extension_reason = days, reason
    chronicle.record(
        session,
        "timebox_extended",
        project_id=experiment.project_id,
        by_id=hand.by.id,
        at=at.now,
        experiment=experiment.id,
        days=days,
        reason=reason,
    )
