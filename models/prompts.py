"""What a person is asked: the cards of the DM, and the form of one experiment."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.interfaces import LoaderOption

from models import scope
from models.domain.cadence import zone_of
from models.domain.errors import ExperimentConcluded, NotYours, RunClosed, Unknown
from models.domain.experiment import ASKED_ABOUT, experiment_key
from models.domain.facts import (
    Answer,
    Blocker,
    ExperimentCard,
    FormFacts,
    Numbers,
    Person,
    PromptFacts,
)
from models.experiments import criterion_of, day_of
from models.numbers import standing
from models.people import person
from models.tables import Ceremony, Experiment, Measurement, Member, Prompt, Run, StandupEntry


async def load_prompt(session: AsyncSession, prompt_id: int, *, lock: bool = False) -> Prompt:
    """A prompt with its run, the run's ceremony and the person.

    Raises:
        Unknown: there is no such prompt in this workspace.
    """
    statement = (
        select(Prompt)
        .where(Prompt.id == prompt_id)
        .options(
            joinedload(Prompt.member, innerjoin=True),
            joinedload(Prompt.run, innerjoin=True).joinedload(Run.ceremony, innerjoin=True),
        )
    )
    prompt: Prompt | None = await session.scalar(
        statement.with_for_update(of=Prompt) if lock else statement
    )
    if prompt is None:
        raise Unknown
    return prompt


def require_own(prompt: Prompt, slack_id: str) -> None:
    """Only the person who was asked answers.

    Raises:
        NotYours: somebody else's.
    """
    if prompt.member.slack_id != slack_id:
        raise NotYours


async def entries_of(session: AsyncSession, run_id: int, member_id: int) -> Sequence[StandupEntry]:
    """What a person said in a run."""
    found = await session.scalars(
        select(StandupEntry)
        .where(StandupEntry.run_id == run_id, StandupEntry.member_id == member_id)
        .order_by(StandupEntry.id)
        .options(with_number())
    )
    return found.all()


def with_number() -> LoaderOption:
    """Entries with their measurement and its metric, in the same query."""
    return joinedload(StandupEntry.measurement).joinedload(Measurement.metric, innerjoin=True)


async def asked_about(
    session: AsyncSession, prompt: Prompt, ceremony: Ceremony
) -> Sequence[Experiment]:
    """The experiments that a prompt is about: the person's open ones, and those answered in this run."""
    answered = select(StandupEntry.experiment_id).where(
        StandupEntry.run_id == prompt.run_id,
        StandupEntry.member_id == prompt.member_id,
        StandupEntry.experiment_id.is_not(None),
    )
    statement = (
        select(Experiment)
        .where(
            Experiment.owner_id == prompt.member_id,
            (Experiment.status.in_(ASKED_ABOUT) & in_scope(ceremony)) | Experiment.id.in_(answered),
        )
        .order_by(Experiment.started_on, Experiment.id)
        .options(
            joinedload(Experiment.project, innerjoin=True), joinedload(Experiment.criterion_metric)
        )
    )
    return (await session.scalars(statement)).all()


def in_scope(ceremony: Ceremony) -> ColumnElement[bool]:
    """The experiments that a standup is about: see `models.scope`."""
    return scope.in_scope(ceremony.id)


async def facts(session: AsyncSession, prompt_id: int, today: date) -> PromptFacts:
    """The DM of one person as it should read now."""
    prompt = await load_prompt(session, prompt_id)
    run = prompt.run
    experiments = await asked_about(session, prompt, run.ceremony)
    entries = await entries_of(session, prompt.run_id, prompt.member_id)
    by_experiment = {entry.experiment_id: entry for entry in entries}
    answers = await answers_of(session, entries)
    cards = await _cards(session, experiments, today, before_run=prompt.run_id)
    doing_else = by_experiment.get(None)
    return PromptFacts(
        prompt_id=prompt.id,
        person=person(prompt.member),
        day=run.day,
        closed=run.closed_at is not None,
        cards=tuple(
            card
            if (entry := by_experiment.get(card.experiment_id)) is None
            else replace(card, answer=answers[entry.id])
            for card in cards
        ),
        doing_else=doing_else.learned if doing_else else None,
        until=prompt.closes_at.astimezone(zone_of(prompt.member.tz)),
        state=prompt.state,
    )


