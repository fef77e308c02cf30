"""One experiment in full: hypothesis, numbers, what is in its way, what came before and after, its history.

At most seven statements, however long its history is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import CTE, String, cast, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased, joinedload

from models.domain import facts, moves
from models.domain.cadence import local_date, working_days
from models.domain.errors import Unknown
from models.domain.experiment import Outcome, Split, Status, experiment_key
from models.domain.experiment_facts import (
    ExperimentPage,
    Happened,
    InTheWay,
    NumberLine,
    Relative,
)
from models.domain.moves import Move
from models.domain.permissions import Action, Standing, may
from models.experiments import criterion_of, day_of, links_of
from models.guardrails import broken_by
from models.measuring import suggestion
from models.people import perhaps, person
from models.tables import (
    Blocker,
    Event,
    Experiment,
    Measurement,
    Member,
    Membership,
    Metric,
    Project,
    Replay,
)

MOST_NUMBERS = 5
MOST_BLOCKERS = 5
MOST_RELATIVES = 12
MOST_HISTORY = 12
ACTION_OF = {Move.NUMBER: Action.ADD_NUMBER, Move.FOLLOW_UP: Action.ADD_HYPOTHESIS}
"""What a move needs the permission for; all the others change the experiment."""
Raised = tuple[Blocker, Member, Member | None]


@dataclass(frozen=True)
class Which:
    """An experiment by its key, or by its id."""

    project_key: str = ""
    number: int = 0
    experiment_id: int | None = None


@dataclass(frozen=True)
class Reader:
    """Who looks (a Slack id), and the date and zone of the wall that they look at."""

    slack_id: str
    today: date
    zone: ZoneInfo


async def page_of(session: AsyncSession, which: Which, reader: Reader) -> ExperimentPage:
    """One experiment in full, with what its reader may do about it now.

    Raises:
        Unknown: no experiment of the workspace has this key.
    """
    experiment, standing, replays, blockers = await _experiment(session, which, reader.slack_id)
    project, today = experiment.project, reader.today
    status = moves.stands(experiment.status, experiment.paused_until, today)
    history, history_more = await _history(session, experiment, reader.zone)
    said = await suggestion(session, experiment) if experiment.outcome is None else None
    return ExperimentPage(
        experiment_id=experiment.id,
        project_id=experiment.project_id,
        key=experiment_key(project.key, experiment.number),
        title=experiment.title,
        project_name=project.name,
        who=person(experiment.owner),
        category=experiment.category,
        change=experiment.change,
        expected=experiment.expected_effect,
        because=experiment.because,
        status=status,
        outcome=experiment.outcome,
        day=day_of(experiment, experiment.owner, today),
        timebox=experiment.timebox,
        criterion=criterion_of(experiment),
        criterion_edited=experiment.criterion_edited_at is not None,
        suggested=Outcome(said) if said else None,
        numbers=await _numbers(session, experiment.id),
        breaks=(await broken_by(session, [experiment.id], today)).get(experiment.id, ()),
        learning=experiment.learning,
        adopted=experiment.adopted,
        planned=experiment.next_step,
        started=experiment.started_on,
        concluded=experiment.concluded_on,
        paused_until=experiment.paused_until if status is experiment.status else None,
        links=tuple(links_of(experiment)),
        in_the_way=_in_the_way(blockers, today),
        relatives=await _relatives(session, experiment),
        history=history,
        history_more=history_more,
        moves=_moves(experiment, status, standing),
        replays=replays,
    )


class _Read(NamedTuple):
    """What its reader is to the experiment (nothing to somebody from outside), and what is in its way."""

    experiment: Experiment
    standing: Standing
    replays: str | None
    blockers: Sequence[Raised]


async def _experiment(session: AsyncSession, which: Which, slack_id: str) -> _Read:
    """One statement: a row for each role of the reader, and for each open blocker."""
    reader, raiser, owner = aliased(Member), aliased(Member), aliased(Member)
    is_open = (Blocker.experiment_id == Experiment.id) & Blocker.resolved_at.is_(None)
    its_role = (Membership.member_id == reader.id) & (
        Membership.project_id == Experiment.project_id
    )
    statement = (
        select(Experiment, reader, Replay.text, Membership.role, Blocker, raiser, owner)
        .join(Project, Project.id == Experiment.project_id)
        .outerjoin(reader, reader.slack_id == slack_id)
        .outerjoin(Membership, its_role)
        .outerjoin(Replay, Replay.experiment_id == Experiment.id)
        .outerjoin(Blocker, is_open)
        .outerjoin(raiser, raiser.id == Blocker.raised_by_id)
        .outerjoin(owner, owner.id == Blocker.owner_id)
        .order_by(Blocker.opened_at, Blocker.id)
        .options(
            joinedload(Experiment.owner, innerjoin=True),
            joinedload(Experiment.project, innerjoin=True),
            joinedload(Experiment.criterion_metric),
        )
    )
    if which.experiment_id is not None:
        statement = statement.where(Experiment.id == which.experiment_id)
    else:
        statement = statement.where(
            Project.key == which.project_key, Experiment.number == which.number
        )
    found: Sequence[Any] = (await session.execute(statement)).all()
    if not found:
        named = f" {which.project_key}-{which.number}" if which.project_key else " of that name"
        raise Unknown(f"There is no experiment{named}. /lab list shows the ones there are.")
    experiment, member, replays, *_ = found[0]
    standing = Standing(
        roles=frozenset(row[3] for row in found if row[3]),
        owner=member is not None and member.id == experiment.owner_id,
        admin=member is not None and member.admin,
        limited=member is None or member.limited or not member.described,
    )
    blockers = {row[4].id: (row[4], row[5], row[6]) for row in found if row[4] is not None}
    return _Read(experiment, standing, replays, list(blockers.values()))


def _moves(experiment: Experiment, status: Status, standing: Standing) -> tuple[Move, ...]:
    """What is possible now and allowed for this reader."""
    return tuple(
        move
        for move in moves.possible(status)
        if may(ACTION_OF.get(move, Action.CHANGE_EXPERIMENT), standing)
        and not (move is Move.EXTEND and experiment.extended_days)
        and not (move is Move.KEEP and experiment.outcome is Outcome.ABANDONED)
    )


async def _numbers(session: AsyncSession, experiment_id: int) -> tuple[NumberLine, ...]:
    """The newest ones on the validation data."""
    found = await session.execute(
        select(Measurement, Metric)
        .join(Metric, Metric.id == Measurement.metric_id)
        .where(Measurement.experiment_id == experiment_id, Measurement.split == Split.VALIDATION)
        .order_by(Measurement.at.desc(), Measurement.id.desc())
        .limit(MOST_NUMBERS)
    )
    return tuple(
        NumberLine(
            on=row.on,
            value=row.value,
            low=row.low,
            high=row.high,
            metric_name=metric.name,
            unit=metric.unit,
            excluded=row.excluded_reason,
        )
        for row, metric in found
    )


def _in_the_way(found: Sequence[Raised], today: date) -> tuple[InTheWay, ...]:
    return tuple(
        InTheWay(
            facts.Blocker(row.kind, row.text, perhaps(owns)),
            raised.name,
            working_days(row.opened_at.date(), today),
        )
        for row, raised, owns in found[:MOST_BLOCKERS]
    )


async def _relatives(session: AsyncSession, experiment: Experiment) -> tuple[Relative, ...]:
    """What it follows and what that follows, and everything that came of it."""
    before, after = _before(experiment), _after(experiment)
    ids = select(before.c.id).union(select(after.c.id))
    found = await session.execute(
        select(Experiment)
        .where(Experiment.id.in_(ids), Experiment.id != experiment.id)
        .order_by(Experiment.number)
        .limit(MOST_RELATIVES)
    )
    key = experiment.project.key
    return tuple(
        Relative(
            experiment_id=row.id,
            key=experiment_key(key, row.number),
            title=row.title,
            status=row.status,
            outcome=row.outcome,
            before=row.number < experiment.number,
        )
        for row in found.scalars()
    )


def _before(experiment: Experiment) -> CTE:
    """The ids of what it follows, up to the first."""
    chain = _first(experiment, "before")
    this = aliased(Experiment)
    return chain.union(
        select(this.id, this.follows_id)
        .join(chain, chain.c.follows_id == this.id)
        .where(this.workspace_id == experiment.workspace_id)
    )


def _after(experiment: Experiment) -> CTE:
    """The ids of what follows it, and of what follows that."""
    chain = _first(experiment, "after")
    this = aliased(Experiment)
    return chain.union(
        select(this.id, this.follows_id)
        .join(chain, this.follows_id == chain.c.id)
        .where(
            this.workspace_id == experiment.workspace_id,
            this.project_id == experiment.project_id,
        )
    )


def _first(experiment: Experiment, name: str) -> CTE:
    row = aliased(Experiment)
    return (
        select(row.id, row.follows_id)
        .where(row.id == experiment.id, row.workspace_id == experiment.workspace_id)
        .cte(name, recursive=True)
    )


async def _history(
    session: AsyncSession, experiment: Experiment, zone: ZoneInfo
) -> tuple[tuple[Happened, ...], int]:
    """Its events, the newest first, and how many are left out."""
    about = cast(Event.data["experiment"].as_string(), String)
    key = experiment_key(experiment.project.key, experiment.number)
    found: Sequence[Any] = (
        await session.execute(
            select(Event, Member.name, func.count().over())
            .outerjoin(Member, Member.id == Event.by_id)
            .where(
                Event.project_id == experiment.project_id,
                Event.kind.in_(moves.EVENTS),
                # Until 0.1 it was the key that said which one was started.
                or_(about == str(experiment.id), about == key),
            )
            .order_by(Event.at.desc(), Event.id.desc())
            .limit(MOST_HISTORY)
        )
    ).all()
    lines = tuple(
        Happened(local_date(row.at, zone), row.kind, row.data, name) for row, name, _ in found
    )
    return lines, (found[0][2] - len(found) if found else 0)
