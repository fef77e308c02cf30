"""Setting a number aside: with a reason and a date; it stays in the record, and in what past dates say."""

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models import chronicle, notices
from models.domain.clock import Moment
from models.domain.errors import SetAsideAlready
from models.domain.messages import StandupDetail, StandupPrompt, StandupSummary
from models.domain.notices import NobodyToConfirm, NumberSetAside, NumberToConfirm
from models.domain.permissions import Action
from models.domain.standup import PromptState
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
            .join(Prompt, shows_it(StandupEntry))
            .where(StandupEntry.measurement_id == measurement_id)
        )
    ).all()
    if not found:
        return []
    entry_id, run_id, _ = found[0]
    return said_in(run_id, entry_id, [prompt_id for *_, prompt_id in found])


def shows_it(entry: type[StandupEntry]) -> ColumnElement[bool]:
    """Whether a question shows a number: the one that it was the answer to, and those that are still open."""
    theirs = or_(Prompt.member_id == entry.member_id, Prompt.state == PromptState.ASKED)
    return and_(Prompt.run_id == entry.run_id, theirs)


def said_in(run_id: int, entry_id: int, prompt_ids: Iterable[int]) -> list[Post]:
    """The messages of a standup that show a number: an answer, the summary, these questions."""
    answer = StandupDetail(run_id=run_id, entry_id=entry_id)
    questions = [Post(StandupPrompt(prompt_id=one), "") for one in prompt_ids]
    return [Post(answer, ""), Post(StandupSummary(run_id=run_id), ""), *questions]
