"""`/lab new`: a hypothesis with its criterion and its timebox."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.setup import hypothesis_form, started
from handlers.deps import Ask
from handlers.doors import Reply
from handlers.forms import HypothesisForm, InvalidForm, parse
from handlers.forms_answers import HypothesisRef, id_of
from models.domain.errors import NotInUnit
from models.domain.experiment import experiment_key
from models.domain.facts import HypothesisFormFacts, ProjectChoice
from models.domain.permissions import Action
from models.experiments import Hypothesis, start_experiment
from models.permits import permit
from models.projects import choice, choices
from models.tables import Experiment


async def open_form(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """The form for a new hypothesis, about the channel's project or the one named behind the verb.

    Raises:
        GuestsMayNot, NotMetYet: see `models.permits.permit`.
        NoProject: there is none yet.
    """
    await permit(session, ask.user, Action.ADD_HYPOTHESIS)
    named = ask.text.split()[1:]
    projects = await choices(
        session, ask.today, first=named[0].upper() if named else ask.channel or ""
    )
    return _form(projects, projects[0])


async def choose_project(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """Another project was chosen in the form: its numbers are shown instead."""
    projects = await choices(session, ask.today, first=id_of(ask.value))
    return _form(projects, projects[0])


def _form(projects: tuple[ProjectChoice, ...], chosen: ProjectChoice) -> dict[str, Any]:
    by_name = tuple(sorted(projects, key=lambda project: project.name))
    ref = HypothesisRef(project_id=chosen.project_id)
    return hypothesis_form(HypothesisFormFacts(by_name, chosen), ref.model_dump_json())


async def follow_up(ask: Ask, session: AsyncSession, concluded: Experiment) -> dict[str, Any]:
    """The form for a hypothesis that follows one just concluded; it can be skipped."""
    project = concluded.project
    chosen = await choice(session, project, ask.today)
    key = experiment_key(project.key, concluded.number)
    ref = HypothesisRef(project_id=project.id, follows_id=concluded.id)
    return hypothesis_form(HypothesisFormFacts((chosen,), chosen, key), ref.model_dump_json())


async def start(ask: Ask, session: AsyncSession) -> Reply:
    """Start the experiment, running from now on.

    Raises:
        InvalidForm: a field can't be taken.
        Unknown: the project is gone.
    """
    form = parse(HypothesisForm, ask.values)
    by = await permit(session, ask.user, Action.ADD_HYPOTHESIS)
    ref = HypothesisRef.of_metadata(ask.metadata)
    hypothesis = Hypothesis(
        project_id=form.project or ref.project_id,
        change=form.change,
        because=form.because,
        threshold=form.threshold,
        category=form.category,
        timebox_days=form.timebox,
        follows_id=ref.follows_id,
        later=form.begins == "later",
    )
    try:
        experiment, project = await start_experiment(
            session, hypothesis, by=by, today=ask.today, now=ask.now
        )
    except NotInUnit as error:
        raise InvalidForm({"threshold": error.sentence}) from error
    key = experiment_key(project.key, experiment.number)
    return Reply(started(key, experiment.title, later=hypothesis.later))
