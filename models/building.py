"""What design and engineering can go on with: what is safe to build (S0-37), what is kept (S4-2)."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.scope_change import SHOWN_FOR, still_safe
from models.tables import Experiment, Project, ScopeChange

MOST_KEPT = 20
"""Experiments whose change is kept that one summary names."""


async def safe_to_build(
    session: AsyncSession, project_ids: Collection[int], today: date
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """By project, what its latest scope change left safe to build; for two weeks. One statement."""
    newest = (
        select(func.max(ScopeChange.id))
        .where(ScopeChange.project_id.in_(project_ids), ScopeChange.on <= today)
        .group_by(ScopeChange.project_id)
    )
    found = await session.execute(
        select(Project.name, ScopeChange.on, ScopeChange.safe_to_build)
        .join(Project, Project.id == ScopeChange.project_id)
        .where(ScopeChange.id.in_(newest), ScopeChange.on >= today - SHOWN_FOR)
        .order_by(Project.name, Project.id)
    )
    return tuple((name, tuple(safe)) for name, on, safe in found if safe and still_safe(on, today))


async def kept(
    session: AsyncSession, project_id: int | None, since: date | None, day: date
) -> tuple[tuple[str, str], ...]:
    """Experiments concluded after `since`, up to `day`, whose change is kept: (title, project)."""
    statement = (
        select(Experiment.title, Project.name)
        .join(Project, Project.id == Experiment.project_id)
        .where(
            Experiment.adopted.is_(True),
            Experiment.concluded_on <= day,
            Experiment.concluded_on > since if since else Experiment.concluded_on == day,
        )
        .order_by(Experiment.id)
        .limit(MOST_KEPT)
    )
    if project_id is not None:
        statement = statement.where(Experiment.project_id == project_id)
    return tuple((title, name) for title, name in (await session.execute(statement)).all())
