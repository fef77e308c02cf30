"""`/lab conclude`: the experiment that is named, the only one that is open, or one that is chosen."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks import course_forms, move_forms
from handlers.blocks.lab import note
from handlers.deps import Ask
from handlers.experiment_page import by_key
from handlers.forms_course import of_experiment
from handlers.forms_moves import MoveRef
from models import course, listing
from models.domain.moves import Move


async def open_form(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """The form, or which one it is about.

    Raises:
        WhichExperiment, Unknown: what stands behind the verb is no key, or of no experiment.
        NotMetYet, GuestsMayNot, NotAllowed, ExperimentConcluded, NotNow: see `models.course`.
    """
    words = ask.text.split()[1:]
    if words:
        which = by_key(words[0])
        return await _form(
            ask, session, await listing.id_of(session, which.project_key, which.number)
        )
    mine, more = await listing.to_conclude(session, ask.user)
    if not mine:
        return note("Conclude", ["No experiment of yours is open. Write a key behind the command."])
    if len(mine) == 1:
        return await _form(ask, session, mine[0][0])
    choices = [(f"{Move.CONCLUDE}:{ident}", label) for ident, label in mine]
    return move_forms.which(choices, more)


async def chosen(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """The form of the one that was chosen.

    Raises:
        Unknown, NotMetYet, GuestsMayNot, NotAllowed, ExperimentConcluded, NotNow: see `models.course`.
    """
    return await _form(ask, session, MoveRef.of(ask.value).experiment_id)


async def _form(ask: Ask, session: AsyncSession, experiment_id: int) -> dict[str, Any]:
    facts = await course.facts(session, experiment_id, ask.user, Move.CONCLUDE, ask.today)
    return course_forms.conclude_form(facts, of_experiment(experiment_id))
