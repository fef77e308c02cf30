"""Explaining a word with a project's own numbers, as of a date."""

from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.confusion import Counts
from models.domain.facts_explained import ExplainedFacts, LimitFacts
from models.domain.findings.kinds import Thresholds
from models.domain.metric import MetricKind
from models.tables import Benchmark, Measurement, Metric, Project
from models.walking import numbers_of, walked


async def facts(session: AsyncSession, project_id: int, today: date) -> ExplainedFacts:
    """A project's own numbers for the glossary; five statements."""
    project = await session.get_one(Project, project_id)
    walk = (await walked(session, [project_id], today)).get(project_id)
    mark, metric = (walk.benchmark, walk.metric) if walk else (None, None)
    thresholds = Thresholds(**project.thresholds)
    stop = None
    if project.stop_threshold is not None and project.stop_by is not None:
        stop = (project.stop_threshold, project.stop_by)
    return ExplainedFacts(
        key=project.key,
        name=project.name,
        numbers=numbers_of(walk) if walk else None,
        source=mark.baseline_source if mark else "",
        effective=mark.effective if mark else None,
        ceiling=mark.ceiling if mark else None,
        min_delta=metric.min_delta if metric else None,
        guardrails=await _guardrails(session, project_id, today),
        counts=await _counts(session, project_id, today),
        patience=thresholds.patience,
        plateau_days=thresholds.plateau_days,
        flat_days=walk.progress.flat_days(today) if walk else None,
        stop=stop,
        touchpoint=project.next_touchpoint,
    )


async def _guardrails(
    session: AsyncSession, project_id: int, today: date
) -> tuple[LimitFacts, ...]:
    found = await session.execute(
        select(Metric, Benchmark)
        .join(Benchmark, Benchmark.metric_id == Metric.id)
        .where(
            Metric.project_id == project_id,
            Metric.kind == MetricKind.GUARDRAIL,
            Benchmark.effective <= today,
        )
        .order_by(Metric.id, Benchmark.version)
    )
    limits = {
        metric.id: LimitFacts(metric.name, metric.unit, metric.goal, mark.acceptance)
        for metric, mark in found
    }
    return tuple(limits.values())


async def _counts(session: AsyncSession, project_id: int, today: date) -> Counts | None:
    """The newest four counts of the project that still count."""
    found = (
        await session.execute(
            select(Measurement.tp, Measurement.fp, Measurement.fn, Measurement.tn)
            .join(Metric, Metric.id == Measurement.metric_id)
            .where(
                Metric.project_id == project_id,
                Measurement.tp.is_not(None),
                Measurement.on <= today,
                or_(Measurement.excluded_on.is_(None), Measurement.excluded_on > today),
            )
            .order_by(Measurement.at.desc(), Measurement.id.desc())
            .limit(1)
        )
    ).one_or_none()
    if found is None or None in (counts := tuple(found)):
        return None
    return Counts(*(count or 0 for count in counts))
