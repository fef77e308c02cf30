"""What the record holds about a project that is reviewed, so that nobody has to type it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Float, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.experiment import Split
from models.domain.project import GovernanceKind
from models.domain.review_known import ProjectKnown, Track
from models.domain.working_days import elapsed
from models.tables import Blocker, CharterAnswer, Measurement, Project
from models.walking import Walked, numbers_of


async def record_of(
    session: AsyncSession,
    project: Project,
    walk: Walked | None,
    tracks: dict[GovernanceKind, Track],
    today: date,
) -> ProjectKnown:
    """What the record holds about the project, in one statement."""
    oldest = (
        select(Blocker.id)
        .where(
            Blocker.project_id == project.id,
            Blocker.resolved_at.is_(None),
            Blocker.risk.is_(False),
        )
        .order_by(Blocker.opened_at, Blocker.id)
        .limit(1)
        .scalar_subquery()
    )
    found: Sequence[Any] = (
        await session.execute(
            select(
                _served(walk, today, Measurement.value),
                _served(walk, today, Measurement.beside),
                Blocker.text,
                Blocker.opened_at,
                CharterAnswer.key,
                CharterAnswer.text,
            )
            .select_from(Project)
            .outerjoin(Blocker, Blocker.id == oldest)
            .outerjoin(CharterAnswer, CharterAnswer.project_id == Project.id)
            .where(Project.id == project.id)
        )
    ).all()
    value, beside, text, opened_at, *_ = found[0]
    waiting = None if opened_at is None else (text, elapsed(opened_at.date(), today))
    return ProjectKnown(
        numbers=numbers_of(walk) if walk else None,
        min_delta=walk.metric.min_delta if walk else 0.0,
        served=value,
        beside=beside,
        tracks=tracks,
        stop=_stop(project),
        oldest_blocker=waiting,
        charter={row[4]: row[5] for row in found if row[4] is not None},
        problem=project.problem,
        baseline_source=walk.benchmark.baseline_source if walk else None,
        assumed=walk.metric.min_delta_assumed if walk else True,
        dates=(project.estimate_earliest, project.estimate_latest),
        touchpoint=project.next_touchpoint,
    )


def _served(walk: Walked | None, today: date, what: Any) -> ColumnElement[float | None]:
    """Of the newest number of the product's own code, in shadow or live."""
    nothing: ColumnElement[float | None] = literal(None, Float())
    if walk is None:
        return nothing
    return (
        select(what)
        .where(
            Measurement.metric_id == walk.metric.id,
            Measurement.benchmark_version == walk.benchmark.version,
            Measurement.split.in_((Split.SHADOW, Split.PRODUCTION)),
            Measurement.on <= today,
            Measurement.excluded_on.is_(None),
        )
        .order_by(Measurement.at.desc(), Measurement.id.desc())
        .limit(1)
        .scalar_subquery()
    )


def _stop(project: Project) -> tuple[float, date] | None:
    if project.stop_threshold is None or project.stop_by is None:
        return None
    return project.stop_threshold, project.stop_by
