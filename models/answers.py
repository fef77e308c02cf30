"""Answers: what a person says in a standup, stored at once with everything that follows from it."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models import chronicle
from models.domain.errors import RunClosed, Unknown
from models.domain.experiment import (
    AbandonReason,
    Split,
    Status,
    require_open,
    suggested_outcome,
)
from models.domain.metric import MetricKind
from models.domain.standup import BlockerKind, EntryStatus, PromptState
from models.prompts import load_prompt, require_own, still_open
from models.tables import Benchmark, Experiment, Measurement, Metric, Prompt, StandupEntry


@dataclass(frozen=True)
class Said:
    """A full answer about one experiment. `value` is in the metric's unit."""

    status: EntryStatus
    learned: str | None = None
    value: float | None = None
    next_step: str | None = None
    blocker_kind: BlockerKind | None = None
    blocker_text: str | None = None
    blocker_owner_id: int | None = None
    no_change: bool = False


@dataclass(frozen=True)
class Remembered:
    """What the team keeps of a concluded experiment."""

    learning: str | None
    adopted: bool | None = None
    abandon_reason: AbandonReason | None = None


@dataclass(frozen=True)
class When:
    """The moment of an interaction: UTC, and the date on the workspace's wall."""

    now: datetime
    today: date


async def answer(
    session: AsyncSession,
    prompt_id: int,
    experiment_id: int,
    slack_id: str,
    said: Said,
    *,
    at: When,
) -> StandupEntry:
    """Store an answer, its number and its heartbeat; said again, it is corrected.

    An answer that ends the hypothesis leaves it pending: it is concluded when the second view says what
    the team should remember.

    Raises:
        Unknown: the prompt or the experiment is gone, or is not one that this prompt asks about.
        NotYours: somebody else was asked.
        RunClosed: the run's last answering time is over.
        ExperimentConcluded: it is concluded already.
    """
    prompt = await _open_prompt(session, prompt_id, slack_id)
    experiment = await session.scalar(
        select(Experiment).where(Experiment.id == experiment_id).with_for_update()
    )
    if experiment is None or experiment.owner_id != prompt.member_id:
        raise Unknown
    require_open(experiment.status)
    entry = await _entry(session, prompt, experiment_id, at.now)
    entry.status, entry.no_change = said.status, said.no_change
    entry.learned, entry.next_step = said.learned, said.next_step
    entry.blocker_kind, entry.blocker_text = said.blocker_kind, said.blocker_text
    entry.blocker_owner_id = said.blocker_owner_id
    await _measure(session, entry, experiment, said.value, at)
    experiment.pending_outcome = said.status.outcome
    if said.next_step:
        experiment.next_step = said.next_step
    await _heard(session, prompt, at)
    return entry


async def not_experimenting(
    session: AsyncSession, prompt_id: int, slack_id: str, doing: str, *, at: When
) -> None:
    """Somebody has no hypothesis now and says what they do instead.

    Raises:
        Unknown, NotYours, RunClosed: as `answer`.
    """
    prompt = await _open_prompt(session, prompt_id, slack_id)
    entry = await _entry(session, prompt, None, at.now)
    entry.status, entry.learned = EntryStatus.NOT_EXPERIMENTING, doing
    await _heard(session, prompt, at)


async def conclude(
    session: AsyncSession,
    prompt_id: int,
    experiment_id: int,
    slack_id: str,
    remembered: Remembered,
    *,
    at: When,
) -> Experiment:
    """Conclude an experiment with the outcome that its owner gave, and what to remember.

    Raises:
        Unknown, NotYours: as `answer`; also when no outcome is pending.
        ExperimentConcluded: it is concluded already.
    """
    prompt = await load_prompt(session, prompt_id, lock=True)
    require_own(prompt, slack_id)
    experiment = await session.scalar(
        select(Experiment).where(Experiment.id == experiment_id).with_for_update()
    )
    if experiment is None or experiment.owner_id != prompt.member_id:
        raise Unknown
    require_open(experiment.status)
    if experiment.pending_outcome is None:
        raise Unknown
    experiment.status = Status.CONCLUDED
    experiment.outcome = experiment.pending_outcome
    experiment.pending_outcome = None
    experiment.learning, experiment.adopted = remembered.learning, remembered.adopted
    experiment.abandon_reason = remembered.abandon_reason
    experiment.concluded_on = at.today
    chronicle.record(
        session,
        "experiment_concluded",
        project_id=experiment.project_id,
        by_id=prompt.member_id,
        at=at.now,
        experiment=experiment.id,
        outcome=experiment.outcome.value,
        suggested=await _suggested(session, experiment),
    )
    await _heard(session, prompt, at)
    return experiment


