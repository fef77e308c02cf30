"""`/lab new`: a hypothesis with its criterion and its timebox; and what was tried before it."""

from datetime import date
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks.find import tried_before as tried_before_view
from handlers.blocks.setup import hypothesis_form, started
from handlers.blocks.text import clipped, unmarked
from handlers.deps import Ask
from handlers.doors import Reply, twice
from handlers.forms import HypothesisForm, InvalidForm, parse
from handlers.forms_answers import id_of
from handlers.forms_hypothesis import HypothesisRef, Kept
from models.domain.errors import NotInUnit
from models.domain.experiment import experiment_key
from models.domain.facts import HypothesisFormFacts, ProjectChoice
from models.domain.find_facts import HypothesisWords
from models.domain.permissions import Action
from models.experiments import Ground, Hypothesis, ground, require_in_unit, start_experiment
from models.find import tried_before
from models.permits import permit
from models.projects import choice, choices
from models.tables import Experiment

LONGEST = 1_000
"""Characters that the form takes of each text."""


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
    return form_of(projects, projects[0])


async def log_message(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """“Log as hypothesis” on a message: its words stand in the form, its link is kept.

    Raises:
        GuestsMayNot, NotMetYet, NoProject: as `open_form`.
    """
    await permit(session, ask.user, Action.ADD_HYPOTHESIS)
    projects = await choices(session, ask.today, first=ask.channel or "")
    said = HypothesisWords(clipped(unmarked(ask.said).strip(), LONGEST))
    return form_of(projects, projects[0], said, link=ask.link)


async def choose_project(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """Another project was chosen in the form: its numbers are shown instead."""
    projects = await choices(session, ask.today, first=id_of(ask.value))
    link = HypothesisRef.of_metadata(ask.metadata).link if ask.metadata else None
    typed = ask.values or {}
    said = HypothesisWords(typed.get("change") or "", typed.get("because"))
    return form_of(projects, projects[0], said, link=link)


def form_of(
    projects: tuple[ProjectChoice, ...],
    chosen: ProjectChoice,
    said: HypothesisWords | None = None,
    *,
    link: str | None = None,
) -> dict[str, Any]:
    """The form about the chosen project, with what is known beforehand."""
    ref = HypothesisRef(project_id=chosen.project_id, link=link)
    facts = HypothesisFormFacts(by_name(projects), chosen, words=said)
    return hypothesis_form(facts, ref.model_dump_json())


def by_name(projects: tuple[ProjectChoice, ...]) -> tuple[ProjectChoice, ...]:
    """As a menu lists them."""
    return tuple(sorted(projects, key=lambda project: project.name))


async def follow_up(ask: Ask, session: AsyncSession, concluded: Experiment) -> dict[str, Any]:
    """The form for a hypothesis that follows one just concluded; it can be skipped."""
    project = concluded.project
    chosen = await choice(session, project, ask.today)
    key = experiment_key(project.key, concluded.number)
    ref = HypothesisRef(project_id=project.id, follows_id=concluded.id)
    return hypothesis_form(HypothesisFormFacts((chosen,), chosen, key), ref.model_dump_json())


async def start(ask: Ask, session: AsyncSession) -> Reply:
    """Start the experiment, running from now on; where something close was tried, that is shown first.

    Raises:
        InvalidForm: a field can't be taken.
        Unknown: the project is gone.
    """
    form = parse(HypothesisForm, ask.values)
    ref = HypothesisRef.of_metadata(ask.metadata)
    if form.lacks_criterion and not ref.asked:
        asked = ref.model_copy(update={"asked": True})
        return Reply(await _again(session, Kept(asked, form), ask.today))
    on = await ground(session, form.project or ref.project_id, ask.user)
    before = await tried_before(session, form.change, form.because, follows_id=ref.follows_id)
    if before is None:
        return await _start(ask, session, Kept(ref, form), on)
    try:
        require_in_unit(on.metric, form.threshold)
    except NotInUnit as error:
        raise InvalidForm({"threshold": error.sentence}) from error
    return Reply(tried_before_view(before, Kept(ref, form).metadata()))


async def start_anyway(ask: Ask, session: AsyncSession) -> Reply:
    """“Start it all the same”: what was tried before has been seen.

    Raises:
        InvalidForm, Unknown: as `start`.
    """
    kept = Kept.of_metadata(ask.metadata)
    on = await ground(session, kept.form.project or kept.ref.project_id, ask.user)
    return await _start(ask, session, kept, on)


async def back(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """“Back”: the form with its words, as they were written.

    Raises:
        Unknown: it is none that we made, or the project is gone.
    """
    return await _again(session, Kept.of_metadata(ask.metadata), ask.today)


async def _again(session: AsyncSession, kept: Kept, today: date) -> dict[str, Any]:
    """The form with the words that were written in it."""
    projects = await choices(session, today, first=kept.form.project or kept.ref.project_id)
    chosen = projects[0]
    shown = projects[:1] if kept.ref.follows_id is not None else by_name(projects)
    ref = kept.ref.model_copy(update={"project_id": chosen.project_id})
    facts = HypothesisFormFacts(shown, chosen, words=kept.words, asked=kept.ref.asked)
    return hypothesis_form(facts, ref.model_dump_json())


async def _start(ask: Ask, session: AsyncSession, kept: Kept, on: Ground) -> Reply:
    ref, form = kept
    if stored := await twice(ask, session):
        return stored
    hypothesis = Hypothesis(
        project_id=on.project.id,
        change=form.change,
        because=form.because,
        threshold=form.threshold,
        category=form.category,
        timebox_days=form.timebox,
        follows_id=ref.follows_id,
        link=ref.link,
        later=form.begins == "later",
    )
    try:
        experiment = await start_experiment(session, on, hypothesis, ask.at)
    except NotInUnit as error:
        raise InvalidForm({"threshold": error.sentence}) from error
    view = started(
        experiment_key(on.project.key, experiment.number),
        experiment.title,
        later=hypothesis.later,
        asks=on.asks,
        channel_id=on.project.channel_id,
    )
    return Reply(view)
