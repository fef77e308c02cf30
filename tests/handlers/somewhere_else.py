"""Experiments in each state, and what the clicks on their pages carry."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.ids import Click
from models.domain.experiment import Outcome, Status
from models.tables import Member, Project
from tests.rows import make_experiment


async def make_course(
    session: AsyncSession, project: Project, owner: Member
) -> tuple[int, int, int]:
    """One for later, one that rests, one that is concluded."""
    later = await make_experiment(session, project, owner, status=Status.PROPOSED, started_on=None)
    resting = await make_experiment(session, project, owner, status=Status.PAUSED)
    concluded = await make_experiment(
        session, project, owner, status=Status.CONCLUDED, outcome=Outcome.REFUTED
    )
    return later.id, resting.id, concluded.id


def of_course(running: int, later: int, resting: int, concluded: int) -> dict[str, dict[str, Any]]:
    """Each click, with the experiment in whose state it is possible."""
    return {
        Click.CONCLUDE_WHICH: {"value": f"conclude:{running}"},
        Click.EXPERIMENT_START: {"value": f"start:{later}"},
        Click.EXPERIMENT_RESUME: {"value": f"resume:{resting}"},
        Click.EXPERIMENT_NUMBER: {"value": f"number:{running}"},
        Click.EXPERIMENT_CONCLUDE: {"value": f"conclude:{running}"},
        Click.EXPERIMENT_FOLLOW_UP: {"value": f"follow_up:{concluded}"},
        Click.EXPERIMENT_MORE: {"value": f"criterion:{running}"},
    }
