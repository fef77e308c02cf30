"""The rows of a week: experiments that ended or are open, what was waited for, what became of how many."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models import past
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
    waits: dict[int, list[Waited]] = {}
    blockers = await session.execute(
        select(Blocker.project_id, Blocker.opened_at, Blocker.resolved_at).where(
            Blocker.project_id.in_(ids),
            Blocker.risk.is_(False),
            Blocker.resolved_at < as_of.end,
            Blocker.resolved_at >= as_of.end - timedelta(days=2 * BEFORE),
        )
    )
    for of, opened, resolved in blockers:
        until = resolved and local_date(resolved, as_of.zone)
        waits.setdefault(of, []).append(Waited(local_date(opened, as_of.zone), until))
    reviews = await session.execute(
        select(Review.project_id, Review.due, Review.held_on).where(
            Review.project_id.in_(ids), Review.held_on.between(before.start, as_of.today)
        )
    )
    for project_id, due, held in reviews:
        if project_id is not None:
            waits.setdefault(project_id, []).append(Waited(due, held))
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
