"""Setting a number aside: with a reason and a date; it stays in the record, and in what past dates say."""

from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models import chronicle, notices
from models.domain.clock import Moment
from models.domain.errors import SetAsideAlready
from models.domain.messages import StandupDetail, StandupPrompt, StandupSummary
from models.domain.notices import NobodyToConfirm, NumberSetAside, NumberToConfirm
from models.domain.permissions import Action
from models.domain.surprise import AsideReason
from models.notices import ToTell
from models.outbox import Post, refresh_all
from models.permits import permit_about
from models.tables import (
    Experiment,
    Measurement,
    Member,
    Metric,
    Prompt,
    StandupEntry,
)


class InHand(NamedTuple):
    """A number that counts, what it is of (a live value: of no experiment), and who sets it aside."""

    row: Measurement
    metric: Metric
    experiment: Experiment | None
    by: Member


async def take(
    session: AsyncSession, measurement_id: int, slack_id: str, *, lock: bool = True
) -> InHand:
    """The number, for somebody who may set it aside.

    Raises:
        Unknown: it is gone.
        NotAllowed, GuestsMayNot, NotMetYet: see `models.permits.permit`.
        SetAsideAlready: it counts no more.
    """
    statement = (
        select(Measurement, Metric, Experiment)
        .join(Metric, Metric.id == Measurement.metric_id)
        .outerjoin(Experiment, Experiment.id == Measurement.experiment_id)
        .where(Measurement.id == measurement_id)
    )
    by, found = await permit_about(
        session,
        statement.with_for_update(of=Measurement) if lock else statement,
        slack_id,
        Action.SET_NUMBER_ASIDE,
        project=Metric.project_id,
        owner=Experiment.owner_id,
    )
    row, metric, experiment = found[0].Measurement, found[0].Metric, found[0].Experiment
    if row.excluded_on is not None:
        raise SetAsideAlready
    return InHand(row, metric, experiment, by)


async def set_aside(
    session: AsyncSession, hand: InHand, reason: AsideReason, note: str | None, *, at: Moment
) -> None:
    """The number counts no more from today on; the experiment's owner is told, unless it is they who say so.

    What shows it is shown anew, and nobody is asked for a second look any more.
    """
    row = hand.row
    row.excluded_on, row.excluded_reason = at.today, reason.value
    row.excluded_note, row.excluded_by_id = note, hand.by.id
    if hand.experiment is not None and hand.experiment.owner_id != hand.by.id:
        about = NumberSetAside(measurement_id=row.id, note=note)
        told = ToTell(row.workspace_id, hand.experiment.owner_id, about)
        await notices.give(session, [told], at.now)
    chronicle.record(
        session,
        "number_set_aside",
        project_id=hand.metric.project_id,
        by_id=hand.by.id,
        at=at.now,
        measurement=row.id,
        reason=reason.value,
        note=note,
    )
    subjects = [kind(measurement_id=row.id).subject for kind in (NumberToConfirm, NobodyToConfirm)]
    shown = await notices.settle(session, subjects, at.now)
    await refresh_all(session, [*shown, *await _shows(session, row.id)], now=at.now)


async def _shows(session: AsyncSession, measurement_id: int) -> list[Post]:
    """The messages of the standup that it was said in."""
    found = (
        await session.execute(
            select(StandupEntry.id, StandupEntry.run_id, Prompt.id)
            .join(
                Prompt,
                (Prompt.run_id == StandupEntry.run_id)
                & (Prompt.member_id == StandupEntry.member_id),
            )
            .where(StandupEntry.measurement_id == measurement_id)
        )
    ).first()
    if found is None:
        return []
    entry_id, run_id, prompt_id = found
    messages = (
        StandupDetail(run_id=run_id, entry_id=entry_id),
        StandupSummary(run_id=run_id),
        StandupPrompt(prompt_id=prompt_id),
    )
    return [Post(message, "") for message in messages]
