"""Pauses of an experiment: nobody asks about it, and its days don't count until it goes on.

The latest pause keeps its dates, also when it is over; those before it are folded into working days.
"""

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncSession

from models import chronicle
from models.domain.clock import Moment
from models.domain.experiment import Status
from models.domain.moves import Move, after, stands
from models.domain.working_days import elapsed
from models.people import away_of
from models.tables import Event, Experiment, Member


class Rest(NamedTuple):
    """A pause until the day on which it goes on; without one, until somebody says so."""

    until: date | None
    reason: str | None = None


def rest(
    session: AsyncSession, experiment: Experiment, pause: Rest, *, by: Member, at: Moment
) -> None:
    """Pause it from today on. Its owner is loaded.

    Raises:
        ExperimentConcluded, NotNow: it is not running.
    """
    experiment.status = after(experiment.status, Move.PAUSE)
    if experiment.paused_on is not None and experiment.paused_until is not None:
        over = experiment.paused_on, experiment.paused_until
        experiment.paused_days += elapsed(*over, away_of(experiment.owner))
    experiment.paused_on, experiment.paused_until = at.today, pause.until
    chronicle.record(
        session,
        "experiment_paused",
        project_id=experiment.project_id,
        by_id=by.id,
        at=at.now,
        experiment=experiment.id,
        until=pause.until and pause.until.isoformat(),
        reason=pause.reason,
    )


def end_rest(experiment: Experiment, today: date) -> None:
    """Its pause is over, today at the latest; nothing is done where there is none."""
    if experiment.status is Status.PAUSED:
        until = experiment.paused_until
        experiment.paused_until = today if until is None else min(until, today)


def wake_if_due(session: AsyncSession, experiment: Experiment, at: Moment) -> None:
    """Whoever touches it after the day until which it was paused finds it going on."""
    now_is = stands(experiment.status, experiment.paused_until, at.today)
    if now_is is not experiment.status:
        experiment.status = now_is
        of = (experiment.workspace_id, experiment.project_id)
        went_on(session, experiment.id, of, at.now)


def went_on(session: AsyncSession, experiment_id: int, of: tuple[int, int], now: datetime) -> None:
    """Write down that it went on by itself; `of`: its workspace and project, in a tick of all workspaces."""
    session.add(
        Event(
            workspace_id=of[0],
            project_id=of[1],
            kind="experiment_resumed",
            data={"experiment": experiment_id, "by_itself": True},
            by_id=None,
            at=now,
        )
    )