async def form_facts(
    session: AsyncSession, prompt_id: int, experiment_id: int, slack_id: str, today: date
) -> FormFacts:
    """The answer form of one experiment, with what was said before.

    Raises:
        Unknown: the prompt or the experiment is gone.
        NotYours: somebody else was asked.
        ExperimentConcluded: it was concluded elsewhere, not by this answer.
        RunClosed: nothing can be answered any more; a conclusion that is pending can be finished.
    """
    whole = await facts(session, prompt_id, today)
    if whole.person.slack_id != slack_id:
        raise NotYours
    card = next((card for card in whole.cards if card.experiment_id == experiment_id), None)
    if card is None:
        raise ExperimentConcluded
    if whole.closed and card.pending is None:
        raise RunClosed
    return FormFacts(prompt_id, card)


async def answers_of(session: AsyncSession, entries: Sequence[StandupEntry]) -> dict[int, Answer]:
    """Entries (loaded with `with_number`) as answers, by id, with the people who can clear the way."""
    owners = await _owners(session, {entry.blocker_owner_id for entry in entries} - {None})
    return {
        entry.id: Answer(
            status=entry.status,
            no_change=entry.no_change,
            learned=entry.learned,
            value=entry.measurement.value if entry.measurement else None,
            unit=entry.measurement.metric.unit if entry.measurement else "",
            next_step=entry.next_step,
            blocker=Blocker(
                entry.blocker_kind,
                entry.blocker_text or "",
                owners.get(entry.blocker_owner_id or 0),
            )
            if entry.blocker_kind
            else None,
        )
        for entry in entries
    }


async def _owners(session: AsyncSession, ids: set[int | None]) -> dict[int, Person]:
    if not ids:
        return {}
    found = await session.scalars(select(Member).where(Member.id.in_(ids)))
    return {row.id: person(row) for row in found}


async def _cards(
    session: AsyncSession, experiments: Sequence[Experiment], today: date, *, before_run: int
) -> list[ExperimentCard]:
    numbers = await standing(session, [experiment.project_id for experiment in experiments], today)
    earlier = await _earlier(session, [experiment.id for experiment in experiments], before_run)
    return [
        _card(experiment, numbers.get(experiment.project_id), earlier.get(experiment.id, []), today)
        for experiment in experiments
    ]


async def _earlier(
    session: AsyncSession, experiment_ids: Sequence[int], before_run: int
) -> dict[int, list[StandupEntry]]:
    """The entries of earlier runs, newest first, at most three an experiment."""
    rank = (
        func.row_number()
        .over(partition_by=StandupEntry.experiment_id, order_by=StandupEntry.id.desc())
        .label("rank")
    )
    ranked = (
        select(StandupEntry.id, rank)
        .where(StandupEntry.experiment_id.in_(experiment_ids), StandupEntry.run_id != before_run)
        .subquery()
    )
    found = await session.scalars(
        select(StandupEntry)
        .join(ranked, ranked.c.id == StandupEntry.id)
        .where(ranked.c.rank <= 3)
        .order_by(ranked.c.rank)
        .options(joinedload(StandupEntry.run, innerjoin=True))
    )
    earlier: dict[int, list[StandupEntry]] = {}
    for entry in found:
        if entry.experiment_id is not None:
            earlier.setdefault(entry.experiment_id, []).append(entry)
    return earlier


def _card(
    experiment: Experiment, numbers: Numbers | None, earlier: list[StandupEntry], today: date
) -> ExperimentCard:
    project = experiment.project
    no_changes = 0
    for entry in earlier:
        if not entry.no_change:
            break
        no_changes += 1
    return ExperimentCard(
        experiment_id=experiment.id,
        key=experiment_key(project.key, experiment.number),
        title=experiment.title,
        project_name=project.name,
        business_goal=project.business_goal,
        day=day_of(experiment, today),
        timebox=experiment.timebox_days,
        criterion=criterion_of(experiment),
        numbers=numbers,
        planned=next((entry.next_step for entry in earlier if entry.next_step), None),
        status=experiment.status,
        pending=experiment.pending_outcome,
        no_changes=no_changes,
        last_heard=earlier[0].run.day if earlier else None,
    )
