"""The search as the rows tell it, as of a date: projects, open experiments, blockers, what was concluded.

A constant number of statements however many projects and experiments there are; only open experiments are
loaded.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    exists,
    func,
    or_,
    select,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from models import past
from models.concluded_since import Concluded, concluded_since
from models.domain.cadence import local_date, local_moment
from models.domain.findings.kinds import Thresholds
from models.domain.findings.state import Experiment as OpenExperiment
from models.domain.findings.state import Notice, Number, Standups
from models.domain.findings.state import Project as SearchedProject
from models.domain.incident import OpenIncident
from models.domain.standup import CeremonyKind
from models.domain.working_days import ONE_DAY
from models.experiments import pause_of_row
from models.held_up import HeldUp, held_up
from models.in_search import Then, owner_of, projects_in
from models.tables import (
    Ceremony,
    Experiment,
    Measurement,
    Project,
    Run,
    StandupEntry,
)
from models.walking import Walked, stop_mark, walks_from


class AsOf(NamedTuple):
    """A date on a wall: rows are compared with the end of that day."""

    today: date
    zone: ZoneInfo

    @property
    def end(self) -> datetime:
        """The moment at which the day is over."""
        return local_moment(self.today + ONE_DAY, time(0), self.zone)


@dataclass
class Search:
    """What was read for the projects, by project id.

    `since` is the date of the best so far, or where there is none yet the day on which the stage began.
    """

    projects: list[SearchedProject] = field(default_factory=list)

    walks: dict[int, Walked] = field(default_factory=dict)
    since: dict[int, date] = field(default_factory=dict)
    experiments: dict[int, list[OpenExperiment]] = field(default_factory=dict)
    held_up: HeldUp = field(default_factory=HeldUp)
    then: dict[int, Then] = field(default_factory=dict)
    concluded: dict[int, Concluded] = field(default_factory=dict)
    standups: dict[int | None, Standups] = field(default_factory=dict)
    notices: dict[int, list[Notice]] = field(default_factory=dict)
    incidents: dict[int, OpenIncident] = field(default_factory=dict)


async def ceremonies(session: AsyncSession) -> Sequence[Ceremony]:
    """The workspace's ceremonies that have not ended, the newest first; one statement."""
    found = await session.scalars(
        select(Ceremony).where(Ceremony.active).order_by(Ceremony.id.desc())
    )
    return found.all()


async def search(
    session: AsyncSession,
    as_of: AsOf,
    project_id: int | None = None,
    known: Sequence[Ceremony] | None = None,
) -> Search:
    """The workspace's projects, or one of them, as findings are made from them.

    Six statements, or five where the `ceremonies` are `known` already.
    """
    found = await projects_in(session, as_of.today, as_of.end, project_id)
    read = Search(then=found.then, notices=found.notices, incidents=found.incidents)
    projects = found.projects
    ids = [project.id for project in projects]
    smallest = past.smallest(one.project for one in found.then.values())
    read.walks = await walks_from(
        session, found.versions, as_of.today, with_live=True, smallest=smallest
    )
    for one in ids:
        walk, stage = read.walks.get(one), found.then[one].stage_since
        read.since[one] = walk.progress.since if walk else local_date(stage, as_of.zone)
    read.held_up = await held_up(session, ids, as_of.today, as_of.end, as_of.zone)
    await _experiments(session, ids, as_of, read)
    read.concluded = await concluded_since(session, read.since, as_of.today)
    read.standups = _standups(await ceremonies(session) if known is None else known, as_of)
    read.projects = [_searched(project, read, as_of) for project in projects]
    return read


