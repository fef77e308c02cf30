"""Surprising numbers: a second person looks before anybody builds on them (S0-21)."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from models import chronicle, notices, second_looks
from models.domain.clock import Moment
from models.domain.errors import AlreadyLookedAt, MayNotConfirm, Unknown
from models.domain.facts_notices import NumberFacts
from models.domain.metric import MetricKind
from models.domain.notices import NobodyToConfirm, NumberSetAside, NumberToConfirm
from models.domain.progress import Measured, Yardstick, standing
from models.domain.project import TECHNICAL
from models.domain.surprise import AsideReason
from models.in_the_way import Said
from models.notices import ToTell
from models.outbox import Post, refresh_all
from models.setting_aside import said_in, shows_it
from models.tables import (
    Benchmark,
    Experiment,
    Measurement,
    Member,
    Membership,
    Metric,
    Prompt,
    StandupEntry,
)
from models.topics import numbers_by_id


async def follow(session: AsyncSession, said: Sequence[Said], now: datetime) -> list[Post]:
    """Mark the numbers of these answers that surprise, and ask a few people for a second look.

    What was corrected asks for none any more. Constant statements, however many answers. Returns the
    messages that show what has changed.
    """
    of = {one.entry.measurement_id: one for one in said if one.entry.measurement_id}
    rows = (
        await session.scalars(
            select(Measurement).where(
                Measurement.experiment_id.in_({one.experiment.id for one in said}),
                Measurement.id.in_(of) | Measurement.surprising,
            )
        )
    ).all()
    fresh = [row for row in rows if row.id in of and not row.surprising and not row.excluded_on]
    if fresh:
        await look_at(session, [(row, of[row.id].experiment) for row in fresh], now)
    gone = [row.id for row in rows if row.surprising and row.excluded_on]
    return await notices.settle(session, [one for key in gone for one in _subjects(key)], now)


async def look_at(
    session: AsyncSession, measured: Sequence[tuple[Measurement, Experiment]], now: datetime
) -> None:
    """Mark those of these new numbers that surprise, and ask a few people for a second look."""
    of = {row.id: (row, experiment) for row, experiment in measured}
    found = await _surprising(session, [row for row, _ in measured])
    for row in found:
        row.surprising = True
    if found:
        await second_looks.ask(session, [of[row.id] for row in found], now)


async def is_one(session: AsyncSession, row: Measurement) -> bool:
    """Whether a number that is about to be stored surprises; two statements."""
    return bool(await _surprising(session, [row], stored=False))


async def ask_for_second_look(session: AsyncSession, row: Measurement, now: datetime) -> None:
    """Ask a few people to look at a surprising number."""
    experiment = await session.get(Experiment, row.experiment_id)
    if experiment is not None:
        await second_looks.ask(session, [(row, experiment)], now)


async def _surprising(
    session: AsyncSession, fresh: Sequence[Measurement], *, stored: bool = True
) -> list[Measurement]:
    """Those that are the first past acceptance, or leap, under their benchmark's version.

    One that is not `stored` yet comes after all that is.
    """
    marks = await session.execute(
        select(Metric, Benchmark)
        .join(Benchmark, Benchmark.metric_id == Metric.id)
        .where(Metric.id.in_({row.metric_id for row in fresh}), Metric.kind == MetricKind.PRIMARY)
    )
    known = {(metric.id, mark.version): (metric, mark) for metric, mark in marks}
    history = await history_of(session, {metric_id for metric_id, _ in known})
    of = {row: known.get((row.metric_id, row.benchmark_version)) for row in fresh}
    return [
        row
        for row, its in of.items()
        if its and _leaps(row, *its, _up_to(row, history[row.metric_id], stored=stored))
    ]


class Past(NamedTuple):
    """A measurement in the order of time, ties in recording order."""

    moment: tuple[datetime, int]
    measured: Measured


async def history_of(session: AsyncSession, metric_ids: Collection[int]) -> dict[int, list[Past]]:
    """All that was measured of these metrics, in order; columns only, for it may be much."""
    rows = await session.execute(
        select(
            Measurement.metric_id,
            Measurement.at,
            Measurement.id,
            Measurement.experiment_id,
            Measurement.on,
            Measurement.value,
            Measurement.benchmark_version,
            Measurement.split,
            Measurement.excluded_on,
            Measurement.confirmed_on,
        )
        .where(Measurement.metric_id.in_(metric_ids))
        .order_by(Measurement.at, Measurement.id)
    )
    history: dict[int, list[Past]] = {metric_id: [] for metric_id in metric_ids}
    for metric_id, at, key, *rest in rows:
        history[metric_id].append(Past((at, key), Measured(*rest)))
    return history


def _up_to(row: Measurement, history: Sequence[Past], *, stored: bool) -> list[Measured]:
    if stored:
        return [past.measured for past in history if past.moment <= (row.at, row.id)]
    itself = Measured(row.experiment_id, row.on, row.value, row.benchmark_version, row.split)
    return [*(past.measured for past in history if past.moment[0] <= row.at), itself]


def _leaps(row: Measurement, metric: Metric, mark: Benchmark, known: Sequence[Measured]) -> bool:
    """Whether the rule finds it among the surprises of its moment."""
    progress = standing(
        known,
        Yardstick(metric.goal, metric.min_delta),
        mark.mark_on(row.on),
        today=row.on,
    )
    return any(
        (one.experiment_id, one.on, one.value) == (row.experiment_id, row.on, row.value)
        for one in progress.surprises
    )


def _subjects(measurement_id: int) -> list[str]:
    of = (NumberToConfirm, NobodyToConfirm)
    return [kind(measurement_id=measurement_id).subject for kind in of]


class _Looking(NamedTuple):
    """A number that somebody looks at, what it is of, who looks, and what shows it."""

    row: Measurement
    experiment: Experiment
    me: Member
    shows: list[Post]


async def confirm(session: AsyncSession, measurement_id: int, slack_id: str, *, at: Moment) -> None:
    """A second person has looked, and the number holds.

    Raises:
        Unknown: it is gone.
        AlreadyLookedAt: it was confirmed or set aside before.
        MayNotConfirm: the experiment's owner, a guest, or somebody with no part in the project's work.
    """
    looking = await _looking(session, measurement_id, slack_id)
    looking.row.confirmed_by_id, looking.row.confirmed_on = looking.me.id, at.today
    await _looked(session, looking, "number_confirmed", at.now)


async def set_aside(
    session: AsyncSession,
    measurement_id: int,
    slack_id: str,
    reason: AsideReason,
    note: str | None,
    *,
    at: Moment,
) -> None:
    """“Not so fast”: the number doesn't count from today on; the experiment's owner is told why.

    Raises:
        Unknown, AlreadyLookedAt, MayNotConfirm: as `confirm`.
    """
    looking = await _looking(session, measurement_id, slack_id)
    row = looking.row
    row.excluded_on, row.excluded_reason = at.today, reason.value
    row.excluded_note, row.excluded_by_id = note, looking.me.id
    about = NumberSetAside(measurement_id=measurement_id, note=note)
    owner = looking.experiment.owner_id
    await notices.give(session, [ToTell(looking.row.workspace_id, owner, about)], at.now)
    await _looked(session, looking, "number_set_aside", at.now, reason=reason.value, note=note)


async def require_open(session: AsyncSession, measurement_id: int, slack_id: str) -> NumberFacts:
    """The number, for somebody who may look at it.

    Raises:
        Unknown, AlreadyLookedAt, MayNotConfirm: as `confirm`.
    """
    await _looking(session, measurement_id, slack_id, lock=False)
    return (await numbers_by_id(session, [measurement_id]))[measurement_id]


async def _looking(
    session: AsyncSession, measurement_id: int, slack_id: str, *, lock: bool = True
) -> _Looking:
    statement = (
        select(Measurement, Experiment, StandupEntry, Prompt.id)
        .join(Experiment, Experiment.id == Measurement.experiment_id)
        .outerjoin(StandupEntry, StandupEntry.measurement_id == Measurement.id)
        .outerjoin(Prompt, shows_it(StandupEntry))
        .where(Measurement.id == measurement_id)
    )
    found: Sequence[Any] = (
        await session.execute(statement.with_for_update(of=Measurement) if lock else statement)
    ).all()
    if not found:
        raise Unknown
    row, experiment, entry, _ = found[0]
    if row.excluded_on or row.confirmed_on:
        raise AlreadyLookedAt
    me = await _second_person(session, slack_id, experiment)
    prompts = [prompt_id for *_, prompt_id in found if prompt_id is not None]
    shows = [] if entry is None else said_in(entry.run_id, entry.id, prompts)
    return _Looking(row, experiment, me, shows)


async def _second_person(session: AsyncSession, slack_id: str, of: Experiment) -> Member:
    technical = exists().where(
        Membership.member_id == Member.id,
        Membership.project_id == of.project_id,
        Membership.role.in_(TECHNICAL),
    )
    other = aliased(Experiment)
    experiments = exists().where(other.owner_id == Member.id, other.project_id == of.project_id)
    me: Member | None = await session.scalar(
        select(Member).where(
            Member.slack_id == slack_id,
            Member.active,
            ~Member.limited,
            Member.id != of.owner_id,
            technical | experiments,
        )
    )
    if me is None:
        raise MayNotConfirm
    return me


async def _looked(
    session: AsyncSession, looking: _Looking, kind: str, now: datetime, **data: object
) -> None:
    chronicle.record(
        session,
        kind,
        project_id=looking.experiment.project_id,
        by_id=looking.me.id,
        at=now,
        measurement=looking.row.id,
        **data,
    )
    told = await notices.settle(session, _subjects(looking.row.id), now)
    await refresh_all(session, [*told, *looking.shows], now=now)
