"""What a person is asked about in a standup, with all that an answer needs to be stored."""

from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased, contains_eager, joinedload

from models.domain.errors import Unknown
from models.domain.experiment import ASKED_ABOUT, require_open
from models.measuring import best_of_criterion, is_measured_by, suggested_by, version_on
from models.prompts import load_prompt, require_own, with_number
from models.scope import in_scope
from models.tables import Ceremony, Experiment, Measurement, Metric, Prompt, Run, StandupEntry


class Asked(NamedTuple):
    """A prompt that may be answered, the experiment in question, what was said of it, what else is open.

    `measures` is what its numbers are of; `suggested` what its criterion says by now.
    """

    prompt: Prompt
    experiment: Experiment
    entry: StandupEntry | None
    others_open: int
    measures: tuple[Metric, int] | None
    suggested: str | None


async def asked_about(
    session: AsyncSession, prompt_id: int, experiment_id: int, slack_id: str, today: date
) -> Asked:
    """The prompt and its experiments, locked; one statement.

    Raises:
        Unknown: the prompt or the experiment is gone, or is not one that this prompt asks about.
        NotYours: somebody else was asked.
        ExperimentConcluded: it is concluded already.
    """
    found = (await session.execute(_rows(prompt_id, experiment_id, today))).all()
    prompt = found[0][0] if found else await load_prompt(session, prompt_id)
    require_own(prompt, slack_id)
    row = next((row for row in found if row[1].id == experiment_id), None)
    if row is None:
        raise Unknown
    _, experiment, entry, metric, version, best = row
    require_open(experiment.status)
    return Asked(
        prompt,
        experiment,
        entry,
        others_open=sum(row[2] is None for row in found if row[1].id != experiment_id),
        measures=None if metric is None else (metric, version or 1),
        suggested=suggested_by(experiment, metric, best),
    )


def _rows(prompt_id: int, experiment_id: int, today: date) -> Select[*tuple[Any, ...]]:
    """What a prompt asks about, what was said of it in this run, and what it is measured by."""
    asks_about = Experiment.status.in_(ASKED_ABOUT) & in_scope(Ceremony.id)
    is_its = asks_about | (Experiment.id == experiment_id)
    of_run = and_(StandupEntry.run_id == Run.id, StandupEntry.experiment_id == Experiment.id)
    best = aliased(Measurement)
    return (
        select(Prompt, Experiment, StandupEntry, Metric, version_on(today), best)
        .select_from(Prompt)
        .join(Prompt.run)
        .join(Run.ceremony)
        .join(Experiment, and_(Experiment.owner_id == Prompt.member_id, is_its))
        .outerjoin(StandupEntry, of_run)
        .outerjoin(Metric, is_measured_by())
        .outerjoin(best, best.id == best_of_criterion())
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


async def one_by_one(session: AsyncSession, prompt_id: int) -> None:
    """Two answers at once are one after the other, and the second reads what the first has written."""
    await session.execute(select(Prompt.id).where(Prompt.id == prompt_id).with_for_update())
