"""The summary of a run and one person's answers in full, read from the rows of the moment."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import Select, func, select, true
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased, joinedload

from models import building, outbox, tables
from models.domain.cadence import local_date, working_days, zone_of
from models.domain.errors import Unknown
from models.domain.experiment import experiment_key
from models.domain.facts import Answer, Blocker, Numbers, Person
from models.domain.facts_summary import Help, Line, SummaryFacts, Topic
from models.domain.messages import TakenToThread
from models.domain.standup import PromptState
from models.experiments import criterion_of, day_of
from models.guardrails import broken_by
from models.numbers import standing
from models.people import perhaps, person
from models.prompts import answer_of, answered
from models.tables import Ceremony, Experiment, Member, Project, Prompt, Run, StandupEntry


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
    said = await _said(session, run_id)
    breaks = await broken_by(
        session, {entry.experiment_id for entry, _ in said if entry.experiment_id}, today
    )
    entries = [entry for entry, _ in said]
    people = {prompt.member_id: prompt.member for prompt in prompts}
    heard = {entry.member_id for entry in entries}
    asked = [one for one in prompts if one.member_id in heard or _is_asked(one)]
    silent = [one for one in prompts if one.member_id not in heard and one.member.active]
    started, started_in_all = await _started(session, run)
    projects = await _projects(session, run, entries, today)
    since = await session.scalar(
        select(func.max(Run.day)).where(
            Run.ceremony_id == run.ceremony_id,
            Run.opened_at < run.opened_at,
            Run.day < run.day,
            ~Run.ahead,
        )
    )
    about = {one.project_id for one in _experiments(entries)} | {run.ceremony.project_id or 0}
    return SummaryFacts(
        run_id=run.id,
        day=run.day,
        since=since,
        asked=len(asked),
        answered=len(heard),
        lines=tuple(
            replace(
                _line(entry, entry.experiment, people[entry.member_id], answer, today),
                breaks=breaks.get(entry.experiment.id, ()),
            )
            for entry, answer in said
            if entry.experiment is not None
        ),
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
        wanted=await _wanted(session, run, entries, today),
        safe_to_build=await building.safe_to_build(session, about, today),
        kept=await building.kept(session, run.ceremony.project_id, since, run.day),
    )


def _is_asked(prompt: Prompt) -> bool:
    """Whether an answer of this person's is waited for, or was: not of who is away, left or sits it out."""
    states = (PromptState.WAITING, PromptState.ASKED, PromptState.ANSWERED)
    return prompt.state in states and prompt.member.active


def _persons(prompts: Iterable[Prompt]) -> tuple[Person, ...]:
    return tuple(person(prompt.member) for prompt in prompts)


def _with_experiment() -> Select[StandupEntry, Member]:
    return answered().options(
        joinedload(StandupEntry.experiment).options(
            joinedload(Experiment.project, innerjoin=True), joinedload(Experiment.criterion_metric)
        )
    )


async def _said(session: AsyncSession, run_id: int) -> list[tuple[StandupEntry, Answer]]:
    found = await session.execute(_with_experiment().where(StandupEntry.run_id == run_id))
    return [(entry, answer_of(entry, owner)) for entry, owner in found]


def _line(
    entry: StandupEntry, experiment: Experiment, member: Member, answer: Answer, today: date
) -> Line:
    return Line(
        who=person(member),
        key=experiment_key(experiment.project.key, experiment.number),
        title=experiment.title,
        project_name=experiment.project.name,
        day=day_of(experiment, member, today),
        timebox=experiment.timebox,
        criterion=criterion_of(experiment),
        answer=answer,
        entry_id=entry.id,
        pending=experiment.pending_outcome is not None,
    )


async def _wanted(
    session: AsyncSession,
    run: Run,
    entries: Sequence[StandupEntry],
    today: date,
) -> tuple[Help, ...]:
    """What is in the way of the experiments that were answered about, and of their projects in whole.

    It is what was open in this run; a risk is not in the way.
    """
    of = {entry.experiment_id: entry for entry in entries if entry.experiment is not None}
    projects = {one.project_id: one.project.key for one in _experiments(entries)}
    row, raiser = tables.Blocker, aliased(Member)
    found = await session.execute(
        select(row, Member, raiser)
        .join(raiser, raiser.id == row.raised_by_id)
        .outerjoin(Member, Member.id == row.owner_id)
        .where(
            row.experiment_id.in_(of)
            | (row.experiment_id.is_(None) & row.project_id.in_(projects)),
            row.risk.is_(False),
            row.opened_at <= run.closed_at if run.closed_at else true(),
            # What a person's own answer ended was never acknowledged, and is no news.
            row.resolved_at.is_(None)
            | ((row.resolved_at > run.opened_at) & row.acknowledged_at.is_not(None)),
        )
        .order_by(row.opened_at, row.id)
    )
    return tuple(
        _help((blocker, owner, raised), of.get(blocker.experiment_id), projects, run, today)
        for blocker, owner, raised in found
    )


def _experiments(entries: Iterable[StandupEntry]) -> list[Experiment]:
    return [entry.experiment for entry in entries if entry.experiment is not None]


def _help(
    found: tuple[tables.Blocker, Member | None, Member],
    entry: StandupEntry | None,
    projects: dict[int, str],
    run: Run,
    today: date,
) -> Help:
    """A blocker with who can clear it and who raised it; `projects` are keys by id."""
    blocker, owner, raised = found
    number = entry.experiment.number if entry and entry.experiment else None
    project_key = projects[blocker.project_id]
    is_old = blocker.opened_at < run.opened_at
    opened_on = local_date(blocker.opened_at, zone_of(run.ceremony.tz))
    return Help(
        entry_id=entry.id if entry else None,
        who=person(raised),
        key=project_key if number is None else experiment_key(project_key, number),
        blocker=Blocker(blocker.kind, blocker.text, perhaps(owner)),
        days=working_days(opened_on, today) if is_old else None,
        acknowledged=blocker.acknowledged_at is not None,
        cleared=blocker.resolved_at is not None,
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
    return (await topic(session, entry_id, today)).line


async def topic(session: AsyncSession, entry_id: int, today: date) -> Topic:
    """One answer, and whom it concerns: who gave it, and who can clear what is in its way.

    Raises:
        Unknown: the answer is gone.
    """
    found = (
        await session.execute(_with_experiment().where(StandupEntry.id == entry_id))
    ).one_or_none()
    if found is None or (experiment := found[0].experiment) is None:
        raise Unknown
    entry, owner = found
    member = await session.get_one(Member, entry.member_id)
    breaks = await broken_by(session, [experiment.id], today)
    line = replace(
        _line(entry, experiment, member, answer_of(entry, owner), today),
        breaks=breaks.get(experiment.id, ()),
    )
    return Topic(line, tuple(dict.fromkeys(one for one in (person(member), perhaps(owner)) if one)))


async def take_to_thread(session: AsyncSession, entry_id: int, now: datetime) -> None:
    """Have one answer posted in its standup's channel, once, for people to go on in its thread (S3-24).

    Raises:
        Unknown: the answer is gone.
    """
    channel = await session.scalar(
        select(Ceremony.channel_id)
        .join(Run, Run.ceremony_id == Ceremony.id)
        .join(StandupEntry, StandupEntry.run_id == Run.id)
        .where(StandupEntry.id == entry_id, StandupEntry.experiment_id.is_not(None))
    )
    if channel is None:
        raise Unknown
    await outbox.post(session, TakenToThread(entry_id=entry_id), to=channel, now=now)
