"""Consequences: what follows from answers beyond their own rows, drawn by the tick for many at once.

An answer's own transaction stays small, so that its ack is quick. What follows is drawn with the locks of
its prompt held, and drawn again it changes nothing more.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models import in_the_way, notices, surprises
from models.domain.questions import questions_of
from models.in_the_way import Said
from models.outbox import refresh_all
from models.tables import Experiment, Prompt, StandupEntry


async def draw(session: AsyncSession, prompts: Sequence[Prompt], now: datetime) -> None:
    """Blockers and surprising numbers of what these people said; their runs and ceremonies are loaded."""
    said = await _said(session, prompts)
    shown = await in_the_way.follow(session, said, now)
    shown += await surprises.follow(session, said, now)
    shown += await notices.settle(session, {f"ask:{one.experiment.id}" for one in said}, now)
    if shown:
        await refresh_all(session, shown, now=now)


async def _said(session: AsyncSession, prompts: Sequence[Prompt]) -> list[Said]:
    of = {(prompt.run_id, prompt.member_id): prompt for prompt in prompts}
    found = await session.execute(
        select(StandupEntry, Experiment)
        .join(Experiment, Experiment.id == StandupEntry.experiment_id)
        .where(
            StandupEntry.run_id.in_({run_id for run_id, _ in of}),
            StandupEntry.member_id.in_({member_id for _, member_id in of}),
        )
        .order_by(StandupEntry.id)
    )
    return [
        Said(entry, experiment, asked=_asks(prompt))
        for entry, experiment in found
        if (prompt := of.get((entry.run_id, entry.member_id)))
    ]


def _asks(prompt: Prompt) -> bool:
    """Whether its form asks what is in the way; a run that is closed says nothing new about that."""
    asked = questions_of(prompt.run.ceremony.questions).blocker.asked
    return asked and prompt.run.closed_at is None
