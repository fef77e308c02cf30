"""A project's chronicle (S0-39): decisions, scope changes, stage moves, benchmark versions, exclusions."""

from collections.abc import AsyncIterator, Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.cadence import local_date
from models.domain.experiment import experiment_key
from models.domain.facts_scope import HistoryLine, HistoryPage
from models.people import perhaps
from models.reading import readable
from models.search import AsOf
from models.tables import (
    Benchmark,
    Decision,
    Event,
    Experiment,
    Measurement,
    Member,
    Metric,
    Project,
    ScopeChange,
)

Read = Select[*tuple[Any, ...]]
TOLD = {
    "stage_changed": "stage",
    "incident_opened": "incident",
    "incident_closed": "repaired",
    "end_announced": "end",
    "end_withdrawn": "stays",
}
"""Events that are lines of the page, and what they are called there."""
PER_PAGE = 10
"""Lines that one page lists."""


async def page(session: AsyncSession, project_id: int, as_of: AsOf, offset: int = 0) -> HistoryPage:
    """What happened up to that day, newest first, from `offset` on. Six statements.

    Raises:
        Unknown: see `models.reading.readable`.
    """
    project = await readable(session, project_id)
    upto = offset + PER_PAGE
    lines: list[HistoryLine] = []
    async for part in _parts(session, project, as_of, upto + 1):
        lines += part
    # What happened on one day keeps the order of the kinds; each kind's own is newest first.
    lines.sort(key=lambda line: line.on, reverse=True)
    return HistoryPage(
        project_id=project.id,
        key=project.key,
        name=project.name,
        lines=tuple(lines[offset:upto]),
        offset=offset,
        more=len(lines) > upto,
    )


async def _parts(
    session: AsyncSession, project: Project, as_of: AsOf, most: int
) -> AsyncIterator[list[HistoryLine]]:
    """Each kind's newest lines: as many as could be on the page."""

    async def read(statement: Any) -> Any:
        return (await session.execute(statement.limit(most))).all()

    yield [_decision(*row) for row in await read(_decisions(project.id, as_of.today))]
    yield [_scope(*row) for row in await read(_scopes(project.id, as_of.today))]
    yield [_stage(row, by, as_of.zone) for row, by in await read(_stages(project.id, as_of))]
    yield [_version(*row) for row in await read(_versions(project.id, as_of.today))]
    yield [_exclusion(row, project.key) for row in await read(_exclusions(project.id, as_of.today))]


def _decisions(project_id: int, today: date) -> Read:
    return (
        select(Decision, Member)
        .join(Member, Member.id == Decision.by_id)
        .where(Decision.project_id == project_id, Decision.on <= today)
        .order_by(Decision.on.desc(), Decision.id.desc())
    )


def _decision(row: Decision, by: Member) -> HistoryLine:
    return HistoryLine(
        "decision", row.on, perhaps(by), {"decided": row.kind.value, "reason": row.reason}
    )


def _scopes(project_id: int, today: date) -> Read:
    return (
        select(ScopeChange, Member)
        .join(Member, Member.id == ScopeChange.by_id)
        .where(ScopeChange.project_id == project_id, ScopeChange.on <= today)
        .order_by(ScopeChange.on.desc(), ScopeChange.id.desc())
    )


def _scope(row: ScopeChange, by: Member) -> HistoryLine:
    said = {"scope": row.id, "after": row.after, "reason": row.reason.value, "because": row.because}
    return HistoryLine("scope", row.on, perhaps(by), said)


def _stages(project_id: int, as_of: AsOf) -> Read:
    return (
        select(Event, Member)
        .outerjoin(Member, Member.id == Event.by_id)
        .where(Event.project_id == project_id, Event.kind.in_(TOLD), Event.at < as_of.end)
        .order_by(Event.at.desc(), Event.id.desc())
    )


def _stage(row: Event, by: Member | None, zone: ZoneInfo) -> HistoryLine:
    return HistoryLine(TOLD[row.kind], local_date(row.at, zone), perhaps(by), row.data)


def _versions(project_id: int, today: date) -> Read:
    return (
        select(Benchmark, Metric)
        .join(Metric, Metric.id == Benchmark.metric_id)
        .where(Metric.project_id == project_id, Benchmark.effective <= today)
        .order_by(Benchmark.effective.desc(), Benchmark.id.desc())
    )


def _version(row: Benchmark, metric: Metric) -> HistoryLine:
    said = {
        "version": row.version,
        "baseline": row.baseline,
        "acceptance": row.acceptance,
        "reason": row.reason,
    }
    return HistoryLine("version", row.effective, None, said, metric.name, metric.unit)


def _exclusions(project_id: int, today: date) -> Read:
    return (
        select(Measurement, Metric, Experiment, Member)
        .join(Metric, Metric.id == Measurement.metric_id)
        .outerjoin(Experiment, Experiment.id == Measurement.experiment_id)
        .outerjoin(Member, Member.id == Measurement.excluded_by_id)
        .where(Metric.project_id == project_id, Measurement.excluded_on <= today)
        .order_by(Measurement.excluded_on.desc(), Measurement.id.desc())
    )


def _exclusion(found: Sequence[Any], project_key: str) -> HistoryLine:
    row, metric, experiment, by = found
    of = experiment_key(project_key, experiment.number) if experiment else metric.name
    said = {
        "value": row.value,
        "measured": row.on,
        "reason": row.excluded_reason,
        "note": row.excluded_note,
    }
    return HistoryLine("exclusion", row.excluded_on or row.on, perhaps(by), said, of, metric.unit)
