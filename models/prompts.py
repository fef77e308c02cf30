"""What a person is asked: the cards of the DM, and the form of one experiment."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.interfaces import LoaderOption

from models import scope
from models.domain.cadence import zone_of
from models.domain.errors import NotYours, Unknown
from models.domain.experiment import ASKED_ABOUT, experiment_key
from models.domain.facts import (
    Answer,
    Blocker,
    ExperimentCard,
    Numbers,
    PromptFacts,
)
from models.domain.repeats import said_twice
from models.experiments import criterion_of, day_of
from models.numbers import standing
from models.people import perhaps, person
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


async def entries_of(
    session: AsyncSession, run_id: int, member_id: int
) -> dict[int | None, tuple[StandupEntry, Answer]]:
    """What a person said in a run, by experiment."""
    found = await session.execute(
        answered().where(StandupEntry.run_id == run_id, StandupEntry.member_id == member_id)
    )
    return {entry.experiment_id: (entry, answer_of(entry, owner)) for entry, owner in found}


def answered() -> Select[StandupEntry, Member]:
    """Entries as `answer_of` takes them: with their number, beside who can clear what is in the way."""
    return (
        select(StandupEntry, Member)
        .outerjoin(Member, Member.id == StandupEntry.blocker_owner_id)
        .order_by(StandupEntry.answered_at, StandupEntry.id)
        .options(with_number())
    )


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
        # A conclusion that is pending comes first: it is owed since an earlier standup, or was just said.
        .order_by(Experiment.pending_outcome.is_(None), Experiment.started_on, Experiment.id)
        .options(
            joinedload(Experiment.project, innerjoin=True), joinedload(Experiment.criterion_metric)
        )
    )
    return (await session.scalars(statement)).all()


def in_scope(ceremony: Ceremony) -> ColumnElement[bool]:
    """The experiments that a standup is about: see `models.scope`."""
    return scope.in_scope(ceremony.id)


async def facts(session: AsyncSession, prompt_id: int, today: date) -> PromptFacts:
    """The DM of one person as it should read now.

    Raises:
        Unknown: there is no such prompt.
    """
    return await facts_of(session, await load_prompt(session, prompt_id), today)


async def facts_of(session: AsyncSession, prompt: Prompt, today: date) -> PromptFacts:
    """The same of a prompt that `load_prompt` has read."""
    run = prompt.run
    experiments = await asked_about(session, prompt, run.ceremony)
    said = await entries_of(session, prompt.run_id, prompt.member_id)
    cards = await _cards(session, prompt, experiments, today)
    doing_else = said.get(None)
    return PromptFacts(
        prompt_id=prompt.id,
        person=person(prompt.member),
        day=run.day,
        closed=run.closed_at is not None,
        cards=tuple(
            replace(card, answer=said[card.experiment_id][1])
            if card.experiment_id in said
            else card
            for card in cards
        ),
        doing_else=doing_else[0].learned if doing_else else None,
        until=prompt.closes_at.astimezone(zone_of(prompt.member.tz)),
        reads_only=prompt.member.limited,
        state=prompt.state,
    )


def answer_of(entry: StandupEntry, owner: Member | None) -> Answer:
    """An entry (loaded with `with_number`) as an answer; `owner` can clear what is in its way."""
    number = entry.measurement
    counts = number is not None and number.excluded_on is None
    return Answer(
        status=entry.status,
        no_change=entry.no_change,
        learned=entry.learned,
        value=number.value if number else None,
        unit=number.metric.unit if number else "",
        next_step=entry.next_step,
        blocker=Blocker(entry.blocker_kind, entry.blocker_text or "", perhaps(owner))
        if entry.blocker_kind
        else None,
        measurement_id=entry.measurement_id,
        to_confirm=number is not None
        and counts
        and number.surprising
        and number.confirmed_on is None,
        set_aside=None if number is None or counts else number.excluded_reason,
        late=entry.late,
    )


async def _cards(
    session: AsyncSession, prompt: Prompt, experiments: Sequence[Experiment], today: date
) -> list[ExperimentCard]:
    numbers = await standing(session, [experiment.project_id for experiment in experiments], today)
    earlier = await _earlier(session, [one.id for one in experiments], prompt.run_id)
    return [
        replace(
            _card(experiment, numbers.get(experiment.project_id), earlier.get(experiment.id, [])),
            day=day_of(experiment, prompt.member, today),
        )
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
    experiment: Experiment, numbers: Numbers | None, earlier: list[StandupEntry]
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
        day=None,
        timebox=experiment.timebox,
        criterion=criterion_of(experiment),
        numbers=numbers,
        planned=next((entry.next_step for entry in earlier if entry.next_step), None),
        status=experiment.status,
        pending=experiment.pending_outcome,
        no_changes=no_changes,
        last_heard=earlier[0].run.day if earlier else None,
        stuck_on=said_twice([entry.next_step for entry in earlier]),
        concluding=next(
            (entry.learned for entry in earlier if entry.status.outcome is pending), None
        )
        if (pending := experiment.pending_outcome)
        else None,
    )
