"""Which of the changes in the data that its project expects an experiment replays (S0-20, S0-22)."""

from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from models import chronicle
from models.course import InHand
from models.domain.clock import Moment
from models.domain.course_facts import ShiftChoices
from models.domain.errors import Unknown
from models.domain.experiment import Category
from models.domain.shifts import OnlyQualityChecks, expected, name_of
from models.tables import CharterAnswer, Experiment, Replay

QUESTION = "shift"
"""The charter's question that the changes are the answer to."""


async def choices(session: AsyncSession, experiment: Experiment) -> ShiftChoices:
    """The changes that its project's charter names, and the one that it replays; one statement."""
    _, lines, replay = await _read(session, experiment)
    return ShiftChoices(lines, replay.text if replay else None)


async def replay(session: AsyncSession, hand: InHand, name: str | None, *, at: Moment) -> None:
    """The experiment replays the change with this name (`name_of`), or none; two statements at most.

    Raises:
        OnlyQualityChecks: it is another kind of work.
        Unknown: the charter names no such change any more.
    """
    experiment = hand.experiment
    author, lines, before = await _read(session, experiment)
    line = next((one for one in lines if name_of(one) == name), None)
    if name is not None and line is None:
        raise Unknown("That change is no longer in the project's charter. Please choose again.")
    if line is not None and experiment.category is not Category.QUALITY_CHECK:
        raise OnlyQualityChecks
    if line == (before.text if before else None):
        return
    if before is not None:
        await session.execute(delete(Replay).where(Replay.id == before.id))
    if line is not None:
        session.add(Replay(experiment_id=experiment.id, text=line, by_id=author))
    chronicle.record(
        session,
        "experiment_replays",
        project_id=experiment.project_id,
        by_id=hand.by.id,
        at=at.now,
        experiment=experiment.id,
        replays=line is not None,
    )


async def _read(
    session: AsyncSession, experiment: Experiment
) -> tuple[int, tuple[str, ...], Replay | None]:
    """Who wrote the charter's answer, its lines, and what the experiment replays."""
    its = (CharterAnswer.project_id == Experiment.project_id) & (CharterAnswer.key == QUESTION)
    row: Any = (
        await session.execute(
            select(CharterAnswer, Replay)
            .select_from(Experiment)
            .outerjoin(CharterAnswer, its)
            .outerjoin(Replay, Replay.experiment_id == Experiment.id)
            .where(Experiment.id == experiment.id)
        )
    ).one()
    answer, replay = row
    if answer is None:
        return 0, (), replay
    return answer.by_id, expected(answer.text), replay