async def _suggested(session: AsyncSession, experiment: Experiment) -> str | None:
    """What the criterion would have said; kept beside what the person said (domain §2.4-2)."""
    metric = (
        await session.get(Metric, experiment.criterion_metric_id)
        if experiment.criterion_metric_id
        else None
    )
    if metric is None:
        return None
    order = Measurement.value.desc() if metric.goal == "max" else Measurement.value.asc()
    best = await session.scalar(
        select(Measurement)
        .where(
            Measurement.experiment_id == experiment.id,
            Measurement.metric_id == metric.id,
            Measurement.excluded_on.is_(None),
        )
        .order_by(order, Measurement.id)
        .limit(1)
    )
    if best is None:
        return None
    outcome = suggested_outcome(
        best.value,
        experiment.criterion_threshold,
        goal=metric.goal,
        low=best.low,
        high=best.high,
    )
    return outcome.value if outcome else None


async def _open_prompt(session: AsyncSession, prompt_id: int, slack_id: str) -> Prompt:
    prompt = await load_prompt(session, prompt_id, lock=True)
    require_own(prompt, slack_id)
    if prompt.run.closed_at is not None:
        raise RunClosed
    return prompt


async def _entry(
    session: AsyncSession, prompt: Prompt, experiment_id: int | None, now: datetime
) -> StandupEntry:
    """The entry to write: a new one, or the one that is corrected."""
    entry = await session.scalar(
        select(StandupEntry).where(
            StandupEntry.run_id == prompt.run_id,
            StandupEntry.member_id == prompt.member_id,
            StandupEntry.experiment_id == experiment_id
            if experiment_id is not None
            else StandupEntry.experiment_id.is_(None),
        )
    )
    if entry is not None:
        entry.edited_at = now
        return entry
    entry = StandupEntry(
        run_id=prompt.run_id,
        member_id=prompt.member_id,
        experiment_id=experiment_id,
        answered_at=now,
    )
    session.add(entry)
    return entry


async def _measure(
    session: AsyncSession,
    entry: StandupEntry,
    experiment: Experiment,
    value: float | None,
    at: When,
) -> None:
    """Store the number as a measurement; a corrected answer corrects it, an emptied one excludes it."""
    known = await session.get(Measurement, entry.measurement_id) if entry.measurement_id else None
    if known is not None and known.value != value:
        known.excluded_on, known.excluded_reason = at.today, "corrected"
        entry.measurement_id = None
    if value is None or (known is not None and known.value == value):
        return
    metric = await session.scalar(
        select(Metric)
        .where(
            Metric.project_id == experiment.project_id,
            (Metric.id == experiment.criterion_metric_id) | (Metric.kind == MetricKind.PRIMARY),
        )
        .order_by((Metric.id == experiment.criterion_metric_id).desc())
        .limit(1)
    )
    if metric is None:
        return
    version = await session.scalar(
        select(func.max(Benchmark.version)).where(
            Benchmark.metric_id == metric.id, Benchmark.effective <= at.today
        )
    )
    measurement = Measurement(
        metric_id=metric.id,
        experiment_id=experiment.id,
        on=at.today,
        at=at.now,
        value=value,
        split=Split.VALIDATION,
        benchmark_version=version or 1,
    )
    session.add(measurement)
    await session.flush()
    entry.measurement_id = measurement.id


async def _heard(session: AsyncSession, prompt: Prompt, at: When) -> None:
    """The person has answered when nothing of what was asked is open any more.

    The next tick shows it in the DM and in the summary: one look at the rows for many answers.
    """
    await session.flush()
    open_ones = await session.scalar(still_open(prompt))
    if not open_ones:
        prompt.state = PromptState.ANSWERED
    prompt.answered_at = prompt.answered_at or at.now
    prompt.shown = False
