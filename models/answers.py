"""Answers: what a person says in a standup, stored at once with everything that follows from it."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import NamedTuple

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import contains_eager, joinedload

from models import adopting, chronicle, resting
from models.domain.clock import Moment
from models.domain.errands import Chore, Task
from models.domain.errors import RunClosed, Unknown
from models.domain.experiment import (
    ASKED_ABOUT,
    AbandonReason,
    Outcome,
    Status,
    experiment_key,
    require_open,
)
from models.domain.facts import Pending
from models.domain.standup import BlockerKind, EntryStatus, PromptState
from models.measuring import measure, suggestion
from models.outbox import follow
from models.prompt_forms import with_words_owed
from models.prompts import load_prompt, require_own, with_number
from models.scope import in_scope
from models.tables import Ceremony, Experiment, Prompt, Run, StandupEntry


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


class _Asked(NamedTuple):
    """A prompt that may be answered, the experiment in question, what was said of it, what else is open."""

    prompt: Prompt
    experiment: Experiment
    entry: StandupEntry | None
    others_open: int


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
    asked = await _asked(session, prompt_id, experiment_id, slack_id)
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
        await measure(session, entry, experiment, said.typed, at)
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
    asked = await _asked(session, prompt_id, experiment_id, slack_id)
    experiment = asked.experiment
    if experiment.pending_outcome is None:
        raise Unknown
    outcome = experiment.pending_outcome
    await end(session, experiment, remembered, by_id=asked.prompt.member_id, at=at)
    if asked.entry is None and asked.prompt.run.closed_at is None:
        entry = _new_entry(session, asked.prompt, experiment.id, at.now)
        entry.status = EntryStatus(outcome.value)
        entry.learned = remembered.learning
    _heard(asked.prompt, at, everything=asked.others_open == 0)
    return experiment


async def end(
    session: AsyncSession, experiment: Experiment, remembered: Remembered, *, by_id: int, at: Moment
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
        by_id=by_id,
        at=at.now,
        experiment=experiment.id,
        outcome=experiment.outcome.value,
        suggested=await suggestion(session, experiment),
        **({"unmeasured": remembered.unmeasured} if remembered.unmeasured else {}),
        **({"despite": remembered.despite} if remembered.despite else {}),
    )
    if remembered.adopted and experiment.outcome is not Outcome.ABANDONED:
        chore = Chore(task=Task.ADOPTED, number=experiment.id)
        await follow(session, chore, at.now, partial(adopting.tell, session, experiment, at.now))


async def _asked(
    session: AsyncSession, prompt_id: int, experiment_id: int, slack_id: str
) -> _Asked:
    """The prompt and its experiments, locked: two clicks at once are one after the other. One statement."""
    asks_about = Experiment.status.in_(ASKED_ABOUT) & in_scope(Ceremony.id)
    of_run = and_(StandupEntry.run_id == Run.id, StandupEntry.experiment_id == Experiment.id)
    found = (
        await session.execute(
            select(Prompt, Experiment, StandupEntry)
            .select_from(Prompt)
            .join(Prompt.run)
            .join(Run.ceremony)
            .join(
                Experiment,
                (Experiment.owner_id == Prompt.member_id)
                & (asks_about | (Experiment.id == experiment_id)),
            )
            .outerjoin(StandupEntry, of_run)
            .where(Prompt.id == prompt_id)
            .order_by(Experiment.id)
            .with_for_update(of=(Prompt, Experiment))
            .options(
                joinedload(Prompt.member, innerjoin=True),
                contains_eager(Prompt.run).contains_eager(Run.ceremony),
                joinedload(Experiment.project, innerjoin=True),
                with_number(),
            )
        )
    ).all()
    prompt = found[0][0] if found else await load_prompt(session, prompt_id)
    require_own(prompt, slack_id)
    experiment, entry = next(
        ((one, said) for _, one, said in found if one.id == experiment_id), (None, None)
    )
    if experiment is None:
        raise Unknown
    require_open(experiment.status)
    others = sum(said is None for _, other, said in found if other.id != experiment_id)
    return _Asked(prompt, experiment, entry, others)


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


def _heard(prompt: Prompt, at: Moment, *, everything: bool) -> None:
    """The person was heard; they have answered when nothing that was asked is open any more.

    The next tick shows it in the DM and in the summary: one look at the rows for many answers.
    """
    if everything:
        prompt.state = PromptState.ANSWERED
    prompt.answered_at = prompt.answered_at or at.now
    prompt.shown = False
