"""An experiment's course outside the standup, by its owner or the project's PM."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from models import blockers, chronicle, surprises
from models.answers import Remembered, end
from models.asked import heard_about
from models.domain.clock import Moment
from models.domain.course_facts import CourseFacts
from models.domain.errors import (
    ExtendedAlready,
    NothingToMeasure,
    NotYourExperiment,
    Unknown,
)
from models.domain.experiment import Outcome, Split, experiment_key, require_open
from models.domain.metric import stored_as
from models.domain.project import Role
from models.experiments import criterion_of, day_of
from models.measuring import measured_metric
from models.numbers import standing
from models.tables import Experiment, Measurement, Member, Membership


class InHand(NamedTuple):
    """An open experiment, locked, and who changes it."""

    experiment: Experiment
    by: Member


class Typed(NamedTuple):
    """A number and its range, as a person typed them."""

    value: float
    low: float | None = None
    high: float | None = None


async def take(
    session: AsyncSession, experiment_id: int, slack_id: str, *, lock: bool = True
) -> InHand:
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
    statement = (
        select(Experiment, Member, is_pm)
        .join(Member, Member.slack_id == slack_id)
        .where(Experiment.id == experiment_id)
        .options(
            joinedload(Experiment.project, innerjoin=True),
            joinedload(Experiment.criterion_metric),
            joinedload(Experiment.owner, innerjoin=True),
        )
    )
    found = (
        await session.execute(statement.with_for_update(of=Experiment) if lock else statement)
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


async def facts(
    session: AsyncSession, experiment_id: int, slack_id: str, today: date
) -> CourseFacts:
    """What the forms show of it.

    Raises:
        Unknown, NotYourExperiment, ExperimentConcluded: as `take`.
    """
    experiment = (await take(session, experiment_id, slack_id, lock=False)).experiment
    numbers = (await standing(session, [experiment.project_id], today)).get(experiment.project_id)
    criterion = criterion_of(experiment)
    measures = criterion.metric_name if criterion and not criterion.is_primary else None
    return CourseFacts(
        experiment_id=experiment.id,
        key=experiment_key(experiment.project.key, experiment.number),
        title=experiment.title,
        day=day_of(experiment, today),
        timebox=experiment.timebox,
        criterion=criterion,
        numbers=numbers,
        measures=measures or (numbers.phrase if numbers else "the result"),
        extended=experiment.extended_days > 0,
    )


async def add_number(
    session: AsyncSession, hand: InHand, typed: Typed, *, at: Moment
) -> Measurement:
    """A number of the experiment, beside the standup; its owner counts as heard.

    Raises:
        NothingToMeasure: neither the criterion nor the project has a metric.
        NotInUnit: it is not in the metric's unit.
    """
    experiment = hand.experiment
    found = await measured_metric(session, experiment, at)
    if found is None:
        raise NothingToMeasure
    metric, version = found
    low, high = (
        None if end is None else stored_as(end, metric.unit) for end in (typed.low, typed.high)
    )
    row = Measurement(
        metric_id=metric.id,
        experiment_id=experiment.id,
        on=at.today,
        at=at.now,
        value=stored_as(typed.value, metric.unit),
        low=low,
        high=high,
        split=Split.VALIDATION,
        benchmark_version=version,
    )
    session.add(row)
    await session.flush()
    await surprises.look_at(session, [(row, experiment)], at.now)
    await heard_about(session, [experiment.id], at.now)
    return row


async def conclude(
    session: AsyncSession, hand: InHand, outcome: Outcome, remembered: Remembered, *, at: Moment
) -> None:
    """Conclude the experiment outside a standup (domain §2.3)."""
    experiment = hand.experiment
    experiment.pending_outcome = outcome
    await end(session, experiment, remembered, by_id=hand.by.id, at=at)
    await blockers.experiment_ended(session, experiment, at.now)
    await heard_about(session, [experiment.id], at.now)
