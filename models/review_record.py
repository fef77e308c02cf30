"""What the record holds about a project that is reviewed, so that nobody has to type it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Float,
    String,
    Subquery,
    func,
    literal,
    select,
    true,
    type_coerce,
)
from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.experiment import Outcome, Split, experiment_key
from models.domain.project import GovernanceKind
from models.domain.review_known import ProjectKnown, Track
from models.domain.shifts import Replayed
from models.domain.working_days import elapsed
from models.tables import Blocker, CharterAnswer, Experiment, Measurement, Project, Replay
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
    written = _written(project)
    found: Sequence[Any] = (
        await session.execute(
            select(
                _served(walk, today, Measurement.value),
                _served(walk, today, Measurement.beside),
                Blocker.text,
                Blocker.opened_at,
                written.c.number,
                written.c.what,
                written.c.text,
            )
            .select_from(Project)
            .outerjoin(Blocker, Blocker.id == oldest)
            .outerjoin(written, true())
            .where(Project.id == project.id)
            .order_by(written.c.number, written.c.what)
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
        charter={row[5]: row[6] for row in found if row[4] == 0},
        replayed=tuple(_replayed(project, *row[4:]) for row in found if row[4]),
        problem=project.problem,
        baseline_source=walk.benchmark.baseline_source if walk else None,
        assumed=walk.metric.min_delta_assumed if walk else True,
        dates=(project.estimate_earliest, project.estimate_latest),
        touchpoint=project.next_touchpoint,
    )


def _written(project: Project) -> Subquery:
    """The charter's answers by key, as number 0, and the experiments that replay a change that it expects."""
    said = select(
        literal(0).label("number"),
        CharterAnswer.key.label("what"),
        CharterAnswer.text.label("text"),
    ).where(CharterAnswer.project_id == project.id)
    replays = (
        select(
            Experiment.number,
            func.coalesce(type_coerce(Experiment.outcome, String), ""),
            Replay.text,
        )
        .join(Replay, Replay.experiment_id == Experiment.id)
        .where(Experiment.project_id == project.id)
    )
    return said.union_all(replays).subquery()


def _replayed(project: Project, number: int, outcome: str, text: str) -> Replayed:
    return Replayed(
        text,
        experiment_key(project.key, number),
        Outcome(outcome).label.lower() if outcome else None,
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
