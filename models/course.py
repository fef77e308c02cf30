"""An experiment's course outside the standup, by its owner or the project's PM."""

from datetime import date, datetime
from functools import partial
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from models import blockers, chronicle, resting
from models.answers import Concluded, Remembered, end
from models.asked import heard_about
from models.domain.clock import Moment
from models.domain.course_facts import CourseFacts
from models.domain.errands import Chore, Task
from models.domain.errors import (
    ExtendedAlready,
    NothingToMeasure,
)
from models.domain.experiment import Outcome, experiment_key
from models.domain.metric import stored_as
from models.domain.moves import Move, after, stands
from models.domain.permissions import Action
from models.experiment_page import ACTION_OF
from models.experiments import criterion_of, day_of
from models.guardrails import measured_by
from models.measured import keep
from models.measuring import Reading, measured_metric, number_of, suggestion
from models.numbers import standing
from models.outbox import follow
from models.people import person
from models.permits import permit_about
from models.tables import Experiment, Measurement, Member


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
    session: AsyncSession, experiment_id: int, slack_id: str, move: Move, at: Moment
) -> InHand:
    """The experiment, locked, for somebody who may do this with it now; one statement.

    What was paused until a day that has come goes on.

    Raises:
        Unknown: there is no such experiment.
        NotMetYet, GuestsMayNot, NotAllowed: see `models.permits`.
        ExperimentConcluded, NotNow: that is not possible in its state.
    """
    hand = await _taken(session, experiment_id, slack_id, move, lock=True)
    resting.wake_if_due(session, hand.experiment, at)
    after(hand.experiment.status, move)
    return hand


async def look(
    session: AsyncSession, experiment_id: int, slack_id: str, move: Move, today: date
) -> InHand:
    """The same without a lock, for a form that only shows it.

    Raises:
        Unknown, NotMetYet, GuestsMayNot, NotAllowed, ExperimentConcluded, NotNow: as `take`.
    """
    hand = await _taken(session, experiment_id, slack_id, move, lock=False)
    after(stands(hand.experiment.status, hand.experiment.paused_until, today), move)
    return hand


async def _taken(
    session: AsyncSession, experiment_id: int, slack_id: str, move: Move, *, lock: bool
) -> InHand:
    about = (
        select(Experiment)
        .select_from(Experiment)
        .where(Experiment.id == experiment_id)
        .options(
            joinedload(Experiment.project, innerjoin=True),
            joinedload(Experiment.criterion_metric),
            joinedload(Experiment.owner, innerjoin=True),
        )
    )
    by, found = await permit_about(
        session,
        about.with_for_update(of=Experiment) if lock else about,
        slack_id,
        ACTION_OF.get(move, Action.CHANGE_EXPERIMENT),
        project=Experiment.project_id,
        owner=Experiment.owner_id,
    )
    return InHand(found[0].Experiment, by)


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
    session: AsyncSession, experiment_id: int, slack_id: str, move: Move, today: date
) -> CourseFacts:
    """What the forms show of it.

    Raises:
        Unknown, NotMetYet, GuestsMayNot, NotAllowed, ExperimentConcluded, NotNow: as `take`.
    """
    return await facts_of(
        session, (await look(session, experiment_id, slack_id, move, today)).experiment, today
    )


async def facts_of(session: AsyncSession, experiment: Experiment, today: date) -> CourseFacts:
    """What the forms show of an experiment that is loaded with what belongs to it."""
    numbers = (await standing(session, [experiment.project_id], today)).get(experiment.project_id)
    criterion = criterion_of(experiment)
    measures = criterion.metric_name if criterion and not criterion.is_primary else None
    said = await suggestion(session, experiment)
    measured = (await measured_by(session, [experiment.id], today))[experiment.id]
    return CourseFacts(
        experiment_id=experiment.id,
        key=experiment_key(experiment.project.key, experiment.number),
        title=experiment.title,
        day=day_of(experiment, experiment.owner, today),
        timebox=experiment.timebox,
        criterion=criterion,
        numbers=numbers,
        measures=measures or (numbers.phrase if numbers else "the result"),
        extended=experiment.extended_days > 0,
        category=experiment.category,
        owner=person(experiment.owner),
        adopted=experiment.adopted,
        measured=measured.any,
        suggested=Outcome(said) if said else None,
        breaks=measured.breaks,
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
    low, high = (None if one is None else stored_as(one, metric.unit) for one in typed[1:])
    read = Reading(stored_as(typed.value, metric.unit), low, high)
    row = number_of(metric, version, read, experiment.id, by_id=hand.by.id, at=at)
    await keep(session, row, experiment, at)
    return row


async def conclude(
    session: AsyncSession, hand: InHand, outcome: Outcome, remembered: Remembered, *, at: Moment
) -> None:
    """Conclude the experiment outside a standup (domain §2.3).

    Raises:
        NotNow: it is for later only: it can be dropped, or started.
    """
    experiment = hand.experiment
    after(experiment.status, Move.DROP if outcome is Outcome.ABANDONED else Move.CONCLUDE)
    experiment.pending_outcome = outcome
    by = Concluded(hand.by.id, await suggestion(session, experiment))
    await end(session, experiment, remembered, by, at=at)
    chore = Chore(task=Task.CONCLUDED, number=experiment.id, more=str(hand.by.id))
    await follow(session, chore, at.now, partial(ended, session, experiment, hand.by.id, at.now))


async def ended(session: AsyncSession, experiment: Experiment, by_id: int, now: datetime) -> None:
    """What follows from a conclusion: nothing is in its way any more, and nobody is asked about it."""
    await blockers.experiment_ended(session, experiment, by_id, now)
    await heard_about(session, [experiment.id], now)
