"""Rows of a log about the project itself (`domain.log_about`): written by an export, taken by an import.

They make a project that isn't there yet; one that is there stays as it is.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time
from typing import Any

from sqlalchemy import Result, String, cast, literal, null, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from models.db import UtcDateTime
from models.domain.errors import CannotImport
from models.domain.log_about import AGREED, METRIC, PROJECT, VERSION, Saying, saying, written
from models.domain.logbook import LogLine
from models.domain.project import RiskTier
from models.landing import Landing, Target
from models.project_lines import SOURCE
from models.tables import Benchmark, CharterAnswer, Governance, Membership, Metric, Project

TAKEN_FOR_GRANTED = {
    "status": "active",
    "risk_tier": RiskTier.MEDIUM.value,
    "baseline_source": SOURCE,
    "reason": "Imported",
    "earlier": "[]",
}
"""What an import makes of a project of which nothing else is said."""


async def of_projects(
    session: AsyncSession, projects: Sequence[Project], people: Mapping[int, str]
) -> dict[int, list[LogLine]]:
    """The rows about each project, by its id: its plan, roles, charter and governance. One statement."""
    lines = {project.id: _of_columns(project) for project in projects}
    keys = {project.id: project.key for project in projects}
    role = cast(Membership.role, String)
    track, state = cast(Governance.kind, String), cast(Governance.state, String)
    nothing, never = cast(null(), String), cast(null(), UtcDateTime())
    found: Result[Any] = await session.execute(
        union_all(
            select(
                Membership.project_id,
                literal("role"),
                role,
                nothing,
                Membership.member_id,
                never,
                nothing,
            ).where(Membership.project_id.in_(keys)),
            select(
                CharterAnswer.project_id,
                literal("charter"),
                CharterAnswer.key,
                CharterAnswer.text,
                CharterAnswer.by_id,
                CharterAnswer.at,
                nothing,
            ).where(CharterAnswer.project_id.in_(keys)),
            select(
                Governance.project_id,
                literal("governance"),
                track,
                state,
                Governance.owner_id,
                Governance.at,
                Governance.link,
            ).where(Governance.project_id.in_(keys)),
        )
    )
    for project_id, kind, of, says, by_id, at, link in (tuple[Any, ...](row) for row in found):
        line = LogLine(
            project=keys[project_id],
            about=f"{kind}.{of}",
            says=says,
            said_by=people.get(by_id or 0),
            said_on=at and at.date(),
            url=link,
        )
        lines[project_id].append(line)
    return {project_id: _sorted(rows) for project_id, rows in lines.items()}


def _sorted(rows: Iterable[LogLine]) -> list[LogLine]:
    return sorted(rows, key=lambda one: (one.about or "", one.said_by or ""))


def _of_columns(project: Project) -> list[LogLine]:
    said = {name: getattr(project, name) for name in PROJECT}
    said |= {f"threshold.{name}": value for name, value in project.thresholds.items()}
    return [
        LogLine(project=project.key, about=name, says=words)
        for name, value in said.items()
        if (words := _said(name, value)) is not None
    ]


def _said(name: str, value: object) -> str | None:
    """As a row says it; None where an import takes it for granted."""
    words = None if value is None else written(value)
    return words if words and words != TAKEN_FOR_GRANTED.get(name) else None


def of_metric(
    metric: Metric, marks: Sequence[Benchmark], named: Mapping[str, Any], people: Mapping[int, str]
) -> list[LogLine]:
    """The rows about a metric and its versions; `named` is how a row names the metric."""
    rows = [{"about": name, "says": _said(name, getattr(metric, name))} for name in METRIC]
    for mark in marks:
        version = {"benchmark_version": str(mark.version)}
        rows += [
            {**version, "about": name, "says": _said(name, getattr(mark, name))} for name in VERSION
        ]
        for side in AGREED:
            who, on = getattr(mark, f"{side}_id"), getattr(mark, f"{side}_on")
            signed = {"about": side, "said_by": people.get(who or 0), "said_on": on}
            rows += [version | signed] if who and on else []
    return [
        LogLine(**named, **row) for row in rows if row.get("says") is not None or "said_on" in row
    ]


async def take(
    session: AsyncSession, landing: Landing, target: Target, lines: Iterable[LogLine], now: datetime
) -> None:
    """What the log says about a project that it has just made; what the command says goes first.

    Raises:
        CannotImport: the plan that it says is none.
    """
    said = [(one, saying(one.about, one.says)) for one in lines if one.about is not None]
    if not landing.is_new or not said:
        return
    marks = {(one.metric_id, one.version): one for one in await _marks(session, landing)}
    for line, what in said:
        at = datetime.combine(line.said_on, time(12), tzinfo=now.tzinfo) if line.said_on else now
        match what.kind:
            case "project":
                _to_project(landing.project, target, what)
            case "threshold":
                kept = landing.project.thresholds or {}
                landing.project.thresholds = {**kept, what.of: what.value}
            case "metric":
                setattr(landing.metric(line), what.of, what.value)
            case "version" | "agreed":
                _to_version(marks.get(_version_of(landing, line)), landing, line, what)
            case _:
                session.add_all(_rows(landing, line, what, min(at, now)))
    _require_sense(landing.project)


async def _marks(session: AsyncSession, landing: Landing) -> Sequence[Benchmark]:
    its = select(Metric.id).where(Metric.project_id == landing.project.id)
    return (await session.scalars(select(Benchmark).where(Benchmark.metric_id.in_(its)))).all()


def _version_of(landing: Landing, line: LogLine) -> tuple[int, int]:
    named = line.benchmark_version or ""
    return landing.metric(line).id, int(named) if named.isdecimal() else 1


def _to_project(project: Project, target: Target, what: Saying) -> None:
    by_command = {"name": target.name, "stage": target.stage}.get(what.of)
    if by_command is None:
        setattr(project, what.of, what.value)


def _to_version(mark: Benchmark | None, landing: Landing, line: LogLine, what: Saying) -> None:
    if mark is None:
        return
    if what.kind == "version":
        setattr(mark, what.of, what.value)
    elif line.said_by and line.said_on:
        setattr(mark, f"{what.of}_id", landing.person(line.said_by))
        setattr(mark, f"{what.of}_on", line.said_on)


def _rows(
    landing: Landing, line: LogLine, what: Saying, at: datetime
) -> list[Membership | CharterAnswer | Governance]:
    """The row of a role, an answer or a track; none where a role or an answer names nobody."""
    project_id, member_id = landing.project.id, landing.person(line.said_by)
    match what.kind:
        case "governance":
            track = {"kind": what.of, "state": what.value, "owner_id": member_id}
            return [Governance(project_id=project_id, **track, link=line.url, at=at)]
        case "role" if member_id:
            return [Membership(project_id=project_id, member_id=member_id, role=what.value)]
        case "charter" if member_id:
            answer = {"key": what.of, "text": what.value, "by_id": member_id}
            return [CharterAnswer(project_id=project_id, **answer, at=at)]
        case _:
            return []


def _require_sense(project: Project) -> None:
    earliest, latest = project.estimate_earliest, project.estimate_latest
    if earliest and latest and earliest > latest:
        raise CannotImport("estimate_earliest is after estimate_latest.")
    if (project.stop_threshold is None) != (project.stop_by is None):
        raise CannotImport("stop_threshold goes together with stop_by.")