async def _experiments(
    session: AsyncSession, ids: Collection[int], as_of: AsOf, read: Search
) -> None:
    """The open ones, each with the day of its last number and of its last word."""
    taken = (
        Measurement.experiment_id == Experiment.id,
        Measurement.on <= as_of.today,
    )
    last_number = select(func.max(Measurement.on)).where(*taken).scalar_subquery()
    is_valid = exists().where(*taken, _counts(as_of.today))
    heard = (
        select(func.max(Run.day))
        .join(StandupEntry, StandupEntry.run_id == Run.id)
        .where(StandupEntry.experiment_id == Experiment.id, Run.day <= as_of.today)
        .scalar_subquery()
    )
    answered = (
        select(func.max(StandupEntry.answered_at))
        .where(StandupEntry.experiment_id == Experiment.id, StandupEntry.answered_at < as_of.end)
        .scalar_subquery()
    )
    found = await session.execute(
        select(Experiment, last_number, is_valid, heard, answered)
        .where(
            Experiment.id.in_(_open(ids, as_of.today)),
            or_(Experiment.started_on.is_(None), Experiment.started_on <= as_of.today),
        )
        .order_by(Experiment.id)
        .options(joinedload(Experiment.owner, innerjoin=True))
    )
    for row, number, valid, day, at in found:
        read.experiments.setdefault(row.project_id, []).append(
            OpenExperiment(
                experiment_id=row.id,
                number=row.number,
                title=row.title,
                owner=owner_of(row.owner, as_of.today),
                started_on=row.started_on,
                timebox=row.timebox,
                extended=row.extended_days > 0,
                concluded_on=row.concluded_on,
                awaits_number=row.criterion_metric_id is not None,
                numbers=_numbers(number, valid=valid),
                heard=_heard(row, day, at, as_of),
                pauses=pause_of_row(row),
                paused_days=row.paused_days,
                blockers=tuple(read.held_up.blockers.get(row.id, ())),
            )
        )


def _open(ids: Collection[int], today: date) -> CompoundSelect[int]:
    """Those of the projects that were not concluded by then: two looks into the index, not all of it."""
    of = select(Experiment.id).where(Experiment.project_id.in_(ids))
    ended = Experiment.concluded_on
    return union_all(of.where(ended.is_(None)), of.where(ended > today))


def _counts(today: date) -> ColumnElement[bool]:
    return or_(Measurement.excluded_on.is_(None), Measurement.excluded_on > today)


def _numbers(last: date | None, *, valid: bool) -> tuple[Number, ...]:
    """The last number, as if it were the only one; excluded where none is valid."""
    return () if last is None else (Number(last, None if valid else last),)


def _heard(
    row: Experiment, day: date | None, answered: datetime | None, as_of: AsOf
) -> tuple[date, ...]:
    """The last standup with an answer, the day of the last answer, and the pause: a change is a word, too."""
    said = None if answered is None else local_date(answered, as_of.zone)
    paused = row.paused_on if row.paused_on and row.paused_on <= as_of.today else None
    return tuple(word for word in (day, said, paused) if word is not None)


def _standups(known: Iterable[Ceremony], as_of: AsOf) -> dict[int | None, Standups]:
    """The standup that asks about each project: its own, else the general one (None)."""
    return {
        row.project_id: Standups(
            days=tuple(row.days.split(",")),
            at=row.local_time,
            answer_hours=row.answer_hours,
            since=local_date(row.created_at, as_of.zone),
        )
        for row in known
        if row.kind is CeremonyKind.STANDUP and not row.paused and row.created_at < as_of.end
    }


def _searched(project: Project, read: Search, as_of: AsOf) -> SearchedProject:
    walk, then = read.walks.get(project.id), read.then[project.id]
    was, ended = then.project, read.concluded.get(project.id)
    return SearchedProject(
        project_id=project.id,
        key=project.key,
        name=project.name,
        stage=was.stage,
        status=was.status,
        stage_since=local_date(then.stage_since, as_of.zone),
        progress=walk.progress if walk else None,
        live=walk.live if walk else None,
        incident=read.incidents.get(project.id),
        stop=stop_mark(walk, was.stop_by, was.stop_threshold),
        touchpoint=was.next_touchpoint,
        decisions=() if then.decided_on is None else (then.decided_on,),
        reviews=tuple(read.held_up.reviews.get(project.id, ())),
        conditions=tuple(read.held_up.conditions.get(project.id, ())),
        blockers=tuple(read.held_up.of_projects.get(project.id, ())),
        notices=tuple(read.notices.get(project.id, ())),
        experiments=tuple(read.experiments.get(project.id, ())),
        ended=(ended.last,) if ended else (),
        standups=read.standups.get(project.id) or read.standups.get(None),
        thresholds=Thresholds(**was.thresholds),
    )
