"""The rows of a week: experiments that ended or are open, what was waited for, what became of how many."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Date, cast, func, null, or_, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from models import past
from models.db import UtcDateTime
from models.domain.cadence import local_date
from models.domain.experiment import Outcome
from models.domain.velocity import Tried, Waited
from models.domain.week_facts import BEFORE, mondays, windows
from models.people import away_between
from models.search import AsOf
from models.tables import Blocker, Experiment, Measurement, Member, Review


class Read(NamedTuple):
    """An experiment as velocity wants it, and what else the week says of it."""

    experiment_id: int
    project_id: int
    adopted: bool
    tried: Tried


async def experiments(session: AsyncSession, ids: Collection[int], today: date) -> list[Read]:
    """Those concluded in one of the two windows, and those open on that day, in order of conclusion."""
    _, before = windows(today)
    first = (
        select(func.min(Measurement.at))
        .where(Measurement.experiment_id == Experiment.id)
        .scalar_subquery()
    )
    found = await session.execute(
        select(
            Experiment.id,
            Experiment.project_id,
            Experiment.category,
            past.known_start(),
            Experiment.concluded_on,
            Experiment.outcome,
            Experiment.learning.is_not(None) & (Experiment.learning != ""),
            Experiment.criterion_set_at,
            first,
            Experiment.timebox_days + Experiment.extended_days,
            Experiment.adopted,
            Experiment.criterion_edited_at.is_not(None),
            Member.away_from,
            Member.away_to,
        )
        .join(Member, Member.id == Experiment.owner_id)
        .where(
            Experiment.project_id.in_(ids),
            or_(
                Experiment.concluded_on.between(before.start, today),
                (Experiment.started_on <= today)
                & or_(Experiment.concluded_on.is_(None), Experiment.concluded_on > today),
            ),
        )
        .order_by(Experiment.concluded_on, Experiment.id)
    )
    # Of tens of thousands only columns are read: entities take five times as long.
    return [
        Read(
            ident,
            project_id,
            bool(adopted),
            Tried(
                category,
                started,
                concluded,
                outcome,
                bool(has_learning),
                set_at,
                measured_at,
                timebox,
                away_between(away_from, away_to),
                bool(edited),
            ),
        )
        for (
            ident,
            project_id,
            category,
            started,
            concluded,
            outcome,
            has_learning,
            set_at,
            measured_at,
            timebox,
            adopted,
            edited,
            away_from,
            away_to,
        ) in found
    ]


async def waits_of(
    session: AsyncSession, ids: Collection[int], as_of: AsOf
) -> dict[int, list[Waited]]:
    """Blockers that were cleared and reviews that were held in one of the two windows, by project."""
    _, before = windows(as_of.today)
    moment, day = cast(null(), UtcDateTime()), cast(null(), Date())
    blockers = select(Blocker.project_id, Blocker.opened_at, Blocker.resolved_at, day, day).where(
        Blocker.project_id.in_(ids),
        Blocker.risk.is_(False),
        Blocker.resolved_at < as_of.end,
        Blocker.resolved_at >= as_of.end - timedelta(days=2 * BEFORE),
    )
    reviews = select(Review.project_id, moment, moment, Review.due, Review.held_on).where(
        Review.project_id.in_(ids), Review.held_on.between(before.start, as_of.today)
    )
    waits: dict[int, list[Waited]] = {}
    rows: Sequence[Sequence[Any]] = (await session.execute(union_all(blockers, reviews))).all()
    for of, opened, resolved, due, held in rows:
        since = local_date(opened, as_of.zone) if opened else due
        until = local_date(resolved, as_of.zone) if resolved else held
        waits.setdefault(of, []).append(Waited(since, until))
    return waits


async def outcomes(
    session: AsyncSession, ids: Collection[int], today: date
) -> list[tuple[date, Outcome, int]]:
    """How many were concluded in the picture's weeks, by day and outcome."""
    found = await session.execute(
        select(Experiment.concluded_on, Experiment.outcome, func.count(Experiment.id))
        .where(
            Experiment.project_id.in_(ids),
            Experiment.concluded_on.between(mondays(today)[0], today),
        )
        .group_by(Experiment.concluded_on, Experiment.outcome)
    )
    return [(day, outcome, count) for day, outcome, count in found if day and outcome]
