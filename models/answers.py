"""Answers: what a person says in a standup, stored at once with everything that follows from it."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models import adopting, chronicle, resting
from models.answering import Asked, asked_about, one_by_one
from models.db import dialect_of
from models.domain.clock import Moment
from models.domain.errands import Chore, Task
from models.domain.errors import RunClosed, Unknown
from models.domain.experiment import (
    AbandonReason,
    Outcome,
    Status,
    experiment_key,
)
from models.domain.facts import Pending
from models.domain.standup import BlockerKind, EntryStatus, PromptState
from models.measuring import measure
from models.outbox import follow
from models.prompt_forms import with_words_owed
from models.prompts import load_prompt, require_own
from models.tables import (
    Experiment,
    Prompt,
    StandupEntry,
)


@dataclass(frozen=True)
class Said:
    """A full answer about one experiment. `typed` is the number as the person typed it.

    `measured` is false where no number was asked for: one that was given before stays.
    """

    status: EntryStatus
    learned: str | None = None
    typed: float | None = None
    next_step: str | None = None
    blocker_kind: BlockerKind | None = None
    blocker_text: str | None = None
    blocker_owner_id: int | None = None
    no_change: bool = False
    measured: bool = True


@dataclass(frozen=True)
class Remembered:
    """What the team keeps of a concluded experiment. `unmeasured` says why it has no number (S1-26).

    `despite` says why it stands although it breaks a guardrail (domain §3.4).
    """

    learning: str | None
    adopted: bool | None = None
    abandon_reason: AbandonReason | None = None
    unmeasured: str | None = None
    despite: str | None = None


async def answer(
    session: AsyncSession,
    prompt_id: int,
    experiment_id: int,
    slack_id: str,
    said: Said,
    *,
    at: Moment,
) -> Pending | None:
    """Store an answer, its number and its heartbeat; said again, it is corrected.

    What follows beyond these rows (blockers, a second look at a number) is drawn by the next tick
    (`consequences`). An answer that ends the hypothesis leaves it pending: it is concluded when the second
    view says what the team should remember. What is pending is returned.

    Raises:
        Unknown: the prompt or the experiment is gone, or is not one that this prompt asks about.
        NotYours: somebody else was asked.
        RunClosed: the run's last answering time is over.
        ExperimentConcluded: it is concluded already.
        NotInUnit: the number is not in the metric's unit.
    """
    await one_by_one(session, prompt_id)
    asked = await asked_about(session, prompt_id, experiment_id, slack_id, at.today)
    if asked.prompt.run.closed_at is not None:
        raise RunClosed
    experiment = asked.experiment
    entry = asked.entry or _new_entry(session, asked.prompt, experiment.id, at.now)
    entry.edited_at = at.now if asked.entry else None
    entry.status, entry.no_change = said.status, said.no_change
    entry.learned, entry.next_step = said.learned, said.next_step
    entry.blocker_kind, entry.blocker_text = said.blocker_kind, said.blocker_text
    entry.blocker_owner_id = said.blocker_owner_id
    if said.measured:
        measure(entry, experiment, said.typed, at, found=asked.measures)
    experiment.pending_outcome = said.status.outcome
    experiment.next_step = said.next_step or experiment.next_step
    _heard(asked.prompt, at, everything=asked.others_open == 0)
    if experiment.pending_outcome is None:
        return None
    key = experiment_key(experiment.project.key, experiment.number)
    pending = Pending(key, experiment.title, experiment.pending_outcome, said.learned)
    return await with_words_owed(session, experiment.id, pending, at.today)


async def not_experimenting(
    session: AsyncSession, prompt_id: int, slack_id: str, doing: str, *, at: Moment
) -> None:
    """Somebody has no hypothesis now and says what they do instead.

    Raises:
        Unknown, NotYours, RunClosed: as `answer`.
    """
    prompt = await load_prompt(session, prompt_id, lock=True)
    require_own(prompt, slack_id)
    if prompt.run.closed_at is not None:
        raise RunClosed
    entry = await session.scalar(
        select(StandupEntry).where(
            StandupEntry.run_id == prompt.run_id,
            StandupEntry.member_id == prompt.member_id,
            StandupEntry.experiment_id.is_(None),
        )
    )
    entry = entry or _new_entry(session, prompt, None, at.now)
    entry.status, entry.learned = EntryStatus.NOT_EXPERIMENTING, doing
    _heard(prompt, at, everything=True)


async def conclude(
    session: AsyncSession,
    prompt_id: int,
    experiment_id: int,
    slack_id: str,
    remembered: Remembered,
    *,
    at: Moment,
) -> Experiment:
    """Conclude an experiment with the outcome that its owner gave, and what to remember.

    When the outcome was said in an earlier standup, this one's answer is the conclusion. The experiment is
    returned with its project.

    Raises:
        Unknown, NotYours: as `answer`; also when no outcome is pending.
        ExperimentConcluded: it is concluded already.
    """
    asked = await asked_about(session, prompt_id, experiment_id, slack_id, at.today)
    experiment = asked.experiment
    if experiment.pending_outcome is None:
        raise Unknown
    outcome = experiment.pending_outcome
    by = Concluded(asked.prompt.member_id, asked.suggested)
    await end(session, experiment, remembered, by, at=at)
    if asked.entry is None and asked.prompt.run.closed_at is None:
        await _said_by_concluding(session, asked, outcome, remembered, at.now)
    _heard(asked.prompt, at, everything=asked.others_open == 0)
    return experiment


class Concluded(NamedTuple):
    """Who concludes it, and what the criterion would have said (`measuring.suggestion`)."""

    by_id: int
    suggested: str | None


async def end(
    session: AsyncSession,
    experiment: Experiment,
    remembered: Remembered,
    concluded: Concluded,
    *,
    at: Moment,
) -> None:
    """Conclude an experiment with its pending outcome, and keep what the criterion would have said.

    Raises:
        Unknown: no outcome is pending.
    """
    if experiment.pending_outcome is None:
        raise Unknown
    resting.end_rest(experiment, at.today)
    experiment.status = Status.CONCLUDED
    experiment.outcome, experiment.pending_outcome = experiment.pending_outcome, None
    experiment.learning, experiment.adopted = remembered.learning, remembered.adopted
    experiment.abandon_reason = remembered.abandon_reason
    experiment.concluded_on = at.today
    chronicle.record(
        session,
        "experiment_concluded",
        project_id=experiment.project_id,
        by_id=concluded.by_id,
        at=at.now,
        experiment=experiment.id,
        outcome=experiment.outcome.value,
        suggested=concluded.suggested,
        **({"unmeasured": remembered.unmeasured} if remembered.unmeasured else {}),
        **({"despite": remembered.despite} if remembered.despite else {}),
    )
    if remembered.adopted and experiment.outcome is not Outcome.ABANDONED:
        chore = Chore(task=Task.ADOPTED, number=experiment.id)
        await follow(session, chore, at.now, partial(adopting.tell, session, experiment, at.now))


def _new_entry(
    session: AsyncSession, prompt: Prompt, experiment_id: int | None, now: datetime
) -> StandupEntry:
    entry = StandupEntry(
        run_id=prompt.run_id,
        member_id=prompt.member_id,
        experiment_id=experiment_id,
        measurement=None,
        answered_at=now,
        late=now > prompt.closes_at,
    )
    session.add(entry)
    return entry


async def _said_by_concluding(
    session: AsyncSession, asked: Asked, outcome: Outcome, remembered: Remembered, now: datetime
) -> None:
    """The conclusion is this run's answer, too; also where that was given at the same moment."""
    said = {"status": EntryStatus(outcome.value), "learned": remembered.learning}
    row = {
        "workspace_id": asked.prompt.workspace_id,
        "run_id": asked.prompt.run_id,
        "member_id": asked.prompt.member_id,
        "experiment_id": asked.experiment.id,
        "answered_at": now,
        "late": now > asked.prompt.closes_at,
    }
    await session.execute(
        dialect_of(session)
        .insert(StandupEntry)
        .values(row | said)
        .on_conflict_do_update(index_elements=["run_id", "member_id", "experiment_id"], set_=said)
    )


def _heard(prompt: Prompt, at: Moment, *, everything: bool) -> None:
    """The person was heard; they have answered when nothing that was asked is open any more.

    The next tick shows it in the DM and in the summary: one look at the rows for many answers.
    """
    if everything:
        prompt.state = PromptState.ANSWERED
    prompt.answered_at = prompt.answered_at or at.now
    prompt.shown = False
