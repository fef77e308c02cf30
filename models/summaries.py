"""The summary of a run and one person's answers in full, read from the rows of the moment."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from models.domain.errors import Unknown
from models.domain.experiment import experiment_key
from models.domain.facts import Answer, Line, Numbers, Person, SummaryFacts
from models.domain.standup import PromptState
from models.experiments import criterion_of, day_of
from models.numbers import standing
from models.people import person
from models.prompts import answers_of, with_number
from models.tables import Experiment, Member, Project, Prompt, Run, StandupEntry


async def summary_facts(
    session: AsyncSession, run_id: int, today: date, now: datetime
) -> SummaryFacts:
    """What the team learned in a run; constant queries whatever the size of the team.

    Raises:
        Unknown: there is no such run.
    """
    run = await session.scalar(
        select(Run).where(Run.id == run_id).options(joinedload(Run.ceremony, innerjoin=True))
    )
    if run is None:
        raise Unknown
    prompts = (
        await session.scalars(
            select(Prompt)
            .where(Prompt.run_id == run_id)
            .join(Member, Member.id == Prompt.member_id)
            .order_by(Member.name)
            .options(joinedload(Prompt.member, innerjoin=True))
        )
    ).all()
    entries = await _entries(session, run_id)
    people = {prompt.member_id: prompt.member for prompt in prompts}
    lines = await _lines(session, entries, people, today)
    heard = {entry.member_id for entry in entries}
    asked = [one for one in prompts if one.member_id in heard or _is_asked(one)]
    silent = [one for one in prompts if one.member_id not in heard and one.member.active]
    started, started_in_all = await _started(session, run)
    projects = await _projects(session, run, entries, today)
    return SummaryFacts(
        run_id=run.id,
        day=run.day,
        since=await session.scalar(
            select(func.max(Run.day)).where(
                Run.ceremony_id == run.ceremony_id,
                Run.opened_at < run.opened_at,
                Run.day < run.day,
                ~Run.ahead,
            )
        ),
        asked=len(asked),
        answered=len(heard),
        lines=tuple(lines),
        elsewhere=tuple(
            (person(people[entry.member_id]), entry.learned or "")
            for entry in entries
            if entry.experiment_id is None
        ),
        no_answer=_persons(one for one in silent if _is_asked(one) and one.closes_at <= now),
        still_to_come=_persons(one for one in silent if _is_asked(one) and one.closes_at > now),
        away=_persons(one for one in silent if one.state is PromptState.AWAY),
        sitting_out=_persons(one for one in silent if one.state is PromptState.SKIPPED),
        started=started,
        started_in_all=started_in_all,
        projects=projects,
        closed=run.closed_at is not None,
    )


def _is_asked(prompt: Prompt) -> bool:
    """Whether an answer of this person's is waited for, or was: not of who is away, left or sits it out."""
    states = (PromptState.WAITING, PromptState.ASKED, PromptState.ANSWERED)
    return prompt.state in states and prompt.member.active


def _persons(prompts: Iterable[Prompt]) -> tuple[Person, ...]:
    return tuple(person(prompt.member) for prompt in prompts)


def _with_experiment() -> Select[StandupEntry]:
    return select(StandupEntry).options(
        joinedload(StandupEntry.experiment).options(
            joinedload(Experiment.project, innerjoin=True), joinedload(Experiment.criterion_metric)
        ),
        with_number(),
    )


async def _entries(session: AsyncSession, run_id: int) -> Sequence[StandupEntry]:
    found = await session.scalars(
        _with_experiment()
        .where(StandupEntry.run_id == run_id)
        .order_by(StandupEntry.answered_at, StandupEntry.id)
    )
    return found.all()


async def _lines(
    session: AsyncSession, entries: Sequence[StandupEntry], people: dict[int, Member], today: date
) -> list[Line]:
    answers = await answers_of(session, entries)
    return [
        _line(entry.experiment, people[entry.member_id], answers[entry.id], today, late=entry.late)
        for entry in entries
        if entry.experiment is not None
    ]


def _line(
    experiment: Experiment, member: Member, answer: Answer, today: date, *, late: bool
) -> Line:
    return Line(
        who=person(member),
        key=experiment_key(experiment.project.key, experiment.number),
        title=experiment.title,
        project_name=experiment.project.name,
        day=day_of(experiment, today),
        timebox=experiment.timebox_days,
        criterion=criterion_of(experiment),
        answer=answer,
        late=late,
    )


async def _started(session: AsyncSession, run: Run) -> tuple[tuple[tuple[str, str], ...], int]:
    """Experiments that began on the day of the run, as (title, project), and how many in all."""
    statement = (
        select(Experiment.title, Project.name, func.count().over())
        .join(Project, Project.id == Experiment.project_id)
        .where(Experiment.started_on == run.day)
        .order_by(Experiment.id)
        .limit(20)
    )
    if run.ceremony.project_id is not None:
        statement = statement.where(Experiment.project_id == run.ceremony.project_id)
    found = (await session.execute(statement)).all()
    return tuple((title, name) for title, name, _ in found), found[0][2] if found else 0


async def _projects(
    session: AsyncSession, run: Run, entries: Sequence[StandupEntry], today: date
) -> tuple[tuple[str, Numbers], ...]:
    """Where the projects stand that the run was about."""
    names = {
        entry.experiment.project_id: entry.experiment.project.name
        for entry in entries
        if entry.experiment is not None
    }
    if run.ceremony.project_id is not None and not names:
        project = await session.get_one(Project, run.ceremony.project_id)
        names[project.id] = project.name
    numbers = await standing(session, names, today)
    return tuple((names[key], numbers[key]) for key in names if key in numbers)


async def detail_facts(session: AsyncSession, entry_id: int, today: date) -> Line:
    """One answer in full.

    Raises:
        Unknown: the answer is gone.
    """
    entry = await session.scalar(_with_experiment().where(StandupEntry.id == entry_id))
    if entry is None or entry.experiment is None:
        raise Unknown
    member = await session.get_one(Member, entry.member_id)
    answers = await answers_of(session, [entry])
    return _line(entry.experiment, member, answers[entry.id], today, late=entry.late)
