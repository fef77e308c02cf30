"""Tried: experiments as learning velocity is counted from them (domain §2.7), read in one statement."""

from collections.abc import Collection

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models import past
from models.domain.velocity import Tried
from models.domain.working_days import Span
from models.people import away_of
from models.tables import Experiment, Measurement, Member


async def tried(
    session: AsyncSession, window: Span, project_ids: Collection[int] | None = None
) -> dict[int, list[Tried]]:
    """What was running or concluded in a window, by project id; of all projects unless some are named.

    A criterion that was changed after the first number is said as such (domain §2.4-3).
    """
    first = (
        select(func.min(Measurement.at))
        .where(Measurement.experiment_id == Experiment.id)
        .correlate(Experiment)
        .scalar_subquery()
    )
    statement = (
        select(Experiment, Member, first, past.known_start())
        .join(Member, Member.id == Experiment.owner_id)
        .where(
            or_(Experiment.started_on.is_(None), Experiment.started_on <= window.end),
            or_(Experiment.started_on.is_not(None), Experiment.concluded_on.is_not(None)),
            or_(Experiment.concluded_on.is_(None), Experiment.concluded_on >= window.start),
        )
        .order_by(Experiment.id)
    )
    if project_ids is not None:
        statement = statement.where(Experiment.project_id.in_(project_ids))
    found: dict[int, list[Tried]] = {}
    for row, owner, first_measured_at, started_on in await session.execute(statement):
        found.setdefault(row.project_id, []).append(
            Tried(
                category=row.category,
                started_on=started_on,
                concluded_on=row.concluded_on,
                outcome=row.outcome,
                has_learning=bool(row.learning),
                criterion_set_at=row.criterion_set_at,
                first_measured_at=first_measured_at,
                timebox=row.timebox,
                off=away_of(owner),
                criterion_edited=row.criterion_edited_at is not None,
            )
        )
    return found
