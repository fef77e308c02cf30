"""Not this time: somebody skips a standup, goes on leave, or pauses an experiment (domain §3.2)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from models import resting
from models.domain.cadence import local_date, zone_of
from models.domain.clock import Moment
from models.domain.errors import DayIsPast, RunClosed, Unknown
from models.domain.experiment import ASKED_ABOUT, Status
from models.domain.standup import PromptState
from models.prompts import load_prompt, require_own
from models.resting import Rest
from models.tables import Experiment, Prompt, Run


class Mine(NamedTuple):
    """A prompt that somebody (a Slack id) says is theirs."""

    prompt_id: int
    slack_id: str


async def skip(session: AsyncSession, mine: Mine) -> None:
    """Sit this standup out: no reminder, no “no answer”. What was said already stays; answering goes on.

    Raises:
        Unknown, NotYours: the prompt is gone, or somebody else was asked.
        RunClosed: the run's last answering time is over.
    """
    _not_now(await _own(session, mine), PromptState.SKIPPED)


async def go_away(session: AsyncSession, mine: Mine, until: date, *, at: Moment) -> None:
    """On leave from today, on the person's own clock, until that day, both included.

    Raises:
        Unknown, NotYours, RunClosed: as `skip`.
        DayIsPast: that day is before today.
    """
    prompt = await _own(session, mine)
    today = local_date(at.now, zone_of(prompt.member.tz))
    if until < today:
        raise DayIsPast
    prompt.member.away_from, prompt.member.away_to = today, until
    _not_now(prompt, PromptState.AWAY)


async def pause_experiment(
    session: AsyncSession, mine: Mine, experiment_id: int, until: date | None, *, at: Moment
) -> None:
    """Pause an experiment: nobody asks about it until it goes on, by itself on the day `until`.

    Raises:
        Unknown, NotYours, RunClosed: as `skip`; also when the experiment is not the person's, or not open.
        DayIsPast: that day is today or before.
    """
    prompt = await _own(session, mine)
    experiment = await session.scalar(
        select(Experiment)
        .where(Experiment.id == experiment_id, Experiment.owner_id == prompt.member_id)
        .with_for_update(of=Experiment)
        .options(joinedload(Experiment.owner, innerjoin=True))
    )
    if experiment is None or experiment.status not in ASKED_ABOUT:
        raise Unknown
    if until is not None and until <= local_date(at.now, zone_of(prompt.member.tz)):
        raise DayIsPast("That day has come already. Choose a later one.")
    prompt.shown = False
    resting.rest(session, experiment, Rest(until), by=prompt.member, at=at)


def _not_now(prompt: Prompt, state: PromptState) -> None:
    if prompt.state in (PromptState.WAITING, PromptState.ASKED):
        prompt.state = state
    prompt.remind_at = None
    prompt.shown = False


async def _own(session: AsyncSession, mine: Mine) -> Prompt:
    prompt = await load_prompt(session, mine.prompt_id, lock=True)
    require_own(prompt, mine.slack_id)
    if prompt.run.closed_at is not None:
        raise RunClosed
    return prompt


async def go_on(session: AsyncSession, prompts: Sequence[Prompt], now: datetime) -> None:
    """Experiments of those who are asked now go on, where they were paused until that day or before."""
    is_over = (
        select(Prompt.id)
        .join(Run, Run.id == Prompt.run_id)
        .where(
            Prompt.id.in_([prompt.id for prompt in prompts]),
            Prompt.member_id == Experiment.owner_id,
            Run.day >= Experiment.paused_until,
        )
    )
    found = await session.execute(
        update(Experiment)
        .where(
            Experiment.owner_id.in_({prompt.member_id for prompt in prompts}),
            Experiment.status == Status.PAUSED,
            is_over.exists(),
        )
        .values(status=Status.RUNNING)  # when the pause was stays known: its days don't count
        .returning(Experiment.workspace_id, Experiment.project_id, Experiment.id)
        .execution_options(synchronize_session=False)
    )
    for workspace_id, project_id, experiment_id in found:
        resting.went_on(session, experiment_id, (workspace_id, project_id), now)
